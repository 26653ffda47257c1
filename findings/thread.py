"""Rows woven into one thread per area for improvement, walkable from criterion to impact and back. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from findings import rules
from findings.colours import DONE, JudgedArea
from findings.gaps import Gap, GapCode, gaps
from findings.states import AreaStatus
from findings.tables import ImpactJudgement, Source
from findings.thread_shapes import ActionStrand, FindingStrand, ImpactStrand, Rows, Thread, Woven

__all__ = [
    "ActionStrand",
    "FindingStrand",
    "Gap",
    "GapCode",
    "ImpactStrand",
    "Rows",
    "Thread",
    "Woven",
    "gaps",
    "weave",
]

Kept = TypeVar("Kept")
Key = TypeVar("Key", bound=Hashable)
Strand = TypeVar("Strand", FindingStrand, ActionStrand)


def _by(rows: Iterable[Kept], key: Callable[[Kept], Key | None]) -> Mapping[Key, list[Kept]]:
    grouped: defaultdict[Key, list[Kept]] = defaultdict(list)
    for row in rows:
        belongs_to = key(row)
        if belongs_to is not None:
            grouped[belongs_to].append(row)
    return grouped


def _finding_strands(rows: Rows) -> dict[int, FindingStrand]:
    inspections = {row.number: row for row in rows.inspections}
    sources = _by(rows.sources, lambda row: row.finding_number)
    speaks_to = _by(rows.judgement_areas, lambda row: row.finding_number)
    areas = _by(rows.findings_in_areas, lambda row: row.finding_number)
    answered = _answered_areas(rows)
    return {
        row.number: FindingStrand(
            finding=row,
            inspection=inspections.get(row.inspection_number) if row.inspection_number is not None else None,
            judgement_areas=tuple(speaks_to.get(row.number, ())),
            sources=tuple(sorted(sources.get(row.number, ()), key=lambda source: source.id)),
            area_numbers=tuple(sorted(link.area_number for link in areas.get(row.number, ()))),
            answered=any(link.area_number in answered for link in areas.get(row.number, ())),
        )
        for row in sorted(rows.findings, key=lambda row: row.number)
    }


def _answered_areas(rows: Rows) -> set[int]:
    """The areas in which something is done: an action completed or verified, or the area closed."""
    done = {action.number for action in rows.actions if action.status in DONE}
    closed = {x.number for x in (*rows.areas, *rows.further_areas) if x.status is AreaStatus.closed}
    return closed | {link.area_number for link in rows.actions_in_areas if link.action_number in done}


def _judged_areas(rows: Rows, evidence: Mapping[int, list[Source]]) -> dict[int, JudgedArea]:
    """Each judged area with the judgement that counts and the evidence it rests on."""
    latest = {number: rules.latest(judged) for number, judged in _by(rows.impacts, lambda row: row.area_number).items()}
    return {number: JudgedArea(number, row, tuple(evidence.get(row.id, ()))) for number, row in latest.items() if row}


def _action_strands(rows: Rows, judged: Mapping[int, JudgedArea]) -> dict[int, ActionStrand]:
    areas = _by(rows.actions_in_areas, lambda row: row.action_number)
    leads = _by(rows.leads, lambda row: row.action_number)
    milestones = _by(rows.milestones, lambda row: row.action_number)
    progress = _by(rows.progress, lambda row: row.action_number)
    changes = _by(rows.due_date_changes, lambda row: row.action_number)
    measures = _by(rows.measures, lambda row: row.action_number)
    strands = {}
    for row in sorted(rows.actions, key=lambda row: row.number):
        numbers = tuple(sorted(link.area_number for link in areas.get(row.number, ())))
        newest_first = sorted(progress.get(row.number, ()), key=lambda x: (x.dated_on, x.id), reverse=True)
        strands[row.number] = ActionStrand(
            action=row,
            leads=tuple(sorted(leads.get(row.number, ()), key=lambda x: x.id)),
            milestones=tuple(sorted(milestones.get(row.number, ()), key=lambda x: (x.position, x.id))),
            progress=tuple(newest_first),
            due_date_changes=tuple(sorted(changes.get(row.number, ()), key=lambda x: x.id)),
            measures=tuple(sorted(measures.get(row.number, ()), key=lambda x: x.id)),
            area_numbers=numbers,
            judged=tuple(judged.get(number, JudgedArea(number)) for number in numbers),
        )
    return strands


def weave(rows: Rows) -> Woven:
    """Join rows of one authority into a thread per area for improvement.

    A link whose other end is not among the rows is passed over, so that a page may weave only what its reader may
    see; a finding or action is loose only when no link leads from it at all.
    """
    impacts = _by(rows.impacts, lambda row: row.area_number)
    evidence = _by(rows.sources, lambda row: row.impact_id)
    findings, actions = _finding_strands(rows), _action_strands(rows, _judged_areas(rows, evidence))
    findings_of = _spread(findings.values())
    actions_of = _spread(actions.values())
    measures = _by(rows.measures, lambda row: row.area_number)
    threads = tuple(
        Thread(
            area=area,
            findings=tuple(findings_of.get(area.number, ())),
            actions=tuple(actions_of.get(area.number, ())),
            impacts=_impact_strands(impacts.get(area.number, ()), evidence),
            measures=tuple(sorted(measures.get(area.number, ()), key=lambda row: row.id)),
        )
        for area in sorted(rows.areas, key=lambda area: area.number)
    )
    loose_findings = tuple(strand for strand in findings.values() if not strand.area_numbers)
    return Woven(threads, loose_findings, tuple(strand for strand in actions.values() if not strand.area_numbers))


def _spread(strands: Iterable[Strand]) -> Mapping[int, list[Strand]]:
    """Each strand under every area it belongs to."""
    spread: defaultdict[int, list[Strand]] = defaultdict(list)
    for strand in strands:
        for number in strand.area_numbers:
            spread[number].append(strand)
    return spread


def _impact_strands(
    impacts: Sequence[ImpactJudgement], evidence: Mapping[int, list[Source]]
) -> tuple[ImpactStrand, ...]:
    newest_first = sorted(impacts, key=lambda row: (row.judged_on, row.id), reverse=True)
    return tuple(
        ImpactStrand(row, tuple(sorted(evidence.get(row.id, ()), key=lambda source: source.id))) for row in newest_first
    )
