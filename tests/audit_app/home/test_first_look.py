"""What a director sees first: each number worked out from the rows, each sentence no stronger than its numbers."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from audit_app.audits.counts import service as counts
from audit_app.home.first_look.figures import GradeLine, HowGood
from audit_app.people.tables import Role
from findings import rules
from tests import builders_figures

DAY = date(2026, 9, 1)


def how_good(now, n, before, before_n):
    lines = (GradeLine("good", "Good", now, before), GradeLine("inadequate", "Inadequate", n - now, before_n - before))
    return HowGood(DAY, DAY, DAY, DAY, lines, frozenset({"good"}))


@pytest.mark.parametrize(
    ("now", "n", "before", "before_n", "begins"),
    [
        (18, 20, 6, 20, "Better than before: 6 of 20"),
        (6, 20, 18, 20, "Worse than before: 18 of 20"),
        (12, 20, 10, 20, "No clear change: 10 of 20"),
        (9, 9, 0, 20, "0 of 20 in the period before: too few to compare"),
        (20, 20, 0, 9, "0 of 9 in the period before: too few to compare"),
    ],
)
def test_a_direction_is_only_told_where_chance_would_rarely_make_it(now, n, before, before_n, begins):
    assert how_good(now, n, before, before_n).direction.startswith(begins)


def test_below_ten_no_share_is_given():
    assert "%" not in how_good(8, 9, 0, 0).headline and "no share is given" in how_good(8, 9, 0, 0).headline
    assert how_good(9, 10, 0, 0).headline.startswith("9 of 10 audits were good or better (90%)")
    assert "nobody can say" in how_good(0, 0, 3, 20).headline


@pytest.fixture
def leader(session, signed_in_as, monkeypatch):
    """A leader of a council with audits of this period and some of the one before, a year apart."""
    monkeypatch.setattr(builders_figures, "DAY", datetime.now(UTC).replace(hour=9) - timedelta(days=40))
    builders_figures.make_council(session)
    start = rules.months_later(datetime.now(UTC).date(), -12)
    earlier = datetime.combine(start, datetime.min.time(), UTC) - timedelta(days=20)
    for number in (1001, 1002, 1003, 1020):
        session.connection().execute(
            sa.text("update case_audit set submitted_at = :at, agreed_at = :at where number = :number"),
            {"at": earlier.strftime("%Y-%m-%d %H:%M:%S.%f") if session.bind.dialect.name == "sqlite" else earlier,
             "number": number},
        )  # fmt: skip
    counts.count_all(session.connection())
    session.commit()
    return signed_in_as(Role.leader)


def test_how_good_counts_random_audits_of_both_periods_and_each_number_leads_to_them(leader, session):
    start = rules.months_later(datetime.now(UTC).date(), -12)
    drawn = [row for row in builders_figures.audits_in_rows(session) if row["at_random"]]
    session.commit()

    def period(row):
        return "now" if str(row["submitted_at"])[:10] >= start.isoformat() else "before"

    by_hand = Counter((period(row), row["overall_grade"]) for row in drawn)
    seen = leader.get("/greenhaven/dashboard?months=12")
    caption = next(caption for caption in seen.tables() if caption.startswith("Overall grades of agreed audits"))
    codes = ("outstanding", "good", "requires_improvement", "inadequate")
    for line, code in zip(seen.tables()[caption][1:5], codes, strict=True):
        assert [int(cell.split()[0]) for cell in line[1:]] == [by_hand["now", code], by_hand["before", code]]
    good = by_hand["now", "good"] + by_hand["now", "outstanding"]
    n = sum(count for (when, _), count in by_hand.items() if when == "now")
    assert f"{good} of {n} audits were good or better" in seen.text
    ways = [a.get("href") for a in seen.select("a") if "grade=good" in a.get("href")]
    for address, when in zip(ways, ("now", "before"), strict=False):
        assert f"{by_hand[when, 'good']} audit" in leader.get(address).text
