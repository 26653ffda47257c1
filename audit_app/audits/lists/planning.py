"""What a list of audits would set up: each line understood, or told what is wrong with it, all at once. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from audit_app import sheets
from audit_app.audits import case_references
from audit_app.audits.conflicts.nearness import Nearness, doubts
from audit_app.audits.lists.pasted import MOST_LINES, Wanted
from audit_app.audits.tables import Subject


@dataclass(frozen=True)
class Named:
    """Somebody or a team that a line may name, by every name it goes by."""

    id: int
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the council has, to understand a list by."""

    teams: Sequence[Named]
    auditors: Sequence[Named]
    pattern: str
    example: str
    today: date
    due_on: date  # for lines that name no day


@dataclass(frozen=True)
class Line:
    """One audit that would be set up, and what is worth a second look."""

    place: str
    reference: str
    team_id: int
    team: str
    auditor_id: int
    auditor: str
    due_on: date
    doubts: tuple[str, ...] = ()

    @property
    def pairing(self) -> tuple[int, int, str]:
        """Whom it would be given to, for which team’s record."""
        return self.auditor_id, self.team_id, self.reference


@dataclass(frozen=True)
class Plan:
    """Every line of a list as it would be set up; use the lines only when there are no faults."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]

    @property
    def doubtful(self) -> int:
        """How many lines are worth a second look."""
        return sum(bool(line.doubts) for line in self.lines)


def plan(wanted: Sequence[Wanted], known: Known, subject: Subject) -> Plan:
    """Each line understood, or every fault of every line in their order."""
    if not wanted:
        return Plan((), ("Paste at least one line: reference, team, auditor and due date",))
    if len(wanted) > MOST_LINES:
        too_many = f"The list has {len(wanted):,} lines. Set up at most {MOST_LINES:,} at a time"
        return Plan((), (too_many,))
    by_name = (_by_name(known.teams), _by_name(known.auditors))
    read = [_read(each, known, subject, *by_name) for each in wanted]
    faults = [fault for _, own in read for fault in own]
    lines = [line for line, _ in read if line is not None]
    twice = Counter(line.reference for line in lines)
    faults += [
        f"{line.place}: {line.reference} stands in the list {twice[line.reference]} times. Take the others out"
        for place, line in enumerate(lines)
        if twice[line.reference] > 1 and line.reference in {earlier.reference for earlier in lines[:place]}
    ]
    return Plan(tuple(lines), tuple(sorted(faults, key=_line_number)))


def _line_number(fault: str) -> int:
    return int(fault.partition(":")[0].removeprefix("Line "))


def _by_name(things: Sequence[Named]) -> dict[str, list[Named]]:
    named: dict[str, list[Named]] = {}
    for thing in things:
        for name in {_plain(name) for name in thing.names}:
            named.setdefault(name, []).append(thing)
    return named


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def _read(
    wanted: Wanted,
    known: Known,
    subject: Subject,
    teams: Mapping[str, list[Named]],
    auditors: Mapping[str, list[Named]],
) -> tuple[Line | None, list[str]]:
    reference = case_references.understood(wanted.reference, subject, pattern=known.pattern)
    refused = case_references.why_refused(reference, subject, pattern=known.pattern, example=known.example)
    team, no_team = _find(wanted.team, teams, "team", "Write it as it is called in this council")
    auditor, no_auditor = _find(wanted.auditor, auditors, "auditor", "Write the name or the sign-in address")
    due_on, no_day = _day(wanted.due, known)
    surplus = f"there is more on the line than four things: {wanted.surplus}" if wanted.surplus else ""
    faults = [f"{wanted.place}: {fault}" for fault in (refused, no_team, no_auditor, no_day, surplus) if fault]
    if faults or team is None or auditor is None or due_on is None:
        return None, faults
    return Line(wanted.place, reference, team.id, team.title, auditor.id, auditor.title, due_on), []


def _find(typed: str, named: Mapping[str, list[Named]], what: str, advice: str) -> tuple[Named | None, str]:
    """The one thing of that name, or what is wrong with the name."""
    if not typed:
        return None, f"the {what} is missing"
    matching = named.get(_plain(typed), [])
    if len(matching) == 1:
        return matching[0], ""
    if matching:
        return None, f"“{typed}” is the name of {len(matching)} {what}s. {advice}, so that one is meant"
    near = get_close_matches(_plain(typed), list(named), 1)
    meant = f"Did you mean “{named[near[0]][0].title}”?" if near else advice
    return None, f"“{typed}” is no {what} here. {meant}"


def _day(typed: str, known: Known) -> tuple[date | None, str]:
    if not typed:
        return known.due_on, ""
    try:
        day = sheets.as_date(typed)
    except ValueError as refusal:
        return None, f"due date: {refusal}".rstrip(".")
    if day < known.today:
        return None, f"the due date {typed} has passed. Enter a day from today on"
    return day, ""


def with_doubts(whole: Plan, near: Mapping[tuple[int, int, str], Nearness], lately: Mapping[str, str]) -> Plan:
    """The same plan, each line with what speaks for another auditor or another record."""
    return replace(whole, lines=tuple(replace(line, doubts=_doubts(line, near, lately)) for line in whole.lines))


def _doubts(line: Line, near: Mapping[tuple[int, int, str], Nearness], lately: Mapping[str, str]) -> tuple[str, ...]:
    own = doubts(line.auditor, line.team, near.get(line.pairing, Nearness()))
    again = (f"This record was audited lately: {lately[line.reference]}",) if line.reference in lately else ()
    return (*own, *again)
