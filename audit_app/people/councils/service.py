"""A council is made with its first administrator, by one of another council or by command; and the first is named."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, history
from audit_app.errors import NotAllowed
from audit_app.people.access.scope import Scope, system_scope
from audit_app.people.accounts import one_time_links
from audit_app.people.accounts import service as accounts
from audit_app.people.councils import keys, queries
from audit_app.people.directory import service as directory
from audit_app.people.first_day import service as first_day
from audit_app.people.joining import queries as joining
from audit_app.people.tables import Authority, InvitationPurpose, Role

WHY_NOT = "Another council is set up by whoever runs this service, or by the administrators they name for it. Ask them."


@dataclass(frozen=True)
class NewCouncil:
    """A council to be, and its first administrator."""

    name: str
    key: str
    administrator: str
    address: str


@dataclass(frozen=True)
class FirstLink:
    """The way in for a first administrator: the path of a link that works once, for how many hours, and into what."""

    path: str
    hours: int
    joins: bool


@contextmanager
def within(session: Session, authority_id: int, reason: str) -> Iterator[None]:
    """For one step, work in another council than the session's own: one that was made just now and is empty."""
    own: Scope | None = session.info.get("scope")
    session.info["scope"] = system_scope(reason, authority_id)
    try:
        yield
    finally:
        session.info["scope"] = own


def set_up_from_page(
    session: Session, new: NewCouncil, *, config: Mapping[str, Any], by: int, now: datetime
) -> FirstLink:
    """Another council, made by an administrator of this one; they see nothing of it unless they are its administrator.

    Raises:
        NotAllowed: this administrator may not.
        Invalid: a name, key or address cannot be used, or the key is taken.
    """
    if not queries.may_set_up(session, by, config):
        raise NotAllowed(WHY_NOT)
    own = first_day.get_authority(session)
    council = first_day.make_authority(session, new.name, new.key or keys.key_from(new.name))
    council.fictional = own.fictional  # beside a made-up council, whose password everybody knows, none is real
    with within(session, council.id, "a council is set up"):
        link = add_first_administrator(session, council, new, "people.first_by_page", config=config, now=now)
    facts = {"council": council.key}
    history.note(session, "people.council_set_up", by=by, authority_id=own.id, facts=facts, now=now)
    return link


def add_first_administrator(
    session: Session, council: Authority, new: NewCouncil, event: str, *, config: Mapping[str, Any], now: datetime
) -> FirstLink:
    """The first administrator of the session's council, with the link to become so: to open an account, or to join."""
    today = clock.london_day(now)
    roles, address = [Role.admin], new.address
    person = directory.add_person(session, address, new.administrator, roles, from_on=today, by=None, now=now)
    history.note(session, event, by=None, authority_id=council.id, facts={"person": person.id}, now=now)
    if joining.find_waiting(session, person.id) is not None:
        token = directory.send_link(session, person.id, config=config, by=None, now=now)
        return FirstLink(one_time_links.joining_path(token), config["INVITATION_HOURS"], joins=True)
    purpose = InvitationPurpose.first_administrator
    token = accounts.make_link(session, person.id, purpose, config=config, by=None, now=now, authority_id=council.id)
    return FirstLink(one_time_links.path_of(token), config["FIRST_ADMINISTRATOR_HOURS"], joins=False)
