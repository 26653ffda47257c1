"""From the rows of text a confined child found to values by column, and every fault in the order of the file."""

import re
from collections.abc import Sequence
from typing import Any

from audit_app import words
from audit_app.sheets import elsewhere, personal, values
from audit_app.sheets.columns import Column, Facts, Fault, Flag, Row, Sheet, blank_value, cell_value
from audit_app.sheets.guard import has_controls, tidy, unguard
from audit_app.sheets.headings import head_row, letter
from audit_app.sheets.places import Places, no_heading_row, places_of
from audit_app.sheets.refusal import CUT_SHORT, became_a_date

_TOTALS = re.compile(r"(?:grand |sub-?)?totals?:?|sum|count", re.IGNORECASE)
# What a spreadsheet program writes into text for a day and a month, a month and a year, and a number it cut short.
_HALF_A_DAY = re.compile(r"[0-9]{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-[0-9]{2}")
_CUT_SHORT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}")
_ONE_LINE = 300
Found = tuple[int, int, list[str]]


class Reading:
    """One file on its way from the child's rows of text to a Sheet."""

    def __init__(
        self, facts: Facts, reply: dict[str, Any], columns: Sequence[Column], *, keep_unknown: bool, door: str
    ) -> None:
        self.facts, self.reply, self.columns, self.keep_unknown = facts, reply, columns, keep_unknown
        self.door, self.is_text = door, reply["kind"] == "text"
        self.faults: list[tuple[int, int, Fault]] = []  # each with its row and place, to be put in the file's order
        self.flagged: list[Flag] = []
        self.remarks: list[str] = list(reply["remarks"])
        self.filled: list[Found] = [row for row in reply["rows"] if any(cell.strip() for cell in row[2])]
        self.days = {(row, place - 1): is_whole for row, place, is_whole in reply["days"]}
        self.found_by_child = {(row, place - 1) for row, place in reply["wrong"]}

    def sheet(self) -> Sheet:
        """The whole of it, or one fault where the file is empty, has no headings or belongs elsewhere."""
        if refusal := self._refusal():
            return self._finished((), Places(), (Fault(refusal),))
        headings = self._headings()
        filled = self._filled_places(len(headings))
        places = places_of(headings, self.columns, self.head[0], filled, keep_unknown=self.keep_unknown)
        dropped = self._flag_personal(headings, places)
        self._told_by_child(headings)
        self._faults_of_headings(places)
        rows = [self._row(line, places, dropped) for line in self.body if self._is_row(line, headings)]
        self._ask_about_days(places)
        ordered = tuple(fault for _row, _place, fault in sorted(self.faults, key=lambda told: told[:2]))
        return self._finished(tuple(rows), places, ordered)

    def _refusal(self) -> str:
        """Why there is nothing to read row by row; else the headings and the rows below them are set."""
        if not self.filled:
            return "The sheet is empty."
        texts = [cells for _number, _line, cells in self.filled]
        names = {name for column in self.columns for name in column.names}
        head = head_row(texts, names)
        if self.door and (head is None or head.known < sum(1 for column in self.columns if column.required)):
            belongs = elsewhere.where_it_belongs(texts, self.door)
            if belongs:
                return belongs
        if head is None:
            return no_heading_row(self.columns, texts[0])
        place = head.place
        self.head, self.body = self.filled[place], self.filled[place + 1 :]
        if place:
            above = "; ".join(f"“{' '.join(' '.join(cells).split())[:60]}”" for cells in texts[:place])
            self.remarks.append(f"The headings stand in row {self.head[0]}. Passed over above them: {above}.")
        return ""

    def _headings(self) -> list[str]:
        headings = [" ".join(tidy(unguard(cell)).split()) for cell in self.head[2]]
        while headings and not headings[-1] and not self.is_text:
            headings.pop()
        return headings

    def _filled_places(self, headings: int) -> list[int]:
        """Places that hold something below the headings; in a text file what lies beyond them is told row by row."""
        filled = {place for _n, _line, cells in self.body for place, cell in enumerate(cells) if cell.strip()}
        return sorted(place for place in filled if place < headings or not self.is_text)

    def _finished(self, rows: tuple[Row, ...], places: Places, faults: tuple[Fault, ...]) -> Sheet:
        facts = Facts(
            **{name: getattr(self.facts, name) for name in ("filename", "sha256", "size")},
            **{name: self.reply.get(name, "") for name in ("kind", "encoding", "separator", "sheet")},
            rows=len(rows),
            remarks=tuple(self.remarks),
        )
        return Sheet(facts, rows, faults, tuple(self.flagged), tuple(places.unknown))

    # --- faults of the whole

    def _add(self, message: str, row: int | None = None, place: int = -1, heading: str | None = None) -> None:
        self.faults.append((row or 0, place, Fault(message, row, heading)))

    def _faults_of_headings(self, places: Places) -> None:
        for fault in places.faults:
            self.faults.append((self.head[0], -1, fault))
        if not self.body:
            self._add("The sheet has headings but no rows below them.")

    def _told_by_child(self, headings: list[str]) -> None:
        """What the child found, but for what stands above the headings, which is not read."""
        for number, place, message in self.reply["faults"]:
            if number is None or number >= self.head[0]:
                named = headings[place - 1] if place and place <= len(headings) else ""
                heading = (named or letter(place)) if place else None
                self._add(message, number, place - 1 if place else -1, heading)

    def _flag_personal(self, headings: list[str], places: Places) -> set[int]:
        """Columns that look personal and were not meant to be: their places, to be left out (IM-9)."""
        dropped = set()
        for place, heading in enumerate(headings):
            column = places.columns.get(place)
            if column is not None and (column.may_be_personal or column.allowed is not None):
                continue
            filled = [cells[place].strip() for _number, _line, cells in self.body if len(cells) > place]
            kind = personal.looks_personal(heading, filled, known=column is not None)
            if kind:
                dropped.add(place)
                self.flagged.append(Flag(heading or letter(place + 1), kind, dropped=True))
            if kind and column is not None and column.required:
                message = f"this column looks like {kind}, which may not be kept here. Use your own references instead."
                self._add(message, heading=column.heading)
        return dropped

    # --- rows and cells

    def _is_row(self, found: Found, headings: list[str]) -> bool:
        """Whether a row can be read cell by cell; one fault where it cannot."""
        number, line, cells = found
        first = next(cell.strip() for cell in cells if cell.strip())
        filled = max(place for place, cell in enumerate(cells, 1) if cell.strip())
        if _TOTALS.fullmatch(first) and sum(1 for cell in cells if cell.strip()) <= 1 + len(headings) // 3:
            self.faults = [fault for fault in self.faults if fault[0] != number]
            self._add("this looks like a row of totals. Delete it.", number)
            return False
        # A workbook's rows end at their last filled cell; in text files each cell must be written out (IM-4).
        named = max(place for place, heading in enumerate(headings, 1) if heading)
        if not self.is_text or (len(cells) >= named and filled <= len(headings)):
            return True
        where = f" (line {line} of the file)" if line != number else ""
        cells_said = words.count(max(filled, len(cells)), "cell")
        counted = f"{cells_said}, but there are {words.count(named, 'heading')}"
        advice = "Mend it in a spreadsheet program."
        self._add(f"this row has {counted}{where}. {advice}", number, filled)
        return False

    def _row(self, found: Found, places: Places, dropped: set[int]) -> Row:
        number, _line, cells = found
        kept: dict[str, Any] = {column.key: blank_value(column) for column in self.columns}
        for place, column in places.columns.items():
            if place not in dropped and (number, place) not in self.found_by_child:
                kept[column.key] = self._value(number, place, column, cells[place] if place < len(cells) else "")
        return Row(number, kept)

    def _value(self, number: int, place: int, column: Column, raw: str) -> Any:
        try:
            if has_controls(raw):
                raise ValueError("this holds characters that cannot be typed. Type the cell again.")
            text = tidy(unguard(raw))
            self._check_kept(number, place, column, text.strip())
            return cell_value(column, text if column.keep_blanks else _even(text, column))
        except ValueError as error:
            self._add(str(error), number, place, column.heading)
            return None

    def _check_kept(self, number: int, place: int, column: Column, text: str) -> None:
        """Ask about what a spreadsheet program has made of a cell: a date of "4-6", 1.2E+19 of twenty figures."""
        half = self.is_text and _HALF_A_DAY.fullmatch(text) and words.month_number(text.strip("0123456789-"))
        if ((number, place) in self.days or half) and not column.takes_days:
            raise ValueError(became_a_date(text))
        if self.is_text and _CUT_SHORT.fullmatch(text):
            raise ValueError(CUT_SHORT)

    def _ask_about_days(self, places: Places) -> None:
        """Where a column writes the month first, each date in it that can be read both ways is asked about."""
        for place, column in places.columns.items():
            typed = [
                (number, cells[place])
                for number, _line, cells in self.body
                if column.takes_days and place < len(cells) and (number, place) not in self.days
            ]
            if not values.month_first([text for _number, text in typed]):
                continue
            for number, text in typed:
                if both := values.either_way(text):
                    days = words.listing([words.date_words(day) for day in both], "or")
                    advice = "Write the month as a word."
                    self._add(f"{text.strip()} may be {days}: others in this column have the month first. {advice}",
                              number, place, column.heading)  # fmt: skip


def _even(text: str, column: Column) -> str:
    """A cell's text without blanks at its ends; in a short one, such as a name, blanks of any kind are one blank."""
    return " ".join(text.split()) if column.max_length <= _ONE_LINE and "\n" not in text.strip() else text.strip()
