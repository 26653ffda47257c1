"""What a spreadsheet's columns must hold, and what was found in them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from audit_app import words
from audit_app.sheets.headings import plain_heading
from audit_app.sheets.values import as_date, quoted

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Column:
    """One column a sheet may have.

    `parse` turns the text of a filled cell into a value and raises ValueError with a plain sentence. `allowed` are the
    choices, as texts or as {text in the sheet: value}. `may_be_personal` says names or addresses belong here (IM-9).
    """

    key: str
    heading: str
    required: bool = False
    max_length: int = LONGEST_TEXT
    parse: Callable[[str], Any] | None = None
    allowed: Collection[str] | Mapping[str, Any] | None = None
    may_be_personal: bool = False
    aliases: Sequence[str] = ()
    hint: str = ""
    keep_blanks: bool = False

    @property
    def names(self) -> set[str]:
        """What its heading may be, as `plain_heading` makes it."""
        return {plain_heading(name) for name in (self.heading, *self.aliases)}

    @property
    def takes_days(self) -> bool:
        """Whether a cell that holds a date belongs here."""
        return self.parse is as_date


@dataclass(frozen=True)
class Fault:
    """One thing to mend, with its place."""

    message: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = ", ".join(
            ([f"Row {self.row}"] if self.row else []) + ([f"column “{self.column}”"] if self.column else [])
        )
        text = f"{place}: {self.message}" if place else self.message
        return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet program shows it, and its values by column key."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass(frozen=True)
class Flag:
    """A column that looks as if it holds personal data, and whether it was left out."""

    heading: str
    looks_like: str
    dropped: bool

    def __str__(self) -> str:
        done = "It was left out." if self.dropped else "Check that it belongs here."
        return f"Column “{self.heading}” looks like {self.looks_like}. {done}"


@dataclass(frozen=True)
class Facts:
    """What can be said of the file itself, to show in the preview."""

    filename: str
    sha256: str
    size: int
    kind: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    rows: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet as read: every row, and every fault. Use the rows only when `ok`."""

    facts: Facts
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    flagged: tuple[Flag, ...] = ()
    dropped: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        return not self.faults


def cell_value(column: Column, text: str) -> Any:
    """The value of one cell; ValueError, in a sentence, when it cannot be."""
    if not text:
        if column.required:
            raise ValueError("this is blank, and it is needed in every row.")
        return blank_value(column)
    if len(text) > column.max_length:
        surplus = len(text) - column.max_length
        raise ValueError(f"this has {len(text):,} characters; take out {surplus:,} to keep to {column.max_length:,}.")
    value = _chosen(column.allowed, text) if column.allowed is not None else text
    return column.parse(value) if column.parse else value


def blank_value(column: Column) -> Any:
    """What an empty cell means: no value where values are parsed or chosen from, no text otherwise."""
    return None if column.parse or isinstance(column.allowed, Mapping) else ""


def _chosen(allowed: Collection[str] | Mapping[str, Any], text: str) -> Any:
    choices = {plain_heading(choice): choice for choice in allowed}
    choice = choices.get(plain_heading(text))
    if choice is not None:
        return allowed[choice] if isinstance(allowed, Mapping) else choice
    refusal = f"“{quoted(text)}” is not one of the choices. "
    if len(choices) <= 12:
        raise ValueError(refusal + f"Use {words.listing(list(choices.values()), 'or')}.")
    near = get_close_matches(plain_heading(text), list(choices), 1)
    raise ValueError(
        refusal + (f"Did you mean “{choices[near[0]]}”?" if near else f"There are {len(choices)} to choose from.")
    )
