"""What of the register a pack tells: the threads of its period, strengths, actions, gaps, and which audits it names.

Pure.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from audit_app.clock import london_day
from audit_app.packs.composing.extract import AuditRecord, Register
from findings.gaps import Gap
from findings.references import ACTION, AREA, FINDING, reference
from findings.states import FindingKind
from findings.thread_shapes import ActionStrand, FindingStrand, Thread, Woven, audits_of


def for_period(woven: Woven, gaps: Iterable[Gap], first: date, last: date) -> Register:
    """What a pack of a period, both days included, tells of the whole register."""
    threads = [thread for thread in woven.threads if is_alive(thread, first, last)]
    actions = actions_of(threads, woven.loose_actions)
    known = {reference(AREA, thread.area.number) for thread in threads}
    known |= {reference(ACTION, strand.action.number) for strand in actions}
    known |= {reference(FINDING, strand.finding.number) for strand in woven.loose_findings}
    known |= {reference(FINDING, strand.finding.number) for thread in threads for strand in thread.findings}
    return Register(
        threads=threads,
        strengths=strengths_of(woven, last),
        actions=actions,
        gaps=[gap for gap in gaps if gap.reference in known],
    )


def is_alive(thread: Thread, first: date, last: date) -> bool:
    """Whether an area for improvement was open at any time of the period."""
    area = thread.area
    return london_day(area.opened_at) <= last and (area.closed_on is None or area.closed_on >= first)


def strengths_of(woven: Woven, last: date) -> list[FindingStrand]:
    """The strengths that stand and were raised by the end of the period, each once, by reference."""
    strands = {strand.finding.number: strand for strand in woven.loose_findings}
    strands |= {strand.finding.number: strand for thread in woven.threads for strand in thread.findings}
    return [
        strands[number]
        for number in sorted(strands)
        if strands[number].stands
        and strands[number].finding.kind is FindingKind.strength
        and london_day(strands[number].finding.raised_at) <= last
    ]


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
    sources = [source for strand in register.strengths for source in strand.sources]
    return named | {source.audit_reference for source in sources if source.audit_reference}
