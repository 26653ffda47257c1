"""The kept counts of a period added up, in the database and within the session's scope."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app.audits.counts.spans import parts
from audit_app.audits.counts.tables import AgreedCount, Span
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role

ALWAYS, FOR_EVER = date(1900, 1, 1), date(2100, 12, 31)
OF_AUDITS = col(AgreedCount.domain_id) == ""
OF_DOMAINS = col(AgreedCount.domain_id) != ""
SUM = sa.func.sum(col(AgreedCount.audits))


def added_up(session: Session, authority_id: int, start: date, end: date, *columns: Any, where: tuple[Any, ...]) -> Any:
    """How many, for each combination of these columns, in agreed audits submitted on these London days."""
    statement: Any = (
        sa.select(*columns, SUM)
        .where(col(AgreedCount.authority_id) == authority_id, within(AgreedCount, start, end), *where)
        .group_by(*columns)
        .order_by(*columns)
    )
    return session.exec(statement).all()


def may_add_up(scope: Scope) -> bool:
    """Whether somebody sees every agreed audit of the council, which counts of all of them are for."""
    return scope.everything or scope.has(Role.qa_manager, Role.leader)


def within(table: Any, start: date, end: date) -> Any:
    """The condition that a row of a table of counts by day and month is a part of this period."""
    period = parts(start, end)
    begins, span = col(table.begins), col(table.span)
    ways = [sa.and_(span == Span.day, begins.between(*run)) for run in period.days]
    if period.months:
        ways.append(sa.and_(span == Span.month, begins.between(*period.months)))
    return sa.or_(*ways) if ways else sa.false()
