"""One thing that waits for a person, why, and how pressing it is; the order of the list. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, auto
from itertools import groupby
from typing import Any

from findings import rules

SOON_DAYS = 7


class Urgency(IntEnum):
    """How pressing a thing is; the page shows one heading for each that occurs."""

    today = auto()
    overdue = auto()
    this_week = auto()
    later = auto()


HEADINGS = {
    Urgency.today: "Today",
    Urgency.overdue: "Overdue",
    Urgency.this_week: "Within a week",
    Urgency.later: "When you can",
}


@dataclass(frozen=True)
class Line:
    """One thing that waits: what to do, why it is this person's, and the page to do it on."""

    kind: str
    urgency: Urgency
    what: str
    why: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None


@dataclass(frozen=True)
class Group:
    """The lines under one heading, and how many more of each kind are on the page behind the link."""

    heading: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()


def urgency_of(due_on: date | None, today: date) -> Urgency:
    """Overdue, within a week, or when there is time."""
    if rules.date_passed(due_on, today):
        return Urgency.overdue
    soon = rules.date_within(due_on, today, today + timedelta(days=SOON_DAYS))
    return Urgency.this_week if soon else Urgency.later


def grouped(lines: Iterable[Line], most: int = 5) -> tuple[Group, ...]:
    """The lines by urgency, then date; of each kind at most `most`, the rest folded into one line.

    A list of sixty is no list of what to do today: the pages behind the links show all.
    """
    ordered = sorted(lines, key=lambda line: (line.urgency, line.due_on or date.max))
    return tuple(
        _group(urgency, tuple(some), most) for urgency, some in groupby(ordered, key=lambda line: line.urgency)
    )


def _group(urgency: Urgency, lines: Sequence[Line], most: int) -> Group:
    unfolded: list[Line] = []
    folded: dict[str, list[Line]] = {}
    for line in lines:
        of_kind = [other for other in unfolded if other.kind == line.kind]
        if len(of_kind) < most or line.kind not in MORE:
            unfolded.append(line)
        else:
            folded.setdefault(line.kind, []).append(line)
    return Group(HEADINGS[urgency], tuple(unfolded), tuple(_fold(some) for some in folded.values()))


# The page that lists all of a kind; where there is none, nothing is folded away.
MORE = {
    "audit": ("more audits of yours", "audits.index", {}),
    "agree": ("more submitted audits", "audits.index", {"stage": "submitted"}),
    "concern": ("more open concerns", "audits.concerns", {}),
    "audit_action": ("more actions from audits", "audits.update_actions", {}),
    "plan_action": ("more plan actions", "improvement.your_actions", {}),
    "plan_review": ("more plans to review", "improvement.list_plans", {}),
    "verify": ("more plan actions to verify", "improvement.list_actions", {"state": "completed"}),
    "pack": ("more evidence packs", "packs.list_packs", {}),
}


def _fold(lines: Sequence[Line]) -> Line:
    words, endpoint, values = MORE[lines[0].kind]
    return Line(lines[0].kind, lines[0].urgency, f"{len(lines):,} {words}", "", endpoint, dict(values))
