"""The plain blocks a pack is laid out in; a page and a PDF each know how to show every one of them. Data only."""

import re
from dataclasses import dataclass

from audit_app.packs.contents import GradeTable

_COLOURS = {"blue": "blue", "green": "green", "amber": "yellow", "red": "red", "grey": "neutral"}


@dataclass(frozen=True)
class Heading:
    """A heading; with a key others can lead to it."""

    words: str
    level: int
    key: str = ""
    new_page: bool = False
    apart: bool = False  # begins a page as well, unless most of this one would be left empty
    listed: bool = True
    # What follows, up to the next such heading: set smaller where that makes it one page; kept whole on its page.
    fits: bool = False
    whole: bool = False
    small: bool = False
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
    look: str = "bullet"
    kind: str = "bullets"


@dataclass(frozen=True)
class Note:
    """Words set off from the rest."""

    words: str
    title: str = ""
    look: str = "note"
    kind: str = "note"


@dataclass(frozen=True)
class Pairs:
    """Names and what they are; the caption is for those who hear the page."""

    pairs: tuple[tuple[str, str], ...]
    caption: str
    small: bool = False  # on paper in smaller letters and closer lines
    kind: str = "pairs"


@dataclass(frozen=True)
class Tinted:
    """A word in a tinted cell: the word says it, the tint only helps."""

    word: str
    tone: str
    more: str = ""  # what is said under the word

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.word, self.more)))


@dataclass(frozen=True)
class Across:
    """A row that heads the rows below it, over all the columns."""

    words: str
    more: str = ""  # what is said of all of them, in plain letters


@dataclass(frozen=True)
class WhichPages:
    """A cell that says on which pages an exhibit stands; a page on a screen says how many it has."""

    number: str
    key: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {'page' if self.count == 1 else 'pages'}"


@dataclass(frozen=True)
class Table:
    """A table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | Tinted | WhichPages, ...] | Across, ...]
    widths: tuple[float, ...]
    caption: str
    nothing: str = "None"
    row_headers: bool = False
    wide: bool = False  # on paper on a page that lies on its side
    small: bool = False  # on paper in smaller letters and closer lines
    close: bool = False  # on paper with hardly any room between its rows
    fitted: bool = False  # on paper its widths are moved to those with which it needs fewest lines
    titled: bool = True  # whether paper prints the caption; who hears a page is told it always
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """A chart of grades with its figures as a table."""

    counts: GradeTable
    number: int = 0
    kind: str = "chart"


@dataclass(frozen=True)
class Bars:
    """A table of grades as bars with their figures, and how many were good or better with the range as last column.

    A page shows the picture and the table of its figures one after the other; paper has the bars inside the table.
    """

    counts: GradeTable
    figures: Table
    number: int = 0
    kind: str = "bars"


@dataclass(frozen=True)
class Lists:
    """Short lists, each under its heading: beside each other on paper, one after the other on a page."""

    lists: tuple[tuple[str, tuple[str, ...]], ...]
    look: str = "cell-bullet"
    bulleted: bool = True  # else each entry is a paragraph
    kind: str = "lists"


@dataclass(frozen=True)
class Turn:
    """On paper the next page lies on its side, or stands upright again; a page on a screen has no sides."""

    wide: bool
    kind: str = "turn"


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


@dataclass(frozen=True)
class ExhibitFiles:
    """The files of exhibits, to be opened from a page: what each is called, its evidence and version."""

    files: tuple[tuple[str, str, int], ...]
    kind: str = "exhibit_files"


@dataclass(frozen=True)
class PagesBehind:
    """On paper the pages of an exhibit follow here."""

    number: str
    reference: str
    version: int
    kind: str = "pages_behind"


Block = (
    Heading | Paragraph | Bullets | Note | Pairs | Table | Chart | Bars | Lists | Turn | Grade | Link | ExhibitFiles
    | PagesBehind
)  # fmt: skip


def tone_of_colour(colour: str) -> str:
    """The tint of a BRAG colour."""
    return _COLOURS.get(colour, "neutral")


def slug(words: str) -> str:
    """Words as the name of a place in the document: letters, figures and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
