"""Compares every row of the sealed tables with its last seal, and every seal with the log's entry that carries it.

What it proves: a row is as it was when the product last wrote it. What it does not prove: that what was written is
true, nor what a row said before sealing began.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from audit_app.history import chain, sealing
from audit_app.history.row_text import key_of_row, row_text
from audit_app.history.sealing import SEALS, SealedTable
from audit_app.history.tables import ENTRY, SEAL

AT_ONCE = 2_000
CARRIES = f'%"{SEALS}":"%'
UNREADABLE = (sa.exc.SQLAlchemyError, LookupError, ValueError, TypeError)
Place = tuple[str, int, str]


@dataclass(frozen=True)
class RowFault:
    """One row, or one entry's seals, that is not as the log says; `sequence` is the entry that sealed it last."""

    what: str  # changed, removed, put_back, unsealed, unreadable, seals
    kind: str = ""
    authority_id: int = 0
    key: str = ""
    sequence: int = 0
    values: Mapping[str, Any] | None = None


@dataclass
class SealReport:
    """What comparing the rows with their seals found."""

    compared: Counter[str] = field(default_factory=Counter)
    older: Counter[str] = field(default_factory=Counter)  # last sealed as they were found when sealing began
    unsealed: Counter[str] = field(default_factory=Counter)
    removed: int = 0  # rows the product itself removed, whose last seal says so
    entries: int = 0
    began_at: datetime | None = None
    faults: list[RowFault] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Whether anything was ever sealed in this database."""
        return self.entries > 0


def verify_seals(connection: sa.Connection, key: bytes) -> SealReport:
    """Compare all of it; memory grows with the number of sealed rows, by a few hundred bytes each.

    The connection's transaction must see one moment throughout (SQLite's does; PostgreSQL's when repeatable read).
    """
    report = SealReport()
    latest, began = _walk(connection, key, report)
    for sealed in sealing.sealed_tables().values():
        for values in _rows(connection, sealed.table):
            kind = sealed.table.name
            place = (kind, *key_of_row(sealed.table, values))
            sequence, hash_ = latest.pop(place, (0, ""))
            report.compared[kind] += 1
            report.older[kind] += 0 < sequence == began
            if what := _fault(key, sealed, values, sequence, hash_):
                report.unsealed[kind] += what == "unsealed"
                report.faults.append(RowFault(what, *place, sequence, values))
    for (kind, authority_id, row_key), (sequence, hash_) in latest.items():
        if hash_ and kind in sealing.sealed_tables():
            report.faults.append(RowFault("removed", kind, authority_id, row_key, sequence))
        report.removed += not hash_
    return report


def _walk(connection: sa.Connection, key: bytes, report: SealReport) -> tuple[dict[Place, tuple[int, str]], int]:
    """Each entry against its seals; gives the last seal of each row, and the entry with which sealing began."""
    latest: dict[Place, tuple[int, str]] = {}
    began = 0
    columns = (SEAL.c.sequence, SEAL.c.authority_id, SEAL.c.kind, SEAL.c.key, SEAL.c.hash)
    seals = connection.execution_options(yield_per=AT_ONCE).execute(sa.select(*columns).order_by(SEAL.c.sequence))
    grouped = {sequence: [tuple(seal)[1:] for seal in some] for sequence, some in groupby(seals, lambda row: row[0])}
    entries = sa.select(ENTRY.c.sequence, ENTRY.c.event, ENTRY.c.facts, ENTRY.c.at).where(ENTRY.c.facts.like(CARRIES))
    for sequence, event_code, facts, at in connection.execute(entries.order_by(ENTRY.c.sequence)).all():
        some = grouped.pop(sequence, [])
        report.entries += 1
        if event_code == sealing.BEGAN:
            began, report.began_at = sequence, at
        if not chain.same(_carried(facts), sealing.digest(key, sequence, some)):
            report.faults.append(RowFault("seals", sequence=sequence))
        for authority_id, kind, row_key, hash_ in some:
            latest[kind, authority_id, row_key] = (sequence, hash_)
    report.faults += [RowFault("seals", sequence=sequence) for sequence in grouped]
    return latest, began


def _carried(facts: str) -> str:
    try:
        return str(json.loads(facts).get(SEALS, ""))
    except ValueError:
        return ""


def _fault(key: bytes, sealed: SealedTable, values: Mapping[str, Any], sequence: int, hash_: str) -> str:
    """What is wrong with one row beside its last seal; nothing when they fit."""
    if not sequence:
        return "unsealed"
    if not hash_:
        return "put_back"
    if len(values) < len(sealed.table.columns):
        return "unreadable"
    text = row_text(sealed.table, values, sealed.without)
    return "" if chain.same(hash_, sealing.row_hash(key, sealed.table.name, sequence, text)) else "changed"


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Mapping[str, Any]]:
    """Every row of a table; one that holds what its columns cannot hold gives its key alone."""
    try:
        # All at once: a value that cannot be read would end a stream in the middle.
        rows = connection.execute(sa.select(table)).mappings().all()
    except UNREADABLE:
        for key in connection.execute(sa.select(*table.primary_key)).mappings().all():
            yield _row_alone(connection, table, dict(key))
        return
    yield from map(dict, rows)


def _row_alone(connection: sa.Connection, table: sa.Table, key: Mapping[str, Any]) -> Mapping[str, Any]:
    condition = sa.and_(*(column == key[column.name] for column in table.primary_key))
    try:
        return dict(connection.execute(sa.select(table).where(condition)).mappings().one())
    except UNREADABLE:
        return key
