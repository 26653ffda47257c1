"""The first council and its first administrator are named, by the person behind the first link of an installation."""

from datetime import datetime

from sqlmodel import Session, select

from audit_app.errors import Invalid
from audit_app.people.councils import keys
from audit_app.people.directory.addresses import why_no_address
from audit_app.people.tables import Authority, Membership, Person

LONGEST_NAME = 120


def name_the_first(session: Session, person: Person, *, council: str, name: str, address: str, now: datetime) -> int:
    """Say who the first administrator is and which council it is: once, by whoever opened the first link.

    Returns:
        The council's id.

    Raises:
        Invalid: a name or the address cannot be used.
    """
    address, name = address.strip().casefold(), " ".join(name.split())
    if fault := why_no_address(address):
        raise Invalid("user_name", fault)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid("name", f"Enter a name of 1 to {LONGEST_NAME} characters")
    if session.exec(select(Person.id).where(Person.user_name == address)).first() is not None:
        raise Invalid("user_name", "There is already somebody with this e-mail address")
    member = select(Membership.authority_id).where(Membership.person_id == person.id)
    authority = session.exec(select(Authority).where(Authority.id == session.exec(member).one())).one()
    authority.set_up_at = now
    authority.name, authority.key = " ".join(council.split()), _free_key(session, council)
    person.user_name, person.name = address, name
    session.add_all([authority, person])
    session.flush()
    return authority.id


def _free_key(session: Session, council: str) -> str:
    """A key from the name that nobody has: where the name gives a reserved word, with a word behind it."""
    key = keys.key_from(council)
    key = f"{key[:52]}-council" if keys.why_no_key(key) else key
    taken = set(session.exec(select(Authority.key)).all())
    return next(each for each in (key, *(f"{key[:56]}-{n}" for n in range(2, 1000))) if each not in taken)
