"""Reads of doubts about lines of the crosswalk."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.library.tables import MapDoubt
from audit_app.people import queries as people
from findings.errors import NotFound


@dataclass(frozen=True)
class DoubtView:
    """One doubt with the names of who raised and answered it."""

    id: int
    line: str
    doubt: str
    raised_by_name: str
    raised_at: datetime
    answer: str
    answered_by_name: str
    answered_at: datetime | None
    revision: int


def open_doubts(session: Session, authority_id: int) -> dict[str, int]:
    """How many doubts of each line wait for an answer."""
    statement = (
        select(MapDoubt.line, sa.func.count(col(MapDoubt.id)))
        .where(MapDoubt.authority_id == authority_id, col(MapDoubt.answered_at).is_(None))
        .group_by(MapDoubt.line)
    )
    return {line: int(count) for line, count in session.exec(statement).all()}


def doubts_of(session: Session, authority_id: int, line: str) -> list[DoubtView]:
    """Every doubt of one line, newest first."""
    statement = select(MapDoubt).where(MapDoubt.authority_id == authority_id, MapDoubt.line == line)
    rows = session.exec(statement.order_by(col(MapDoubt.raised_at).desc(), col(MapDoubt.id).desc())).all()
    names = people.names_of(session, {person_id for row in rows for person_id in _people_in(row)})
    return [_view(row, names) for row in rows]


def get_doubt(session: Session, authority_id: int, number: int) -> DoubtView:
    """One doubt; raises NotFound."""
    row = row_of(session, authority_id, number)
    return _view(row, people.names_of(session, _people_in(row)))


def row_of(session: Session, authority_id: int, number: int, *, locking: bool = False) -> MapDoubt:
    """A doubt's own row, held until the commit where somebody is about to answer it; raises NotFound."""
    statement = select(MapDoubt).where(MapDoubt.authority_id == authority_id, MapDoubt.id == number)
    if locking:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = session.exec(statement).one_or_none()
    if row is None:
        raise NotFound("There is no such doubt.")
    return row


def _people_in(row: MapDoubt) -> set[int]:
    return {person_id for person_id in (row.raised_by, row.answered_by) if person_id}


def _view(row: MapDoubt, names: dict[int, str]) -> DoubtView:
    gone = "somebody who has left"
    return DoubtView(
        row.id, row.line, row.doubt, names.get(row.raised_by, gone), row.raised_at, row.answer,
        names.get(row.answered_by, gone) if row.answered_by else "", row.answered_at, row.revision,
    )  # fmt: skip
