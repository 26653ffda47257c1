"""What every write of the thread does alike: fetch for change, compare revisions, check, add, tell what happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from findings.checks import check_row, label
from findings.errors import Invalid, NotFound, Stale
from findings.metadata import Numbered, Row
from findings.references import reference
from findings.states import SourceKind
from findings.tables import Source

# Called with an event's code, a reference and codes or numbers only, never with text somebody typed.
Note = Callable[[str, str, dict[str, object]], None]
Kept = TypeVar("Kept", bound=SQLModel)
NumberedRow = TypeVar("NumberedRow", bound=Numbered)


def quiet(event: str, about: str, facts: dict[str, object]) -> None:
    """The note taker that takes no notes, for callers who keep no history."""


@dataclass(frozen=True)
class NewSource:
    """What one piece of evidence says, in words without a child's detail."""

    kind: SourceKind
    audit_reference: str = ""
    question_reference: str = ""
    grade_code: str = ""
    grade_words: str = ""
    dated_on: date | None = None
    words: str = ""
    document: str = ""
    paragraph: str = ""
    evidence_reference: str = ""


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
    """A row without a reference of its own, by its id.

    Raises:
        NotFound: The authority has no such row.
    """
    columns = table.__table__.columns  # type: ignore[attr-defined]
    query = select(table).where(columns["authority_id"] == authority_id, columns["id"] == row_id)
    row = session.exec(query.with_for_update()).first()
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
    check_row(row, required)
    session.add(row)
    session.flush()
    return row


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


def add_sources(
    session: Session,
    authority_id: int,
    sources: Iterable[NewSource],
    *,
    finding_number: int | None = None,
    impact_id: int | None = None,
    by: int,
    now: datetime,
) -> list[Source]:
    """Write what the evidence said beside a finding or a judgement of impact."""
    rows = [
        Source(
            authority_id=authority_id,
            finding_number=finding_number,
            impact_id=impact_id,
            added_by=by,
            added_at=now,
            **asdict(source),
        )
        for source in sources
    ]
    for row in rows:
        if not (row.audit_reference or row.words or row.document or row.evidence_reference):
            raise Invalid("words", "Say what the evidence is: name an audit or a document, or describe it in words.")
        check_row(row)
    session.add_all(rows)
    session.flush()
    return rows


def not_in_future(field: str, day: date, now: datetime) -> None:
    """Refuse a day that has not come; one day is allowed because London may be ahead of UTC.

    Raises:
        Invalid: The day is later than tomorrow in UTC.
    """
    if day > now.date() + timedelta(days=1):
        raise Invalid(field, "This date is in the future. Enter the day on which it happened.")


def rows_of(session: Session, table: type[Kept], authority_id: int, column: str, number: int) -> list[Kept]:
    """All rows of a table that belong to one thing."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return list(session.exec(select(table).where(columns["authority_id"] == authority_id, columns[column] == number)))


def has(session: Session, row_type: type[Row], **key: int) -> bool:
    """Whether a row with this key is there."""
    columns = row_type.__table__.columns  # type: ignore[attr-defined]
    return (
        session.exec(select(row_type).where(*(columns[name] == value for name, value in key.items()))).first()
        is not None
    )
