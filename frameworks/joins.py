"""Which areas of other editions an area is joined to by the crosswalk, how firmly, and along which lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from frameworks.crosswalk import AreaReference, area_named
from frameworks.crosswalk_file import Crossing

# How one area stands to another, the firmest first. "part_of": it is a part of the other; "whole_of": the other is a
# part of it; "overlaps": the two share ground, and what is counted of one says nothing sure of the other.
Tie = Literal["itself", "same", "part_of", "whole_of", "overlaps"]
FIRMEST_FIRST: tuple[Tie, ...] = ("itself", "same", "part_of", "whole_of", "overlaps")
_BACKWARDS: dict[str, Tie] = {"same": "same", "part_of": "whole_of", "overlaps": "overlaps"}


@dataclass(frozen=True)
class Join:
    """An area that another is joined to: how, and by which lines of the crosswalk, in the order they were followed."""

    area: AreaReference
    tie: Tie
    lines: tuple[Crossing, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether what is said of the one is said of the other: the area itself, or the same under another edition."""
        return self.tie in ("itself", "same")


def joined(area: AreaReference, crossings: Iterable[Crossing]) -> tuple[Join, ...]:
    """Every area that an area is joined to, itself first, then the firmest and shortest joins first.

    Lines that say "same" are followed as far as they lead. Of the others a join holds one at most: two weak lines after
    one another would join what nobody has compared. Lines from our own domains ("speaks to") join no areas.

    Args:
        area: Where to begin.
        crossings: The lines of the crosswalk.

    Returns:
        Each area once, by its firmest join, and of joins equally firm by the one with the fewest lines.
    """
    lines = [line for line in crossings if line.relation in _BACKWARDS]
    joins = {area: Join(area, "itself")}
    for tie in FIRMEST_FIRST[1:]:
        starts = [join for join in joins.values() if join.is_same]
        _follow(joins, starts, lines, tie)
    return tuple(sorted(joins.values(), key=lambda join: (FIRMEST_FIRST.index(join.tie), len(join.lines))))


def _follow(joins: dict[AreaReference, Join], starts: list[Join], lines: list[Crossing], tie: Tie) -> None:
    """Add what one line of a kind leads to, and all that is the same as it, the nearest first."""
    waiting = starts if tie == "same" else list(_steps(starts, lines, tie, tie))
    for join in waiting:  # grows while it is read: a breadth-first walk
        if joins.setdefault(join.area, join) is join:
            waiting += _steps([join], lines, "same", tie)


def _steps(starts: Iterable[Join], lines: list[Crossing], relation: Tie, tie: Tie) -> Iterator[Join]:
    for start in starts:
        here = str(start.area)
        for line in lines:
            if line.from_ == here and line.relation == relation:
                yield Join(area_named(line.to), tie, (*start.lines, line))
            elif line.to == here and _BACKWARDS[line.relation] == relation:
                yield Join(area_named(line.from_), tie, (*start.lines, line))
