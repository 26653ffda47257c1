"""The dashboard's figures, each worked out again from the rows by other code, in a council whose two groups differ."""

import re
from datetime import UTC, datetime
from math import sqrt

import pytest
import sqlalchemy as sa

from audit_app.audits.counts import groups
from audit_app.audits.tables import AuditType, CaseAudit, HowChosen, drawn_at_random
from audit_app.home import queries_dashboard
from audit_app.people.access import Role
from tests import builders_figures

DASHBOARD = "/greenhaven/dashboard?months=12"
NAMES = {
    "Outstanding": "outstanding",
    "Good": "good",
    "Requires improvement to be good": "requires_improvement",
    "Inadequate": "inadequate",
}


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """Today is a day on which September 2026 is within the last year."""
    monkeypatch.setattr(
        builders_figures, "DAY", datetime.now(UTC).replace(hour=9) - builders_figures.timedelta(days=40)
    )


@pytest.fixture
def seen(session, signed_in_as, built_once):
    built_once("figures of the first page", lambda: builders_figures.make_council(session))
    return signed_in_as(Role.leader).get(DASHBOARD)


def rows_under(seen, beginning):
    (caption,) = [caption for caption in seen.tables() if caption.startswith(beginning)]
    return caption, seen.tables()[caption][1:]


def test_the_two_groups_are_told_apart_and_only_the_random_one_has_shares(seen, session):
    audits = builders_figures.audits_in_rows(session)
    drawn = [row for row in audits if row["at_random"]]
    chosen = [row for row in audits if not row["at_random"]]
    assert (len(drawn), len(chosen)) == (14, 11)
    assert "Drawn at random: 14 agreed audits" in seen.text
    assert "Chosen, not drawn at random: 11 agreed audits" in seen.text
    said, _, of_chosen = seen.text.partition("Where all audits stand")[0].partition("Chosen, not drawn at random")
    assert not re.search(r"\b25\b", said + of_chosen)
    assert "%" not in of_chosen and "in every 10" not in of_chosen
    for group, beginning, wording in (
        (drawn, "Overall grades of the 14 agreed audits drawn at random", "{} of {}"),
        (chosen, "Overall grades of the 11 agreed audits that were chosen", "{} of the {} that were chosen"),
    ):
        counted = builders_figures.overall_in_rows(group)
        _, rows = rows_under(seen, beginning)
        assert [row[:2] for row in rows] == [
            [name, wording.format(counted[code], len(group))] for name, code in NAMES.items()
        ]
        shares = [f"{100 * counted[code] / 14:.0f}%" for code in NAMES.values()] if group is drawn else []
        assert [row[2] for row in rows if len(row) > 2] == shares
        assert_each_domain_grade_is_counted_once(seen, session, group)


def assert_each_domain_grade_is_counted_once(seen, session, group):
    """And each row's n is the sum of its cells."""
    grades = builders_figures.grades_in_rows(session, group)
    how = "drawn at random" if group[0]["at_random"] else "that were chosen"
    _, rows = rows_under(seen, f"Domain grades of agreed audits {how}")
    numbers = [[int(cell) for cell in row[1:]] for row in rows]
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert sum(row[-1] for row in numbers) == len(grades)
    for place, code in enumerate(NAMES.values()):
        assert sum(row[place] for row in numbers) == sum(grade == code for _, _, grade in grades)


def test_below_ten_nothing_is_said_of_the_service(session, signed_in_as):
    builders_figures.make_council(session, random=9, chosen=12)
    seen = signed_in_as(Role.leader).get(DASHBOARD)
    figures = seen.text.partition("What the audits say")[2].partition("Where all audits stand")[0]
    assert "%" not in figures and "in every 10" not in figures
    assert "9 audits drawn at random have an overall grade, and both need at least 10" in figures


def test_grades_of_another_scale_are_not_in_the_tables(session, signed_in_as):
    builders_figures.make_council(session, random=10, chosen=0, observed=12)
    seen = signed_in_as(Role.leader).get(DASHBOARD)
    assert "Drawn at random: 22 agreed audits" in seen.text
    assert "Of the 22 audits drawn at random, 12 have no overall grade" in seen.text
    _, rows = rows_under(seen, "Overall grades of the 10 agreed audits drawn at random")
    assert sum(int(row[1].split()[0]) for row in rows) == 10


def test_the_rule_in_sql_is_the_rule_in_python_for_every_way_of_choosing(session, council_of_every_way):
    """`of_group` and `drawn_at_random` are one rule: every way, every type, with and without an earlier audit."""
    for at_random in (True, False):
        condition = groups.of_group(at_random=at_random)
        numbers = set(session.exec(sa.select(CaseAudit.number).where(condition)).scalars())
        assert numbers & council_of_every_way.keys() == {
            number
            for number, (how, kind, again) in council_of_every_way.items()
            if drawn_at_random(how, kind, again) is at_random
        }


@pytest.fixture
def council_of_every_way(session):
    """One audit of each way of being chosen, type, and earlier audit."""
    people = builders_figures.make_council(session, random=1, chosen=0)
    made = {1: (HowChosen.random, AuditType.case_audit, None)}
    for how in HowChosen:
        for kind in AuditType:
            for again in (None, 1):
                audit = builders_figures.builders_audits.make_audit(
                    session, people.team_id, people.auditor, how_chosen=how, audit_type=kind,
                    case_reference=f"G-{500_000 + len(made)}",
                )  # fmt: skip
                audit.re_audit_of = again
                made[audit.number] = (how, kind, again)
    session.commit()
    return made


def wilson(part, whole, z=1.959963984540054):
    middle, half = part + z * z / 2, z * sqrt(part * (whole - part) / whole + z * z / 4)
    return (middle - half) / (whole + z * z), (middle + half) / (whole + z * z)


def test_a_share_keeps_to_the_limit_and_its_words_hold_its_interval():
    columns = [queries_dashboard.Column(code, name) for name, code in NAMES.items()]
    counts = {"good": 22, "requires_improvement": 12, "inadequate": 6}
    made = queries_dashboard.grade_shares(counts, columns, at_random=True)
    assert [row.count for row in made] == [0, 22, 12, 6]
    low, high = wilson(22, 40)
    tenths = [int(figure) for figure in re.findall(r"\d+", made[1].in_service)]
    assert tenths[0] - 0.5 <= low * 10 <= high * 10 <= tenths[1] + 0.5
    assert not any(row.share for row in queries_dashboard.grade_shares(counts, columns, at_random=False))
    assert not any(row.share for row in queries_dashboard.grade_shares({"good": 9}, columns, at_random=True))
