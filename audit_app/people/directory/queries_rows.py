"""The rows about a person that both writes and pages start from; somebody of another council is not found (OB-2)."""

from datetime import date

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


def memberships_from(session: Session, person_id: int, day: date) -> list[Membership]:
    """The roles a person holds here on a day, and those that begin later."""
    statement = select(Membership).where(
        Membership.authority_id == queries.authority_of(session),
        Membership.person_id == person_id,
        queries.lasts_from(Membership, day),
    )
    return list(session.exec(statement).all())


def places_from(session: Session, person_id: int, day: date) -> list[TeamMember]:
    """The places in teams a person has on a day, and those that begin later."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session),
        TeamMember.person_id == person_id,
        queries.lasts_from(TeamMember, day),
    )
    return list(session.exec(statement).all())


def places_on(session: Session, person_id: int, on: date) -> list[TeamMember]:
    """The places in teams a person has on a day."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session),
        TeamMember.person_id == person_id,
        held_on(TeamMember, on),
    )
    return list(session.exec(statement).all())
