"""What choosing leaves of an extract: judgement areas, a question set, one audit; what is not tied to it is cut."""

from dataclasses import replace

import pytest

from audit_app.packs.composing import scope
from audit_app.packs.composing.extract import Asked, Inspections, Register
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.sections import Asks
from findings.gaps import Gap, GapCode
from findings.tables import FindingJudgementArea, Inspection, Measure, Plan, PlanReview, PlanRisk, Theme
from findings.thread_shapes import ActionStrand, FindingStrand, Thread
from frameworks.crosswalk import AreaReference
from tests.audit_app.packs.composing.test_figures import extract_of, record
from tests.audit_app.packs.composing.test_sentences import NOW, action, area, evidence, finding

ONE = {"authority_id": 1}
EDITION = "ilacs-2026"


def strand(number, *, tied=(), audit=""):
    areas = tuple(FindingJudgementArea(**ONE, finding_number=number, edition_id=edition, judgement_area_id=of)
                  for edition, of in tied)  # fmt: skip
    sources = (evidence(id=number, audit_reference=audit, finding_number=number),) if audit else ()
    return FindingStrand(finding(number=number), None, areas, sources, ())


def held(number):
    """Everything of plan `number`: a theme under a theme, a review, a risk, a measure."""
    of_plan = {**ONE, "plan_number": number, "position": 1}
    return {
        "plans": Plan(**ONE, number=number, title="Plan", opened_by=1, opened_at=NOW),
        "reviews": PlanReview(**of_plan, id=number), "risks": PlanRisk(**of_plan, id=number, risk="Money"),
        "measures": Measure(**of_plan, id=number, name="Calls"),
    }  # fmt: skip


# Help is of the pack's framework, another edition's area has the same id, and LEAD is of it too.
HELP, OLD_HELP, LEAD = (EDITION, "HP"), ("ilacs-2023", "HP"), (EDITION, "LEAD")
THREADS = [
    Thread(area(number=1), (strand(1, tied=[HELP], audit="AUD-0001"),),
           (ActionStrand(action(number=1, plan_number=1, theme_id=2), (), (), (), (), (), (1,)),), (), ()),
    Thread(area(number=2), (strand(2, tied=[OLD_HELP]),),
           (ActionStrand(action(number=2, plan_number=2, theme_id=3), (), (), (), (), (), (2,)),), (), ()),
    Thread(area(number=3, edition_id=EDITION, judgement_area_id="HP"), (),
           (ActionStrand(action(number=3), (), (), (), (), (), (3,)),), (), ()),
]  # fmt: skip
THEMES = [Theme(**ONE, id=number, plan_number=plan, position=1, title="T", parent_id=parent)
          for number, plan, parent in ((1, 1, None), (2, 1, 1), (3, 2, None), (4, 1, None))]  # fmt: skip
REPORTS = [Inspection(**ONE, number=number, kind="inspection", title="Visit", recorded_by=1, recorded_at=NOW)
           for number in (1, 2)]  # fmt: skip
GAPS = ["AFI-0001", "AFI-0002", "ACT-0001", "ACT-0002", "FND-0001", "FND-0002", "PLN-0001", "PLN-0002", "FND-0011"]
REGISTER = Register(
    THREADS,
    [strand(11, tied=[HELP]), strand(12, tied=[OLD_HELP], audit="AUD-0001"), strand(13)],
    [each for thread in THREADS for each in thread.actions],
    [Gap(GapCode.area_without_action, name, "", "") for name in GAPS],
    asked=[Asked(REPORTS[0], [strand(14, tied=[LEAD, HELP]), strand(15)], {}), Asked(REPORTS[1], [strand(16)], {})],
    loose_findings=[strand(17, tied=[HELP]), strand(18, tied=[LEAD], audit="AUD-0001"), strand(19, audit="AUD-0002")],
    themes=THEMES,
    **{name: [held(1)[name], held(2)[name]] for name in held(1)},
)


def cut(**chosen):
    records = [
        replace(record(1, [([AreaReference(*HELP)], "Plan", "good")]), set_key="case-audit-1/core"),
        record(2, [([AreaReference(*OLD_HELP)], "Plan", "good")]),
    ]
    extract = replace(extract_of(records), register=REGISTER, inspections=Inspections({}, ()))
    extract = replace(extract, audits=replace(extract.audits, waiting=4, in_full=chosen.pop("in_full", None)))
    return scope.cut(replace(extract, chosen=Choices(**chosen)))


def numbers(register):
    return {
        "threads": [x.area.number for x in register.threads],
        "strengths": [x.finding.number for x in register.strengths],
        "actions": [x.action.number for x in register.actions],
        "gaps": [x.reference for x in register.gaps],
        "asked": [[y.finding.number for y in x.findings] for x in register.asked],
        "loose": [x.finding.number for x in register.loose_findings],
        "plans": [x.number for x in register.plans],
        "themes": [x.id for x in register.themes],
        "of plans": [[x.plan_number for x in rows] for rows in (register.reviews, register.risks, register.measures)],
    }


OF_THE_FIRST = {"plans": [1], "themes": [1, 2], "of plans": [[1], [1], [1]]}
GAPS_OF_THE_FIRST = ["AFI-0001", "ACT-0001", "FND-0001", "PLN-0001"]


def test_of_a_judgement_area_stays_what_is_tied_to_it_under_the_packs_own_framework():
    left = cut(areas=("HP",))
    assert numbers(left.register) == {
        "threads": [1, 3], "strengths": [11], "actions": [1, 3], "gaps": GAPS_OF_THE_FIRST, "asked": [[14]],
        "loose": [17], **OF_THE_FIRST,
    }  # fmt: skip
    assert ([each.reference for each in left.audits.records], left.audits.waiting) == (["AUD-0001"], 0)
    assert numbers(cut(areas=("CIC",)).register)["threads"] == []


def test_of_a_question_set_stay_its_audits_and_what_rests_on_them():
    left = cut(theme="case-audit-1/core")
    assert numbers(left.register) == {
        "threads": [1], "strengths": [12], "actions": [1], "gaps": GAPS_OF_THE_FIRST, "asked": [], "loose": [18],
        **OF_THE_FIRST,
    }  # fmt: skip
    assert ([each.reference for each in left.audits.records], left.audits.waiting) == (["AUD-0001"], 0)


@pytest.mark.parametrize(
    ("asks", "in_full", "names"),
    [
        (Asks.self_assessment, None, []),
        (Asks.audit, None, []),
        (Asks.audit, [record(7, [])], ["AUD-0007"]),
    ],
)
def test_a_pack_of_one_thing_tells_nothing_of_the_register(asks, in_full, names):
    left = cut(asks=(asks,), in_full=in_full)
    assert (left.register, left.audits.waiting) == (scope.NOTHING, 0)
    assert [each.reference for each in left.audits.records] == names


def test_where_nothing_was_chosen_nothing_is_cut():
    left = cut()
    assert (left.register, left.audits.waiting, len(left.audits.records)) == (REGISTER, 4, 2)
