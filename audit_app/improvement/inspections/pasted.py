"""A list pasted from a report as its preview shows it: its entries, what stands over each, what was confirmed. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten

from audit_app import clock
from findings import bullets, worded_dates
from findings.bullets import Bullet, Entry, Part, Role, Unit
from findings.rules import months_later
from findings.states import FindingKind, Timescale

PARTS = (
    (Part.item, "A finding of its own"),
    (Part.above, "Goes on from the finding above"),
    (Part.heading, "A heading over what follows"),
    (Part.addressee, "Says who must act on what follows"),
    (Part.passed, "Left out"),
)

NAMES = {Role.heading: "Heading", Role.addressee: "Who must act", Role.passed: "Left out"}


@dataclass(frozen=True)
class PastedRow:
    """One piece of a pasted list as a person confirmed it."""

    text: str
    kind: FindingKind
    judgement_area: str = ""
    paragraphs: str = ""
    timescale: Timescale | None = None
    by_when: str = ""
    due_on: date | None = None
    agencies: str = ""


@dataclass(frozen=True)
class ShownEntry:
    """An entry as the preview shows it: its place, its number among the findings, and what stands over it."""

    place: int
    entry: Entry
    number: int | None = None
    over: str = ""
    lines_high: int = 2

    @property
    def role(self) -> Role:
        """Its part in the list."""
        return self.entry.role


def shown(entries: Sequence[Entry]) -> list[ShownEntry]:
    """Each entry for the preview; findings are counted from one."""
    over, counted_from_one = dict(bullets.placed_bullets(entries)), numbers(entries)
    return [
        ShownEntry(place, entry, counted_from_one.get(place), _over(over.get(place)), _lines_high(entry.text))
        for place, entry in enumerate(entries)
    ]


def numbers(entries: Sequence[Entry]) -> dict[int, int]:
    """The place of each finding among the entries, and its number from one."""
    return {place: number for number, (place, _bullet) in enumerate(bullets.placed_bullets(entries), start=1)}


def is_chosen(value: object, offered: object) -> bool:
    """Whether a person chose something else than the list itself says; nothing and an empty choice are one."""
    return (value or None) != (offered or None)


def named(text: str) -> str:
    """The first words of an entry, in quotation marks, by which its fields are told apart."""
    return f"“{shorten(text, 44, placeholder=' …')}”"


def _over(bullet: Bullet | None) -> str:
    """The heading and the addressee of a finding, as its caption says them."""
    if bullet is None:
        return ""
    parts = dict.fromkeys(part.rstrip(": ") for part in (bullet.by_when, bullet.heading, bullet.addressee) if part)
    return ": ".join(parts)


def _lines_high(text: str) -> int:
    """About as many lines as the words take in their box."""
    return min(12, max(2, sum(1 + len(line) // 60 for line in text.split("\n"))))


def due_of(bullet: Bullet, published: date | None) -> date | None:
    """The day by which a heading asks for a piece: so long after publication, or the day it names."""
    term = bullets.term_in(bullet.by_when)
    if term is None:
        return worded_dates.last_day(bullet.by_when)
    if published is None:
        return None
    if term.unit is Unit.months:
        return months_later(published, term.count)
    if term.unit is Unit.working_days:
        return clock.add_working_days(published, term.count)
    return published + timedelta(days=term.count * (7 if term.unit is Unit.weeks else 1))


def packed(entries: Sequence[Entry]) -> str:
    """The entries as text, carried by the preview."""
    return json.dumps([[entry.role.value, entry.text, entry.lines] for entry in entries], ensure_ascii=False)


def unpacked(text: str) -> list[Entry] | None:
    """The other way round; None for what no preview has written."""
    try:
        rows = json.loads(text)
        return [Entry(Role(role), str(words), tuple(int(line) for line in lines)) for role, words, lines in rows]
    except (ValueError, TypeError):
        return None


def counted(entries: Sequence[Entry]) -> tuple[int, int]:
    """How many findings a list holds, and how many of its entries are left out."""
    roles = [entry.role for entry in entries]
    return roles.count(Role.item), roles.count(Role.passed)
