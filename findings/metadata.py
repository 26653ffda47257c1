"""The shape every table of the thread shares: constraint names, keys with the authority first, checked lengths."""

import enum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Enum, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from findings.references import new_id

TITLE_LENGTH = 300
TEXT_LENGTH = 10_000
CODE_LENGTH = 100

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = SQLModel.metadata


def one_of(words: type[enum.Enum], name: str) -> Enum:
    """A column that holds one word of a closed list, which the database checks as well."""
    return Enum(words, name=name, native_enum=False, create_constraint=True, length=40)


def joins(table: str, column: str, key: str) -> ForeignKeyConstraint:
    """A foreign key to another row of the same authority, never to another authority's."""
    return ForeignKeyConstraint(["authority_id", column], [f"{table}.authority_id", f"{table}.{key}"])


def at_most(limit: int, *columns: str) -> list[CheckConstraint]:
    """A check on the length of each column, in characters, because SQLite has no lengths of its own."""
    return [
        CheckConstraint(
            f"length({column}) <= {limit}", name=f"{column}_length", info={"column": column, "limit": limit}
        )
        for column in columns
    ]


def outside_id(**more: Any) -> Any:
    """The id of a person, post or team, who live outside this package: a plain number without a foreign key."""
    return Field(sa_type=BigInteger, **more)


class Row(SQLModel):
    """Every row belongs to one authority, which comes first in its key."""

    authority_id: int = Field(primary_key=True, sa_type=BigInteger)


class Numbered(Row):
    """A thing with a public reference of its own."""

    number: int = Field(primary_key=True)


class Identified(Row):
    """A row reached only through the thing it belongs to."""

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=BigInteger)
