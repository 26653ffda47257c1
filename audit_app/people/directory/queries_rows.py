"""The rows about a person that both writes and pages start from; somebody of another council is not found (OB-2)."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, select

from audit_app.errors import NotFound
from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.tables import Membership, Person, TeamMember


def get_person(session: Session, person_id: int) -> Person:
    """A person who has, or once had, a role in this authority.

    Raises:
        NotFound: nobody here has this id (OB-2).
    """
    person = session.get(Person, person_id)
    if person is None or not queries.names_of(session, [person_id]):
        raise NotFound("No such person.")
    return person


def memberships_on(session: Session, person_id: int, on: date) -> list[Membership]:
    """The roles a person holds here on a day."""
    statement = select(Membership).where(
        Membership.authority_id == queries.authority_of(session),
        Membership.person_id == person_id,
        held_on(Membership, on),
    )
    return list(session.exec(statement).all())


def works_elsewhere(session: Session, person_id: int, on: date) -> bool:
    """Whether a person has a role in another council too: the other council's administrators have a say then.

    Reads past the scope on purpose and answers only yes or no.
    """
    table = Membership.__table__  # type: ignore[attr-defined]
    statement = sa.select(table.c.id).where(
        table.c.person_id == person_id,
        table.c.authority_id != queries.authority_of(session),
        sa.or_(table.c.to_on.is_(None), table.c.to_on >= on),
    )
    return session.connection().execute(statement.limit(1)).first() is not None


def places_on(session: Session, person_id: int, on: date) -> list[TeamMember]:
    """The places in teams a person has on a day."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session),
        TeamMember.person_id == person_id,
        held_on(TeamMember, on),
    )
    return list(session.exec(statement).all())
