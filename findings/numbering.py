"""Gives out the next public number of a kind within an authority; two writers at once never get the same one."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from findings.tables import ReferenceCount

_counts: Table = ReferenceCount.__table__  # type: ignore[attr-defined]


def next_numbers(session: Session, authority_id: int, prefix: str, count: int) -> range:
    """Take `count` numbers in a row.

    One statement raises the count and reads it back, and the database holds the row until the caller commits, so
    gaps appear when a transaction is rolled back but never a number twice.

    Returns:
        The numbers taken, from 1; empty when `count` is 0.

    Source:
        Own scheme: references count per authority.
    """
    if count <= 0:
        return range(0)
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(_counts)
        .values(authority_id=authority_id, prefix=prefix, last_number=count)
        .on_conflict_do_update(
            index_elements=[_counts.c.authority_id, _counts.c.prefix],
            set_={"last_number": _counts.c.last_number + count},
        )
        .returning(_counts.c.last_number)
    )
    last = int(session.connection().execute(statement).scalar_one())
    return range(last - count + 1, last + 1)


def next_number(session: Session, authority_id: int, prefix: str) -> int:
    """Take the next number.

    Returns:
        A whole number from 1, unique for this authority and prefix.

    Source:
        Own scheme: references count per authority.
    """
    return next_numbers(session, authority_id, prefix, 1)[0]
