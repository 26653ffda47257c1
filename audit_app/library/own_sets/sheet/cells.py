"""One row of a question set's workbook: its cells as values, and each fault with its sheet, row and column. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_app.library.own_sets.matching import plain
from audit_app.library.own_sets.sheet.heads import Head

Path = tuple[str | int, ...]
YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
NO = frozenset({"no", "n", "false", "0"})
NONE = frozenset({"none", "-", "–"})


@dataclass
class Reading:
    """A workbook on its way to a document: values, where each came from, and what is wrong."""

    value: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    # What was read otherwise than it stands there, in words; the scales of which nobody said which end is best; and
    # those of them whose words do not tell either.
    notes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    scale_ids: dict[str, str] = field(default_factory=dict)

    def scale_named(self, written: str | None) -> str | None:
        """The short name of a scale somebody named as the sheet “Scales” has it."""
        return self.scale_ids.get(plain(written), written) if written else written

    def place_of(self, path: Path) -> str:
        """The sheet, row and column a part of the document came from: of the nearest part that has a place."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return "The workbook"


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its cells by key, and how to name its place."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    heads: Mapping[str, Head]

    def place(self, key: str = "") -> str:
        """Sheet “Questions”, row 14, column “Type”."""
        column = f", column “{self.heads[key].heading}”" if key else ""
        return f"Sheet “{self.sheet}”, row {self.row}{column}"


def value_of(line: Line, head: Head, reading: Reading) -> Any:
    """What a cell says, as the document holds it; what its column says it stands for, where it is empty."""
    key = head.key
    if head.kind == "yes":
        return yes_of(line, key, reading, head.usual)
    if head.kind == "list":
        return list_of(line, key, reading) or head.usual
    if head.kind == "text":
        return needed_of(line, key, reading) if head.needed else text_of(line, key)
    word = line.cells.get(key, "").strip()
    if head.kind == "choice" and word:
        return choice_of(line, key, head, word, reading)
    return word or head.usual


def cell_of(head: Head, value: Any) -> str:
    """The other way: what a document holds, as its cell says it."""
    if head.kind == "yes":
        return "" if value is None else yes_word(value)
    return joined(value) if head.kind == "list" else value or ""


def joined(values: Sequence[str]) -> str:
    return ", ".join(values)


def yes_word(value: bool) -> str:
    return "yes" if value else "no"


def yes_of(line: Line, key: str, reading: Reading, empty: bool | None) -> bool | None:
    word = line.cells.get(key, "").strip().casefold()
    if not word:
        return empty
    if word in YES | NO:
        return word in YES
    reading.faults.append(f"{line.place(key)}: “{word[:40]}” is neither yes nor no. Write one of the two.")
    return empty


def list_of(line: Line, key: str, reading: Reading) -> tuple[str, ...]:
    head = line.heads[key]
    parts = [part.strip() for part in line.cells.get(key, "").replace(";", ",").replace("\n", ",").split(",")]
    named = tuple(part for part in parts if part)
    return tuple(choice_of(line, key, head, part, reading) for part in named) if head.choices else named


def choice_of(line: Line, key: str, head: Head, word: str, reading: Reading) -> str:
    """A word of a closed list, however it is written: as the list has it, or as pages say it."""
    wanted = plain(word)
    for choice in head.choices:
        if wanted in (plain(choice), plain(choice.replace("_", " ")), plain(head.names.get(choice, choice))):
            return choice
    if wanted in head.also:
        return head.also[wanted]
    known = ", ".join(choice.replace("_", " ") for choice in head.choices)
    reading.faults.append(f"{line.place(key)}: “{word[:40]}” is not one of {known}. Choose one.")
    return word


def text_of(line: Line, key: str) -> str | None:
    text = line.cells.get(key, "")
    return text if text.strip() else None


def needed_of(line: Line, key: str, reading: Reading) -> str:
    text = text_of(line, key)
    if text is None:
        reading.faults.append(f"{line.place(key)}: this is empty. Fill it in, or delete the row.")
    return text or ""


def or_none_of(line: Line, key: str, usual: str) -> str | None:
    word = line.cells.get(key, "").strip()
    if word.casefold() in NONE:
        return None
    return word or usual


def whole_of(line: Line, key: str, usual: int, reading: Reading) -> int:
    figures = line.cells.get(key, "").strip()
    if not figures:
        return usual
    if figures.isascii() and figures.isdecimal() and len(figures) < 6:
        return int(figures)
    reading.faults.append(f"{line.place(key)}: “{figures[:40]}” is not a whole number. Write figures only.")
    return usual
