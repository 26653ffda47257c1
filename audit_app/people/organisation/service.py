"""Writes of services and teams: opened, renamed, moved, split, merged and closed from a date; old names stay."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import history, words
from audit_app.errors import Invalid, OutOfTurn
from audit_app.people import events, queries
from audit_app.people.organisation import names
from audit_app.people.organisation.queries_rows import (
    get_service,
    get_team,
    last_spell,
    members_from,
    members_on,
)
from audit_app.people.tables import Service, Team, TeamChange, TeamChangeKind, TeamMember, TeamSpell

assert events
DAY = timedelta(days=1)
LONGEST_NAME = 120


def _name(text: str, what: str) -> str:
    name = names.cleaned(text)
    if not name:
        raise Invalid("name", f"Enter the name of the {what}")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", f"Name must be {LONGEST_NAME} characters or fewer")
    return name


def _note(session: Session, event: str, *, by: int | None, now: datetime, **facts: int | str) -> None:
    history.note(session, event, by=by, authority_id=queries.authority_of(session), facts=facts, now=now)


def make_service(session: Session, name: str, *, from_on: date, by: int | None, now: datetime) -> Service:
    """A new service; a name already in use is refused."""
    name = _free_service_name(session, name)
    authority_id = queries.authority_of(session)
    row = Service(authority_id=authority_id, name=name, from_on=from_on)
    session.add(row)
    session.flush()
    _note(session, "people.service_made", by=by, now=now, service=row.id)
    return row


def _free_service_name(session: Session, name: str, *, but: int | None = None) -> str:
    """The name without list marks, unless another service is called so, however it is spelled."""
    name = _name(name, "service")
    rows = session.exec(select(Service).where(Service.authority_id == queries.authority_of(session))).all()
    for existing in rows:
        if existing.id != but and names.same_as(existing.name) == names.same_as(name):
            raise Invalid("name", f"There is already a service called {existing.name}")
    return name


def rename_service(session: Session, service_id: int, name: str, *, by: int, now: datetime) -> None:
    """Correct or change a service's name, for the past as well; teams have names with dates, services do not."""
    row = get_service(session, service_id)
    row.name = _free_service_name(session, name, but=service_id)
    session.add(row)
    _note(session, "people.service_renamed", by=by, now=now, service=row.id)


def open_team(session: Session, name: str, service_id: int, *, on: date, by: int | None, now: datetime) -> int:
    """A new team from a day on; returns its id."""
    team_id = _open(session, name, service_id, on, kind=TeamChangeKind.opened)
    _note(session, "people.team_opened", by=by, now=now, team=team_id, on=on.isoformat())
    return team_id


def _open(
    session: Session, name: str, service_id: int, on: date, *, kind: TeamChangeKind, other: int | None = None
) -> int:
    get_service(session, service_id)
    name = _free_name(session, name, on)
    authority_id = queries.authority_of(session)
    team = Team(authority_id=authority_id, opened_on=on)
    session.add(team)
    session.flush()
    session.add(TeamSpell(authority_id=authority_id, team_id=team.id, service_id=service_id, name=name, from_on=on))
    _record(session, kind, team.id, other, on)
    return team.id


def _record(session: Session, kind: TeamChangeKind, team_id: int, other: int | None, on: date) -> None:
    row = TeamChange(
        authority_id=queries.authority_of(session), kind=kind, on_date=on, team_id=team_id, other_team_id=other
    )
    session.add(row)
    session.flush()


def _free_name(session: Session, name: str, on: date, *, but: int | None = None) -> str:
    """The name, unless another team is called so on or after the day."""
    name = _name(name, "team")
    statement = select(TeamSpell.team_id, TeamSpell.name).where(
        TeamSpell.authority_id == queries.authority_of(session),
        sa.or_(col(TeamSpell.to_on).is_(None), col(TeamSpell.to_on) >= on),
    )
    for team_id, taken in session.exec(statement).all():
        if team_id != but and names.same_as(taken) == names.same_as(name):
            raise Invalid("name", f"There is already a team called {taken}")
    return name


def _changeable(session: Session, team_id: int, on: date) -> tuple[Team, TeamSpell]:
    """The team and its latest spell, when a change on that day does not rewrite what held before."""
    team = get_team(session, team_id)
    if team.closed_on is not None:
        raise OutOfTurn("This team has closed. A closed team cannot be changed.")
    spell = last_spell(session, team)
    if on < spell.from_on:
        began = words.date_words(spell.from_on)
        raise Invalid("on", f"The team's present name and service began on {began}. Choose that day or a later one")
    return team, spell


def rename_team(session: Session, team_id: int, name: str, *, on: date, by: int, now: datetime) -> None:
    """Another name from a day on; audits of before keep the old one."""
    _team, spell = _changeable(session, team_id, on)
    _change(session, spell, on, name=_free_name(session, name, on, but=team_id))
    _record(session, TeamChangeKind.renamed, team_id, None, on)
    _note(session, "people.team_renamed", by=by, now=now, team=team_id, on=on.isoformat())


def move_team(session: Session, team_id: int, service_id: int, *, on: date, by: int, now: datetime) -> None:
    """Another service from a day on."""
    get_service(session, service_id)
    _team, spell = _changeable(session, team_id, on)
    if spell.service_id == service_id:
        raise Invalid("service_id", "The team is already in this service")
    _change(session, spell, on, service_id=service_id)
    _record(session, TeamChangeKind.moved, team_id, None, on)
    _note(session, "people.team_moved", by=by, now=now, team=team_id, service=service_id, on=on.isoformat())


def _change(
    session: Session, spell: TeamSpell, on: date, *, name: str | None = None, service_id: int | None = None
) -> None:
    """End the spell the day before and begin a new one; on its first day the spell itself is put right."""
    if on == spell.from_on:
        spell.name, spell.service_id = name or spell.name, service_id or spell.service_id
        session.add(spell)
        session.flush()
        return
    spell.to_on = on - DAY
    session.add(spell)
    session.add(
        TeamSpell(
            authority_id=spell.authority_id,
            team_id=spell.team_id,
            service_id=service_id or spell.service_id,
            name=name or spell.name,
            from_on=on,
        )
    )
    session.flush()


def split_team(
    session: Session, team_id: int, name: str, moving: list[int], *, on: date, by: int, now: datetime
) -> int:
    """Split a new team off from a day on, in the same service, taking some people with it; returns its id."""
    _team, spell = _changeable(session, team_id, on)
    new_id = _open(session, name, spell.service_id, on, kind=TeamChangeKind.split, other=team_id)
    members = members_on(session, team_id, on)
    if not set(moving) <= {row.person_id for row in members}:
        raise Invalid("moving", "Choose people of this team")
    for row in members:
        if row.person_id in moving:
            _move_member(session, row, new_id, on)
    _note(session, "people.team_split", by=by, now=now, team=team_id, other=new_id, on=on.isoformat())
    return new_id


def merge_team(session: Session, team_id: int, into_id: int, *, on: date, by: int, now: datetime) -> None:
    """Close a team the day before and bring its people into another from that day on."""
    team, _spell = _changeable(session, team_id, on)
    into, _other_spell = _changeable(session, into_id, on)
    if team.id == into.id:
        raise Invalid("into", "Choose another team to merge into")
    there = {row.person_id: row for row in members_on(session, into_id, on) if row.to_on is None}
    for row in members_from(session, team_id, on):
        _bring_along(session, row, there.get(row.person_id), into_id, on)
    _end(session, team, on - DAY)
    _record(session, TeamChangeKind.merged, team_id, into_id, on)
    _note(session, "people.team_merged", by=by, now=now, team=team_id, other=into_id, on=on.isoformat())


def close_team(session: Session, team_id: int, *, last_day: date, by: int, now: datetime) -> int:
    """Close a team after a day; returns how many people's place in it ends with it."""
    team, _spell = _changeable(session, team_id, last_day)
    leaving = members_from(session, team_id, last_day + DAY)
    for row in leaving:
        _end_place(session, row, last_day)
    _end(session, team, last_day)
    _record(session, TeamChangeKind.closed, team_id, None, last_day)
    _note(session, "people.team_closed", by=by, now=now, team=team_id, on=last_day.isoformat())
    return len(leaving)


def _end(session: Session, team: Team, last_day: date) -> None:
    if last_day < team.opened_on:
        raise Invalid("on", "A team cannot close before it opened. Choose a later day")
    spell = last_spell(session, team)
    spell.to_on = max(last_day, spell.from_on)
    team.closed_on = last_day
    session.add_all([team, spell])
    session.flush()


def _bring_along(session: Session, row: TeamMember, there: TeamMember | None, into_id: int, on: date) -> None:
    """Into the other team, once: of two places there in the end, the one that manages it stays."""
    if there is not None and (there.manages or not row.manages):
        _end_place(session, row, on - DAY)
        return
    if there is not None:
        _end_place(session, there, on - DAY)
    _move_member(session, row, into_id, on)


def _end_place(session: Session, row: TeamMember, last_day: date) -> None:
    """A place ends after a day; one that had not begun is taken out."""
    if row.from_on > last_day:
        session.delete(row)
    else:
        row.to_on = last_day
        session.add(row)


def _move_member(session: Session, row: TeamMember, team_id: int, on: date) -> None:
    if row.from_on >= on:
        row.team_id = team_id
        session.add(row)
        return
    session.add(
        TeamMember(
            authority_id=row.authority_id,
            team_id=team_id,
            person_id=row.person_id,
            manages=row.manages,
            from_on=on,
            to_on=row.to_on,
        )
    )
    row.to_on = on - DAY
    session.add(row)
