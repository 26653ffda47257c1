"""The three statements of every append, worded once per kind of database: building them anew would double its cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from audit_app.history.tables import ENTRY, HEAD

ONLY_ROW = HEAD.c.id == sa.literal_column("1")
HEAD_NOW = sa.select(HEAD.c.sequence, HEAD.c.hash, HEAD.c.count).where(ONLY_ROW)
MOVED = ("sequence", "hash", "count", "seal")


@dataclass(frozen=True)
class Statement:
    """SQL as one database reads it, and the order of its values where they have no names."""

    text: str
    order: tuple[str, ...] | None

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> sa.CursorResult[*tuple[Any, ...]]:
        """Execute it; the values are those of the columns, as the database's driver takes them."""
        given = dict(values) if self.order is None else tuple(values[name] for name in self.order)
        return connection.exec_driver_sql(self.text, given)


@dataclass(frozen=True)
class Statements:
    """What one append runs, in this order."""

    read_head: Statement
    add_entry: Statement
    move_head: Statement


_known: dict[str, Statements] = {}


def statements_for(connection: sa.Connection) -> Statements:
    """The statements for this kind of database."""
    dialect = connection.dialect
    if dialect.name not in _known:
        _known[dialect.name] = Statements(
            _worded(HEAD_NOW.with_for_update(), dialect),
            _worded(ENTRY.insert(), dialect, ENTRY.columns.keys()),
            _worded(HEAD.update().where(ONLY_ROW), dialect, MOVED),
        )
    return _known[dialect.name]


def _worded(statement: Any, dialect: sa.Dialect, columns: Any = None) -> Statement:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) if columns else None)
    return Statement(str(compiled), tuple(compiled.positiontup) if compiled.positiontup is not None else None)
