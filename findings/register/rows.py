"""What every write of the thread does alike with its rows: fetch for a change, compare revisions, check, add, note."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from findings.errors import Invalid, NotFound, Stale
from findings.metadata import Numbered, Row
from findings.references import reference
from findings.register.checks import check_row, label

# Called with an event's code, a reference and codes or numbers only, never with text somebody typed.
Note = Callable[[str, str, dict[str, object]], None]
Kept = TypeVar("Kept", bound=SQLModel)
NumberedRow = TypeVar("NumberedRow", bound=Numbered)


def quiet(event: str, about: str, facts: dict[str, object]) -> None:
    """The note taker that takes no notes, for callers who keep no history."""


def fetch(session: Session, table: type[NumberedRow], authority_id: int, number: int, prefix: str) -> NumberedRow:
    """The row, held against other writers until the caller commits where the database can.

    Raises:
        NotFound: The authority has no such row, or the reader may not see it.
    """
    query = select(table).where(col(table.authority_id) == authority_id, col(table.number) == number)
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(prefix, number)} here. Check the reference.")
    return row


def fetch_inner(session: Session, table: type[Kept], authority_id: int, row_id: int, what: str) -> Kept:
    """A row without a reference of its own, by its id; held and read anew, like those that have one.

    Raises:
        NotFound: The authority has no such row.
    """
    columns = table.__table__.columns  # type: ignore[attr-defined]
    query = select(table).where(columns["authority_id"] == authority_id, columns["id"] == row_id)
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"This {what} is not here any more. Go back and look at the list again.")
    return row


def same_revision(row: SQLModel, revision: int | None) -> None:
    """Refuse a change made to an older state of the row; None means the caller showed no form.

    Raises:
        Stale: The row's revision differs from the one seen.
    """
    if revision is not None and row.revision != revision:  # type: ignore[attr-defined]
        raise Stale(row)


def add(session: Session, row: Kept, required: tuple[str, ...] = ()) -> Kept:
    """Check a new row and write it."""
    return add_all(session, [row], required)[0]


def add_all(session: Session, new: Sequence[Kept], required: tuple[str, ...] = ()) -> Sequence[Kept]:
    """Check new rows of one table and write them together: one statement, however many they are."""
    for row in new:
        check_row(row, required)
    session.add_all(new)
    session.flush()
    return new


def change(
    session: Session,
    row: SQLModel,
    changes: Mapping[str, object],
    allowed: Iterable[str],
    required: tuple[str, ...] = (),
) -> list[str]:
    """Set the given columns, raise the revision if anything differs, and return the names of what changed.

    Nothing of the row is touched unless every value is sound, because a refused row would otherwise be written by
    the session's next flush.
    """
    unknown = set(changes) - set(allowed)
    if unknown:
        raise Invalid(min(unknown), f"The {label(min(unknown))} cannot be changed here.")
    with session.no_autoflush:
        before = {name: getattr(row, name) for name in changes}
        try:
            for name, value in changes.items():
                setattr(row, name, value)
            check_row(row, required)
        except Invalid:
            for name, value in before.items():
                setattr(row, name, value)
            raise
    changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
    if changed and hasattr(row, "revision"):
        row.revision += 1
    session.add(row)
    session.flush()
    return changed


def not_in_future(field: str, day: date, now: datetime) -> None:
    """Refuse a day that has not come; one day is allowed because London may be ahead of UTC.

    Raises:
        Invalid: The day is later than tomorrow in UTC.
    """
    if day > now.date() + timedelta(days=1):
        raise Invalid(field, "This date is in the future. Enter the day on which it happened.")


def belonging_to(session: Session, table: type[Kept], authority_id: int, column: str, number: int) -> list[Kept]:
    """All rows of a table that belong to one thing, in the order of their key."""
    made: sa.Table = table.__table__  # type: ignore[attr-defined]
    theirs = select(table).where(made.c.authority_id == authority_id, made.c[column] == number)
    return list(session.exec(theirs.order_by(*made.primary_key.columns)))


def exists(session: Session, row_type: type[Row], **key: int) -> bool:
    """Whether a row with this key is there."""
    columns = row_type.__table__.columns  # type: ignore[attr-defined]
    return (
        session.exec(select(row_type).where(*(columns[name] == value for name, value in key.items()))).first()
        is not None
    )
