"""Which columns and rows a search reads, from the one description of every stored field. Pure."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app.records.fields import written
from audit_app.records.fields.described import About, How, StoredField

# The same words again, in small letters.
TWICE = frozenset({"evidence_text.folded"})
NEVER = (How.secret, How.file, How.account)
# Nothing but references, paths and codes stand in these: a finer search than for words that were typed.
NAMING = frozenset({How.made, How.chosen})


@dataclass(frozen=True)
class Readable:
    """One table as a search reads it."""

    name: str
    table: sa.Table
    fields: tuple[StoredField, ...]

    @property
    def searched(self) -> tuple[StoredField, ...]:
        """The fields that can hold a text or a reference."""
        return tuple(f for f in self.fields if f.how not in NEVER and f.key not in TWICE and self._is_text(f))

    @property
    def telling(self) -> tuple[StoredField, ...]:
        """The fields of a row that tell of somebody, or that somebody filled."""
        told_by = (How.typed, How.chosen, How.copied)
        return tuple(
            f for f in self.fields
            if f.key not in TWICE and (f.how in told_by or (f.how is How.made and f.about is not About.nobody))
        )  # fmt: skip

    @property
    def accounts(self) -> tuple[StoredField, ...]:
        """The fields that hold the number of an account."""
        return tuple(f for f in self.fields if f.how is How.account)

    def _is_text(self, field: StoredField) -> bool:
        kind: Any = self.table.c[field.name].type
        kept_as = kind.impl if isinstance(kind, sa.TypeDecorator) else kind
        return isinstance(kept_as, sa.String) and not isinstance(kept_as, sa.Enum)


@cache
def readable() -> tuple[Readable, ...]:
    """Every table that is described, with its columns in the database."""
    tables = SQLModel.metadata.tables
    return tuple(Readable(each.name, tables[each.name], each.fields) for each in written.stored_tables())


def hanging_on(parent: str) -> list[tuple[str, str, str]]:
    """The tables whose rows belong to a row of another: table, its column, and the parent's column it points at."""
    hanging = []
    for each in readable():
        for key in each.table.foreign_key_constraints:
            if key.referred_table.name == parent and each.name != parent:
                pairs = [(part.parent.name, part.column.name) for part in key.elements]
                hanging += [(each.name, own, theirs) for own, theirs in pairs if own != "authority_id"]
    return hanging
