"""How agreed audits answered one question: every answer of its scale, in two groups that are never added. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Points = tuple[tuple[str, str], ...]  # code and name of each answer of a scale, worst first


@dataclass(frozen=True)
class AnswerFilter:
    """Which agreed audits of an edition to count; empty means all. `start` and `end` are days of submission."""

    start: date | None = None
    end: date | None = None
    team_id: int | None = None
    how: str = ""  # random, chosen, or one way of choosing
    asked_in: str = ""  # the question set, with or without its length: child-protection/core
    answer: str = ""  # narrows the list of audits, never the numbers


@dataclass(frozen=True)
class Spread:
    """How one group of audits answered a question: those drawn at random, or those that were chosen."""

    at_random: bool
    points: Points
    counts: tuple[int, ...]
    not_applicable: int = 0

    @property
    def n(self) -> int:
        """How many gave an answer of the scale; those for whom the question did not apply are not among them."""
        return sum(self.counts)

    @property
    def answers(self) -> tuple[tuple[str, str, int], ...]:
        """Each answer of the scale, worst first: its code, its name and how many gave it."""
        return tuple((code, name, count) for (code, name), count in zip(self.points, self.counts, strict=True))

    @property
    def group(self) -> str:
        """The group as a filter names it."""
        return "random" if self.at_random else "chosen"

    @property
    def who(self) -> str:
        """The group in a sentence, after its number."""
        if self.at_random:
            return "drawn at random"
        return "that was chosen" if self.n == 1 else "that were chosen"


@dataclass(frozen=True)
class Counted:
    """How many audits of one group and one scale gave one answer."""

    points: Points
    at_random: bool
    code: str
    count: int


def spreads_of(counted: Iterable[Counted], not_applicable: str) -> tuple[Spread, ...]:
    """The whole distribution of each group, audits drawn at random first; answers of two scales are never added.

    Args:
        counted: How many gave each answer.
        not_applicable: The code of an answer that the question does not apply.
    """
    groups: dict[tuple[bool, Points], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in counted:
        groups[row.at_random, row.points][row.code] += row.count
    return tuple(
        _spread(at_random, points, counts, not_applicable)
        for (at_random, points), counts in sorted(groups.items(), key=lambda group: (not group[0][0], group[0][1]))
    )


def _spread(at_random: bool, points: Points, counts: Mapping[str, int], not_applicable: str) -> Spread:
    """An answer that its scale no longer knows keeps its code for a name, so that the numbers still add up."""
    known = {code for code, _ in points}
    strays = tuple((code, code) for code in sorted(counts) if code not in known and code != not_applicable)
    every = (*points, *strays)
    return Spread(at_random, every, tuple(counts.get(code, 0) for code, _ in every), counts.get(not_applicable, 0))
