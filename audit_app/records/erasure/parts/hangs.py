"""The rows of one table that go with a thing, however far above them it stands. Pure: it asks nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel


@dataclass(frozen=True)
class Hanging:
    """The rows of one table that go with a thing: by the column that names it, or by way of what they belong to."""

    table: type[SQLModel]
    words: str  # one of them, as a certificate counts it; more than one by adding an s, or as `words_many`
    column: str
    up: tuple[tuple[type[SQLModel], str, str], ...] = ()  # a table above, its key, and its own column further up
    words_many: str = ""
    not_counted_with: str = ""  # a column that leads to another row of this list, by which the row is counted already

    @property
    def number(self) -> Any:
        """The column that holds the number of the thing they hang on."""
        return columns_of(self.up[-1][0])[self.up[-1][2]] if self.up else columns_of(self.table)[self.column]

    def counted(self, authority_id: int, numbers: Iterable[int]) -> Any:
        """How many there are of each thing: rows of number and count."""
        own = columns_of(self.table)
        statement = sa.select(self.number, sa.func.count()).select_from(self.joined())
        within = [own.authority_id == authority_id, self.number.in_(list(numbers))]
        if self.not_counted_with:
            within.append(own[self.not_counted_with].is_(None))
        return statement.where(*within).group_by(self.number)

    def of(self, authority_id: int, number: int) -> Any:
        """The condition that finds those of one thing."""
        condition = self.number == number
        for (table, key, _further), column in zip(reversed(self.up), reversed(self._columns), strict=True):
            above = columns_of(table)
            theirs = sa.select(above[key]).where(above.authority_id == authority_id, condition)
            condition = column.in_(theirs)
        return sa.and_(columns_of(self.table).authority_id == authority_id, condition)

    @property
    def _columns(self) -> list[Any]:
        """The column of each table that names a row of the next one above."""
        tables = [(self.table, self.column), *((table, further) for table, _key, further in self.up)]
        return [columns_of(table)[name] for table, name in tables[: len(self.up)]]

    def joined(self) -> Any:
        """The table with those above it, up to the one that has the number."""
        joined: Any = self.table.__table__  # type: ignore[attr-defined]
        for (table, key, _further), column in zip(self.up, self._columns, strict=True):
            above = columns_of(table)
            same = sa.and_(above.authority_id == column.table.c.authority_id, above[key] == column)
            joined = sa.join(joined, table.__table__, same)  # type: ignore[attr-defined]
        return joined


def columns_of(table: Any) -> Any:
    """A table's columns."""
    return table.__table__.c
