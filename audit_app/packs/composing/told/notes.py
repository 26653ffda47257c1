"""Working notes: every report, note and reason that was typed along the way, action by action in order of day. Pure.

For the council alone: a pack for an inspector or for everybody never has this section.
"""

from datetime import date, datetime

from audit_app import words
from audit_app.clock import london_day
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.parts.told import Cell, ToldPart, ToldSection, ToldTable
from findings.references import ACTION, AREA, INSPECTION, reference
from findings.thread_shapes import ActionStrand

TITLE = "Working notes"
NOTHING = "No note, report or reason was written along the way."
WHAT_IT_IS = "Not checked and not agreed: what people noted while they worked. It stays in the council."
Line = tuple[str, str, str]  # day as written, what it is, its words


def notes(cut: Extract, narrator: Narrator) -> ToldSection:
    """Every note of the actions, areas and reports of the pack."""
    parts = [ToldPart(sentences=(WHAT_IT_IS,))]
    for strand in cut.register.actions:
        parts += _table(reference(ACTION, strand.action.number), _of_action(strand, narrator))
    for thread in cut.register.threads:
        closed = narrator.tell(thread.area, "closed_note")
        lines = [(words.short_date(thread.area.closed_on, "—"), "On closing", closed)] if closed else []
        parts += _table(reference(AREA, thread.area.number), lines)
    for asked in cut.register.asked:
        text = narrator.tell(asked.inspection, "notes")
        parts += _table(reference(INSPECTION, asked.inspection.number), [("—", "On the report", text)] if text else [])
    if len(parts) == 1:
        parts.append(ToldPart(sentences=(NOTHING,)))
    return ToldSection("working-notes", TITLE, tuple(parts))


def _table(name: str, lines: list[Line]) -> list[ToldPart]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(lines)
    table = ToldTable(f"Notes at {name}", ("Day", "What", "In its writer’s words"), rows, (1.2, 2, 6))
    return [ToldPart(tables=(table,))] if rows else []  # the title of the table says of what


def _of_action(strand: ActionStrand, narrator: Narrator) -> list[Line]:
    action = strand.action
    dated: list[tuple[date | None, str, str]] = [
        (report.dated_on, f"Reported {report.delivery.in_sentence}", narrator.tell(report, "note"))
        for report in strand.progress
    ]
    dated += [
        (_day(change.changed_at), "Why the date moved", narrator.tell(change, "why"))
        for change in strand.due_date_changes
    ]
    dated += [
        (milestone.completed_on, "On a milestone", narrator.tell(milestone, "completed_note"))
        for milestone in strand.milestones
    ]
    dated += [
        (action.completed_on, "On completing it", narrator.tell(action, "completed_note")),
        (action.verified_on, "On verifying it", narrator.tell(action, "verified_note")),
        (None, "Why it was withdrawn", narrator.tell(action, "withdrawn_reason")),
    ]
    written = [each for each in dated if each[2]]
    written.sort(key=lambda each: str(each[0] or "9999"))
    return [(words.short_date(day, "—"), what, sentence(text)) for day, what, text in written]


def _day(moment: datetime) -> date:
    return london_day(moment)
