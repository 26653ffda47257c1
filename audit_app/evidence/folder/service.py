"""Writes of the evidence folder: begun, entries added, changed, moved, refreshed, taken out; each told to the log."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import history
from audit_app.errors import Invalid, NotAllowed, OutOfTurn, Stale
from audit_app.evidence import events, freshness
from audit_app.evidence.folder import queries
from audit_app.evidence.folder.starter import STARTER
from audit_app.evidence.states import EntryStatus
from audit_app.evidence.tables import FOLDER, FolderEntry
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings.numbering import next_number, next_numbers
from findings.references import reference

WRITERS = (Role.qa_manager, Role.leader, Role.business_support)
SHORTEST_REASON = 3
COLUMNS = (
    "title", "source", "owner_post_id", "owner_post_title", "renewal", "refresh_on", "status", "level", "pages_said",
    "note",
)  # fmt: skip


def may_change(session: Session, row: FolderEntry) -> bool:
    """Whether this person may change an entry: whoever keeps the folder, and whoever holds the post that owns it."""
    scope: Scope = session.info["scope"]
    return scope.everything or scope.has(*WRITERS) or row.owner_post_id in scope.own_posts


def begin_folder(session: Session, authority_id: int, *, by: int, now: datetime) -> list[FolderEntry]:
    """Begin the folder with the starter entries.

    Raises:
        OutOfTurn: it has entries already.
    """
    if queries.list_entries(session, authority_id):
        raise OutOfTurn("The folder has been begun already.")
    numbers = next_numbers(session, authority_id, FOLDER, len(STARTER))
    rows = [
        FolderEntry(
            authority_id=authority_id, number=number, title=entry.title, position=place, renewal=entry.renewal,
            level=entry.level, added_by=by, added_at=now,
        )
        for place, (number, entry) in enumerate(zip(numbers, STARTER, strict=True), start=1)
    ]  # fmt: skip
    session.add_all(rows)
    history.note(
        session, events.FOLDER_BEGUN, by=by, authority_id=authority_id, facts={"count": len(rows)}, now=now
    )  # fmt: skip
    return rows


def add_entry(
    session: Session, authority_id: int, *, by: int, now: datetime, today: date, position: int | None = None,
    **given: Any,
) -> FolderEntry:  # fmt: skip
    """Add an entry, at its place or last.

    Raises:
        Invalid: something is missing or cannot be.
    """
    values = _checked(session, given, today)
    entries = queries.list_entries(session, authority_id)
    row = FolderEntry(
        authority_id=authority_id, number=next_number(session, authority_id, FOLDER), position=len(entries) + 1,
        added_by=by, added_at=now, **values,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, events.ENTRY_ADDED, row, by=by, now=now)
    if position is not None and position <= len(entries):
        _place(session, [*entries, row], row, position)
        _note(session, events.ENTRY_MOVED, row, by=by, now=now, position=row.position)
    return row


def correct_entry(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    by: int,
    now: datetime,
    today: date,
    position: int | None = None,
    **given: Any,
) -> FolderEntry:
    """Change an entry, and its place among the others.

    Raises:
        NotAllowed: it belongs to somebody else.
        Stale: somebody changed it since the page was opened.
        Invalid: something is missing or cannot be.
    """
    row = _for_change(session, authority_id, number, revision)
    values = _checked(session, given, today, kept=row)
    changed = [name for name in COLUMNS if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    place = row.position if position is None else position
    moves = place != row.position
    if moves:
        _place(session, queries.list_entries(session, authority_id), row, place)
    if not changed and not moves:
        return row
    row.revision += 1
    session.add(row)
    session.flush()
    if changed:
        fields = ", ".join(dict.fromkeys(name.removesuffix("_id").replace("_", " ") for name in changed))
        _note(session, events.ENTRY_CORRECTED, row, by=by, now=now, fields=fields[:80])
    if moves:
        _note(session, events.ENTRY_MOVED, row, by=by, now=now, position=row.position)
    return row


def refresh_entry(
    session: Session, authority_id: int, number: int, *, revision: int, by: int, now: datetime, today: date
) -> FolderEntry:
    """Say that an entry was looked through today: it is ready, and its next refresh follows from how often it is due.

    Raises:
        NotAllowed: it belongs to somebody else.
        Stale: somebody changed it since the page was opened.
    """
    row = _for_change(session, authority_id, number, revision)
    row.status, row.refresh_on = EntryStatus.ready, freshness.renew_by(row.renewal, today)
    row.revision += 1
    session.add(row)
    _note(session, events.ENTRY_REFRESHED, row, by=by, now=now)
    return row


def remove_entry(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> FolderEntry:
    """Take an entry out of the folder; it stays on record, and so does the evidence that was under it.

    Raises:
        NotAllowed: it belongs to somebody else.
        Stale: somebody changed it since the page was opened.
        Invalid: no reason was given.
    """
    row = _for_change(session, authority_id, number, revision)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "Say why it no longer belongs in the folder.")
    row.removed_by, row.removed_at, row.removed_reason = by, now, reason.strip()
    row.revision += 1
    session.add(row)
    session.flush()
    for place, entry in enumerate(queries.list_entries(session, authority_id), start=1):
        entry.position = place
    _note(session, events.ENTRY_REMOVED, row, by=by, now=now)
    return row


def _for_change(session: Session, authority_id: int, number: int, revision: int) -> FolderEntry:
    row = queries.get_entry(session, authority_id, number, lock=True)
    if not may_change(session, row):
        raise NotAllowed("You can change entries that your post owns. This is somebody else’s.")
    if row.removed_at is not None:
        raise OutOfTurn(f"{reference(FOLDER, number)} was taken out of the folder.")
    if row.revision != revision:
        raise Stale(row)
    return row


def _place(session: Session, entries: list[FolderEntry], row: FolderEntry, position: int) -> None:
    """Put an entry at its place, or last when there are fewer, and count the others anew around it."""
    others = [entry for entry in entries if entry.number != row.number]
    others.insert(max(position, 1) - 1, row)
    for place, entry in enumerate(others, start=1):
        if entry.position != place:
            entry.position = place
            session.add(entry)
    session.flush()


def _checked(session: Session, given: dict[str, Any], today: date, kept: FolderEntry | None = None) -> dict[str, Any]:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    if not values.get("title"):
        raise Invalid("title", "Enter what belongs under this entry.")
    if "level" in values and values["level"] not in range(4):
        raise Invalid("level", "Choose who may have it.")
    post_id = values.get("owner_post_id")
    if kept is not None and post_id == kept.owner_post_id:
        return values
    post = next((post for post in people.list_posts(session, today) if post.id == post_id), None)
    if post_id is not None and post is None:
        raise Invalid("owner_post_id", "Choose a post from the list.")
    return values | {"owner_post_title": post.title if post else ""}


def _note(session: Session, event: str, row: FolderEntry, *, by: int, now: datetime, **facts: str | int) -> None:
    about = reference(FOLDER, row.number)
    history.note(session, event, about, by=by, authority_id=row.authority_id, facts=facts, now=now)
