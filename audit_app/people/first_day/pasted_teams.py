"""Reads teams pasted one to a line, "Service: team", or under their service. Pure."""

from dataclasses import dataclass, field

from audit_app.people.organisation.names import cleaned, same_as
from findings.bullets.markers import Line, Style, read_lines

MOST_LINES = 300
LONGEST = 120


@dataclass(frozen=True)
class Pasted:
    """The teams as (service, team), what is wrong with which line, and what was read otherwise than it was typed."""

    teams: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What was read so far: the first spelling of each name holds for all that are the same."""

    above: str = ""
    services: dict[str, str] = field(default_factory=dict)
    seen: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    teams: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def service(self, name: str, number: int) -> str:
        first = self.services.setdefault(same_as(name), name)
        if first != name:
            self.remarks.append(f"Line {number}: “{name}” is taken as the same service as “{first}”")
        return first


def read_teams(text: str) -> Pasted:
    """Every line as a service and a team; blank lines are left out, a team in two services is a fault.

    A bullet or a number before a name is no part of it. A service and a colon alone hold for the teams below.
    """
    count = len(text.splitlines())
    if count > MOST_LINES:
        return Pasted((), (f"Paste at most {MOST_LINES} lines at a time. There are {count}",))
    reading = _Reading()
    lines = [line for line in read_lines(text) if line.style is not Style.blank]
    for line in lines:
        _read(reading, line, is_last=line is lines[-1])
    return Pasted(tuple(reading.teams), tuple(reading.faults), tuple(reading.remarks))


def _read(reading: _Reading, line: Line, *, is_last: bool) -> None:
    number = line.place + 1
    service, colon, team = _parted(line.text)
    if line.style is Style.page and not service + team:
        reading.remarks.append(f"Line {number}: “{line.text[:60]}” is no name and is passed over")
        return
    if colon and service and not team and not is_last:
        reading.above = reading.service(service, number)
        return
    if service and not colon and reading.above:
        service, colon, team = reading.above, ":", service
    if fault := _fault(service, colon, team):
        reading.faults.append(f"Line {number}: {fault}")
        return
    _add(reading, number, reading.service(service, number), team)


def _add(reading: _Reading, number: int, service: str, team: str) -> None:
    first = reading.seen.setdefault(same_as(team), (number, service, team))
    if first[0] == number:
        reading.teams.append((service, team))
    elif first[1] == service:
        reading.remarks.append(f"Line {number}: “{team}” is taken as the same team as “{first[2]}” on line {first[0]}")
    else:
        reading.faults.append(f"Line {number}: {team} is already on line {first[0]}")


def _parted(words: str) -> tuple[str, str, str]:
    """Service, colon and team; a table's columns are parted by a tab instead."""
    service, mark, team = words.partition(":" if ":" in words or "\t" not in words else "\t")
    return cleaned(service), mark and ":", cleaned(team)


def _fault(service: str, colon: str, team: str) -> str:
    if not (service and colon and team):
        return "write the service, a colon and the team, like Safeguarding: Duty Team"
    if max(len(service), len(team)) > LONGEST:
        return f"names must be {LONGEST} characters or fewer"
    return ""
