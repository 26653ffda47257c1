"""What pasted teams would add to those that are there, and what is taken as the same. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.people.first_day.pasted_teams import Pasted
from audit_app.people.organisation.names import same_as


@dataclass(frozen=True)
class NewTeam:
    """A team that would be opened; of a service that is not there yet, the service too."""

    name: str
    service: str
    service_is_new: bool


@dataclass(frozen=True)
class PlannedTeams:
    """The teams to open, those that are there already, what was read as the same, and what is wrong."""

    new: tuple[NewTeam, ...] = ()
    there: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def services(self) -> dict[str, tuple[NewTeam, ...]]:
        """The new teams by their service, in the order of the list."""
        names = dict.fromkeys(team.service for team in self.new)
        return {name: tuple(team for team in self.new if team.service == name) for name in names}


def planned(pasted: Pasted, services: Mapping[str, str], teams: Mapping[str, tuple[str, str]]) -> PlannedTeams:
    """The plan; `services` by `same_as`, `teams` likewise with name and service."""
    new: list[NewTeam] = []
    there: list[str] = []
    remarks, faults = list(pasted.remarks), list(pasted.faults)
    for service, team in pasted.teams:
        known = services.get(same_as(service))
        if known is not None and known != service:
            remarks.append(f"“{service}” is taken as the service “{known}”, which is there already")
        if same_as(team) not in teams:
            new.append(NewTeam(team, known or service, known is None))
            continue
        name, place = teams[same_as(team)]
        if same_as(place) != same_as(service):
            faults.append(f"There is already a team called {name} in {place}. Give this one another name, or move it")
        else:
            there.append(name)
            remarks += [f"“{team}” is taken as the team “{name}”, which is there already"] * (name != team)
    return PlannedTeams(tuple(new), tuple(there), tuple(dict.fromkeys(remarks)), tuple(faults))
