"""Reads a spreadsheet of known columns: rows with their numbers, and every fault in words a person can act on."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from audit_app import limits, words
from audit_app.sheets import personal
from audit_app.sheets.columns import Column, Facts, Fault, Flag, Row, Sheet, blank_value, cell_value, plain_heading
from audit_app.sheets.guard import has_controls, tidy, unguard

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_BYTES = 25_000_000
PARSERS = {True: "audit_app.sheets.workbook", False: "audit_app.sheets.delimited"}


def read_sheet(
    data: bytes,
    filename: str,
    columns: Sequence[Column],
    *,
    keep_unknown: bool = False,
    limit: limits.Limits | None = None,
) -> Sheet:
    """Read .xlsx or .csv bytes against the columns they should have.

    Nothing is half read: the caller uses `rows` only when `ok`. With keep_unknown, columns nobody asked for are dropped
    and named in `dropped`; without it each is a fault.
    """
    if isinstance(data, str):
        raise TypeError("A sheet is read from bytes, never from a path or an address.")
    data = bytes(data)
    facts = Facts(filename=plain_filename(filename), sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    if len(data) > MOST_BYTES:
        return _refused(
            facts, f"The file is {words.file_size(len(data))}; at most {words.file_size(MOST_BYTES)} can be read."
        )
    header = json.dumps({"filename": filename, "rows": MOST_ROWS, "columns": MOST_COLUMNS}).encode()
    outcome = limits.run_limited(
        PARSERS[filename.lower().endswith(".xlsx")], header + b"\n" + data, limit or limits.Limits()
    )
    if outcome.problem:
        advice = "Copy the rows into a new workbook, or save them as CSV, and choose that."
        return _refused(facts, f"The file could not be read: {outcome.problem}. {advice}")
    reply = json.loads(outcome.output)
    if "refused" in reply:
        return _refused(facts, reply["refused"])
    return _Reading(facts, reply, columns, keep_unknown).sheet()


def plain_filename(name: str) -> str:
    """The given name as a label only: no folders, no controls, nothing that turns the reading direction (UP-3)."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip()[:200]


def _refused(facts: Facts, message: str) -> Sheet:
    return Sheet(facts=facts, faults=(Fault(message),))


class _Reading:
    """One file on its way from the child's rows of text to a Sheet."""

    def __init__(self, facts: Facts, reply: dict[str, Any], columns: Sequence[Column], keep_unknown: bool) -> None:
        self.facts, self.reply, self.columns, self.keep_unknown = facts, reply, columns, keep_unknown
        self.faults: list[Fault] = []
        self.flagged: list[Flag] = []
        self.unknown: list[str] = []
        filled = [row for row in reply["rows"] if any(cell.strip() for cell in row[2])]
        self.head = filled[0] if filled else (1, 1, [])
        self.body = filled[1:]

    def sheet(self) -> Sheet:
        headings = [tidy(unguard(cell)).strip() for cell in self.head[2]]
        places = self._places(headings)
        self._found_by_child(headings)
        if not self.body:
            self.faults.append(
                Fault("The sheet has headings but no rows below them." if headings else "The sheet is empty.")
            )
        dropped = self._flag_personal(headings, places)
        wrong = self._wrong_widths(headings)
        rows = tuple(self._row(row[0], row[2], places, dropped) for row in self.body if row[0] not in wrong)
        return self._finished(rows)

    def _finished(self, rows: tuple[Row, ...]) -> Sheet:
        facts = Facts(
            **{name: getattr(self.facts, name) for name in ("filename", "sha256", "size")},
            **{name: self.reply.get(name, "") for name in ("kind", "encoding", "separator", "sheet")},
            rows=len(self.body),
            remarks=tuple(self.reply["remarks"]),
        )
        faults = sorted(self.faults, key=lambda fault: fault.row or 0)
        return Sheet(facts, rows, tuple(faults), tuple(self.flagged), tuple(self.unknown))

    # --- headings

    def _places(self, headings: list[str]) -> dict[int, Column]:
        """Which column stands in which place; a fault for each heading doubled, missing or unknown (IM-4)."""
        by_name = {name: column for column in self.columns for name in column.names}
        places: dict[int, Column] = {}
        for place, heading in enumerate(headings):
            column = by_name.get(plain_heading(heading))
            if column is not None:
                places[place] = column
            elif heading:
                self._unknown(heading)
            elif self._has_cells(place):
                self.faults.append(Fault(f"column {_letter(place)} has no heading.", self.head[0]))
        self._doubled(headings, places)
        missing = [column.heading for column in self.columns if column.required and column not in places.values()]
        if missing and headings:
            listed = words.listing([f"“{name}”" for name in missing])
            self.faults.append(Fault(f"these headings are missing: {listed}.", self.head[0]))
        return places

    def _doubled(self, headings: list[str], places: dict[int, Column]) -> None:
        for key, times in Counter(column.key for column in places.values()).items():
            if times > 1:
                named = [headings[place] for place, column in places.items() if column.key == key]
                message = f"there are {times} columns for “{named[0]}”. Keep one."
                self.faults.append(Fault(message, self.head[0]))

    def _unknown(self, heading: str) -> None:
        self.unknown.append(heading)
        if not self.keep_unknown:
            known = words.listing([f"“{column.heading}”" for column in self.columns])
            message = f"the heading “{heading[:60]}” is not one of ours. Take the column out, or use {known}."
            self.faults.append(Fault(message, self.head[0]))

    def _has_cells(self, place: int) -> bool:
        return any(len(cells) > place and cells[place].strip() for _number, _line, cells in self.body)

    # --- cells

    def _found_by_child(self, headings: list[str]) -> None:
        for number, place, message in self.reply["faults"]:
            named = headings[place - 1] if place and place <= len(headings) else None
            heading = (named or _letter(place - 1)) if place else None
            self.faults.append(Fault(message, number, heading))

    def _wrong_widths(self, headings: list[str]) -> set[int]:
        """Rows of another width than the headings, whose cells may stand under the wrong ones (IM-4)."""
        wrong = set()
        for number, line, cells in self.body:
            # A workbook's rows end at their last filled cell; in text files each row must be written out.
            if len(cells) == len(headings) or (self.reply["kind"] != "text" and len(cells) < len(headings)):
                continue
            wrong.add(number)
            cells_said = words.count(len(cells), "cell")
            heads_said = words.count(len(headings), "heading")
            where = f" (line {line} of the file)" if line != number else ""
            self.faults.append(Fault(f"this row has {cells_said}, but there are {heads_said}{where}.", number))
        return wrong

    def _flag_personal(self, headings: list[str], places: dict[int, Column]) -> set[int]:
        """Columns that look personal and were not meant to be: their places, to be left out (IM-9)."""
        dropped = set()
        for place, heading in enumerate(headings):
            column = places.get(place)
            if column is not None and (column.may_be_personal or column.allowed is not None):
                continue
            values = [cells[place].strip() for _number, _line, cells in self.body if len(cells) > place]
            kind = personal.looks_personal(heading, values, known=column is not None)
            if kind:
                dropped.add(place)
                self.flagged.append(Flag(heading or _letter(place), kind, dropped=True))
            if kind and column is not None and column.required:
                message = f"this column looks like {kind}, which may not be kept here. Use your own references instead."
                self.faults.append(Fault(message, None, column.heading))
        return dropped

    def _row(self, number: int, cells: list[str], places: dict[int, Column], dropped: set[int]) -> Row:
        values: dict[str, Any] = {column.key: blank_value(column) for column in self.columns}
        for place, column in places.items():
            if place not in dropped:
                text = cells[place] if place < len(cells) else ""
                values[column.key] = self._value(number, column, text)
        return Row(number, values)

    def _value(self, number: int, column: Column, raw: str) -> Any:
        try:
            if has_controls(raw):
                raise ValueError("this holds characters that cannot be typed. Type the cell again.")
            text = tidy(unguard(raw))
            return cell_value(column, text if column.keep_blanks else text.strip())
        except ValueError as error:
            self.faults.append(Fault(str(error), number, column.heading))
            return None


def _letter(place: int) -> str:
    """The letter over a column, as a spreadsheet program shows it: 0 is A, 26 is AA."""
    place += 1
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
