"""Who still has to join, and whose account a council may look after. Some reads go past the scope and say yes or no."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import alphabet
from audit_app.people import queries
from audit_app.people.access.scope import has_joined
from audit_app.people.tables import Authority, Joining, Membership


@dataclass(frozen=True)
class Asked:
    """A council that has asked a person to join and is still waiting."""

    council: str


def find_waiting(session: Session, person_id: int) -> Joining | None:
    """What this council asked of the person and they have not answered yet."""
    row = session.get(Joining, (queries.authority_of(session), person_id))
    return row if row is not None and row.joined_at is None else None


def list_waiting(session: Session, people: Collection[int]) -> frozenset[int]:
    """Those of these people whom this council waits for."""
    statement = select(Joining.person_id).where(
        Joining.authority_id == queries.authority_of(session),
        col(Joining.person_id).in_(list(people)),
        col(Joining.joined_at).is_(None),
    )
    return frozenset(session.exec(statement).all())


def works_elsewhere(session: Session, person_id: int, on: date) -> bool:
    """Whether a person has, or is to have, a role in another council that they have joined.

    One that merely asked them does not count: else any council could take an account out of another's hands by asking.
    """
    held = Membership.__table__.c  # type: ignore[attr-defined]
    return _is_any(session, person_id, sa.or_(held.to_on.is_(None), held.to_on >= on))


def known_elsewhere(session: Session, person_id: int) -> bool:
    """Whether another council ever gave the person a role: its administrators may have held the account's password."""
    return _is_any(session, person_id, sa.true())


def _is_any(session: Session, person_id: int, condition: sa.ColumnElement[bool]) -> bool:
    held = Membership.__table__.c  # type: ignore[attr-defined]
    statement = sa.select(held.id).where(
        held.person_id == person_id,
        held.authority_id != queries.authority_of(session),
        has_joined(held.authority_id, held.person_id),
        condition,
    )
    return session.connection().execute(statement.limit(1)).first() is not None


def looks_after(session: Session, person_id: int, on: date) -> bool:
    """Whether the account is this council's to look after: the person has joined it, and works for no other.

    Only then may its administrators change the name, make links, end sessions, shut or open the account. An account
    that two councils share belongs to the person.
    """
    return find_waiting(session, person_id) is None and not works_elsewhere(session, person_id, on)


def list_asked(session: Session, person_id: int) -> list[Asked]:
    """The councils that wait for this person; past the scope on purpose: the rows are the person's own."""
    council, asked = Authority.__table__.c, Joining.__table__.c  # type: ignore[attr-defined]
    rows = session.connection().execute(
        sa.select(council.name).where(
            asked.authority_id == council.id, asked.person_id == person_id, asked.joined_at.is_(None)
        )
    )
    return alphabet.in_order((Asked(name) for (name,) in rows), lambda asked: asked.council)
