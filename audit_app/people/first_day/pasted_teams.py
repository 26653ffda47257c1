"""Reads teams pasted one to a line, "Service: team", or under their service. Pure."""

from dataclasses import dataclass

from findings.bullets.markers import read_line

MOST_LINES = 300
LONGEST = 120


@dataclass(frozen=True)
class Pasted:
    """The teams as (service, team), and what is wrong with which line."""

    teams: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


def read_teams(text: str) -> Pasted:
    """Every line as a service and a team; blank lines are left out, a team named twice is a fault.

    A bullet or a number before a line is no part of a name. A service and a colon alone hold for the teams below.
    """
    teams: list[tuple[str, str]] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    above = ""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        return Pasted((), (f"Paste at most {MOST_LINES} lines at a time. There are {len(lines)}",))
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        service, colon, team = _parted(line)
        if colon and service and not team and number < len(lines):
            above = service
            continue
        if service and not colon and above:
            service, colon, team = above, ":", service
        fault = _fault(service, colon, team, seen)
        if fault:
            faults.append(f"Line {number}: {fault}")
            continue
        seen[team.casefold()] = number
        teams.append((service, team))
    return Pasted(tuple(teams), tuple(faults))


def _parted(line: str) -> tuple[str, str, str]:
    """Service, colon and team; a table's columns are parted by a tab instead."""
    words = read_line(line, 0).text
    service, mark, team = words.partition(":" if ":" in words or "\t" not in words else "\t")
    return " ".join(service.split()), mark and ":", " ".join(team.split())


def _fault(service: str, colon: str, team: str, seen: dict[str, int]) -> str:
    if not (service and colon and team):
        return "write the service, a colon and the team, like Safeguarding: Duty Team"
    if max(len(service), len(team)) > LONGEST:
        return f"names must be {LONGEST} characters or fewer"
    if team.casefold() in seen:
        return f"{team} is already on line {seen[team.casefold()]}"
    return ""
