"""The tables of the log: its entries, one chain for the installation; the head of that chain; the seals of rows."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from audit_app.history import triggers
from findings.metadata import metadata

REFERENCE_LENGTH = 80
FACTS_LENGTH = 2000
HASH_LENGTH = 64
KIND_LENGTH = 60
KEY_LENGTH = 700
# On SQLite a plain integer key is the row's own number: one tree fewer to write at each save.
BIG: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class HistoryEntry(SQLModel, table=True):
    """One thing somebody did, in codes, references and keyed hashes; the sentence is made when it is read.

    The key is the sequence alone, not the authority first as elsewhere: sign-ins, rights and restores belong to no
    council, and one chain cannot lose a council's whole log without a gap showing.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        sa.Index(None, "authority_id", "reference", "event"),
        sa.Index(None, "actor"),
        sa.CheckConstraint("sequence > 0", name="sequence_positive"),
    )

    sequence: int = Field(primary_key=True, sa_type=BIG, sa_column_kwargs={"autoincrement": False})
    at: datetime
    authority_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    actor: int | None = Field(default=None, sa_type=sa.BigInteger)
    role: str = Field(max_length=40)
    session_hash: str = Field(max_length=HASH_LENGTH)
    address: str = Field(max_length=64)
    event: str = Field(max_length=60)
    reference: str = Field(max_length=REFERENCE_LENGTH)
    outcome: str = Field(max_length=40)
    request_id: str = Field(max_length=64)
    before_hash: str | None = Field(default=None, max_length=HASH_LENGTH)
    after_hash: str | None = Field(default=None, max_length=HASH_LENGTH)
    facts: str = Field(max_length=FACTS_LENGTH)
    previous_hash: str = Field(max_length=HASH_LENGTH)
    hash: str = Field(max_length=HASH_LENGTH)


class HistoryHead(SQLModel, table=True):
    """Where the chain ends: the one row every writer locks before it adds an entry.

    The seal is made with the log's key, so that a cut tail cannot be covered by setting the head back.
    """

    __tablename__ = "history_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sequence: int = Field(sa_type=sa.BigInteger)
    hash: str = Field(max_length=HASH_LENGTH)
    count: int = Field(sa_type=sa.BigInteger)
    seal: str = Field(max_length=HASH_LENGTH)


class Seal(SQLModel, table=True):
    """What one row of another table said when an entry of the log was written: a keyed hash, never the text (LG-9).

    The entry carries a hash over its seals, so that none can be added, changed or taken away without a trace. A row
    that was removed by the product itself has a last seal without a hash.
    """

    __tablename__ = "seal"
    __table_args__ = (sa.Index(None, "sequence"),)

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)  # 0 for a row that belongs to no council
    kind: str = Field(primary_key=True, max_length=KIND_LENGTH)  # the table of the row
    key: str = Field(primary_key=True, max_length=KEY_LENGTH)  # the rest of the row's key, as JSON
    sequence: int = Field(primary_key=True, sa_type=sa.BigInteger)  # the entry of the log
    hash: str = Field(max_length=HASH_LENGTH)


ENTRY: sa.Table = HistoryEntry.__table__  # type: ignore[attr-defined]
HEAD: sa.Table = HistoryHead.__table__  # type: ignore[attr-defined]
SEAL: sa.Table = Seal.__table__  # type: ignore[attr-defined]


@sa.event.listens_for(metadata, "after_create")
def _prepare(_target: Any, connection: sa.Connection, tables: Any = (), **_more: Any) -> None:
    """Tests make tables without migrations; they get the same triggers and the same first head."""
    if ENTRY in tables and HEAD in tables:
        for statement in triggers.create(connection.dialect.name):
            connection.exec_driver_sql(statement)
