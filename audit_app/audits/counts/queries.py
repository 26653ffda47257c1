"""The kept counts of a period added up, in the database and within the session's scope."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app.audits.counts.spans import parts
from audit_app.audits.counts.tables import AgreedCount, Span

OF_AUDITS = col(AgreedCount.domain_id) == ""
OF_DOMAINS = col(AgreedCount.domain_id) != ""
SUM = sa.func.sum(col(AgreedCount.audits))


def added_up(session: Session, authority_id: int, start: date, end: date, *columns: Any, where: tuple[Any, ...]) -> Any:
    """How many, for each combination of these columns, in agreed audits submitted on these London days."""
    statement: Any = (
        sa.select(*columns, SUM)
        .where(col(AgreedCount.authority_id) == authority_id, _within(start, end), *where)
        .group_by(*columns)
        .order_by(*columns)
    )
    return session.exec(statement).all()


def _within(start: date, end: date) -> Any:
    period = parts(start, end)
    begins, span = col(AgreedCount.begins), col(AgreedCount.span)
    ways = [sa.and_(span == Span.day, begins.between(*run)) for run in period.days]
    if period.months:
        ways.append(sa.and_(span == Span.month, begins.between(*period.months)))
    return sa.or_(*ways) if ways else sa.false()
