"""Inspections, findings, areas, plans and self-assessments past their time: what goes, what stays, and what is told."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from audit_app import checking
from audit_app.people.tables import Role
from audit_app.records.erasure import queries, queries_listing, queries_naming
from audit_app.records.erasure.listing import Why, read_counts
from audit_app.records.erasure.parts import queries as gone
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.holds import service as holds
from audit_app.records.kinds import BY_CODE
from audit_app.records.retention import queries as retention
from audit_app.records.retention import service as periods
from audit_app.records.retention.queries import Period
from audit_app.records.tables import HeldKind, RemovalKind, RemovalState
from audit_app.self_assessment.tables import AssessmentState, Citation, Claim, Passage, SelfAssessment
from findings import register
from findings.register import NewSource
from findings.states import FindingKind, Impact, SourceKind
from findings.tables import Action, AreaForImprovement, Finding, Inspection, Plan, Source
from tests import builders_improvement, builders_plans, builders_self_assessment
from tests.audit_app.records import planted
from tests.audit_app.records.conftest import TODAY
from tests.audit_app.records.planted import CASE, COUNCIL, NOW

LONG_SINCE = date(2038, 1, 1)
WISH = Wish(RemovalKind.retention)
COUNTED = {"inspections": "recorded_at", "findings": "raised_at", "areas": "closed_on", "plans": "opened_at"}


def keep_a_year(session, people, *kinds):
    """A period of twelve months for each of these kinds."""
    for kind in kinds:
        periods.set_period(session, COUNCIL, kind, months=12, counts_from=COUNTED[kind], why="Schedule", seen=0,
                           by=people.first, now=NOW)  # fmt: skip


@pytest.fixture
def thread(engine, session, people):
    """An inspection whose finding heads an area, an audit’s finding in it, and a plan whose action answers it."""
    made = builders_plans.make_council(engine, areas=0)
    by = {"by": people.first, "now": NOW}
    inspection = builders_improvement.record_inspection(session)
    printed = builders_improvement.raise_finding(
        session, "Visits are late.", kind=FindingKind.recommendation, inspection_number=inspection.number, sources=[]
    )
    area = register.make_area_from_finding(session, COUNCIL, printed.number, **by)
    own = builders_improvement.raise_finding(session, "Plans drift.")
    register.join_area(session, COUNCIL, finding_number=own.number, area_number=area.number, **by)
    plan = register.open_plan(session, COUNCIL, title="Plan", **by)
    made.areas = [area.number]
    made.action = builders_plans.make_action(session, made, plan_number=plan.number).number
    keep_a_year(session, people, *COUNTED)
    session.commit()
    return made


def finish(session, people):
    """Nothing is open any more: the action is withdrawn, the impact judged, the area closed."""
    by = {"by": people.first, "now": NOW}
    register.withdraw_action(session, COUNCIL, 1, reason="Done otherwise", **by)
    register.judge_impact(session, COUNCIL, 1, rating=Impact.clear_difference, judged_on=NOW.date(),
                          different_for_children="Visits are in time", **by)  # fmt: skip
    register.close_area(session, COUNCIL, 1, closed_on=NOW.date(), **by)
    session.commit()


def worked_out(session):
    """What would go, and what stays with why, in twelve years."""
    made = queries_listing.work_out(session, COUNCIL, WISH, LONG_SINCE)
    return {item.reference for item in made.items}, {(stay.reference, stay.why) for stay in made.stays}


def faults(engine, app):
    """What the check says of seals, of rows that lead nowhere and of removals."""
    return [
        sentence
        for invariant in checking.INVARIANTS
        if invariant.of == "records" or "sealed" in invariant.words or "row points" in invariant.words
        for sentence in checking.look_at(engine, app.config, invariant).broken
        if "put in past the product" not in sentence  # people and posts that the test made
    ]


def test_what_work_stands_on_stays_and_a_hold_on_a_part_keeps_the_whole(thread, session, people):
    in_use = {("INS-0001", Why.in_use), ("FND-0002", Why.in_use), ("PLN-0001", Why.in_use)}
    assert worked_out(session) == (set(), in_use)
    due = retention.due(session, COUNCIL, Period(BY_CODE["plans"], 12, "opened_at"), LONG_SINCE)
    assert (due.now, due.held, due.in_use) == ((), 0, 1)
    finish(session, people)
    every = {"INS-0001", "FND-0002", "AFI-0001", "PLN-0001"}
    assert worked_out(session) == (every, set())
    given = {"reason": "A claim", "held_from": TODAY, "review_on": LONG_SINCE, "by": people.first, "now": NOW}
    holds.place(session, COUNCIL, held=HeldKind.thing, target="FND-0001", **given)
    holds.place(session, COUNCIL, held=HeldKind.thing, target="ACT-0001", **given)
    session.commit()
    held = {("INS-0001", Why.held), ("PLN-0001", Why.held)}
    assert worked_out(session) == ({"FND-0002", "AFI-0001"}, held)
    due = retention.due(session, COUNCIL, Period(BY_CODE["plans"], 12, "opened_at"), LONG_SINCE)
    assert (due.now, due.held, due.in_use) == ((), 1, 0)


def test_an_area_that_stays_keeps_its_words_and_its_page_tells_what_is_gone(
    thread, session, people, ask, agree, work, engine, app, signed_in_as
):
    finish(session, people)
    periods.take_period_away(session, COUNCIL, "areas", by=people.first, now=NOW)
    session.commit()
    row = ask("", kind=RemovalKind.retention, today=LONG_SINCE)
    counts = {line.reference: read_counts(line.counts) for line in queries.lines_of(session, row)}
    assert counts["INS-0001"] == {
        "inspection": 1, "source": 1, "finding": 1, "judgement area of a finding": 1, "place in an area": 1,
    }  # fmt: skip
    assert counts["PLN-0001"]["plan"] == counts["PLN-0001"]["action"] == counts["PLN-0001"]["place in an area"] == 1
    agree(row, today=LONG_SINCE)
    work()
    session.expire_all()
    assert queries.get_removal(session, COUNCIL, row.number).state is RemovalState.done
    for table in (Inspection, Finding, Plan, Action):
        assert session.exec(select(table)).all() == []
    assert session.exec(select(Source.finding_number)).all() == []
    area = session.get(AreaForImprovement, (COUNCIL, 1))
    assert (area.heading, area.heading_from) == ("Visits are late.", None)
    note = gone.note_on(session, COUNCIL, "AFI-0001")
    for words in ("findings of INS-0001", ": FND-0002, which", "actions of PLN-0001", "Removed under retention on"):
        assert words in note
    assert gone.note_on(session, COUNCIL, "AFI-0011") == ""
    session.rollback()
    assert faults(engine, app) == []
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/areas-for-improvement/AFI-0001")
    assert "findings of INS-0001, which stood here" in qa.text


def test_a_self_assessment_goes_whole_and_the_next_one_says_so(session, people, ask, agree, work, engine, app):
    first = builders_self_assessment.make_one_of_everything(session, people.first)
    newer, _ = builders_self_assessment.begin(session, people.first, title="Self-evaluation 2027")
    newer.previous_number = first.number
    session.add(newer)
    session.commit()
    periods.set_period(session, COUNCIL, "self_assessments_unsigned", months=12, counts_from="made_at", why="Schedule",
                       seen=0, by=people.first, now=NOW)  # fmt: skip
    assert worked_out(session) == ({"SAS-0002"}, {("SAS-0001", Why.in_use)})
    newer.state = AssessmentState.abandoned
    session.add(newer)
    session.commit()
    assert worked_out(session) == ({"SAS-0001", "SAS-0002"}, set())
    row = ask("SAS-0001")
    (line,) = queries.lines_of(session, row)
    counts = read_counts(line.counts)
    assert counts["claim"] == counts["citation"] == counts["passage"] == counts["comment"] == counts["suggestion"] == 1
    agree(row)
    work()
    session.expire_all()
    assert session.exec(select(SelfAssessment.number, SelfAssessment.previous_number)).all() == [(2, None)]
    left = {
        table.name
        for table in SQLModel.metadata.tables.values()
        if table.name.startswith("self_assessment_") and session.connection().execute(table.select()).first()
    }
    assert left == {"self_assessment_section"}  # of the newer one
    assert "the one before it, SAS-0001, which stood here" in gone.note_on(session, COUNCIL, "SAS-0002")
    session.rollback()
    assert faults(engine, app) == []


def test_whoever_must_reword_a_text_is_told_where_it_stands(session, people):
    """Rows that do not say themselves what they belong to are followed up; every numbered thing has its prefix."""
    planted.plant_audit(session, people)
    assessment = builders_self_assessment.make_one_of_everything(session, people.first)
    register.open_area(session, COUNCIL, heading="Visits in time", by=people.first, now=NOW)
    said = NewSource(SourceKind.voice, words=f"As {CASE} tells", document="Letter", dated_on=TODAY)
    register.judge_impact(session, COUNCIL, 1, rating=Impact.clear_difference, judged_on=NOW.date(), sources=[said],
                          different_for_children="They are", by=people.first, now=NOW)  # fmt: skip
    for table, column in ((Claim, "text"), (Citation, "shows"), (Passage, "text")):
        session.exec(sa.update(table).values({column: f"Seen in {CASE}"}))
    session.commit()
    named = {stay.reference for stay in queries_naming.that_name(session, COUNCIL, CASE, {"AUD-0001"})}
    assert named == {f"SAS-{assessment.number:04d}", "AFI-0001"}
    numbered = {
        table.name
        for table, _texts in queries_naming.text_tables()
        if [column.name for column in table.primary_key] == ["authority_id", "number"]
    }
    assert numbered - set(queries_naming.OWN_NUMBER) == {"pack_kind"}  # which has no reference of its own
