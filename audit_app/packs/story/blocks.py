"""The plain blocks a pack is laid out in; a page and a PDF each know how to show every one of them. Data only."""

import re
from dataclasses import dataclass

from audit_app.packs.contents import GradeTable

_COLOURS = {"blue": "blue", "green": "green", "amber": "yellow", "red": "red", "grey": "neutral"}
_GRADES = {"outstanding": "blue", "good": "green", "requires_improvement": "yellow", "inadequate": "red"}


@dataclass(frozen=True)
class Heading:
    """A heading; with a key others can lead to it."""

    words: str
    level: int
    key: str = ""
    new_page: bool = False
    listed: bool = True
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Words. Looks: body, lead, quiet, dense."""

    words: str
    look: str = "body"
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list."""

    entries: tuple[str, ...]
    nothing: str = "None."
    kind: str = "bullets"


@dataclass(frozen=True)
class Note:
    """Words set off from the rest."""

    words: str
    title: str = ""
    kind: str = "note"


@dataclass(frozen=True)
class Pairs:
    """Names and what they are; the caption is for those who hear the page."""

    pairs: tuple[tuple[str, str], ...]
    caption: str
    kind: str = "pairs"


@dataclass(frozen=True)
class Tinted:
    """A word in a tinted cell: the word says it, the tint only helps."""

    word: str
    tone: str

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Table:
    """A table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | Tinted, ...], ...]
    widths: tuple[float, ...]
    caption: str
    nothing: str = "None"
    row_headers: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """A chart of grades with its figures as a table."""

    counts: GradeTable
    number: int = 0
    kind: str = "chart"


@dataclass(frozen=True)
class Grade:
    """A grade as a word in a box."""

    label: str
    grade: str
    tone: str
    kind: str = "grade"


@dataclass(frozen=True)
class Link:
    """Words that lead to a heading."""

    words: str
    key: str
    kind: str = "link"


Block = Heading | Paragraph | Bullets | Note | Pairs | Table | Chart | Grade | Link


def tone_of_colour(colour: str) -> str:
    """The tint of a BRAG colour."""
    return _COLOURS.get(colour, "neutral")


def tone_of_grade(code: str) -> str:
    """The tint of a grade; grades of other scales stay neutral, so that none is turned into another."""
    return _GRADES.get(code, "neutral")


def slug(words: str) -> str:
    """Words as the name of a place in the document: letters, figures and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
