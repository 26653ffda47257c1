"""What the register holds for a pack and the pack does not say: each such text by its kind, how often, and why. Pure.

The narrator notes each text it hands out. Here the rows of the pack's scope are gone through column by column, and what
nobody asked for, or this audience may not have, is named: the sentence that nothing was left out is never just written.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from audit_app.packs.composing.extract import AuditRecord, Extract, Inspections, Register
from audit_app.packs.composing.narrator import Narrator, Place, place_of
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
SOME_IN_FULL = "only the audits that were asked for one by one are printed in full"
IN_THE_AUDIT = "it is about a single child or who worked with them, and stays in the audit"
UNCHOSEN = "Texts of the register that stand in what was not chosen"
NOT_CHOSEN = "the sections, judgement areas or audits that would tell them were not chosen for this pack"


@dataclass(frozen=True)
class InFull:
    """Which audits a pack prints in full, and whether it tells the concerns of one."""

    every: bool
    some: bool
    concerns: bool

    @classmethod
    def of(cls, extract: Extract) -> Self:
        """As it was asked for."""
        chosen = extract.chosen
        return cls(extract.about.each_audit, bool(chosen.audits), "concerns" in chosen.sections)


def left_out(
    register: Register,
    inspections: Inspections,
    records: Collection[AuditRecord],
    *,
    in_full: InFull,
    narrator: Narrator,
    would_be_printed: Collection[Place] = frozenset(),
) -> tuple[WithheldPart, ...]:
    """Everything that was left out, in the order of the table of levels; to be asked last, when all has been told.

    Texts in `would_be_printed` stand in sections, areas or audits that were not chosen: they are counted together.
    """
    above = Counter(narrator.left_out)
    unplaced: Counter[tuple[str, str]] = Counter()
    unchosen = 0
    for row, gone in rows_of(register, inspections):
        for name, column in _missing(row, narrator):
            if narrator.may(name) and place_of(row, column) in would_be_printed:
                unchosen += 1
            elif narrator.may(name):
                unplaced[name, WITHDRAWN_ACTION if gone else REASONS.get(name, NO_PLACE)] += 1
            else:
                above[name] += 1
    parts = [(what, above[name], why) for name, (_, what, why) in FIELDS.items() if above[name]]
    parts += [(FIELDS[name][1], times, why) for (name, why), times in sorted(unplaced.items())]
    parts += _of_the_scope(register) + _of_audits(records, in_full, narrator)
    # How often would itself be a small number in a pack for everybody.
    named = [WithheldPart(narrator.say(what), 0 if narrator.leaving else times, narrator.say(why))
             for what, times, why in parts]  # fmt: skip
    # This number is of texts of all sorts together, and so gives nobody away.
    named += [WithheldPart(UNCHOSEN, unchosen, narrator.say(NOT_CHOSEN))] if unchosen else []
    return tuple(named)


def text_columns_of(row: Any) -> list[str]:
    """The columns of a row that hold a text some pack prints, where there is one."""
    names = [column.name for column in row.__table__.columns]
    return [name for name in names if f"{row.__tablename__}.{name}" in FIELD_OF and getattr(row, name).strip()]


def _missing(row: Any, narrator: Narrator) -> Iterator[tuple[str, str]]:
    """The field and the column of each text of a row that was not told."""
    for column in text_columns_of(row):
        if place_of(row, column) not in narrator.printed:
            yield FIELD_OF[f"{row.__tablename__}.{column}"], column


def rows_of(register: Register, inspections: Inspections) -> Iterator[tuple[Any, bool]]:
    """Each row of the pack's scope once, and whether it belongs to an action that was withdrawn."""
    met: set[Place] = set()
    for row, gone in _every_row(register, inspections):
        key = place_of(row, "")
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
    yield from ((row, False) for row in (*register.reviews, *register.risks, *register.measures))
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


def _of_audits(records: Collection[AuditRecord], in_full: InFull, narrator: Narrator) -> list[tuple[str, int, str]]:
    """What audits hold and no pack prints, and what this pack could have printed had each audit been asked for."""
    if not records:
        return []
    kept = "Private notes, and why an audit was handed back"
    kept = kept if in_full.concerns else "Concerns about a child, private notes, and why an audit was handed back"
    always = (kept, 0, IN_THE_AUDIT)
    if in_full.every or not narrator.may("audit.answers"):
        return [always]
    why = SOME_IN_FULL if in_full.some else NOT_IN_FULL
    return [("Answers of single audits, what auditors wrote, and actions on audits", 0, why), always]
