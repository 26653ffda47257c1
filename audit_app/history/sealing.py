"""Seals rows as they are written: a keyed hash of each, bound to the entry of the log that tells of the change.

Nobody calls this to seal a row. The session notices which rows of the sealed tables it writes, and `note` seals them in
the same transaction; what was written after the last note is sealed with an entry of its own before the commit.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from audit_app.database import AuditSession
from audit_app.history import chain
from audit_app.history.row_text import COUNTERS, key_of_row, row_text
from audit_app.history.tables import SEAL

WAITING = "rows to seal"
SEALS = "seals"  # the fact of an entry that carries the hash over its seals
BEGAN = "seals.began"  # the entry that sealed what an earlier version had left unsealed


@dataclass(frozen=True)
class SealedTable:
    """A table whose rows are sealed, what people call such a row, and the columns that are not part of the seal."""

    table: sa.Table
    words: str
    without: frozenset[str]


@dataclass(frozen=True)
class Waiting:
    """A row that was written and is not sealed yet; without its object it is read again when it is sealed."""

    sealed: SealedTable
    authority_id: int
    key: str
    row: Any = None
    removed: bool = False


class UnsealedWrite(Exception):
    """Rows of a sealed table were written in a way that the seals do not see; the message says how to write them."""


_sealed: dict[str, SealedTable] = {}


def seal_table(table: type[SQLModel], words: str, without: Collection[str] = ()) -> None:
    """From now on every row of `table` is sealed when it is written; `without` these columns, and the counters."""
    made: sa.Table = table.__table__  # type: ignore[attr-defined]
    _sealed[made.name] = SealedTable(made, words, COUNTERS.union(without))


def sealed_tables() -> dict[str, SealedTable]:
    """Every sealed table by name."""
    return dict(_sealed)


def row_hash(key: bytes, kind: str, sequence: int, text: str) -> str:
    """The seal of one row; salted by the entry's number, so that equal rows do not look equal (LG-9)."""
    return chain.sealed(key, "row", (kind, sequence, text))


def digest(key: bytes, sequence: int, seals: Iterable[tuple[int, str, str, str]]) -> str:
    """What an entry carries of its seals: a hash over council, kind, key and hash of each, whatever their order."""
    return chain.sealed(key, SEALS, (sequence, *sorted(seals)))


def written_past_session(session: Session, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
    """Say that rows were written with a statement of their own: they are sealed like all others."""
    sealed = _sealed.get(str(table.__tablename__))
    if sealed is not None:
        for values in rows:
            _wait(session, Waiting(sealed, *key_of_row(sealed.table, values)))


def all_wait(session: Session) -> int:
    """Have every row there is sealed with the next entry: for a database an earlier version has filled; how many."""
    for sealed in _sealed.values():
        for values in session.connection().execute(sa.select(sealed.table)).mappings().all():
            _wait(session, Waiting(sealed, *key_of_row(sealed.table, dict(values)), row=dict(values)))
    return len(session.info.get(WAITING, {}))


def are_waiting(session: Session) -> bool:
    """Whether rows were written that no entry of the log has sealed yet."""
    return bool(session.info.get(WAITING))


def seals_for(session: Session, key: bytes, sequence: int) -> list[dict[str, Any]]:
    """The seals of all rows that wait, to be written beside the entry of this number; afterwards none waits."""
    waiting: dict[Any, Waiting] = session.info.pop(WAITING, {})
    return [_seal(session, each, key, sequence) for each in waiting.values()]


def add_seals(connection: sa.Connection, seals: list[dict[str, Any]]) -> None:
    """Write them, in one statement."""
    connection.execute(SEAL.insert(), seals)


def digest_of(key: bytes, sequence: int, seals: list[dict[str, Any]]) -> str:
    """The same hash, of seals as they are about to be written."""
    return digest(key, sequence, [(seal["authority_id"], seal["kind"], seal["key"], seal["hash"]) for seal in seals])


def _seal(session: Session, waiting: Waiting, key: bytes, sequence: int) -> dict[str, Any]:
    sealed = waiting.sealed
    values = None if waiting.removed else _values(session, waiting)
    hash_ = row_hash(key, sealed.table.name, sequence, row_text(sealed.table, values, sealed.without)) if values else ""
    place = {"authority_id": waiting.authority_id, "kind": sealed.table.name, "key": waiting.key}
    return {**place, "sequence": sequence, "hash": hash_}


def _values(session: Session, waiting: Waiting) -> Mapping[str, Any] | None:
    table = waiting.sealed.table
    if isinstance(waiting.row, Mapping):
        return waiting.row
    if waiting.row is not None:
        return {column.name: getattr(waiting.row, column.name) for column in table.columns}
    row = session.connection().execute(sa.select(table).where(_is(table, waiting))).mappings().first()
    return dict(row) if row is not None else None


def _is(table: sa.Table, waiting: Waiting) -> Any:
    rest = [column for column in table.primary_key if column.name != "authority_id"]
    conditions = [column == value for column, value in zip(rest, chain.decoded(waiting.key), strict=True)]
    if "authority_id" in table.columns:
        conditions.append(table.c.authority_id == waiting.authority_id)
    return sa.and_(*conditions)


def _wait(session: Any, waiting: Waiting) -> None:
    session.info.setdefault(WAITING, {})[waiting.sealed.table.name, waiting.authority_id, waiting.key] = waiting


@event.listens_for(AuditSession, "after_flush")
def notice_rows(session: AuditSession, _context: Any) -> None:
    """Every row this flush wrote or removed, if its table is sealed."""
    for row in (*session.new, *session.dirty):
        sealed = _sealed.get(getattr(row, "__tablename__", ""))
        if sealed is not None and _changed(row, sealed):
            _wait(session, Waiting(sealed, *_key(row, sealed), row=row))
    for row in session.deleted:
        sealed = _sealed.get(getattr(row, "__tablename__", ""))
        if sealed is not None:
            _wait(session, Waiting(sealed, *_key(row, sealed), removed=True))


def _key(row: Any, sealed: SealedTable) -> tuple[int, str]:
    return key_of_row(sealed.table, {column.name: getattr(row, column.name) for column in sealed.table.primary_key})


def _changed(row: Any, sealed: SealedTable) -> bool:
    state = sa.inspect(row)
    names = (column.name for column in sealed.table.columns if column.name not in sealed.without)
    return not state.persistent or any(state.attrs[name].history.has_changes() for name in names)


@event.listens_for(AuditSession, "do_orm_execute")
def notice_statements(state: ORMExecuteState) -> None:
    """A statement that changes or removes many rows at once: those it is about to touch are noticed first.

    Raises:
        UnsealedWrite: it inserts, so that nobody could say which rows are new.
    """
    if not (state.is_update or state.is_delete or state.is_insert) or state.bind_mapper is None:
        return
    sealed = _sealed.get(getattr(state.bind_mapper.class_, "__tablename__", ""))
    if sealed is None:
        return
    if state.is_insert:
        raise UnsealedWrite(f"Add rows of {sealed.table.name} to the session; they are sealed one by one.")
    for values in _touched(state, sealed.table):
        _wait(state.session, Waiting(sealed, *key_of_row(sealed.table, values)))


def _touched(state: ORMExecuteState, table: sa.Table) -> Iterator[Mapping[str, Any]]:
    statement = sa.select(*table.primary_key)
    where = getattr(state.statement, "whereclause", None)
    if where is not None:
        statement = statement.where(where)
    yield from map(dict, state.session.connection().execute(statement).mappings().all())


@event.listens_for(AuditSession, "after_soft_rollback")
def forget_or_read_again(session: AuditSession, _previous: Any) -> None:
    """What was not done needs no seal; within a transaction that goes on, what is left is read again."""
    waiting: dict[Any, Waiting] = session.info.pop(WAITING, {})
    if session.in_transaction() and waiting:
        session.info[WAITING] = {
            place: Waiting(each.sealed, each.authority_id, each.key) for place, each in waiting.items()
        }
