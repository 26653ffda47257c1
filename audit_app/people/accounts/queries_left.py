"""Whose account is past its time: disabled, or without a role in any council, since a day."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.people.accounts.leavers import EMPTIED
from audit_app.people.tables import AccountState, Membership, Person


def left_by(session: Session, last: date, today: date) -> list[int]:
    """Accounts of people who left on a day or before it, in any council, and whose address is still here."""
    over = clock.moments(last, last)[1]
    disabled = sa.and_(col(Person.state) == AccountState.disabled, col(Person.disabled_at) < over)
    statement = (
        select(Person.id)
        .where(~col(Person.user_name).startswith(EMPTIED), sa.or_(disabled, _without_role(last, today)))
        .order_by(col(Person.id))
    )
    return list(session.exec(statement).all())


def _without_role(last: date, today: date) -> sa.ColumnElement[bool]:
    """Roles there were, none is held today or later, and the last one ended on that day or before.

    The table itself is asked and not the rows of one council: who works elsewhere has not left.
    """
    roles = Membership.__table__.c  # type: ignore[attr-defined]
    ends = sa.select(sa.func.max(sa.func.coalesce(roles.to_on, sa.literal(date.max, sa.Date())))).where(
        roles.person_id == Person.id
    )
    return ends.scalar_subquery() <= min(last, today)
