"""Reads of accounts: a person's own page and sessions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import alphabet
from audit_app.errors import NotFound
from audit_app.people.access import web_session
from audit_app.people.access.scope import has_joined
from audit_app.people.provider import queries as identities
from audit_app.people.tables import Authority, Membership, Person, Role, Service, TeamSpell, WebSession

MARK_LENGTH = 16
# What stands in a browser's long name, and what people call it; the first that fits.
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))


@dataclass(frozen=True)
class SessionView:
    """One open session as its owner sees it; the mark names it without telling its hash."""

    mark: str
    started_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_this_one: bool = False
    is_half: bool = False


@dataclass(frozen=True)
class AccountView:
    """A person's own account."""

    name: str
    user_name: str
    sessions: tuple[SessionView, ...]
    revision: int = 1
    has_password: bool = True


def browser_words(agent: str) -> str:
    """A browser's long name as people know it."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def list_sessions(
    session: Session, person_id: int, *, this: str = "", now: datetime, config: Mapping[str, Any]
) -> tuple[SessionView, ...]:
    """A person's open sessions, the latest used first."""
    rows = web_session.of_person(session, person_id, now=now, config=config)
    return tuple(
        SessionView(
            mark=row.id_hash[:MARK_LENGTH],
            started_at=row.started_at,
            seen_at=row.seen_at,
            address=row.address or "not recorded",
            browser=browser_words(row.browser),
            is_this_one=row.id_hash == this,
            is_half=row.is_half,
        )
        for row in rows
    )


def own_account(
    session: Session, person_id: int, *, this: str = "", now: datetime, config: Mapping[str, Any]
) -> AccountView:
    """What a person sees of their own account."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("No such person.")
    sessions = list_sessions(session, person_id, this=this, now=now, config=config)
    has_password = not identities.is_the_only_way(session, person_id)
    return AccountView(person.name, person.user_name, sessions, person.revision, has_password)


def find_session(
    session: Session, person_id: int, mark: str, *, now: datetime, config: Mapping[str, Any]
) -> str | None:
    """The hash of the person's open session with this mark."""
    rows: list[WebSession] = web_session.of_person(session, person_id, now=now, config=config)
    return next((row.id_hash for row in rows if len(mark) == MARK_LENGTH and row.id_hash.startswith(mark)), None)


def authorities_of(session: Session, person_id: int, today: date) -> list[tuple[str, str, frozenset[Role]]]:
    """Key, name and own roles of each council a person has roles in today, by name.

    Reads past the scope on purpose: before a council is chosen there is none, and these rows are the person's own.
    """
    council, held = Authority.__table__.c, Membership.__table__.c  # type: ignore[attr-defined]
    rows = session.connection().execute(
        sa.select(council.key, council.name, held.role)
        .where(held.authority_id == council.id, held.person_id == person_id, held.from_on <= today)
        .where(sa.or_(held.to_on.is_(None), held.to_on >= today), has_joined(held.authority_id, held.person_id))
    )
    councils: dict[str, tuple[str, set[Role]]] = {}
    for key, name, role in rows:
        councils.setdefault(key, (name, set()))[1].add(Role(role))
    named = ((key, name, frozenset(roles)) for key, (name, roles) in councils.items())
    return alphabet.in_order(named, lambda council: council[1])


def local_words(session: Session, person_id: int) -> tuple[str, ...]:
    """What anybody would try first in a person's councils: their names, services and teams, whole and word by word.

    Past the scope on purpose: a password is chosen before anybody is signed in, and nothing of these words is shown.
    """
    council, held = Authority.__table__.c, Membership.__table__.c  # type: ignore[attr-defined]
    service, spell = Service.__table__.c, TeamSpell.__table__.c  # type: ignore[attr-defined]
    mine = sa.select(held.authority_id).where(held.person_id == person_id)
    names = sa.union(
        sa.select(council.name).where(council.id.in_(mine)),
        sa.select(council.key).where(council.id.in_(mine)),
        sa.select(service.name).where(service.authority_id.in_(mine)),
        sa.select(spell.name).where(spell.authority_id.in_(mine)),
    )
    wholes = [name for (name,) in session.connection().execute(names)]
    parts = {part for whole in wholes for part in re.findall(r"[^\W\d_]{4,}", whole)}
    return (*sorted(wholes), *sorted(parts))
