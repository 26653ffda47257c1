"""From the rows of a workbook and what is here already to what would change, with every fault by row. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_app.people.arrivals.placing import TeamHere, resolved
from audit_app.people.organisation.names import same_as
from audit_app.people.tables import Person, Role
from audit_app.sheets import Fault, Row


@dataclass(frozen=True)
class Arrival:
    """One row and what it would change; nothing when `changes` is empty."""

    line: int
    values: dict[str, Any]
    changes: tuple[str, ...]
    gives: tuple[Role, ...] = ()
    keeps: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Every row with what it would change, and every fault."""

    arrivals: tuple[Arrival, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def changing(self) -> tuple[Arrival, ...]:
        """The rows that change something."""
        return tuple(arrival for arrival in self.arrivals if arrival.changes)

    @property
    def given(self) -> dict[Role, int]:
        """How many people each role is given to, in the order of roles."""
        counts = Counter(role for arrival in self.arrivals for role in arrival.gives)
        return {role: counts[role] for role in Role if counts[role]}


@dataclass(frozen=True)
class Known:
    """What is here already: people by address, services and teams by `same_as`, posts' ids by title in small letters,
    the rest by id."""

    people: Mapping[str, Person] = field(default_factory=dict)
    here: Collection[int] = ()
    roles: Mapping[int, Collection[Role]] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, TeamHere] = field(default_factory=dict)
    places: Collection[tuple[int, int, bool]] = ()
    managers: Mapping[int, int] = field(default_factory=dict)
    posts: Mapping[str, int] = field(default_factory=dict)
    holding: Collection[tuple[int, int]] = ()


def addresses(rows: Sequence[Row]) -> list[str]:
    """The e-mail addresses that the rows name, of people and of their managers."""
    return [row["user_name"] for row in rows] + [row.values.get("manager") or "" for row in rows]


def plan(rows: Sequence[Row], known: Known, *, by: int) -> Plan:
    """What the workbook would change, row by row, or every fault it has; `by` is whoever uploaded it."""
    rows, remarks = resolved(rows, known.services, known.teams)
    faults = [*_doubled(rows), *_own_row(rows, known, by), *_places(rows, known), *_managers(rows, known)]
    if faults:
        return Plan(faults=tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    return Plan(arrivals=tuple(_arrival(row, known) for row in rows), remarks=remarks)


def _arrival(row: Row, known: Known) -> Arrival:
    person = known.people.get(row["user_name"])
    held = known.roles.get(person.id, ()) if person is not None else ()
    gives = tuple(role for role in Role if role.value in row["roles"] and role not in held)
    keeps = tuple(role for role in Role if role in held)
    return Arrival(row.line, row.values, tuple(_changes(row, known)), gives, keeps)


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
        if person is not None and person.id == by and set(row["roles"]) - set(known.roles.get(by, ())):
            fault = "this is you, and nobody changes their own roles. Ask another administrator."
            faults.append(Fault(fault, row.line, "Roles"))
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
        there = known.teams.get(same_as(team))
        if there is None and not service and same_as(team) not in new_teams:
            fault = f"there is no team “{team}” yet. Name its service to make it, or correct the name."
            faults.append(Fault(fault, row.line, "Team"))
        elif there is not None and service and same_as(there.service_name) != same_as(service):
            fault = f"“{there.name}” is in the service {there.service_name}. Correct the service or leave it blank."
            faults.append(Fault(fault, row.line, "Service"))
        elif there is None and service:
            first = new_teams.setdefault(same_as(team), same_as(service))
            if first != same_as(service):
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
            fault = f"nobody with the address {manager} is here or in the workbook."
            faults.append(Fault(fault, row.line, "Manager's e-mail"))
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
    changes = [] if is_here else ["new"]
    person_id = person.id if person is not None else 0
    new_roles = [role for role in row["roles"] if Role(role) not in known.roles.get(person_id, ())]
    if new_roles and is_here:
        changes.append("roles")
    team = known.teams.get(same_as(row["team"])) if row["team"] else None
    if row["team"] and (team is None or (person_id, team.id, bool(row["manages"])) not in known.places):
        changes.append("team" if team else "a new team")
    manager = known.people.get(row["manager"] or "")
    if row["manager"] and (manager is None or known.managers.get(person_id) != manager.id):
        changes.append("manager")
    post_id = known.posts.get(row["post"].casefold()) if row["post"] else None
    if row["post"] and (post_id is None or (post_id, person_id) not in known.holding):
        changes.append("post" if post_id else "a new post")
    return changes
