"""Counted answers of a period added up, in the database and within the session's scope."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.counts.queries import ALWAYS, FOR_EVER, within

NUMBER = sa.func.sum(col(AnswerCount.audits))


def added_up(
    session: Session, authority_id: int, start: date | None, end: date | None, *columns: Any, where: tuple[Any, ...]
) -> Any:
    """How many, for each combination of these columns, in agreed audits submitted on these London days.

    A period that is open on one side takes everything on that side.
    """
    period = within(AnswerCount, max(start or ALWAYS, ALWAYS), min(end or FOR_EVER, FOR_EVER))
    statement: Any = (
        sa.select(*columns, NUMBER)
        .where(col(AnswerCount.authority_id) == authority_id, period, *where)
        .group_by(*columns)
    )
    return session.exec(statement).all()
