"""A page of gaps asked of the database is the same page of all gaps found by the rule, on councils made by seed."""

import random
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from findings import queries, rules
from findings.gaps import GapCode
from findings.queries import GapFilter, OwnedGap
from findings.states import ActionStatus, Impact, ImpactTest, SourceKind
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    FindingJudgementArea,
    ImpactJudgement,
    Plan,
    Source,
)
from tests.chosen import one_in
from tests.findings.conftest import COUNCIL, NOW, TODAY
from tests.findings.test_gap_counts import LONG_TITLE, fill

NEAR_TEN_THOUSAND = 9_985  # so that AFI-9999 and AFI-10000 are among them
SIZE = 17
FILTERS = [
    GapFilter(),
    *(GapFilter(code=code) for code in GapCode),
    GapFilter(owner=LONG_TITLE[:40]),
    GapFilter(owner="Nobody of this name"),
    GapFilter(edition_id="ilacs-2026", judgement_area_id="HP"),
    GapFilter(code=GapCode.action_in_no_area, edition_id="ilacs-2026", judgement_area_id="HP"),
    GapFilter(owner="A post", edition_id="ilacs-2026", judgement_area_id="CIC"),
    GapFilter(code=GapCode.answer_overdue, edition_id="ilacs-2023", judgement_area_id="HP"),
]


def rows(session, table, *names):
    query = select(*(col(getattr(table, name)) for name in names)).where(col(table.authority_id) == COUNCIL)
    return session.execute(query).all()


def every_gap(session):
    """All gaps by the rule, each with whose it is and the judgement areas it touches, told from the rows themselves."""
    owners, touches = {}, {}
    for number, title, *judged in rows(session, AreaForImprovement, "number", "owner_post_title", "edition_id",
                                       "judgement_area_id"):  # fmt: skip
        owners[f"AFI-{number:04}"], touches[f"AFI-{number:04}"] = title, {tuple(judged)}
    owners |= {f"ACT-{number:04}": title for number, title in rows(session, Action, "number", "lead_post_title")}
    owners |= {f"PLN-{number:04}": title for number, title in rows(session, Plan, "number", "owner_post_title")}
    for action, area in rows(session, ActionInArea, "action_number", "area_number"):
        touches.setdefault(f"ACT-{action:04}", set()).update(touches[f"AFI-{area:04}"])
    for number, *judged in rows(session, FindingJudgementArea, "finding_number", "edition_id", "judgement_area_id"):
        touches.setdefault(f"FND-{number:04}", set()).add(tuple(judged))
    gaps = queries.list_gaps(session, COUNCIL, TODAY, evidence_months=6)
    return [(OwnedGap(gap, owners.get(gap.reference, "")), touches.get(gap.reference, set())) for gap in gaps]


def wanted_of(every, wanted):
    """Those a filter wants, by plain comparing."""
    return [
        owned
        for owned, touched in every
        if wanted.code in (None, owned.gap.code)
        and wanted.owner in ("", owned.owner[:40])
        and (not wanted.judgement_area or wanted.judgement_area in touched)
    ]


@pytest.mark.parametrize("seed", one_in(2, range(2), "another seed draws other rows"))
def test_every_page_of_every_filter_is_the_one_the_rule_gives(engine, seed):
    with Session(engine) as session:
        fill(session, COUNCIL, random.Random(seed), NEAR_TEN_THOUSAND)
        fill(session, COUNCIL + 1, random.Random(seed + 100), NEAR_TEN_THOUSAND)
        session.flush()
        every = every_gap(session)
        assert {owned.gap.code for owned, _touched in every} == set(GapCode)
        for wanted in FILTERS:
            slow = wanted_of(every, wanted)
            last = max(1, -(-len(slow) // SIZE))
            for page in {1, 2, (last + 1) // 2, last, last + 1}:
                found = page_of(session, wanted, page)
                stands = min(page, last)  # beyond the last page stands the last
                assert list(found.rows) == slow[(stands - 1) * SIZE : stands * SIZE], (wanted, page)
                assert (found.total, found.page, found.pages) == (len(slow), stands, last)


def page_of(session, wanted, page):
    return queries.page_of_gaps(session, COUNCIL, TODAY, wanted, evidence_months=6, page=page, size=SIZE)


def test_what_stands_beside_the_page_counts_all_gaps_by_kind_and_owner(session):
    fill(session, COUNCIL, random.Random(9))
    every = every_gap(session)
    page = page_of(session, GapFilter(owner="A post"), 1)
    assert {code: number for code, owners in page.every.items() for number in [owners.total()]} == {
        code: sum(owned.gap.code is code for owned, _touched in every) for code in GapCode
    }
    assert {title for owners in page.every.values() for title in owners} == {owned.owner for owned, _touched in every}


def only(session, code, day=TODAY, months=6):
    """The gaps of one kind, by the rule and asked of the database."""
    slow = [gap for gap in queries.list_gaps(session, COUNCIL, day, evidence_months=months) if gap.code is code]
    asked = queries.page_of_gaps(session, COUNCIL, day, GapFilter(code), evidence_months=months, page=1, size=500)
    assert asked.total == len(slow)
    return slow, [row.gap for row in asked.rows]


def judge(session, area, rating, judged_on, *evidence):
    """A judgement of an area for improvement, with re-audits of these days as its evidence."""
    own, who = {"authority_id": COUNCIL}, {"judged_by": 1, "judged_at": NOW}
    judged = ImpactJudgement(**own, area_number=area, rating=rating, judged_on=judged_on, **who)
    session.add(judged)
    session.flush()
    added = {"added_by": 1, "added_at": NOW}
    for day in evidence:
        session.add(Source(**own, impact_id=judged.id, kind=SourceKind.re_audit, dated_on=day, **added))


def open_area(session, number):
    session.add(AreaForImprovement(authority_id=COUNCIL, number=number, heading="Plans", opened_by=1, opened_at=NOW))
    session.flush()


def test_evidence_grows_old_on_the_same_day_in_the_database_and_by_the_rule(session):
    """Around the ends of months, where the two ways of counting could part: with a dated source, and without any."""
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 1)]
    number = 0
    for day, months, away, dated in product(days, (1, 6), range(-3, 4), (True, False)):
        number += 1
        open_area(session, number)
        gathered = rules.months_later(day, -months) + timedelta(days=away)
        judge(session, number, Impact.some_difference, *((TODAY, gathered) if dated else (gathered,)))
    for day, months in product(days, (1, 6)):
        slow, asked = only(session, GapCode.impact_evidence_old, day, months)
        assert asked == slow
        assert 0 < len(slow) < number


def test_which_judgement_the_evidence_of_a_test_may_lie_at(session):
    """Where a difference is shown, at the judgement that shows it; otherwise at an earlier one too."""
    done, seen, late = (TODAY - timedelta(days=away) for away in (90, 60, 10))
    evidence = [((), ()), ((seen,), ()), ((), (seen,)), ((done,), (done,)), ((late,), ()), ((), (TODAY,))]
    cases = list(product(Impact, evidence))
    for number, (rating, (earlier, latest)) in enumerate(cases, start=1):
        open_area(session, number)
        action = {"what": "Train", "status": ActionStatus.completed, "completed_on": done, "added_by": 1}
        session.add(
            Action(authority_id=COUNCIL, number=number, impact_test=ImpactTest.re_audit, added_at=NOW, **action)
        )
        session.flush()
        link = {"action_number": number, "area_number": number, "linked_by": 1, "linked_at": NOW}
        session.add(ActionInArea(authority_id=COUNCIL, **link))
        judge(session, number, Impact.no_difference, TODAY - timedelta(days=50), *earlier)
        judge(session, number, rating, TODAY - timedelta(days=5), *latest)
    slow, asked = only(session, GapCode.impact_without_evidence)
    assert asked == slow
    assert 0 < len(slow) < len(cases)
