"""What of the register a pack tells: the threads of its period, strengths, actions, gaps, and which audits it names.

Pure.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import inf

from audit_app.clock import london_day
from audit_app.packs.composing.extract import Asked, AuditRecord, Register
from findings.gaps import Gap
from findings.references import ACTION, AREA, FINDING, PLAN, reference
from findings.states import FindingKind
from findings.tables import Inspection, Measure, Plan, PlanReview, PlanRisk, Theme
from findings.thread_shapes import ActionStrand, FindingStrand, Thread, Woven, audits_of


def for_period(
    woven: Woven,
    gaps: Iterable[Gap],
    first: date,
    last: date,
    *,
    inspections: Iterable[Inspection] = (),
    plans: Iterable[Plan] = (),
    themes: Iterable[Theme] = (),
    reviews: Iterable[PlanReview] = (),
    risks: Iterable[PlanRisk] = (),
    measures: Iterable[Measure] = (),
) -> Register:
    """What a pack of a period, both days included, tells of the whole register."""
    threads = [thread for thread in woven.threads if is_alive(thread, first, last)]
    actions = actions_of(threads, woven.loose_actions)
    known = {reference(AREA, thread.area.number) for thread in threads}
    known |= {reference(ACTION, strand.action.number) for strand in actions}
    known |= {reference(FINDING, strand.finding.number) for strand in woven.loose_findings}
    every = _every_finding(woven)
    planned = {strand.action.plan_number for strand in actions if strand.action.plan_number}
    known |= {reference(PLAN, number) for number in planned}
    known |= {reference(FINDING, strand.finding.number) for thread in threads for strand in thread.findings}
    return Register(
        threads=threads,
        strengths=strengths_of(woven, last),
        actions=actions,
        gaps=[gap for gap in gaps if gap.reference in known],
        asked=asked_for(woven, inspections, last),
        loose_findings=[strand for strand in woven.loose_findings if _is_loose(strand, last)],
        plans=[plan for plan in plans if plan.number in planned],
        themes=[theme for theme in themes if theme.plan_number in planned],
        reviews=[review for review in reviews if review.plan_number in planned],
        risks=[risk for risk in risks if risk.plan_number in planned],
        measures=[measure for measure in measures if measure.plan_number in planned],
        areas_of_other_times=len(woven.threads) - len(threads),
        findings_of_later=sum(strand.stands and not _is_known_by(strand, last) for strand in woven.loose_findings),
        findings_withdrawn=sum(not strand.stands for strand in every.values()),
    )


def is_alive(thread: Thread, first: date, last: date) -> bool:
    """Whether an area for improvement was open at any time of the period."""
    area = thread.area
    return london_day(area.opened_at) <= last and (area.closed_on is None or area.closed_on >= first)


def _every_finding(woven: Woven) -> dict[int, FindingStrand]:
    """Each finding once, whatever it hangs on."""
    strands = {strand.finding.number: strand for strand in woven.loose_findings}
    return strands | {strand.finding.number: strand for thread in woven.threads for strand in thread.findings}


def _is_known_by(strand: FindingStrand, last: date) -> bool:
    """Whether a finding was known by the end of a period: the day of its report counts, else the day it was raised."""
    published = strand.inspection.published_on if strand.inspection else None
    return (published or london_day(strand.finding.raised_at)) <= last


def strengths_of(woven: Woven, last: date) -> list[FindingStrand]:
    """The strengths that stand and were known by the end of the period, each once, by reference."""
    strands = _every_finding(woven)
    return [
        strands[number]
        for number in sorted(strands)
        if strands[number].stands
        and strands[number].finding.kind is FindingKind.strength
        and _is_known_by(strands[number], last)
    ]


def _is_loose(strand: FindingStrand, last: date) -> bool:
    """Whether a finding asks for something, hangs on no area, and came from no report, which tells of its own."""
    asks = strand.stands and strand.finding.kind is not FindingKind.strength
    return asks and strand.inspection is None and _is_known_by(strand, last)


def asked_for(woven: Woven, inspections: Iterable[Inspection], last: date) -> list[Asked]:
    """What each report known by the end of the period asked for, the latest report first, in printed order.

    An item counts wherever it stands: joined to an area of this period, of another, or to none.
    """
    threads = {thread.area.number: thread for thread in woven.threads}
    by_report: dict[int | None, list[FindingStrand]] = {}
    for strand in _every_finding(woven).values():
        if strand.stands and strand.finding.kind is not FindingKind.strength:
            by_report.setdefault(strand.finding.inspection_number, []).append(strand)
    made = []
    for inspection in inspections:
        if (inspection.published_on or london_day(inspection.recorded_at)) > last:
            continue
        printed = sorted(by_report.get(inspection.number, ()), key=_in_printed_order)
        numbers = {number for strand in printed for number in strand.area_numbers}
        made.append(Asked(inspection, printed, {number: threads[number] for number in numbers if number in threads}))
    return sorted(made, key=lambda asked: str(asked.inspection.published_on or ""), reverse=True)


def _in_printed_order(strand: FindingStrand) -> tuple[float, int]:
    return strand.finding.printed_number or inf, strand.finding.number


def actions_of(threads: Iterable[Thread], loose: Iterable[ActionStrand]) -> list[ActionStrand]:
    """The actions of the pack's areas, and those that answer no area, each once, by reference."""
    strands = {strand.action.number: strand for thread in threads for strand in thread.actions}
    strands |= {strand.action.number: strand for strand in loose}
    return [strands[number] for number in sorted(strands)]


def audits_named(records: Sequence[AuditRecord], register: Register) -> set[str]:
    """The references of every audit that the pack counts, or that something it tells of rests on."""
    named = {record.reference for record in records}
    for thread in register.threads:
        named |= audits_of(thread)
    strands = [*register.strengths, *register.loose_findings]
    strands += [strand for asked in register.asked for strand in asked.findings]
    sources = [source for strand in strands for source in strand.sources]
    return named | {source.audit_reference for source in sources if source.audit_reference}
