"""The first figures of the dashboard, and what may be said of them in a sentence. Pure.

Only audits drawn at random are here: they alone may speak for the whole service.
"""

from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.words import Ours
from findings.states import Impact
from frameworks import comparisons, estimates

CLEAR = 0.0


@dataclass(frozen=True)
class GradeLine:
    """One overall grade: how many agreed audits drawn at random ended in it, in this period and the one before."""

    code: str
    name: str
    now: int
    before: int


@dataclass(frozen=True)
class HowGood:
    """The overall grades of a period beside those of the period before it, which is as long."""

    start: date
    end: date
    before_start: date
    before_end: date
    lines: tuple[GradeLine, ...]  # best first
    good: frozenset[str]  # the codes of the grades that are good or better

    @property
    def n(self) -> int:
        """How many audits of this period have an overall grade."""
        return sum(line.now for line in self.lines)

    @property
    def before_n(self) -> int:
        """How many of the period before."""
        return sum(line.before for line in self.lines)

    @property
    def good_now(self) -> int:
        """How many of this period were good or better."""
        return sum(line.now for line in self.lines if line.code in self.good)

    @property
    def good_before(self) -> int:
        """How many of the period before."""
        return sum(line.before for line in self.lines if line.code in self.good)

    @property
    def headline(self) -> str:
        """How many were good or better, with their share where there are enough for one."""
        if not self.n:
            return Ours("No agreed audit drawn at random has an overall grade in this period, so nobody can say")
        counted = f"{self.good_now:,} of {words.count(self.n, 'audit')} {words.agree(self.good_now, 'was', 'were')}"
        return Ours(f"{counted} good or better{self._share()}")

    def _share(self) -> str:
        if not estimates.may_show_percentage(self.n):
            return f"; below {estimates.NUMBERS_ONLY_BELOW} no share is given"
        in_service = estimates.in_words(self.good_now, self.n)
        likely = f": in the service as a whole, likely {in_service}" if in_service else ""
        return f" ({words.percent(self.good_now, self.n)}){likely}"

    @property
    def direction(self) -> str:
        """How that compares with the period before: better, worse, or nobody can tell."""
        enough = estimates.may_show_percentage(self.n) and estimates.may_show_percentage(self.before_n)
        change = comparisons.difference(self.good_now, self.n, self.good_before, self.before_n) if enough else None
        before = f"{self.good_before:,} of {self.before_n:,} in the period before"
        if change is None:
            return Ours(f"{before}: too few to compare, which takes {estimates.NUMBERS_ONLY_BELOW} in each")
        if change.low > CLEAR:
            return Ours(f"Better than before: {before}, and chance alone would rarely make such a difference")
        if change.high < CLEAR:
            return Ours(f"Worse than before: {before}, and chance alone would rarely make such a difference")
        return Ours(f"No clear change: {before}. So many audits cannot tell such a difference from chance")

    @property
    def charts(self) -> tuple[tuple[str, int, tuple[tuple[float, float, int], ...]], ...]:
        """A bar for each period: what it is called, its n, and where each grade's part begins and how wide it is."""
        return (
            ("This period", self.n, _bar([line.now for line in self.lines])),
            ("The period before", self.before_n, _bar([line.before for line in self.lines])),
        )


def _bar(counts: list[int]) -> tuple[tuple[float, float, int], ...]:
    """Parts of 100 in the order given, with their places; nothing is drawn for none."""
    total, start, parts = sum(counts), 0.0, []
    for place, count in enumerate(counts):
        width = 100 * count / total if total else 0.0
        if width:
            parts.append((round(start, 2), round(width, 2), place))
        start += width
    return tuple(parts)


@dataclass(frozen=True)
class HowKnown:
    """How much of the service the random audits of the period have looked at."""

    audits: int
    teams: int
    teams_looked_at: int
    groups: int
    groups_looked_at: int

    @property
    def teams_in_words(self) -> str:
        """Of how many teams a record was drawn."""
        return Ours(f"{self.teams_looked_at:,} of {words.count(self.teams, 'team')}")

    @property
    def groups_in_words(self) -> str:
        """Of how many groups of children."""
        return Ours(
            f"{self.groups_looked_at:,} of {words.count(self.groups, 'group of children', 'groups of children')}"
        )


@dataclass(frozen=True)
class ImpactLine:
    """How many open areas for improvement have this as their latest judgement of impact; None for never judged."""

    rating: Impact | None
    name: str
    areas: int


@dataclass(frozen=True)
class WhatIsDone:
    """What is being done about it, as it stands today."""

    impact: tuple[ImpactLine, ...]
    open_actions: int
    overdue_actions: int
    items_waiting: int  # what inspections and reviews asked for and nothing done answers yet
    items_late: int
    items_undated: int

    @property
    def open_areas(self) -> int:
        """How many areas for improvement are open."""
        return sum(line.areas for line in self.impact)
