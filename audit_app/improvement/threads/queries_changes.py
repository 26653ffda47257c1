"""What changed on the thread since a day: who did what, by area for improvement, with what was said of progress."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app import clock, history
from audit_app.improvement import events
from audit_app.improvement.queries import name_of_actor
from audit_app.people import queries as people
from findings.references import ACTION, AREA, FINDING, number_of, reference
from findings.tables import (
    ActionInArea,
    AreaForImprovement,
    FindingInArea,
    Progress,
)

MOST_CHANGES = 2_000
PROGRESS = f"{events.PREFIX}progress_reported"
THREAD_EVENTS = events.CODES


@dataclass(frozen=True)
class Change:
    """One thing that happened, in a sentence, with what somebody said of progress."""

    reference: str
    sentence: str
    note: str = ""


@dataclass(frozen=True)
class ChangesOf:
    """What changed on one area for improvement, or (without one) on what hangs on none."""

    area: AreaForImprovement | None
    changes: tuple[Change, ...]


def changes_since(session: Session, authority_id: int, since: date) -> list[ChangesOf]:
    """Who changed what on the thread since a day (included), by area, the latest first."""
    entries = _entries_since(session, authority_id, since)
    names = people.names_of(session, [entry.actor for entry in entries])
    homes = _homes(session, authority_id, {entry.reference for entry in entries})
    notes = _progress_notes(session, authority_id, since)
    grouped: dict[int | None, list[Change]] = {}
    for entry in entries:
        sentence = history.tell(entry, lambda actor: name_of_actor(names, actor))
        waiting = notes.get((entry.reference, entry.actor)) if entry.event == PROGRESS else None
        change = Change(entry.reference, sentence, waiting.pop(0) if waiting else "")
        for home in homes.get(entry.reference, [None]):
            grouped.setdefault(home, []).append(change)
    numbers = [number for number in grouped if number is not None]
    areas = {
        row.number: row
        for row in session.exec(
            select(AreaForImprovement).where(
                AreaForImprovement.authority_id == authority_id, col(AreaForImprovement.number).in_(numbers)
            )
        )
    }
    ordered = [ChangesOf(areas[number], tuple(grouped[number])) for number in sorted(areas)]
    loose = grouped.get(None, [])
    return [*ordered, ChangesOf(None, tuple(loose))] if loose else ordered


def _entries_since(session: Session, authority_id: int, since: date) -> list[history.HistoryEntry]:
    start, _over = clock.moments(since, since)
    query = (
        select(history.HistoryEntry)
        .where(history.HistoryEntry.authority_id == authority_id, col(history.HistoryEntry.at) >= start)
        .where(col(history.HistoryEntry.event).in_(THREAD_EVENTS))
        .order_by(col(history.HistoryEntry.sequence).desc())
    )
    return list(session.exec(query.limit(MOST_CHANGES)))


def _homes(session: Session, authority_id: int, references: set[str]) -> dict[str, list[int | None]]:
    """The areas each reference belongs to."""
    homes: dict[str, list[int | None]] = {}
    for name in references:
        number = number_of(name, AREA)
        if number is not None:
            homes[name] = [number]
    for prefix, table, column in ((FINDING, FindingInArea, "finding_number"), (ACTION, ActionInArea, "action_number")):
        numbers = [number for name in references if (number := number_of(name, prefix)) is not None]
        mine = getattr(table, column)
        query = select(mine, table.area_number).where(table.authority_id == authority_id, col(mine).in_(numbers))
        for number, area in session.exec(query):
            homes.setdefault(reference(prefix, number), []).append(area)
    return homes


def _progress_notes(session: Session, authority_id: int, since: date) -> dict[tuple[str, int | None], list[str]]:
    """What was said with each report of progress, the latest first, by action and person."""
    start, _over = clock.moments(since, since)
    query = select(Progress).where(Progress.authority_id == authority_id, col(Progress.reported_at) >= start)
    notes: dict[tuple[str, int | None], list[str]] = {}
    for row in session.exec(query.order_by(col(Progress.id).desc())):
        notes.setdefault((reference(ACTION, row.action_number), row.reported_by), []).append(row.note)
    return notes
