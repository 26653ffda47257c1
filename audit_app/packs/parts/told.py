"""Sections that only some kinds of pack have: sentences, lists, tables and grades, in order. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """A word with the colour that helps it; the word alone says all."""

    word: str
    grade_code: str = ""
    colour: str = ""
    more: str = ""


Cell = str | Marked


@dataclass(frozen=True)
class ToldTable:
    """A table."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    nothing: str = "None"
    wide: bool = False


@dataclass(frozen=True)
class ToldPart:
    """One part of a section: under its heading sentences, then a list, then tables."""

    heading: str = ""
    sentences: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    tables: tuple[ToldTable, ...] = ()
    quiet: tuple[str, ...] = ()  # what is said in small letters after it
    large: bool = False  # whether its heading stands in the list of contents


@dataclass(frozen=True)
class ToldSection:
    """One section."""

    key: str
    title: str
    parts: tuple[ToldPart, ...]


@dataclass(frozen=True)
class KindPart:
    """The kind a pack was made as, as it stood then, and what was chosen for it."""

    key: str
    name: str
    what_for: str
    sections: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...] = ()
    two_pages: bool = False


@dataclass(frozen=True)
class NotChosenPart:
    """A section that somebody left out, and what it would have told."""

    name: str
    holds: str
