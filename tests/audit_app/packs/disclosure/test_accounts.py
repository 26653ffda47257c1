"""What a pack leaves out is named with how often and why, worked out from rows that are counted by hand."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from audit_app.packs.composing.extract import Asked, Inspections, Register
from audit_app.packs.contents import WithheldPart
from audit_app.packs.disclosure import accounts
from audit_app.packs.disclosure.accounts import InFull
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.kinds.choices import Choices
from findings.states import ActionStatus, FindingStatus
from findings.tables import (
    ActionLead,
    DueDateChange,
    Inspection,
    Judgement,
    Measure,
    Milestone,
    Plan,
    PlanReview,
    PlanRisk,
    Progress,
    Theme,
)
from findings.thread_shapes import ActionStrand, FindingStrand, ImpactStrand, Thread
from tests.audit_app.packs.composing.test_figures import extract_of
from tests.audit_app.packs.composing.test_sentences import NOW, action, area, evidence, finding, judged, narrator

ONE = {"authority_id": 1}
EVERY = InFull(every=True, some=False, concerns=True)


def strand(number, *sources, **changed):
    return FindingStrand(finding(number=number, **changed), None, (), sources, ())


def of_action(number, **changed):
    """An action with a row of each sort behind it, all of the same number."""
    own = {**ONE, "action_number": number}
    return ActionStrand(
        action(number=number, **changed), (ActionLead(**own, id=number, post_title="Head"),),
        (Milestone(**own, id=number, position=1, text="Asked"),),
        (Progress(**own, id=number, note="So far", dated_on=NOW.date(), delivery="on_track", reported_by=1,
                  reported_at=NOW),),
        (DueDateChange(**own, id=number, old_on=NOW.date(), new_on=NOW.date(), why="Late", changed_by=1,
                       changed_at=NOW),),
        (Measure(**own, id=number, name="Calls"),), (),
    )  # fmt: skip


def report(number):
    return Inspection(**ONE, number=number, kind="inspection", title="Visit", recorded_by=1, recorded_at=NOW)


def printed(number, of):
    return Judgement(**ONE, id=number, inspection_number=of, judgement_area_id="HP", grade_code="good",
                     printed_name="Help", recorded_by=1, recorded_at=NOW)  # fmt: skip


OF_PLAN = {**ONE, "plan_number": 1, "position": 1}
GONE = {"status": ActionStatus.withdrawn}
JOINED = strand(1, evidence(id=1, finding_number=1))
REGISTER = Register(
    [Thread(area(number=1), (JOINED,), (), (ImpactStrand(judged(id=1), (evidence(id=2, impact_id=1),)),),
            (Measure(**ONE, id=11, area_number=1, name="Plans"),))],
    [JOINED, strand(2, evidence(id=3, finding_number=2))],
    [of_action(1), of_action(2, **GONE)],
    (),
    asked=[Asked(report(1), [strand(3), JOINED, strand(4, evidence(id=4), status=FindingStatus.withdrawn)], {})],
    loose_findings=[strand(5)],
    plans=[Plan(**ONE, number=1, title="Plan", opened_by=1, opened_at=NOW)],
    themes=[Theme(**OF_PLAN, id=1, title="Theme")],
    reviews=[PlanReview(**OF_PLAN, id=1, what="Half way")],
    risks=[PlanRisk(**OF_PLAN, id=1, risk="No money")],
    measures=[Measure(**OF_PLAN, id=12, name="Items")],
)  # fmt: skip
INSPECTIONS = Inspections({1: report(1), 2: report(2)}, [printed(1, 1), printed(2, 2)])
OF_AN_ACTION = ("action", "action_lead", "milestone", "progress", "due_date_change", "measure")


def test_each_row_of_the_scope_is_gone_through_once_and_only_those_of_a_withdrawn_action_are_its():
    met = [(row.__tablename__, getattr(row, "number", None) or row.id, gone)
           for row, gone in accounts.rows_of(REGISTER, INSPECTIONS)]  # fmt: skip
    assert len(met) == len(set(met))
    assert {each for each in met if not each[2]} == {
        ("area_for_improvement", 1, False), ("measure", 11, False), ("impact_judgement", 1, False),
        *(("source", number, False) for number in (1, 2, 3)), *(("finding", number, False) for number in (1, 2, 3, 5)),
        *((table, 1, False) for table in OF_AN_ACTION), ("plan_review", 1, False), ("plan_risk", 1, False),
        ("measure", 12, False), ("inspection", 1, False), ("judgement", 1, False), ("plan", 1, False),
        ("theme", 1, False),
    }  # fmt: skip
    assert {each for each in met if each[2]} == {(table, 2, True) for table in OF_AN_ACTION}


def left_out(register=None, records=(), in_full=EVERY, teller=None, **more):
    register = register or Register((), (), (), ())
    return accounts.left_out(
        register, Inspections({}, ()), records, in_full=in_full, narrator=teller or narrator(), **more
    )


def test_what_is_above_the_audience_comes_first_then_what_has_no_place_then_what_was_not_chosen():
    held = action(number=1, what="Coach", success_measure="Nine of ten", completed_note="Done",
                  withdrawn_reason="Doubled", due_text=" ")  # fmt: skip
    register = Register((), (), [ActionStrand(held, (), (), (), (), (), ())], (), areas_of_other_times=2,
                        findings_of_later=1)  # fmt: skip
    teller = narrator(level=3)
    teller.leave_out("audit.line", 4)
    teller.leave_out("audit.day", 0)
    would = {("action", 1, "what"), ("action", 1, "completed_note")}
    told = left_out(register, teller=teller, would_be_printed=would)
    what = {name: FIELDS[name][1:] for name in FIELDS}
    assert told == (
        *(WithheldPart(what[name][0], 0, what[name][1])
          for name in ("action.completed_note", "action.withdrawn_reason", "audit.line")),
        WithheldPart("Success measures", 0, accounts.NO_PLACE),
        WithheldPart("Areas for improvement of other times", 0, accounts.OTHER_TIMES),
        WithheldPart("Findings in no area that were raised later", 0, accounts.LATER),
        WithheldPart(accounts.UNCHOSEN, 1, accounts.NOT_CHOSEN),
    )  # fmt: skip
    inside = left_out(register, teller=narrator(), would_be_printed=would)
    assert [(part.what, part.times, part.why) for part in inside] == [
        ("Success measures", 1, accounts.NO_PLACE), ("Why an action was withdrawn", 1, accounts.NO_PLACE),
        ("Areas for improvement of other times", 2, accounts.OTHER_TIMES),
        ("Findings in no area that were raised later", 1, accounts.LATER),
        (accounts.UNCHOSEN, 2, accounts.NOT_CHOSEN),
    ]  # fmt: skip
    # What was told is not left out, and what nobody wrote neither.
    teller = narrator()
    for column in ("what", "success_measure", "completed_note", "withdrawn_reason"):
        teller.tell(held, column)
    assert left_out(replace(register, areas_of_other_times=0, findings_of_later=0), teller=teller) == ()


SINGLE = "Answers of single audits, what auditors wrote, and actions on audits"
ALWAYS = "Private notes, and why an audit was handed back"
WITH_CONCERNS = "Concerns about a child, private notes, and why an audit was handed back"


@pytest.mark.parametrize(
    ("in_full", "level", "parts"),
    [
        ((True, False, True), 1, [(ALWAYS, accounts.IN_THE_AUDIT)]),
        ((True, True, False), 1, [(WITH_CONCERNS, accounts.IN_THE_AUDIT)]),
        ((False, False, True), 1, [(SINGLE, accounts.NOT_IN_FULL), (ALWAYS, accounts.IN_THE_AUDIT)]),
        ((False, True, False), 1, [(SINGLE, accounts.SOME_IN_FULL), (WITH_CONCERNS, accounts.IN_THE_AUDIT)]),
        # Above the level of answers the table of levels has said so already.
        ((False, False, False), 2, [(WITH_CONCERNS, accounts.IN_THE_AUDIT)]),
    ],
)
def test_what_stays_in_the_audits_is_named_and_never_counted(in_full, level, parts):
    given = InFull(*in_full)
    told = left_out(records=[SimpleNamespace()], in_full=given, teller=narrator(level))
    assert [(part.what, part.times, part.why) for part in told] == [(what, 0, why) for what, why in parts]
    assert left_out(in_full=given, teller=narrator(level)) == ()


def test_whether_audits_are_in_full_is_read_off_what_was_asked_for():
    def of(each_audit=False, **chosen):
        extract = extract_of(())
        return InFull.of(
            replace(extract, about=replace(extract.about, each_audit=each_audit), chosen=Choices(**chosen))
        )

    assert of(sections=("gaps",)) == InFull(every=False, some=False, concerns=False)
    assert of(each_audit=True) == replace(of(), every=True)
    assert of(audits=(1,)) == replace(of(), some=True)
    assert of(sections=("concerns",)).concerns
