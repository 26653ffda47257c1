"""The shape of a paper: parts with headings, and in them words, lists, tables and what only the council can say."""

from dataclasses import dataclass, field
from typing import ClassVar

from audit_app.records.papers.blanks import Blank, Kind
from audit_app.words import Ours


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    shape: ClassVar[str] = "words"

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of short things."""

    shape: ClassVar[str] = "bullets"

    items: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A table with its caption; each row has as many cells as there are columns."""

    shape: ClassVar[str] = "listing"

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths_mm: tuple[int, ...]


@dataclass(frozen=True)
class Statement:
    """A question left to the council, with its answer; an empty answer is printed as a marked blank."""

    shape: ClassVar[str] = "statement"

    blank: Blank
    text: str = ""
    who: str = ""
    on: str = ""


Line = Words | Bullets | Listing | Statement


@dataclass(frozen=True)
class Part:
    """What stands under one heading."""

    heading: Ours
    lines: tuple[Line, ...]
    level: int = 2
    folded: bool = False  # on a page it opens on demand; paper and print have all of it


@dataclass(frozen=True)
class Paper:
    """One paper, as page and as file."""

    kind: Kind
    title: Ours
    council: str
    as_at: str
    parts: tuple[Part, ...] = field(default=())

    @property
    def blanks(self) -> int:
        """How many questions the council has not answered yet."""
        return sum(isinstance(line, Statement) and not line.text for part in self.parts for line in part.lines)
