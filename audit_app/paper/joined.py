"""Pages that others made and that stand behind ours, ready to be written. Data only.

Nothing here reads a PDF. Whoever took the pages apart gives each object in pieces, so that it can be numbered anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Piece = tuple[bytes, int]  # bytes, and the number of the part of the same file that they refer to; 0 for none


@dataclass(frozen=True)
class Sheet:
    """One page as it is to stand in the file: the part that draws it, its size in points, where its stamp goes."""

    part: int
    wide: float
    high: float
    at: str  # top, bottom: in its own margin; below: on a strip added to it, because neither was free


@dataclass(frozen=True)
class Behind:
    """The pages of one file, how many objects they need, and those objects in the order of their numbers from 1."""

    sheets: Sequence[Sheet]
    parts: int
    each_part: Callable[[], Iterable[list[Piece]]]
    mark: str = ""  # of the file they are from: equal files, equal mark


@dataclass(frozen=True)
class Stamped:
    """Pages in their place: behind which of our pages, and what is drawn in the margin of each."""

    after: int  # counted from 1, in the order in which ours are bound
    behind: Behind
    stamps: Sequence[bytes]
