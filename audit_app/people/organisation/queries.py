"""Reads of services, teams and posts for their pages."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app import alphabet, words
from audit_app.people import queries
from audit_app.people.organisation import queries_rows
from audit_app.people.tables import (
    Post,
    PostHolding,
    Service,
    Team,
    TeamChange,
    TeamChangeKind,
    TeamMember,
    TeamSpell,
)


@dataclass(frozen=True)
class TeamLine:
    """A team in the list: who manages it and how many belong to it."""

    id: int
    name: str
    managers: tuple[str, ...]
    people: int
    note: str = ""


@dataclass(frozen=True)
class ServiceLines:
    """A service and its teams."""

    id: int
    name: str
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True)
class TeamPage:
    """Everything the page of one team shows."""

    id: int
    name: str
    service_name: str
    opened_on: date
    closed_on: date | None
    names: tuple[tuple[str, str, date, date | None], ...]
    lineage: tuple[str, ...]
    members: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class HolderLine:
    """Who held a post, and when."""

    name: str
    from_on: date
    to_on: date | None


def list_by_service(session: Session, on: date) -> list[ServiceLines]:
    """Each service with its teams open on a day, those that open later marked."""
    authority_id = queries.authority_of(session)
    services = session.exec(select(Service).where(Service.authority_id == authority_id)).all()
    lines: dict[int, list[TeamLine]] = {}
    members = _members_by_team(session, on)
    later = _opening_later(session, on)
    for team in [*queries.list_teams(session, on), *later]:
        people = members.get(team.id, [])
        managers = tuple(name for name, manages in people if manages)
        note = "opens later" if team in later else ""
        lines.setdefault(team.service_id, []).append(TeamLine(team.id, team.name, managers, len(people), note))
    services = alphabet.in_order(services, lambda row: row.name)
    return [ServiceLines(row.id, row.name, tuple(lines.get(row.id, []))) for row in services]


def _opening_later(session: Session, on: date) -> list[queries.TeamView]:
    rows = session.exec(
        select(Team).where(Team.authority_id == queries.authority_of(session), col(Team.opened_on) > on)
    ).all()
    teams = [queries.team_as_of(session, row.id, row.opened_on) for row in rows]
    return [team for team in teams if team is not None]


def _members_by_team(session: Session, on: date) -> dict[int, list[tuple[str, bool]]]:
    rows = [row for row in _all_places(session) if row.from_on <= on and (row.to_on is None or row.to_on >= on)]
    names = queries.names_of(session, [row.person_id for row in rows])
    members: dict[int, list[tuple[str, bool]]] = {}
    for row in rows:
        members.setdefault(row.team_id, []).append((names.get(row.person_id, "Not known"), row.manages))
    return members


def _all_places(session: Session) -> list[TeamMember]:
    return list(session.exec(select(TeamMember).where(TeamMember.authority_id == queries.authority_of(session))).all())


def list_closed(session: Session, on: date) -> list[tuple[int, str, date]]:
    """Teams that closed before a day, with their last names, the latest first."""
    rows = session.exec(
        select(Team)
        .where(Team.authority_id == queries.authority_of(session), col(Team.closed_on) < on)
        .order_by(col(Team.closed_on).desc())
    ).all()
    return [
        (row.id, queries_rows.last_spell(session, row).name, row.closed_on) for row in rows if row.closed_on is not None
    ]


def get_team_page(session: Session, team_id: int, on: date) -> TeamPage:
    """One team: its names and services with dates, where it came from and went to, and who belongs to it."""
    team = queries_rows.get_team(session, team_id)
    spells = session.exec(
        select(TeamSpell, Service.name)
        .join(Service, col(Service.id) == TeamSpell.service_id)
        .where(
            TeamSpell.authority_id == team.authority_id,
            Service.authority_id == team.authority_id,
            TeamSpell.team_id == team_id,
        )
        .order_by(col(TeamSpell.from_on))
    ).all()
    now = queries.team_as_of(session, team_id, on)
    members = queries_rows.members_on(session, team_id, on)
    names = queries.names_of(session, [row.person_id for row in members])
    people = sorted((row.person_id, names.get(row.person_id, "Not known"), row.manages) for row in members)
    return TeamPage(
        id=team_id,
        name=now.name if now else "A team",
        service_name=now.service_name if now else "",
        opened_on=team.opened_on,
        closed_on=team.closed_on,
        names=tuple((spell.name, place, spell.from_on, spell.to_on) for spell, place in spells),
        lineage=tuple(_lineage(session, team_id)),
        members=tuple(alphabet.in_order(people, lambda member: member[1])),
    )


def _lineage(session: Session, team_id: int) -> list[str]:
    """What happened to a team, in sentences, in the order it happened; other teams by the names they had then."""
    rows = session.exec(
        select(TeamChange)
        .where(TeamChange.authority_id == queries.authority_of(session))
        .where((col(TeamChange.team_id) == team_id) | (col(TeamChange.other_team_id) == team_id))
        .order_by(col(TeamChange.on_date), col(TeamChange.id))
    ).all()
    return [_change_in_words(session, row, team_id) for row in rows]


def _change_in_words(session: Session, row: TeamChange, team_id: int) -> str:
    day = words.date_words(row.on_date)
    if row.kind == TeamChangeKind.split:
        if row.team_id == team_id:
            return f"Split off from {_named(session, row.other_team_id, row.on_date)} on {day}."
        return f"{_named(session, row.team_id, row.on_date)} split off on {day}."
    if row.kind == TeamChangeKind.merged:
        if row.team_id == team_id:
            return f"Merged into {_named(session, row.other_team_id, row.on_date)} on {day}."
        return f"{_named(session, row.team_id, row.on_date)} was merged into it on {day}."
    sentences = {
        TeamChangeKind.opened: f"Opened on {day}.",
        TeamChangeKind.renamed: f"Renamed on {day}.",
        TeamChangeKind.moved: f"Moved to another service on {day}.",
        TeamChangeKind.closed: f"Closed; its last day was {day}.",
    }
    return sentences[row.kind]


def _named(session: Session, team_id: int | None, on: date) -> str:
    team = queries.team_as_of(session, team_id, on) if team_id is not None else None
    return team.name if team else "a team"


def list_holders(session: Session, post_id: int) -> list[HolderLine]:
    """Who held a post, the latest first."""
    rows = session.exec(
        select(PostHolding)
        .where(PostHolding.authority_id == queries.authority_of(session), PostHolding.post_id == post_id)
        .order_by(col(PostHolding.from_on).desc())
    ).all()
    names = queries.names_of(session, [row.person_id for row in rows])
    return [HolderLine(names.get(row.person_id, "Not known"), row.from_on, row.to_on) for row in rows]


def teams_to_choose(session: Session, on: date) -> list[tuple[int, str]]:
    """Every team a list may be narrowed to: the open ones by name, then those that closed."""
    closed = [
        (team_id, f"{name} (until {words.date_words(last_day)})")
        for team_id, name, last_day in list_closed(session, on)
    ]
    return [*((team.id, team.name) for team in queries.list_teams(session, on)), *closed]


def names_of_places(session: Session, ids: set[int]) -> dict[int, str]:
    """What teams, services and posts of this council are called: a team by its latest name, closed or not."""
    if not ids:
        return {}
    authority_id = queries.authority_of(session)
    services = select(Service).where(Service.authority_id == authority_id, col(Service.id).in_(ids))
    posts = select(Post).where(Post.authority_id == authority_id, col(Post.id).in_(ids))
    spells = select(TeamSpell).where(TeamSpell.authority_id == authority_id, col(TeamSpell.team_id).in_(ids))
    names = {row.id: row.name for row in session.exec(services)} | {row.id: row.title for row in session.exec(posts)}
    return names | {row.team_id: row.name for row in session.exec(spells.order_by(col(TeamSpell.from_on)))}
