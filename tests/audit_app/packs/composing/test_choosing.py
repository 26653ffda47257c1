"""What of the register a period's pack tells: on its first and last day, each thing once, by its reference."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit_app.packs.composing import choosing
from audit_app.packs.composing.extract import Asked, Register
from findings.gaps import Gap, GapCode
from findings.states import FindingKind, FindingStatus
from findings.tables import Inspection, Measure, Plan, PlanReview, PlanRisk, Theme
from findings.thread_shapes import ActionStrand, FindingStrand, ImpactStrand, Thread, Woven
from tests.audit_app.packs.composing.test_figures import record
from tests.audit_app.packs.composing.test_sentences import action, area, evidence, finding, judged

ONE = {"authority_id": 1}
FIRST, LAST = date(2026, 4, 1), date(2026, 10, 31)
STRENGTH = {"kind": FindingKind.strength}
GONE = {"status": FindingStatus.withdrawn}
# The last minute of the period’s last day, and the first of the next.
IN_TIME, TOO_LATE = datetime(2026, 10, 31, 23, 59, tzinfo=UTC), datetime(2026, 11, 1, 0, 1, tzinfo=UTC)


def strand(number, report=None, areas=(), sources=(), **changed):
    given = {"raised_at": IN_TIME, "inspection_number": report.number if report else None, **changed}
    return FindingStrand(finding(number=number, **given), report, (), tuple(sources), areas)


def report(number, published=None, recorded=IN_TIME):
    return Inspection(**ONE, number=number, kind="inspection", title="Visit", published_on=published, recorded_by=1,
                      recorded_at=recorded)  # fmt: skip


def of_action(number, **changed):
    return ActionStrand(action(number=number, **changed), (), (), (), (), (), ())


def thread(number, *findings, actions=(), impacts=(), **changed):
    return Thread(area(number=number, **changed), findings, tuple(actions), tuple(impacts), ())


def told(woven, **more):
    return choosing.for_period(woven, more.pop("gaps", ()), FIRST, LAST, **more)


@pytest.mark.parametrize(
    ("opened_at", "closed_on", "alive"),
    [
        (IN_TIME, None, True), (TOO_LATE, None, False), (IN_TIME, FIRST, True), (IN_TIME, date(2026, 3, 31), False),
        (datetime(2026, 3, 1, tzinfo=UTC), date(2027, 1, 1), True),
    ],
)  # fmt: skip
def test_an_area_is_of_the_period_if_it_was_open_on_any_day_of_it(opened_at, closed_on, alive):
    one = thread(1, opened_at=opened_at, closed_on=closed_on)
    assert choosing.is_alive(one, FIRST, LAST) is alive
    register = told(Woven((one,)))
    assert ([each.area.number for each in register.threads], register.areas_of_other_times) == (
        ([1], 0) if alive else ([], 1)
    )


@pytest.mark.parametrize(
    ("made", "known"),
    [
        ({}, True), ({"raised_at": TOO_LATE}, False),
        ({"raised_at": TOO_LATE, "report": report(1)}, False),
        ({"raised_at": TOO_LATE, "report": report(1, LAST)}, True),
        ({"report": report(1, date(2026, 11, 1))}, False),
    ],
)  # fmt: skip
def test_a_finding_is_known_from_the_day_of_its_report_or_else_from_the_day_it_was_raised(made, known):
    woven = Woven((), (strand(1, **made, **STRENGTH),))
    register = told(woven)
    assert ([each.finding.number for each in register.strengths], register.findings_of_later) == (
        ([1], 0) if known else ([], 1)
    )


def test_strengths_stand_once_in_the_order_of_their_references_wherever_they_hang():
    hung = strand(7, **STRENGTH)
    woven = Woven(
        (thread(1, hung, strand(3), strand(2, **STRENGTH)), thread(2, hung)),
        (strand(5, **STRENGTH), strand(1, **STRENGTH, **GONE), strand(6, raised_at=TOO_LATE, **STRENGTH)),
    )
    assert [each.finding.number for each in choosing.strengths_of(woven, LAST)] == [2, 5, 7]


def test_findings_that_are_loose_known_later_or_withdrawn_are_each_counted_as_what_they_are():
    woven = Woven(
        (thread(1, strand(1), strand(2, **GONE)), thread(2, strand(2, **GONE))),
        (
            strand(3), strand(4, **STRENGTH), strand(5, **GONE), strand(6, report(1, LAST)),
            strand(7, raised_at=TOO_LATE), strand(8, raised_at=TOO_LATE, **GONE),
        ),
    )  # fmt: skip
    register = told(woven)
    assert [each.finding.number for each in register.loose_findings] == [3]
    assert (register.findings_of_later, register.findings_withdrawn) == (1, 3)


def of_plan(number):
    own = {**ONE, "id": number, "plan_number": number, "position": 1}
    return {
        "plans": Plan(**ONE, number=number, title="Plan", opened_by=1, opened_at=IN_TIME),
        "themes": Theme(**own, title="T"), "reviews": PlanReview(**own), "risks": PlanRisk(**own, risk="Money"),
        "measures": Measure(**own, name="Calls"),
    }  # fmt: skip


def test_of_plans_the_pack_has_those_of_its_actions_and_of_gaps_those_of_what_it_tells():
    woven = Woven(
        (
            thread(1, strand(1), actions=[of_action(4, plan_number=2), of_action(2)]),
            thread(2, strand(2), actions=[of_action(5, plan_number=3)], closed_on=date(2026, 3, 1)),
        ),
        (strand(3),),
        (of_action(1, plan_number=4), of_action(4, plan_number=2)),
    )
    names = [f"{prefix}-{number:04d}" for prefix in ("AFI", "ACT", "FND", "PLN") for number in range(1, 6)]
    gaps = [Gap(GapCode.area_without_action, name, "", "") for name in names]
    held = {name: [of_plan(number)[name] for number in (2, 3, 4)] for name in of_plan(2)}
    register = told(woven, gaps=gaps, **held)
    assert [each.action.number for each in register.actions] == [1, 2, 4]
    assert [each.reference for each in register.gaps] == [
        "AFI-0001", "ACT-0001", "ACT-0002", "ACT-0004", "FND-0001", "FND-0003", "PLN-0002", "PLN-0004",
    ]  # fmt: skip
    assert [plan.number for plan in register.plans] == [2, 4]
    for name in ("themes", "reviews", "risks", "measures"):
        assert [row.plan_number for row in getattr(register, name)] == [2, 4], name


def test_what_each_report_asked_for_stands_in_printed_order_under_the_latest_report_first():
    old, new = report(1, date(2025, 1, 1)), report(2, date(2026, 5, 1))
    undated, later, recorded_later = report(3), report(4, date(2026, 11, 1)), report(5, recorded=TOO_LATE)
    closed = thread(9, strand(8, new, (9,), printed_number=3), closed_on=date(2026, 1, 1))
    woven = Woven(
        (closed,),
        (
            strand(1, new), strand(2, new, printed_number=4), strand(3, new, printed_number=1, areas=(9, 77)),
            strand(4, new, **STRENGTH), strand(5, new, **GONE), strand(6, old), strand(7),
        ),
    )  # fmt: skip
    asked = choosing.asked_for(woven, [old, undated, later, new, recorded_later], LAST)
    assert [each.inspection.number for each in asked] == [2, 1, 3]
    assert [[each.finding.number for each in one.findings] for one in asked] == [[3, 8, 2, 1], [6], []]
    assert [dict(one.answering) for one in asked] == [{9: closed}, {}, {}]
    assert [each.inspection.number for each in choosing.asked_for(Woven(()), [report(1, LAST)], LAST)] == [1]


def test_the_audits_a_pack_names_are_those_it_counts_and_those_that_anything_it_tells_rests_on():
    def resting(number, *audits):
        return strand(number, sources=[evidence(id=number, audit_reference=name) for name in audits])

    impact = ImpactStrand(judged(id=1), (evidence(id=9, audit_reference="AUD-0005"),))
    register = Register(
        [thread(1, resting(1, "AUD-0004"), impacts=[impact])], [resting(2, "AUD-0002", "")], (), (),
        asked=[Asked(report(1), [resting(3, "AUD-0003")], {})], loose_findings=[resting(4, "AUD-0006", "AUD-0001")],
    )  # fmt: skip
    named = choosing.audits_named([record(1, []), record(8, [])], register)
    assert named == {f"AUD-000{number}" for number in (1, 2, 3, 4, 5, 6, 8)}
    assert choosing.audits_named([], replace(register, threads=(), strengths=(), asked=(), loose_findings=())) == set()


def test_what_a_register_has_of_an_action_and_of_a_plan_is_found_by_its_number_alone():
    one, none = of_action(1, plan_number=2, theme_id=3), of_action(2)
    held = {name: [of_plan(number)[name] for number in (4, 3, 2)] for name in of_plan(2)}
    answering = replace(none, area_numbers=(1,))
    register = Register((), (), [one, answering], (), **held)
    assert register.loose_actions == [one]
    assert (register.theme_of(one).id, register.theme_of(none)) == (3, None)
    (plan,) = [plan for plan in register.plans if plan.number == 3]
    for rows in (register.reviews_of(plan), register.risks_of(plan), register.measures_of(plan)):
        assert [row.plan_number for row in rows] == [3]
