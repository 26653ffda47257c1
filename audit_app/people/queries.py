"""What other features ask about teams, people, posts and the council; always of the session's own authority."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from audit_app import alphabet
from audit_app.errors import NotFound
from audit_app.people import defaults
from audit_app.people.access.scope import held_on
from audit_app.people.answering import last_heir, merges
from audit_app.people.tables import (
    AccountState,
    Authority,
    BragMeaning,
    EscalationContact,
    ManagerSpell,
    Membership,
    Person,
    Post,
    PostHolding,
    Role,
    Service,
    Team,
    TeamChange,
    TeamMember,
    TeamSpell,
)


@dataclass(frozen=True)
class TeamView:
    """A team as it was on a day."""

    id: int
    name: str
    service_id: int
    service_name: str


@dataclass(frozen=True)
class PersonView:
    """A person with the roles and teams they had on a day."""

    id: int
    name: str
    user_name: str
    roles: frozenset[Role]
    team_names: tuple[str, ...]


@dataclass(frozen=True)
class PostView:
    """A post and who held it on a day."""

    id: int
    title: str
    holder_id: int | None
    holder_name: str


@dataclass(frozen=True)
class ContactView:
    """Somebody who is told at once of a concern; service_id None means for every service."""

    id: int
    person_id: int
    name: str
    user_name: str
    telephone: str
    service_id: int | None
    position: int


@dataclass(frozen=True)
class AuthoritySettings:
    """The council's own settings."""

    id: int
    key: str
    name: str
    reference_pattern: str
    reference_example: str
    marking: str
    logo_sha256: str
    fictional: bool
    set_up_at: datetime | None
    revision: int


def every_council(session: Session) -> list[int]:
    """The ids of all councils of this installation, for work that is done council by council."""
    return [row_id for row_id in session.exec(select(Authority.id)).all() if row_id is not None]


def lasts_from(table: Any, day: date) -> Any:
    """The condition that a row with from_on and to_on holds on a day or later; one that never held does not."""
    ends = col(table.to_on)
    return sa.or_(ends.is_(None), sa.and_(ends >= day, ends >= col(table.from_on)))


def authority_of(session: Session) -> int:
    """The authority whose session this is.

    Raises:
        ValueError: the session belongs to no single authority, so a question about "the" teams has no answer.
    """
    scope = session.info.get("scope")
    if scope is None or scope.authority_id is None:
        raise ValueError("This needs a session whose scope names one authority.")
    return int(scope.authority_id)


def list_teams(session: Session, on: date) -> list[TeamView]:
    """The teams open on a day with the names they had then, by service and name."""
    teams = alphabet.in_order(_teams(session, on).values(), lambda team: team.name)
    return alphabet.in_order(teams, lambda team: team.service_name)


def _teams(session: Session, on: date, team_id: int | None = None) -> dict[int, TeamView]:
    authority_id = authority_of(session)
    statement = (
        select(Team.id, TeamSpell.name, Service.id, Service.name)
        .join(TeamSpell, sa.and_(col(TeamSpell.team_id) == Team.id, col(TeamSpell.authority_id) == Team.authority_id))
        .join(Service, sa.and_(col(Service.id) == TeamSpell.service_id, col(Service.authority_id) == Team.authority_id))
        .where(Team.authority_id == authority_id, held_on(TeamSpell, on), col(Team.opened_on) <= on)
        .where(sa.or_(col(Team.closed_on).is_(None), col(Team.closed_on) >= on))
    )
    if team_id is not None:
        statement = statement.where(Team.id == team_id)
    return {row[0]: TeamView(*row) for row in session.exec(statement).all()}


def team_as_of(session: Session, team_id: int, on: date) -> TeamView | None:
    """The team as it was on a day; for a day outside its life, as it was at the nearer end of it."""
    authority_id = authority_of(session)
    statement = (
        select(TeamSpell, Service.name)
        .join(Service, sa.and_(col(Service.id) == TeamSpell.service_id, col(Service.authority_id) == authority_id))
        .where(TeamSpell.authority_id == authority_id, TeamSpell.team_id == team_id)
        .order_by(col(TeamSpell.from_on))
    )
    rows = session.exec(statement).all()
    if not rows:
        return None
    spell, service_name = ([row for row in rows if row[0].from_on <= on] or rows[:1])[-1]
    return TeamView(team_id, spell.name, spell.service_id, service_name)


def answering_team(session: Session, authority_id: int, team_id: int, on: date) -> int:
    """The team that answers on a day for what was this team's: itself, or what it was merged into."""
    merged = select(TeamChange.team_id, TeamChange.other_team_id).where(*merges(authority_id, on))
    return last_heir(team_id, {gone: into for gone, into in session.exec(merged) if into is not None})


def list_people_with_role(session: Session, role: Role, on: date) -> list[PersonView]:
    """People with open accounts who hold the role on a day, by name."""
    return [person for person in list_people_views(session, on) if role in person.roles]


def list_people_views(session: Session, on: date, ids: Collection[int] | None = None) -> list[PersonView]:
    """Everybody with an account not disabled and at least one role on a day, by name; only `ids` when given."""
    authority_id = authority_of(session)
    statement = (
        select(Person.id, Person.name, Person.user_name, Membership.role)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.authority_id == authority_id, held_on(Membership, on))
        .where(Person.state != AccountState.disabled)
    )
    if ids is not None:
        statement = statement.where(col(Person.id).in_(list(ids)))
    held: dict[int, tuple[str, str, set[Role]]] = {}
    for person_id, name, user_name, role in session.exec(statement).all():
        held.setdefault(person_id, (name, user_name, set()))[2].add(Role(role))
    teams = team_names_of(session, held, on)
    people = [
        PersonView(person_id, name, user_name, frozenset(roles), teams.get(person_id, ()))
        for person_id, (name, user_name, roles) in held.items()
    ]
    return alphabet.in_order(sorted(people, key=lambda person: person.user_name), lambda person: person.name)


def team_names_of(session: Session, people: Collection[int], on: date) -> dict[int, tuple[str, ...]]:
    """The names of each person's teams on a day."""
    authority_id = authority_of(session)
    statement = (
        select(TeamMember.person_id, TeamSpell.name)
        .join(
            TeamSpell,
            sa.and_(col(TeamSpell.team_id) == TeamMember.team_id, col(TeamSpell.authority_id) == authority_id),
        )
        .where(TeamMember.authority_id == authority_id, held_on(TeamMember, on), held_on(TeamSpell, on))
    )
    if len(people) <= 200:
        statement = statement.where(col(TeamMember.person_id).in_(list(people)))
    names_by_person: dict[int, list[str]] = {}
    for person_id, name in session.exec(statement).all():
        names_by_person.setdefault(person_id, []).append(name)
    return {
        person_id: tuple(alphabet.in_order(dict.fromkeys(names), str)) for person_id, names in names_by_person.items()
    }


def names_of(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """The names of people who have, or once had, a role in this authority; ids of anybody else are left out."""
    wanted = {person_id for person_id in ids if person_id is not None}
    if not wanted:
        return {}
    known = select(Membership.person_id).where(Membership.authority_id == authority_of(session))
    statement = select(Person.id, Person.name).where(col(Person.id).in_(known))
    if len(wanted) <= 500:
        statement = statement.where(col(Person.id).in_(wanted))
    return {person_id: name for person_id, name in session.exec(statement).all() if person_id in wanted}


def list_posts(session: Session, on: date) -> list[PostView]:
    """The posts that exist on a day and who held each then, by title."""
    authority_id = authority_of(session)
    posts = session.exec(
        select(Post.id, Post.title).where(
            Post.authority_id == authority_id, sa.or_(col(Post.closed_on).is_(None), col(Post.closed_on) >= on)
        )
    ).all()
    posts = alphabet.in_order(posts, lambda post: post[1])
    holders = holders_of(session, [post_id for post_id, _ in posts], on)
    names = names_of(session, holders.values())
    return [
        PostView(post_id, title, holders.get(post_id), names.get(holders.get(post_id, 0), ""))
        for post_id, title in posts
    ]


def holders_of(session: Session, post_ids: Collection[int], on: date) -> dict[int, int]:
    """Who holds each of these posts on a day, by the post's id; vacant posts are left out."""
    if not post_ids:
        return {}
    statement = select(PostHolding.post_id, PostHolding.person_id).where(
        PostHolding.authority_id == authority_of(session),
        col(PostHolding.post_id).in_(list(post_ids)),
        held_on(PostHolding, on),
    )
    return dict(session.exec(statement.order_by(col(PostHolding.from_on))).all())


def holder_of(session: Session, post_id: int | None, on: date) -> int | None:
    """Who holds a post on a day; None while nobody does, and where there is no post."""
    return None if post_id is None else holders_of(session, [post_id], on).get(post_id)


def managers_upward(session: Session, person_id: int, on: date) -> set[int]:
    """A person's manager on a day, that manager's manager and so on; a circle in the records ends the walk."""
    return managers_upward_of(session, [person_id], on)[person_id]


def managers_upward_of(session: Session, ids: Collection[int], on: date) -> dict[int, set[int]]:
    """The managers upward of each of these people, by the person's id; one statement, however many they are."""
    managers: dict[int, list[int]] = {}
    if ids:
        for below, above in session.exec(_spells_upward(authority_of(session), ids, on)).all():
            managers.setdefault(below, []).append(above)
    return {person_id: _above(person_id, managers) for person_id in ids}


def _spells_upward(authority_id: int, ids: Collection[int], on: date) -> Select[int, int]:
    """Who manages whom on a day, from these people upward: the rows of their lines, not those of the whole council."""
    held = sa.and_(col(ManagerSpell.authority_id) == authority_id, held_on(ManagerSpell, on))
    manager: sa.Label[int] = col(ManagerSpell.manager_id).label("id")
    first = sa.select(manager).where(held, col(ManagerSpell.person_id).in_(ids)).cte("line", recursive=True)
    # A union leaves out who is in it already, so a circle ends here too.
    line = first.union(sa.select(manager).where(held, col(ManagerSpell.person_id) == first.c.id))
    return select(ManagerSpell.person_id, ManagerSpell.manager_id).where(
        held, sa.or_(col(ManagerSpell.person_id).in_(ids), col(ManagerSpell.person_id).in_(sa.select(line.c.id)))
    )


def _above(person_id: int, managers: Mapping[int, Collection[int]]) -> set[int]:
    above: set[int] = set()
    waiting = [person_id]
    while waiting:
        for manager in managers.get(waiting.pop(), ()):
            if manager not in above and manager != person_id:
                above.add(manager)
                waiting.append(manager)
    return above


def escalation_contacts(session: Session, service_id: int | None) -> list[ContactView]:
    """Who is told of a concern in a service: its own contacts first, then those for every service, in their order."""
    rows = list_contacts(session)
    wanted = [row for row in rows if row.service_id is None or row.service_id == service_id]
    return sorted(wanted, key=lambda row: (row.service_id is None, row.position, alphabet.place_of(row.name)))


def list_contacts(session: Session) -> list[ContactView]:
    """Every escalation contact whose account is not disabled."""
    statement = (
        select(EscalationContact, Person.name, Person.user_name)
        .join(Person, col(Person.id) == EscalationContact.person_id)
        .where(EscalationContact.authority_id == authority_of(session), Person.state != AccountState.disabled)
        .order_by(col(EscalationContact.position), col(EscalationContact.id))
    )
    return [
        ContactView(row.id, row.person_id, name, user_name, row.telephone, row.service_id, row.position)
        for row, name, user_name in session.exec(statement).all()
    ]


def brag_words(session: Session) -> Mapping[str, tuple[str, str]]:
    """Word and meaning of each BRAG colour: the council's own, else the default."""
    rows = session.exec(select(BragMeaning).where(BragMeaning.authority_id == authority_of(session))).all()
    own = {row.colour: (row.word, row.meaning) for row in rows}
    return {colour: own.get(colour, defaults.BRAG[colour]) for colour in defaults.COLOURS}


def authority_settings(session: Session) -> AuthoritySettings:
    """The council's settings."""
    row = session.get(Authority, authority_of(session))
    if row is None:
        raise NotFound("No such council.")
    names: dict[str, Any] = {name: getattr(row, name) for name in AuthoritySettings.__dataclass_fields__}
    return AuthoritySettings(**names)


def list_services(session: Session, on: date) -> list[tuple[int, str]]:
    """The services there are on a day, by name."""
    rows = session.exec(
        select(Service.id, Service.name).where(Service.authority_id == authority_of(session), held_on(Service, on))
    ).all()
    return alphabet.in_order(((service_id, name) for service_id, name in rows), lambda row: row[1])
