"""Every place where a thread breaks off, each with what to do next. Pure. Children's and practitioners' actions never
come here: they live on their audits and owe nobody a plan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from findings import colours, rules, worded_dates
from findings.plan_shapes import review_passed
from findings.references import ACTION, AREA, FINDING, PLAN, reference
from findings.states import ActionStatus, AreaStatus, FindingKind, Impact, ImpactTest, Verdict
from findings.tables import Action, PlanReview
from findings.thread_shapes import ActionStrand, FindingStrand, ImpactStrand, Thread, Woven
from findings.worded_dates import Sort


class GapCode(StrEnum):
    """Where a thread can break off, in the order it runs."""

    finding_in_no_area = auto()
    answer_overdue = auto()
    area_without_source = auto()
    area_without_action = auto()
    area_without_owner = auto()
    action_in_no_area = auto()
    action_without_lead = auto()
    action_without_date = auto()
    action_without_success_measure = auto()
    action_overdue = auto()
    action_not_verified = auto()
    impact_not_judged = auto()
    impact_without_evidence = auto()
    impact_evidence_old = auto()
    impact_not_sustained = auto()
    plan_review_passed = auto()


@dataclass(frozen=True)
class Gap:
    """One gap: what it is, at which reference, said in a sentence, and what to do next."""

    code: GapCode
    reference: str
    sentence: str
    next_step: str


_REMEDIES = {
    GapCode.finding_in_no_area: "Join it to an area for improvement, or make it the heading of one.",
    GapCode.answer_overdue: "Complete an action that answers it, or say when it was done.",
    GapCode.area_without_source: "Join a finding that says where this came from, or add its source.",
    GapCode.area_without_action: "Add an action that answers it, or link one that is already planned.",
    GapCode.area_without_owner: "Name the post that owns this area.",
    GapCode.action_in_no_area: "Link it to the area for improvement it answers.",
    GapCode.action_without_lead: "Name the lead post.",
    GapCode.action_without_date: "Give it a due date, or mark it as ongoing.",
    GapCode.action_without_success_measure: "Say how anyone will know that it worked.",
    GapCode.action_overdue: "Report progress, complete it, or change its due date and say why.",
    GapCode.action_not_verified: "Ask somebody outside its line to verify it.",
    GapCode.impact_not_judged: "Judge the impact at the area, by the test the plan names.",
    GapCode.impact_without_evidence: "Carry out the test, and judge the impact on what it showed.",
    GapCode.impact_evidence_old: "Test again and judge the impact afresh.",
    GapCode.impact_not_sustained: "Open the area again if it is closed, and plan what will make the difference last.",
    GapCode.plan_review_passed: "Hold the review and say what came of it, or change its date.",
}


NOT_RECKONED = "has a due date in words that is no date that can be reckoned with."
_ORDER = {code: place for place, code in enumerate(GapCode)}


def _gap(code: GapCode, prefix: str, number: int, rest: str) -> Gap:
    name = reference(prefix, number)
    return Gap(code, name, f"{name} {rest}", _REMEDIES[code])


def finding_gaps(strand: FindingStrand) -> Iterator[Gap]:
    """The gap of a finding in no area; strengths and withdrawn findings need none."""
    if strand.stands and strand.finding.kind is not FindingKind.strength and not strand.area_numbers:
        yield _gap(GapCode.finding_in_no_area, FINDING, strand.finding.number, "is in no area for improvement.")


def answer_gaps(strand: FindingStrand, today: date) -> Iterator[Gap]:
    """The gap of a finding whose date for an answer has passed while nothing that answers it is done.

    The date is the inspectorate's where there is an inspection, in months or as a day (`rules.answer_day`). An action
    that was completed, or an area that was closed, in any of the finding's areas is an answer.
    """
    finding, inspection = strand.finding, strand.inspection
    if not strand.stands or strand.answered or finding.kind is FindingKind.strength:
        return
    day = rules.answer_day(finding, inspection.published_on if inspection else None)
    if day is None or not rules.date_passed(day, today):
        return
    whose = "the date its inspection set" if finding.inspection_number is not None else "the date set for it"
    rest = f"was to be answered by {worded_dates.in_full(day)}, {whose}, and no action that answers it is finished."
    yield _gap(GapCode.answer_overdue, FINDING, finding.number, rest)


def action_gaps(strand: ActionStrand, today: date) -> Iterator[Gap]:
    """The gaps of one plan action; a withdrawn one has none.

    An ongoing action needs no date, but the date it has counts, in figures or in words (`rules.overdue`).
    """
    action = strand.action
    if action.status is ActionStatus.withdrawn:
        return
    if not strand.area_numbers:
        yield _gap(GapCode.action_in_no_area, ACTION, action.number, "answers no area for improvement.")
    if action.status is ActionStatus.open:
        if action.lead_post_id is None and action.lead_person_id is None and not action.lead_post_title:
            yield _gap(GapCode.action_without_lead, ACTION, action.number, "has no lead.")
        reading = worded_dates.read(action.due_text)
        if rules.due_day(action) is None and not action.ongoing and reading.sort is not Sort.ongoing:
            no_date = "has no due date." if reading.sort is Sort.nothing else NOT_RECKONED
            yield _gap(GapCode.action_without_date, ACTION, action.number, no_date)
        if late := rules.late_words(action, today):
            yield _gap(GapCode.action_overdue, ACTION, action.number, f"is {late} overdue.")
    if not action.success_measure and not strand.measures:
        yield _gap(GapCode.action_without_success_measure, ACTION, action.number, "has no success measure.")
    if action.status is ActionStatus.completed:
        yield _gap(GapCode.action_not_verified, ACTION, action.number, "is completed but nobody has verified it.")


def area_gaps(thread: Thread, today: date, evidence_months: int) -> Iterator[Gap]:
    """The gaps of one area for improvement, those of its actions not included."""
    area = thread.area
    standing = [strand for strand in thread.findings if strand.stands]
    if not any(strand.sources for strand in standing):
        yield _gap(GapCode.area_without_source, AREA, area.number, "does not say where it came from.")
    if area.status is AreaStatus.open:
        if all(strand.action.status is ActionStatus.withdrawn for strand in thread.actions):
            yield _gap(GapCode.area_without_action, AREA, area.number, "has no action that answers it.")
        if area.owner_post_id is None and area.owner_person_id is None and not area.owner_post_title:
            yield _gap(GapCode.area_without_owner, AREA, area.number, "has no owner.")
    yield from _impact_gaps(thread, today, evidence_months)


def _impact_gaps(thread: Thread, today: date, evidence_months: int) -> Iterator[Gap]:
    number, latest = thread.area.number, thread.latest_impact
    if latest is None or latest.impact.rating is Impact.not_yet_known:
        verified = any(strand.action.status is ActionStatus.verified for strand in thread.actions)
        if verified or thread.area.status is AreaStatus.closed:
            done = "is closed" if thread.area.status is AreaStatus.closed else "has verified actions"
            yield _gap(GapCode.impact_not_judged, AREA, number, f"{done}, but its impact has not been judged.")
        return
    # An earlier judgement may name such evidence and still not carry a difference that is said to stand now.
    own = rules.shows_difference(latest.impact)
    nobody_names = "the judgement that stands names no" if own else "no judgement names"
    for test in _tests_without_evidence(thread):
        rest = f"was to be tested by {test.in_sentence}, but {nobody_names} such evidence from after the work."
        yield _gap(GapCode.impact_without_evidence, AREA, number, rest)
    if latest.impact.rating is Impact.not_sustained:
        yield _gap(GapCode.impact_not_sustained, AREA, number, "showed a difference that was not sustained.")
    newest = max((source.dated_on for source in latest.sources if source.dated_on), default=latest.impact.judged_on)
    if thread.area.status is AreaStatus.open and rules.months_later(newest, evidence_months) < today:
        yield _gap(GapCode.impact_evidence_old, AREA, number, f"rests on evidence older than {evidence_months} months.")


def _tests_without_evidence(thread: Thread) -> list[ImpactTest]:
    """The tests that finished actions named and nothing from after they were done was evidence of.

    A judgement that shows a difference must rest on such evidence itself; where none is shown, an earlier one will do.
    """
    latest = thread.latest_impact
    own = latest is not None and rules.shows_difference(latest.impact)
    judged = [strand for strand in thread.impacts if strand is latest or not own]
    return sorted({test for x in thread.actions if (test := _untested(x.action, judged)) is not None})


def _untested(action: Action, judged: Sequence[ImpactStrand]) -> ImpactTest | None:
    """The test a finished action named, if none of these judgements has evidence that counts for it."""
    test, done_on = action.impact_test, action.completed_on
    if test is None or done_on is None or action.status not in colours.DONE:
        return None
    verdicts = (colours.verdict(test, done_on, x.impact.judged_on, y) for x in judged for y in x.sources)
    return test if Verdict.counts not in verdicts else None


def review_gaps(reviews: Iterable[PlanReview], today: date) -> tuple[Gap, ...]:
    """The gap of a plan whose day of review, in figures or in words, has passed while no review is recorded.

    Returns:
        A gap for each such review, by the plan and then by the day.
    """
    passed = [(x.plan_number, day) for x in reviews if (day := review_passed(x, today)) is not None]
    return tuple(
        _gap(GapCode.plan_review_passed, PLAN, number, f"was to be reviewed by {worded_dates.in_full(day)}, and no "
             "review is recorded.")
        for number, day in sorted(passed)
    )  # fmt: skip


def gaps(woven: Woven, today: date, *, evidence_months: int) -> tuple[Gap, ...]:
    """Every gap, in the order the thread runs and then by reference.

    Args:
        woven: What `thread.weave` made.
        today: Today's date.
        evidence_months: How many months evidence of impact stays fresh, a setting of the council.

    Returns:
        Each gap once, even where an action answers several areas.
    """
    strands = {strand.action.number: strand for thread in woven.threads for strand in thread.actions}
    strands |= {strand.action.number: strand for strand in woven.loose_actions}
    findings = {strand.finding.number: strand for thread in woven.threads for strand in thread.findings}
    findings |= {strand.finding.number: strand for strand in woven.loose_findings}
    every_gap: list[Gap] = []
    for finding in woven.loose_findings:
        every_gap.extend(finding_gaps(finding))
    for finding in findings.values():
        every_gap.extend(answer_gaps(finding, today))
    for thread in woven.threads:
        every_gap.extend(area_gaps(thread, today, evidence_months))
    for strand in strands.values():
        every_gap.extend(action_gaps(strand, today))
    return tuple(sorted(every_gap, key=_in_order))


def _in_order(gap: Gap) -> tuple[int, int, str]:
    """By kind and then by number: AFI-9999 before AFI-10000."""
    return _ORDER[gap.code], len(gap.reference), gap.reference
