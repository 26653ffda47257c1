"""Gaps counted in the database and gaps found by the rule: equal, kind by kind, on councils made by seed."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session

from findings import queries
from findings.gaps import GapCode
from findings.states import (
    ActionStatus,
    AreaStatus,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Origin,
    SourceKind,
    Timescale,
)
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    FindingJudgementArea,
    ImpactJudgement,
    Inspection,
    Measure,
    Plan,
    PlanReview,
    Source,
)
from tests.chosen import one_in
from tests.findings.conftest import COUNCIL, NOW, TODAY

FINDINGS, AREAS, ACTIONS, INSPECTIONS = 90, 30, 90, 4
TEXTS = ["", "", "March 2017", "from April 2027", "TBC", "ongoing", "summer term 2027", "end of Q4 2025/26"]
DAYS = [None, None, *(TODAY + timedelta(days=away) for away in (-900, -1, 0, 1, 30))]
PAST = [TODAY - timedelta(days=away) for away in (400, 200, 20, 1)]
JUDGED = [("", ""), ("ilacs-2026", "HP"), ("ilacs-2026", "CIC"), ("ilacs-2023", "HP")]
LONG_TITLE = "Assistant Director of Early Help, Youth Justice and Partnerships"
OWNERS = ["", "", "Head of Safeguarding", LONG_TITLE]
ALL_KINDS = set(GapCode)


def fill(session, council, chance, first=1):
    """A council's thread with something of every sort; areas and actions are numbered from `first` on."""
    own = {"authority_id": council}
    pick = chance.choice
    for number in range(1, INSPECTIONS + 1):
        session.add(
            Inspection(
                **own, number=number, kind=InspectionKind.inspection, title="A visit", published_on=pick([None, *PAST]),
                recorded_by=1, recorded_at=NOW,
            )
        )  # fmt: skip
    for number in range(first, first + AREAS):
        closed = chance.random() < 0.2
        session.add(
            AreaForImprovement(
                **own, number=number, heading="Plans", opened_by=1, opened_at=NOW,
                status=AreaStatus.closed if closed else AreaStatus.open, closed_on=PAST[0] if closed else None,
                owner_post_id=pick([None, None, 3]), owner_post_title=pick(OWNERS),
                **dict(zip(("edition_id", "judgement_area_id"), pick(JUDGED), strict=True)),
            )
        )  # fmt: skip
    session.flush()
    for number in range(1, FINDINGS + 1):
        withdrawn = chance.random() < 0.15
        session.add(
            Finding(
                **own, number=number, kind=pick(list(FindingKind)), origin=Origin.inspection, title="T", text="T",
                inspection_number=pick([None, *range(1, INSPECTIONS + 1)]), due_on=pick(DAYS),
                timescale=pick([None, *Timescale]), timescale_text=pick(TEXTS), raised_by=1, raised_at=NOW,
                status=FindingStatus.withdrawn if withdrawn else FindingStatus.raised,
                withdrawn_reason="Wrong" if withdrawn else "",
            )
        )  # fmt: skip
    for number in range(first, first + ACTIONS):
        status = pick(list(ActionStatus))
        done = status in (ActionStatus.completed, ActionStatus.verified)
        session.add(
            Action(
                **own, number=number, what="Train", status=status, due_on=pick(DAYS), due_text=pick(TEXTS),
                completed_on=pick(PAST) if done else None,
                verified_on=TODAY if status is ActionStatus.verified else None,
                withdrawn_reason="No longer needed" if status is ActionStatus.withdrawn else "",
                lead_post_title=pick(["", "A post", LONG_TITLE]), success_measure=pick(["", "", "8 in 10"]),
                ongoing=chance.random() < 0.3, impact_test=pick([None, *ImpactTest]), added_by=1, added_at=NOW,
            )
        )  # fmt: skip
    session.flush()
    link(session, own, chance, first)
    plans(session, own, chance)


def plans(session, own, chance):
    """Two plans with reviews of every sort."""
    pick = chance.choice
    for number in (1, 2):
        session.add(Plan(**own, number=number, title="A plan", opened_by=1, opened_at=NOW,
                         owner_post_title=pick(["", LONG_TITLE])))  # fmt: skip
        session.flush()
        for _ in range(30):
            session.add(PlanReview(**own, plan_number=number, due_on=pick(DAYS), due_text=pick(TEXTS),
                                   held_on=pick([None, None, *PAST]),
                                   removed_at=pick([None, None, None, NOW])))  # fmt: skip


def link(session, own, chance, first):
    """Findings and actions in areas, sources, measures and judgements of impact."""
    pick, areas = chance.choice, range(first, first + AREAS)
    for number in range(1, FINDINGS + 1):
        for area in chance.sample(areas, pick([0, 1, 1, 2])):
            session.add(FindingInArea(**own, finding_number=number, area_number=area, joined_by=1, joined_at=NOW))
        if chance.random() < 0.5:
            session.add(Source(**own, finding_number=number, kind=SourceKind.document, added_by=1, added_at=NOW))
        for edition, area in chance.sample(JUDGED[1:], pick([0, 1, 2])):
            session.add(FindingJudgementArea(**own, finding_number=number, edition_id=edition, judgement_area_id=area))
    for number in range(first, first + ACTIONS):
        for area in chance.sample(areas, pick([0, 1, 2])):
            session.add(ActionInArea(**own, action_number=number, area_number=area, linked_by=1, linked_at=NOW))
        if chance.random() < 0.2:
            session.add(Measure(**own, action_number=number, name="Share", added_by=1, added_at=NOW))
    for _ in range(AREAS * 2):
        judged = ImpactJudgement(
            **own, area_number=pick(areas), rating=pick(list(Impact)), judged_on=pick(PAST), judged_by=1, judged_at=NOW
        )
        session.add(judged)
        session.flush()
        for _ in range(pick([0, 1, 2])):
            kind = pick([SourceKind.re_audit, SourceKind.measure, SourceKind.voice, SourceKind.dip_sample])
            day = pick([None, *PAST])
            session.add(Source(**own, impact_id=judged.id, kind=kind, dated_on=day, added_by=1, added_at=NOW))


@pytest.mark.parametrize("seed", one_in(2, range(4), "another seed draws other rows"))
def test_counted_in_the_database_or_found_one_by_one_the_gaps_are_the_same(session: Session, seed):
    fill(session, COUNCIL, random.Random(seed))
    fill(session, COUNCIL + 1, random.Random(seed + 100))
    listed = queries.list_gaps(session, COUNCIL, TODAY, evidence_months=6)
    counted = queries.count_gaps(session, COUNCIL, TODAY, evidence_months=6)
    assert counted == dict(Counter(gap.code for gap in listed))
    assert list(counted) == [code for code in GapCode if code in counted]
    assert set(counted) == ALL_KINDS  # so that no kind is compared as nothing with nothing


def test_items_of_inspections_wait_with_or_without_a_day_and_others_only_with_one(session):
    fill(session, COUNCIL, random.Random(6))
    late = {gap.reference for gap in queries.list_gaps(session, COUNCIL, TODAY, evidence_months=6)
            if gap.code is GapCode.answer_overdue}  # fmt: skip
    rows = queries.unanswered(session, COUNCIL)
    assert {f"FND-{row.number:04}" for row in rows if row.answer_on and row.answer_on < TODAY} == late
    assert any(row.answer_on is None for row in rows)
    assert all(row.inspection_number or row.answer_on for row in rows)


def test_a_council_without_anything_has_no_gaps(session):
    assert queries.count_gaps(session, COUNCIL, TODAY, evidence_months=6) == {}
    assert queries.unanswered(session, COUNCIL) == []
