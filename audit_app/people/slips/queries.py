"""Whom this council waits for: invited and not signed up, whether their link still works or has run out; and asked."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.people import queries
from audit_app.people.joining import queries as joining
from audit_app.people.tables import AccountState, Joining, Membership, Person


def list_waiting(session: Session, on: date) -> list[Person]:
    """The people to whom a first link may go, by name; nobody whose roles here have ended."""
    authority_id = queries.authority_of(session)
    member = select(Membership.person_id).where(
        Membership.authority_id == authority_id, queries.lasts_from(Membership, on)
    )
    asked = select(Joining.person_id).where(Joining.authority_id == authority_id, col(Joining.joined_at).is_(None))
    waits = sa.or_(col(Person.state) == AccountState.invited, col(Person.id).in_(asked))
    statement = select(Person).where(col(Person.id).in_(member), waits, Person.state != AccountState.disabled)
    people = session.exec(statement).all()
    joins = joining.list_waiting(session, [person.id for person in people])
    ours = [each for each in people if each.id in joins or not joining.works_elsewhere(session, each.id, on)]
    return sorted(ours, key=lambda person: (person.name.casefold(), person.user_name))
