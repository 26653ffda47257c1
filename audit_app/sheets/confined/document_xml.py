"""Goes down the XML of an OpenDocument spreadsheet once and keeps each cell's text, place and what hides it.

Runs only in the confined child.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import iterparse

from audit_app.sheets.confined import bounds
from audit_app.sheets.confined.found import Found, without_blank_ends
from audit_app.sheets.confined.opening import Asked
from audit_app.sheets.headings import letter

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = f"{{{_OASIS}office:1.0}}", f"{{{_OASIS}table:1.0}}", f"{{{_OASIS}text:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN = ("collapse", "filter")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
LARGEST_EXACT = 1e15


@dataclass
class Table:
    """One sheet of a document."""

    title: str
    is_shown: bool = True
    gathered: Found = field(default_factory=Found)


class Document:
    """What was read so far; `only` names the one sheet whose rows are wanted."""

    def __init__(self, asked: Asked, only: int | None, *, cut: bool) -> None:
        self.asked, self.only, self.cut = asked, only, cut
        self.sheets: list[Table] = []
        self.seen = -1
        self.sheet: Table | None = None
        self.row = self.column = self.columns_said = 0
        self.texts: list[str] = []
        self.hidden_styles: set[str] = set()

    def read_xml(self, stream: Any) -> None:
        """Take in one part of the document; each row is let go as soon as it is read."""
        for event, node in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                self._begin(node)
            else:
                self._end(node)

    def _begin(self, node: Any) -> None:
        if node.tag == f"{TABLE}table":
            self.seen += 1
            is_shown = node.get(f"{TABLE}style-name") not in self.hidden_styles
            table = Table(node.get(f"{TABLE}name") or "", is_shown)
            self.sheet = table if self.only in (None, self.seen) else None
            if self.sheet:
                self.sheets.append(self.sheet)
            self.row = self.columns_said = 0
        elif node.tag == f"{TABLE}table-row":
            self.column, self.texts = 0, []

    def _end(self, node: Any) -> None:
        if node.tag == f"{STYLE}style":
            properties = node.find(f"{STYLE}table-properties")
            if properties is not None and properties.get(f"{TABLE}display") == "false":
                self.hidden_styles.add(node.get(f"{STYLE}name"))
        elif node.tag == f"{TABLE}table-column":
            self._take_column(node)
        elif node.tag in _CELLS:
            self._take_cell(node)
        elif node.tag == f"{TABLE}table-row":
            self._take_row(node)
            node.clear()

    def _take_column(self, node: Any) -> None:
        times = _times(node, "columns")
        if self.sheet and node.get(f"{TABLE}visibility") in _HIDDEN:
            last = min(self.columns_said + times, self.asked.columns)
            self.sheet.gathered.hidden_columns |= set(range(self.columns_said + 1, last + 1))
        self.columns_said += times

    def _take_cell(self, node: Any) -> None:
        times, text = _times(node, "columns"), text_of(node)
        if not text and not node.get(f"{TABLE}formula"):
            self.column += times
            return
        if self.sheet is None:
            return
        for _each in range(times):
            self.column += 1
            if self.column > self.asked.columns and self.cut:
                return
            bounds.check(self.row + 1 if not self.cut else 1, self.column, self.asked)
            self.texts += [""] * (self.column - 1 - len(self.texts)) + [text]
            self._note(node, self.sheet.gathered, text)

    def _note(self, node: Any, gathered: Found, text: str) -> None:
        """What is to be said of a cell beside its text."""
        place = (self.row + 1, self.column)
        if node.get(f"{TABLE}formula"):
            gathered.formulas.add(place)
        elif node.get(f"{CALCEXT}value-type") == "error":
            gathered.wrong[place] = f"this shows the error {text}. Put the value in its place."
        elif abs(float(node.get(f"{OFFICE}value") or 0)) >= LARGEST_EXACT:
            gathered.wrong[place] = (
                "this number has more figures than a spreadsheet keeps. Format the cell as text and type it again."
            )
        if node.get(f"{OFFICE}value-type") == "date":
            gathered.days.append((*place, is_whole_day(text)))
            if is_whole_day(text):
                self.texts[-1] = day_of(node.get(f"{OFFICE}date-value") or "", text)
        if (
            node.get(f"{TABLE}number-columns-spanned", "1") != "1"
            or node.get(f"{TABLE}number-rows-spanned", "1") != "1"
        ):
            gathered.merged.append((place[0], _range(node, *place)))

    def _take_row(self, node: Any) -> None:
        times, texts = _times(node, "rows"), without_blank_ends(self.texts)
        first = self.row + 1
        self.row += times
        if self.sheet is None or not texts or (self.cut and first > self.asked.rows):
            return
        last = min(self.row, self.asked.rows) if self.cut else self.row
        bounds.check(last, len(texts), self.asked)
        self.sheet.gathered.rows += [(number, texts) for number in range(first, last + 1)]
        if node.get(f"{TABLE}visibility") in _HIDDEN:
            self.sheet.gathered.hidden_rows |= set(range(first, last + 1))


def _times(node: Any, what: str) -> int:
    return max(1, int(node.get(f"{TABLE}number-{what}-repeated") or 1))


def _range(node: Any, row: int, column: int) -> str:
    """The cells that are one, as a spreadsheet program names them: A4:A5."""
    right = column + int(node.get(f"{TABLE}number-columns-spanned") or 1) - 1
    down = row + int(node.get(f"{TABLE}number-rows-spanned") or 1) - 1
    return f"{letter(column)}{row}:{letter(right)}{down}"


def text_of(cell: Any) -> str:
    """The text a cell shows, its lines one under another; a comment beside it is none of its text."""
    return "\n".join(_words(paragraph) for paragraph in cell.findall(f"{TEXT}p"))


def _words(node: Any) -> str:
    """The text of a paragraph, with its kept blanks, tabs and line ends."""
    words = node.text or ""
    for child in node:
        if child.tag == f"{TEXT}s":
            words += " " * int(child.get(f"{TEXT}c") or 1)
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            words += "\t" if child.tag == f"{TEXT}tab" else "\n"
        elif child.tag != f"{OFFICE}annotation":
            words += _words(child)
        words += child.tail or ""
    return words


def is_whole_day(text: str) -> bool:
    """Whether a shown date has day, month and year: three parts beside the day of the week and the time."""
    plain = re.sub(r"\d{1,2}:\d\d(:\d\d)?.*$|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", "", text, flags=re.IGNORECASE)
    return len(re.findall(r"\w+", plain)) == 3


def day_of(value: str, text: str) -> str:
    """2027-03-31 as 31/03/2027, with its time where one is shown."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?", value)
    if not match:
        return text
    timed = f" {match[4]}" if match[4] and ":" in text and match[4] != "00:00" else ""
    return f"{match[3]}/{match[2]}/{match[1]}{timed}"
