"""Three councils with the same things, each three times: what is read and written is that council's, and that row."""

from datetime import date

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, select

from findings import queries, register, tables
from findings.gaps import GapCode
from findings.queries import ActionFilter, AreaFilter, FindingFilter
from findings.register import Lead, NewSource, SpeaksTo
from findings.states import Delivery, FindingKind, Impact, ImpactTest, InspectionKind, Origin, SourceKind
from tests.findings.conftest import COUNCIL, NOW, TODAY

NEIGHBOURS = (COUNCIL - 1, COUNCIL, COUNCIL + 1)
MIDDLE = 2


@pytest.fixture(scope="module")
def stored_thread(stored_thread):
    """An inspection, a finding, an area, a plan, an action and all that hangs on them, nine times, written once."""
    day = {"by": 501, "now": NOW}
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        connection.connection.driver_connection.deserialize(stored_thread)
        with Session(connection) as session:
            for council in NEIGHBOURS:
                for place in (1, 2, 3):
                    write_one_of_each(session, council, place, day)
            session.commit()
        filled = connection.connection.driver_connection.serialize()
    engine.dispose()
    return filled


@pytest.fixture
def everywhere(session):
    """A session on what three councils have written."""
    return session


def deliverer(council, place):
    """Who delivers the action of a place: in each council it is the person who delivers another one next door."""
    return 600 + (council + place) % 3


def write_one_of_each(session, council, place, day):
    inspection = register.record_inspection(session, council, kind=InspectionKind.inspection, title="Visit", **day)
    grade = {"judgement_area_id": "HP", "grade_code": "good"}
    register.record_judgement(session, council, inspection_number=inspection.number, **grade, **day)
    answer = NewSource(SourceKind.audit_answer, audit_reference="AUD-0001")
    kind, origin = FindingKind.area_for_improvement, Origin.inspection
    finding = register.raise_finding(
        session,
        council,
        kind=kind,
        origin=origin,
        text="Plans are late.",
        inspection_number=inspection.number,
        sources=[answer],
        judgement_areas=[SpeaksTo("ilacs-2026", "HP")],
        **day,
    )
    area = register.make_area_from_finding(session, council, finding.number, **day)
    plan = register.open_plan(session, council, title="Plan", **day)
    theme = register.add_theme(session, council, plan_number=plan.number, title="Practice", **day)
    action = register.add_action(
        session,
        council,
        what="Train.",
        areas=[area.number],
        delivery_leads=[Lead("Practice lead", post_id=31, person_id=deliverer(council, place))],
        plan_number=plan.number,
        theme_id=theme.id,
        due_on=date(2026, 6, 30),
        impact_test=ImpactTest.re_audit,
        **day,
    )
    register.add_milestone(session, council, action_number=action.number, text="Book", **day)
    register.add_measure(session, council, name="Specific", action_number=action.number, **day)
    register.report_progress(session, council, action.number, delivery=Delivery.on_track, dated_on=TODAY, **day)
    register.change_due_date(session, council, action.number, new_on=date(2026, 7, 31), why="Trainer ill.", **day)
    again = NewSource(SourceKind.re_audit, audit_reference="AUD-0002", dated_on=TODAY)
    words = {"different_for_children": "They know."}
    rating = Impact.clear_difference
    register.judge_impact(
        session, council, area.number, rating=rating, judged_on=TODAY, sources=[again], **words, **day
    )


READS = {
    "findings": lambda session: queries.list_findings(session, COUNCIL).rows,
    "areas": lambda session: queries.list_areas(session, COUNCIL).rows,
    "actions": lambda session: queries.list_actions(session, COUNCIL).rows,
    "inspections": lambda session: queries.list_inspections(session, COUNCIL),
    "judgements": lambda session: queries.list_judgements(session, COUNCIL),
    "plans": lambda session: queries.list_plans(session, COUNCIL),
    "themes": lambda session: queries.list_themes(session, COUNCIL),
    "impacts": lambda session: [judged.judgement for judged in judged_in(session).values()],
}


def judged_in(session, numbers=(1, 2, 3)):
    return queries.judged_areas(session, COUNCIL, numbers)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_list_holds_the_three_of_its_council(everywhere, read):
    assert [row.authority_id for row in read(everywhere)] == [COUNCIL] * 3


ONE = {
    "a finding": lambda session: queries.get_finding(session, COUNCIL, MIDDLE).number,
    "an area": lambda session: queries.get_area(session, COUNCIL, MIDDLE).number,
    "an action": lambda session: queries.get_action(session, COUNCIL, MIDDLE).number,
    "an inspection": lambda session: queries.get_inspection(session, COUNCIL, MIDDLE).number,
    "a plan": lambda session: queries.get_plan(session, COUNCIL, MIDDLE).number,
    "its findings": lambda session: only(queries.list_findings(session, COUNCIL, FindingFilter(area_number=2))),
    "from an inspection": lambda session: only(
        queries.list_findings(session, COUNCIL, FindingFilter(inspection_number=2))
    ),
    "a finding by its reference": lambda session: only(
        queries.list_findings(session, COUNCIL, FindingFilter(words="FND-0002"))
    ),
    "an area by its reference": lambda session: only(
        queries.list_areas(session, COUNCIL, AreaFilter(words="AFI-0002"))
    ),
    "its actions": lambda session: only(queries.list_actions(session, COUNCIL, ActionFilter(area_number=2))),
    "whom one person delivers": lambda session: only(
        queries.list_actions(session, COUNCIL, ActionFilter(person_id=deliverer(COUNCIL, MIDDLE)))
    ),
    "of a plan": lambda session: only(queries.list_actions(session, COUNCIL, ActionFilter(plan_number=2))),
    "its judgement": lambda session: queries.list_judgements(session, COUNCIL, MIDDLE)[0].inspection_number,
    "its theme": lambda session: queries.list_themes(session, COUNCIL, MIDDLE)[0].plan_number,
    "its impact": lambda session: judged_in(session, [MIDDLE])[MIDDLE].judgement.area_number,
}


def only(page):
    """The number of the one row of a page of one."""
    (row,) = page.rows
    assert row.authority_id == COUNCIL
    return row.number


def test_a_whole_plan_is_of_what_its_own_council_wrote_for_it(everywhere):
    whole = queries.get_whole_plan(everywhere, COUNCIL, MIDDLE)
    (theme,), (action,) = whole.every_theme, whole.every_action
    (step,), (measure,), (lead,) = action.milestones, action.measures, action.leads
    (report,), (move,), (area,) = action.progress, action.due_date_changes, action.areas
    rows = (whole.row, theme.row, action.row, step.row, measure.row, lead, report, move, area.judgement)
    assert [row.authority_id for row in rows] == [COUNCIL] * 9
    assert (area.number, area.judgement.area_number) == (MIDDLE, MIDDLE)


@pytest.mark.parametrize("read", ONE.values(), ids=ONE)
def test_what_is_asked_of_the_middle_one_is_told_of_the_middle_one(everywhere, read):
    assert read(everywhere) == MIDDLE


def test_a_thread_holds_one_of_each_and_all_threads_three(everywhere):
    for rows, count in (
        (queries.load_rows(everywhere, COUNCIL, areas=[MIDDLE]), 1),
        (queries.load_everything(everywhere, COUNCIL), 3),
    ):
        sizes = {name: len(kept) for name, kept in vars(rows).items() if name not in ("sources", "further_areas")}
        assert sizes == dict.fromkeys(sizes, count)
        assert len(rows.sources) == 2 * count
        assert {row.authority_id for kept in vars(rows).values() for row in kept} == {COUNCIL}


def test_the_evidence_of_an_impact_is_its_own(everywhere):
    evidence = judged_in(everywhere)[MIDDLE].evidence
    assert [(row.authority_id, row.audit_reference) for row in evidence] == [(COUNCIL, "AUD-0002")]


LATER = date(2026, 12, 1)
WRITES = {
    "a finding corrected": lambda s, day: register.correct_finding(s, COUNCIL, 2, revision=1, title="New", **day),
    "a finding withdrawn": lambda s, day: register.withdraw_finding(s, COUNCIL, 2, reason="Twice.", **day),
    "an area corrected": lambda s, day: register.correct_area(s, COUNCIL, 2, revision=1, heading="New", **day),
    "an area closed": lambda s, day: register.close_area(s, COUNCIL, 2, closed_on=TODAY, **day),
    "a plan corrected": lambda s, day: register.correct_plan(s, COUNCIL, 2, revision=1, title="New", **day),
    "an action completed": lambda s, day: register.complete_action(
        s, COUNCIL, 2, completed_on=TODAY, completed_note="Done.", **day
    ),
    "a date moved": lambda s, day: register.change_due_date(s, COUNCIL, 2, new_on=LATER, why="Ill.", **day),
    "an action unlinked": lambda s, day: register.unlink_action(s, COUNCIL, action_number=2, area_number=2, **day),
    "leads named anew": lambda s, day: register.name_delivery_leads(s, COUNCIL, 2, leads=[Lead("Head")], **day),
    "judgement areas named anew": lambda s, day: register.name_judgement_areas(
        s, COUNCIL, 2, judgement_areas=[SpeaksTo("ilacs-2026", "CL")], **day
    ),
    "an inspection corrected": lambda s, day: register.correct_inspection(s, COUNCIL, 2, title="New", **day),
    "a grade corrected": lambda s, day: register.record_judgement(
        s, COUNCIL, inspection_number=2, judgement_area_id="HP", grade_code="poor", **day
    ),
}
NUMBERS = ("number", "finding_number", "area_number", "action_number", "inspection_number", "plan_number")


def everything(session):
    """Every row of the thread's tables, by table and contents."""
    names = [name for name in tables.__all__ if name != "metadata"]
    return [
        (name, tuple(sorted(row.model_dump().items(), key=lambda pair: pair[0])))
        for name in names
        for row in session.exec(select(getattr(tables, name)))
        if hasattr(row, "authority_id")
    ]


# What the log is told of each, once; in words of the trade and never with a text of a case.
NOTED = {
    "a finding corrected": ("finding_corrected", "FND-0002", {"fields": ["title"], "revision": 2}),
    "a finding withdrawn": ("finding_withdrawn", "FND-0002", {"before": "raised", "after": "withdrawn"}),
    "an area corrected": ("area_corrected", "AFI-0002", {"fields": ["heading"], "revision": 2}),
    "an area closed": ("area_closed", "AFI-0002", {"before": "open", "after": "closed"}),
    "a plan corrected": ("plan_corrected", "PLN-0002", {"fields": ["title"], "revision": 2}),
    "an action completed": ("action_completed", "ACT-0002", {"before": "open", "after": "completed"}),
    "a date moved": ("due_date_changed", "ACT-0002", {"before": "2026-07-31", "after": "2026-12-01"}),
    "an action unlinked": ("action_unlinked", "ACT-0002", {"area": "AFI-0002"}),
    "leads named anew": ("delivery_leads_named", "ACT-0002", {"count": 1}),
    "judgement areas named anew": ("judgement_areas_named", "FND-0002", {"areas": ["ilacs-2026/CL"]}),
    "an inspection corrected": ("inspection_corrected", "INS-0002", {"fields": ["title"]}),
    "a grade corrected": ("judgement_recorded", "INS-0002", {"area": "HP", "before": "good", "after": "poor"}),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_touches_only_what_belongs_to_its_row_and_is_noted_once(everywhere, day, events, write):
    before = everything(everywhere)
    WRITES[write](everywhere, {**day, "note": events.note})
    assert events.told == [NOTED[write]]
    everywhere.flush()
    after = everything(everywhere)
    touched = [row for row in before if row not in after] + [row for row in after if row not in before]
    assert touched
    for name, pairs in touched:
        row = dict(pairs)
        owner = next((row[number] for number in NUMBERS if row.get(number) is not None), None)
        assert (row["authority_id"], owner) == (COUNCIL, MIDDLE), name


def test_what_next_door_has_closes_no_gap_here(everywhere, day):
    """In both other councils an action of that number stands in an area."""
    before = queries.count_gaps(everywhere, COUNCIL, TODAY, evidence_months=6)
    register.unlink_action(everywhere, COUNCIL, action_number=MIDDLE, area_number=MIDDLE, **day)
    after = queries.count_gaps(everywhere, COUNCIL, TODAY, evidence_months=6)
    assert before.get(GapCode.action_in_no_area, 0) == 0 and after[GapCode.action_in_no_area] == 1
