"""Rows counted by day and by month, of whatever table: taken out before they are counted anew, days added to months.

Such a table names a council, a span and the day it begins, then what it keeps apart, and how many `audits`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from audit_app.audits.counts.spans import ONE_DAY, first_of, next_month
from audit_app.audits.counts.tables import Span
from audit_app.people.tables import Authority

Day = tuple[int, date]  # a council, and a London day of submission
CountDay = Callable[[sa.Connection, int, date], None]

COUNCILS = Authority.__table__  # type: ignore[attr-defined]
OF_A_SPAN = ("authority_id", "span", "begins")


def count_spans(connection: sa.Connection, counts: Any, days: Iterable[Day], count_day: CountDay) -> None:
    """Count these days anew, and then the months they lie in.

    One transaction of a council at a time, on PostgreSQL too: of two at once each would miss the other's.
    """
    days = set(days)
    for authority_id in sorted({authority_id for authority_id, _ in days}):
        council = sa.select(COUNCILS.c.id).where(COUNCILS.c.id == authority_id)
        connection.execute(council.with_for_update(key_share=True))
    for authority_id, day in sorted(days):
        _forget(connection, counts, authority_id, Span.day, day)
        count_day(connection, authority_id, day)
    for authority_id, month in sorted({(authority_id, first_of(day)) for authority_id, day in days}):
        _forget(connection, counts, authority_id, Span.month, month)
        _add_up_month(connection, counts, authority_id, month)


def kept_apart(counts: Any) -> list[Any]:
    """The columns such a table keeps apart within a span, in their order."""
    return [column for column in counts.primary_key.columns if column.name not in OF_A_SPAN]


def _add_up_month(connection: sa.Connection, counts: Any, authority_id: int, month: date) -> None:
    apart = kept_apart(counts)
    days = sa.select(
        counts.c.authority_id, sa.literal(Span.month, counts.c.span.type), sa.literal(month, counts.c.begins.type),
        *apart, sa.func.sum(counts.c.audits),
    ).where(
        counts.c.authority_id == authority_id, counts.c.span == Span.day,
        counts.c.begins.between(month, next_month(month) - ONE_DAY),
    ).group_by(counts.c.authority_id, *apart)  # fmt: skip
    names = [*OF_A_SPAN, *(column.name for column in apart), "audits"]
    connection.execute(sa.insert(counts).from_select(names, days))


def _forget(connection: sa.Connection, counts: Any, authority_id: int, span: Span, begins: date) -> None:
    here = (counts.c.authority_id == authority_id, counts.c.span == span, counts.c.begins == begins)
    connection.execute(sa.delete(counts).where(*here))
