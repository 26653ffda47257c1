"""What the register holds for a pack and the pack does not say: each such text by its kind, how often, and why. Pure.

The narrator notes each text it hands out. Here the rows of the pack's scope are gone through column by column, and what
nobody asked for, or this audience may not have, is named: the sentence that nothing was left out is never just written.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from audit_app.packs.composing.extract import AuditRecord, Inspections, Register
from audit_app.packs.composing.narrator import Narrator, place_of
from audit_app.packs.contents import WithheldPart
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.disclosure.text_columns import FIELD_OF
from findings.states import ActionStatus
from findings.thread_shapes import ActionStrand, FindingStrand

NO_PLACE = "no page of this pack tells it where it stands now"
# Why a text that this audience could have had is not in the pack, where the reason is known beforehand.
REASONS = {
    "action.progress_note": "of an open action the latest report is printed, of a finished one what its lead said then",
    "area.closed_note": "the area was opened again after it was written",
    "action.completed_note": "the action was opened again after it was written",
}
WITHDRAWN_ACTION = "of an action that was withdrawn the pack prints what it was and why it was withdrawn"
OTHER_TIMES = "they were closed before the period of this pack, or opened after it"
LATER = "they were raised after the period of this pack"
NO_LONGER = "what was withdrawn no longer stands"
NOT_IN_FULL = "this pack was asked for without each audit in full"
IN_THE_AUDIT = "it is about a single child or who worked with them, and stays in the audit"


def left_out(
    register: Register,
    inspections: Inspections,
    records: Collection[AuditRecord],
    *,
    each_audit: bool,
    narrator: Narrator,
) -> tuple[WithheldPart, ...]:
    """Everything that was left out, in the order of the table of levels; to be asked last, when all has been told."""
    above = Counter(narrator.left_out)
    unplaced: Counter[tuple[str, str]] = Counter()
    for row, gone in _rows(register, inspections):
        for name in _missing(row, narrator):
            if narrator.may(name):
                unplaced[name, WITHDRAWN_ACTION if gone else REASONS.get(name, NO_PLACE)] += 1
            else:
                above[name] += 1
    parts = [(what, above[name], why) for name, (_, what, why) in FIELDS.items() if above[name]]
    parts += [(FIELDS[name][1], times, why) for (name, why), times in sorted(unplaced.items())]
    parts += _of_the_scope(register) + _of_audits(records, each_audit, narrator)
    # How often would itself be a small number in a pack for everybody.
    return tuple(
        WithheldPart(narrator.say(what), 0 if narrator.leaving else times, narrator.say(why))
        for what, times, why in parts
    )


def _missing(row: Any, narrator: Narrator) -> Iterator[str]:
    """The field of each text of a row that was not told."""
    for column in [column.name for column in row.__table__.columns]:
        name = FIELD_OF.get(f"{row.__tablename__}.{column}")
        if name and getattr(row, column).strip() and place_of(row, column) not in narrator.printed:
            yield name


def _rows(register: Register, inspections: Inspections) -> Iterator[tuple[Any, bool]]:
    """Each row of the pack's scope once, and whether it belongs to an action that was withdrawn."""
    met: set[tuple[str, int]] = set()
    for row, gone in _every_row(register, inspections):
        key = place_of(row, "")[:2]
        if key not in met:
            met.add(key)
            yield row, gone


def _every_row(register: Register, inspections: Inspections) -> Iterator[tuple[Any, bool]]:
    findings = [*register.strengths, *register.loose_findings]
    for thread in register.threads:
        findings += thread.findings
        plain = [thread.area, *thread.measures]
        plain += [row for strand in thread.impacts for row in (strand.impact, *strand.sources)]
        yield from ((row, False) for row in plain)
    findings += [strand for asked in register.asked for strand in asked.findings]
    yield from ((row, False) for row in _of_findings(findings))
    for strand in register.actions:
        yield from ((row, strand.action.status is ActionStatus.withdrawn) for row in _of_action(strand))
    yield from ((row, False) for row in (*register.reviews, *register.risks))
    numbers = {asked.inspection.number for asked in register.asked}
    reports = [asked.inspection for asked in register.asked]
    judgements = [row for row in inspections.judgements if row.inspection_number in numbers]
    yield from ((row, False) for row in (*reports, *judgements, *register.plans, *register.themes))


def _of_findings(strands: Iterable[FindingStrand]) -> Iterator[Any]:
    for strand in strands:
        if strand.stands:
            yield strand.finding
            yield from strand.sources


def _of_action(strand: ActionStrand) -> Iterator[Any]:
    yield strand.action
    for rows in (strand.leads, strand.milestones, strand.progress, strand.due_date_changes, strand.measures):
        yield from rows


def _of_the_scope(register: Register) -> list[tuple[str, int, str]]:
    """Whole things of the register that the pack says nothing of."""
    parts = [
        ("Areas for improvement of other times", register.areas_of_other_times, OTHER_TIMES),
        ("Findings in no area that were raised later", register.findings_of_later, LATER),
        ("Findings that were withdrawn", register.findings_withdrawn, NO_LONGER),
    ]
    return [part for part in parts if part[1]]


def _of_audits(records: Collection[AuditRecord], each_audit: bool, narrator: Narrator) -> list[tuple[str, int, str]]:
    """What audits hold and no pack prints, and what this pack could have printed had each audit been asked for."""
    if not records:
        return []
    parts = [("Concerns about a child, private notes, and why an audit was handed back", 0, IN_THE_AUDIT)]
    if not each_audit and narrator.may("audit.answers"):
        parts.insert(0, ("Answers of single audits, what auditors wrote, and actions on audits", 0, NOT_IN_FULL))
    return parts
