"""From the rows of a workbook to what would change, with every fault by row and column; writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.tables import ManagerSpell, Membership, Person, PostHolding, Role, TeamMember
from audit_app.sheets import Fault, Row


@dataclass(frozen=True)
class Arrival:
    """One row and what it would change; nothing when `changes` is empty."""

    line: int
    values: dict[str, Any]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Every row with what it would change, and every fault."""

    arrivals: tuple[Arrival, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def changing(self) -> tuple[Arrival, ...]:
        """The rows that change something."""
        return tuple(one for one in self.arrivals if one.changes)


@dataclass
class Known:
    """What is here already, read once for the whole workbook."""

    on: date
    people: dict[str, Person] = field(default_factory=dict)
    here: set[int] = field(default_factory=set)
    roles: dict[int, set[Role]] = field(default_factory=dict)
    teams: dict[str, queries.TeamView] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    places: set[tuple[int, int, bool]] = field(default_factory=set)
    managers: dict[int, int] = field(default_factory=dict)
    posts: dict[str, queries.PostView] = field(default_factory=dict)
    holding: set[tuple[int, int]] = field(default_factory=set)


def read_known(session: Session, addresses: Sequence[str], on: date) -> Known:
    """What the council has today of everything a row may name."""
    authority_id = queries.authority_of(session)
    known = Known(on)
    for start in range(0, len(addresses), 400):
        part = list(addresses[start : start + 400])
        for person in session.exec(select(Person).where(col(Person.user_name).in_(part))).all():
            known.people[person.user_name] = person
    members = session.exec(select(Membership).where(Membership.authority_id == authority_id)).all()
    for row in members:
        known.here.add(row.person_id)
        if row.from_on <= on and (row.to_on is None or row.to_on >= on):
            known.roles.setdefault(row.person_id, set()).add(row.role)
    known.teams = {team.name.casefold(): team for team in queries.list_teams(session, on)}
    known.services = {name.casefold(): one for one, name in queries.list_services(session, on)}
    places = select(TeamMember).where(TeamMember.authority_id == authority_id, held_on(TeamMember, on))
    known.places = {(row.person_id, row.team_id, row.manages) for row in session.exec(places).all()}
    spells = select(ManagerSpell).where(ManagerSpell.authority_id == authority_id, held_on(ManagerSpell, on))
    known.managers = {row.person_id: row.manager_id for row in session.exec(spells).all()}
    known.posts = {post.title.casefold(): post for post in queries.list_posts(session, on)}
    holdings = select(PostHolding).where(PostHolding.authority_id == authority_id, held_on(PostHolding, on))
    known.holding = {(row.post_id, row.person_id) for row in session.exec(holdings).all()}
    return known


def plan(session: Session, rows: Sequence[Row], *, by: int, on: date) -> Plan:
    """What the workbook would change, row by row."""
    addresses = [row["user_name"] for row in rows] + [row.values.get("manager") or "" for row in rows]
    known = read_known(session, addresses, on)
    faults = [*_doubled(rows), *_own_row(rows, known, by), *_places(rows, known), *_managers(rows, known)]
    if faults:
        return Plan(faults=tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    return Plan(arrivals=tuple(Arrival(row.line, row.values, tuple(_changes(row, known))) for row in rows))


def _doubled(rows: Sequence[Row]) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for row in rows:
        first = seen.setdefault(row["user_name"], row.line)
        if first != row.line:
            faults.append(Fault(f"this e-mail address is already in row {first}. Keep one row.", row.line, "E-mail"))
    return faults


def _own_row(rows: Sequence[Row], known: Known, by: int) -> list[Fault]:
    """PE-3: nobody changes their own roles, by a workbook either."""
    faults = []
    for row in rows:
        person = known.people.get(row["user_name"])
        if person is not None and person.id == by and set(row["roles"]) - known.roles.get(by, set()):
            said = "this is you, and nobody changes their own roles. Ask another administrator."
            faults.append(Fault(said, row.line, "Roles"))
    return faults


def _places(rows: Sequence[Row], known: Known) -> list[Fault]:
    faults = []
    new_teams: dict[str, str] = {}
    for row in rows:
        team, service = row["team"], row["service"]
        if not team:
            if row["manages"]:
                faults.append(Fault("name the team the person manages.", row.line, "Team"))
            continue
        there = known.teams.get(team.casefold())
        if there is None and not service and team.casefold() not in new_teams:
            said = f"there is no team “{team}” yet. Name its service to make it, or correct the name."
            faults.append(Fault(said, row.line, "Team"))
        elif there is not None and service and there.service_name.casefold() != service.casefold():
            said = f"“{there.name}” is in the service {there.service_name}. Correct the service or leave it blank."
            faults.append(Fault(said, row.line, "Service"))
        elif there is None and service:
            first = new_teams.setdefault(team.casefold(), service.casefold())
            if first != service.casefold():
                faults.append(Fault(f"“{team}” is in another service further up.", row.line, "Service"))
    return faults


def _managers(rows: Sequence[Row], known: Known) -> list[Fault]:
    coming = {row["user_name"] for row in rows}
    faults = []
    above = {row["user_name"]: row["manager"] for row in rows if row["manager"]}
    for row in rows:
        manager = row["manager"]
        if not manager:
            continue
        person = known.people.get(manager)
        if manager == row["user_name"]:
            faults.append(Fault("nobody is their own manager.", row.line, "Manager's e-mail"))
        elif manager not in coming and (person is None or person.id not in known.here):
            said = f"nobody with the address {manager} is here or in the workbook."
            faults.append(Fault(said, row.line, "Manager's e-mail"))
        elif _circle(row["user_name"], above):
            faults.append(Fault("these managers go round in a circle.", row.line, "Manager's e-mail"))
    return faults


def _circle(start: str, above: dict[str, str]) -> bool:
    seen = {start}
    here = above.get(start)
    while here is not None and here not in seen:
        seen.add(here)
        here = above.get(here)
    return here == start


def _changes(row: Row, known: Known) -> list[str]:
    """In words, what a row changes; the same workbook a second time changes nothing (IM-7)."""
    person = known.people.get(row["user_name"])
    is_here = person is not None and person.id in known.here
    told = [] if is_here else ["new"]
    person_id = person.id if person is not None else 0
    new_roles = [role for role in row["roles"] if Role(role) not in known.roles.get(person_id, set())]
    if new_roles and is_here:
        told.append("roles")
    team = known.teams.get(row["team"].casefold()) if row["team"] else None
    if row["team"] and (team is None or (person_id, team.id, bool(row["manages"])) not in known.places):
        told.append("team" if team else "a new team")
    manager = known.people.get(row["manager"] or "")
    if row["manager"] and (manager is None or known.managers.get(person_id) != manager.id):
        told.append("manager")
    post = known.posts.get(row["post"].casefold()) if row["post"] else None
    if row["post"] and (post is None or (post.id, person_id) not in known.holding):
        told.append("post" if post else "a new post")
    return told
