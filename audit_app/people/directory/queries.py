"""Reads about people for the pages of the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from audit_app import alphabet
from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.accounts import one_time_links
from audit_app.people.accounts import queries as accounts
from audit_app.people.directory import queries_rows
from audit_app.people.factors import queries as factors
from audit_app.people.joining import queries as joining
from audit_app.people.provider import queries as identities
from audit_app.people.tables import (
    AccountState,
    Invitation,
    Joining,
    ManagerSpell,
    Membership,
    Person,
    Post,
    PostHolding,
    Role,
    TeamMember,
    WebSession,
)

PAGE_SIZE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    id: int
    name: str
    user_name: str
    state: AccountState
    roles: tuple[Role, ...]
    team_names: tuple[str, ...]
    is_asked: bool = False


@dataclass(frozen=True)
class PeoplePage:
    """One page of the list, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Spell:
    """Something that held between dates."""

    words: str
    from_on: date
    to_on: date | None
    key: int = 0
    holds: bool = False


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of one person shows."""

    id: int
    name: str
    user_name: str
    state: AccountState
    revision: int
    held: frozenset[Role]
    roles: tuple[tuple[Role, date, date | None], ...]
    teams: tuple[Spell, ...]
    managers: tuple[Spell, ...]
    posts: tuple[Spell, ...]
    sessions: tuple[accounts.SessionView, ...]
    last_seen_at: datetime | None
    is_asked: bool = False
    is_looked_after: bool = True
    has_factor: bool = False
    linked_since: datetime | None = None


@dataclass(frozen=True)
class OpenLink:
    """A one-time link that nobody has used yet; the address only where it may be shown."""

    person_id: int
    name: str
    user_name: str
    words: str
    expires_at: datetime
    address: str


def list_people(
    session: Session, *, search: str, role: Role | None, state: AccountState | None, page: int, on: date
) -> PeoplePage:
    """A page of everybody who has or had a role here, by name; `%` and `_` in the search are themselves (IN-9)."""
    member = select(Membership.person_id).where(Membership.authority_id == queries.authority_of(session))
    if role is not None:
        member = member.where(Membership.role == role, held_on(Membership, on))
    conditions: list[sa.ColumnElement[bool]] = [col(Person.id).in_(member)]
    for word in search[:LONGEST_SEARCH].split():
        name, address = col(Person.name), col(Person.user_name)
        conditions.append(sa.or_(name.icontains(word, autoescape=True), address.icontains(word, autoescape=True)))
    if state is not None:
        conditions.append(col(Person.state) == state)
    # Names alone are read of everybody, a page of people whole: no database sorts names as a reader looks for them.
    named = session.exec(select(Person.id, Person.name).where(*conditions).order_by(col(Person.id))).all()
    total = len(named)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    ordered = alphabet.in_order(named, lambda row: row[1])[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    ids = [person_id for person_id, _ in ordered]
    people = sorted(session.exec(select(Person).where(col(Person.id).in_(ids))), key=lambda row: ids.index(row.id))
    return PeoplePage(_rows(session, people, on), total, page, pages)


def _rows(session: Session, people: list[Person], on: date) -> tuple[PersonRow, ...]:
    ids = [person.id for person in people]
    roles: dict[int, list[Role]] = {}
    held = select(Membership.person_id, Membership.role).where(
        Membership.authority_id == queries.authority_of(session),
        col(Membership.person_id).in_(ids),
        held_on(Membership, on),
    )
    for person_id, role in session.exec(held).all():
        roles.setdefault(person_id, []).append(Role(role))
    teams, asked = queries.team_names_of(session, ids, on), joining.list_waiting(session, ids)
    order = list(Role)
    return tuple(
        PersonRow(
            person.id,
            person.name,
            person.user_name,
            person.state,
            tuple(sorted(set(roles.get(person.id, [])), key=order.index)),
            teams.get(person.id, ()),
            person.id in asked,
        )
        for person in people
    )


def get_person_page(
    session: Session, person_id: int, *, on: date, now: datetime, config: Mapping[str, Any]
) -> PersonPage:
    """Everything about one person."""
    person = queries_rows.get_person(session, person_id)
    authority_id = queries.authority_of(session)
    memberships = session.exec(
        select(Membership)
        .where(Membership.authority_id == authority_id, Membership.person_id == person_id)
        .order_by(col(Membership.from_on).desc(), Membership.role)
    ).all()
    is_looked_after = joining.looks_after(session, person_id, on)
    seen = session.exec(select(func.max(WebSession.seen_at)).where(WebSession.person_id == person_id)).one()
    sessions = accounts.list_sessions(session, person_id, now=now, config=config)
    return PersonPage(
        id=person.id,
        name=person.name,
        user_name=person.user_name,
        state=person.state,
        revision=person.revision,
        held=frozenset(row.role for row in queries_rows.memberships_on(session, person_id, on)),
        roles=tuple((row.role, row.from_on, row.to_on) for row in memberships if _ever(row)),
        teams=_teams(session, person_id, on),
        managers=_managers(session, person_id, on),
        posts=_posts(session, person_id, on),
        sessions=sessions if is_looked_after else (),
        last_seen_at=seen if is_looked_after else None,
        is_asked=joining.find_waiting(session, person_id) is not None,
        is_looked_after=is_looked_after,
        has_factor=factors.has_any(session, person_id),
        linked_since=identities.linked_since(session, person_id),
    )


def _ever(row: Any) -> bool:
    """A row given and taken back on one day never held."""
    return row.to_on is None or row.to_on >= row.from_on


def _holds(row: Any, on: date) -> bool:
    return row.from_on <= on and (row.to_on is None or row.to_on >= on)


def _teams(session: Session, person_id: int, on: date) -> tuple[Spell, ...]:
    rows = session.exec(
        select(TeamMember)
        .where(TeamMember.authority_id == queries.authority_of(session), TeamMember.person_id == person_id)
        .order_by(col(TeamMember.from_on).desc())
    ).all()
    spells = []
    for row in rows:
        team = queries.team_as_of(session, row.team_id, min(row.to_on or on, on))
        named = team.name if team else "A team"
        words = f"{named} (manages it)" if row.manages else named
        spells.append(Spell(words, row.from_on, row.to_on, row.team_id, _holds(row, on)))
    return tuple(spells)


def _managers(session: Session, person_id: int, on: date) -> tuple[Spell, ...]:
    rows = session.exec(
        select(ManagerSpell)
        .where(ManagerSpell.authority_id == queries.authority_of(session), ManagerSpell.person_id == person_id)
        .order_by(col(ManagerSpell.from_on).desc())
    ).all()
    names = queries.names_of(session, [row.manager_id for row in rows])
    return tuple(
        Spell(names.get(row.manager_id, "Not known"), row.from_on, row.to_on, row.manager_id, _holds(row, on))
        for row in rows
    )


def _posts(session: Session, person_id: int, on: date) -> tuple[Spell, ...]:
    rows = session.exec(
        select(PostHolding, Post.title)
        .join(Post, sa.and_(col(Post.id) == PostHolding.post_id, col(Post.authority_id) == PostHolding.authority_id))
        .where(PostHolding.authority_id == queries.authority_of(session), PostHolding.person_id == person_id)
        .order_by(col(PostHolding.from_on).desc())
    ).all()
    return tuple(Spell(title, row.from_on, row.to_on, row.post_id, _holds(row, on)) for row, title in rows)


def list_open_links(session: Session, *, on: date, now: datetime, config: Mapping[str, Any]) -> list[OpenLink]:
    """Links of this council's that wait to be used, by name: to choose or set a password, and to join.

    Their addresses are shown only where no e-mail can carry them. A link that sets a password is listed only for an
    account that is this council's to look after; a link to join only to the council that asks.
    """
    links = [*_password_links(session, on=on, now=now, config=config), *_joining_links(session, now=now, config=config)]
    return alphabet.in_order(sorted(links, key=lambda link: link.user_name), lambda link: link.name)


def _shown(config: Mapping[str, Any], path: str) -> str:
    return "" if one_time_links.is_on(config) else one_time_links.link(config, path)


def _joining_links(session: Session, *, now: datetime, config: Mapping[str, Any]) -> list[OpenLink]:
    rows = session.exec(
        select(Joining, Person)
        .join(Person, col(Person.id) == Joining.person_id)
        .where(Joining.authority_id == queries.authority_of(session), col(Joining.joined_at).is_(None))
        .where(Joining.token_hash != "", col(Joining.expires_at) > now)
    ).all()
    return [
        OpenLink(
            person.id,
            person.name,
            person.user_name,
            "To join with the account they have",
            asked.expires_at,
            _shown(config, one_time_links.joining_path(one_time_links.joining_token(asked, config))),
        )
        for asked, person in rows
    ]


def _password_links(session: Session, *, on: date, now: datetime, config: Mapping[str, Any]) -> list[OpenLink]:
    member = select(Membership.person_id).where(Membership.authority_id == queries.authority_of(session))
    rows = session.exec(
        select(Invitation, Person)
        .join(Person, col(Person.id) == Invitation.person_id)
        .where(col(Person.id).in_(member), col(Invitation.used_at).is_(None), col(Invitation.expires_at) > now)
        .where(Person.state != AccountState.disabled)
    ).all()
    return [
        OpenLink(
            person.id,
            person.name,
            person.user_name,
            "To set a new password" if person.password_hash else "To choose a password",
            invitation.expires_at,
            _shown(config, one_time_links.path_of(one_time_links.token_of(invitation, config))),
        )
        for invitation, person in rows
        if joining.looks_after(session, person.id, on)
    ]
