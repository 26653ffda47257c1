"""The one place where a workbook of ours is made: what is typed stays text, and each sheet can be filtered and printed.

Every sheet has its headings frozen and repeated on each printed page, a filter, widths and heights that show its text,
and its protective marking above and below each printed page; the first sheet says it on the screen as well.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from audit_app import clock, words
from audit_app.sheets import heights, names
from audit_app.sheets.guard import guard, tidy

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
_LONGEST_HEAD = 100  # letters of a title above printed pages: a header holds 255 signs in all
_A4 = 9
# Workbooks carry a date of making; a fixed one keeps equal contents equal. The true time stands in "About this export".
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


@dataclass(frozen=True)
class SheetOut:
    """One sheet to write: a title, headings, rows, and notes that go on the last sheet."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()


class Workbook:
    """A workbook that names nobody, and in which nothing typed by a person can become a formula, a link or a number."""

    def __init__(self, title: str, *, marking: str = "", subject: str = "") -> None:
        self.title, self.marking = tidy(title), tidy(marking)
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, _OPTIONS)
        self.book.set_properties({"title": self.title, "subject": tidy(subject), "author": "", "created": MADE})
        self.formats = _formats(self.book)
        self.names: list[str] = []

    def add(
        self, sheet: SheetOut, *, widths: Sequence[float] = (), looks: Sequence[str] = (), to_fill: int = 0,
        least: float = heights.LINE, marked: bool = True,
    ) -> Any:  # fmt: skip
        """Write one sheet, ready to filter and to print on A4 landscape; returns the page, for choices in its cells.

        `widths` are those of its columns where they are settled; `looks` the formats of columns a person types into,
        `to_fill` the rows they are given, `least` how high a row is in which they write. The first sheet says the
        marking above its headings, unless it is not `marked`, because a program reads it back.

        Raises:
            ValueError: A text is longer than a cell can hold, or there are more rows than a sheet has, or a row has
                not as many cells as there are headings: never cut silently.
        """
        if len(sheet.rows) > MOST_ROWS:
            raise ValueError(f"“{sheet.title}” has {len(sheet.rows):,} rows; a sheet holds {MOST_ROWS:,}.")
        first = not self.names
        self.names.append(names.free(sheet.title, self.names))
        page = self.book.add_worksheet(self.names[-1])
        top = self._mark(page) if first and marked and self.marking else 0
        wide = list(widths) or _widths(sheet)
        for place, width in enumerate(wide):
            page.set_column(place, place, width, self.formats[looks[place]] if looks else None)
        self._write(page, sheet, top, wide, least)
        last = top + max(len(sheet.rows), to_fill)
        self._make_ready(page, top, last, len(sheet.headings))
        return page

    def finished(self) -> bytes:
        """The file."""
        self.book.close()
        return self.stream.getvalue()

    def _mark(self, page: Any) -> int:
        page.write_string(0, 0, cell_text(self.marking, "Marking", 1), self.formats["marking"])
        return 1

    def _write(self, page: Any, sheet: SheetOut, top: int, wide: Sequence[float], least: float) -> None:
        heads = [cell_text(heading, sheet.title, top + 1) for heading in sheet.headings]
        for place, heading in enumerate(heads):
            page.write_string(top, place, heading, self.formats["head"])
        page.set_row(top, heights.height(heads, [max(1, width - 3) for width in wide]))
        for number, row in enumerate(sheet.rows, top + 1):
            if len(row) != len(sheet.headings):
                raise ValueError(
                    f"“{sheet.title}” row {number - top} has {len(row)} cells for {len(sheet.headings)} headings."
                )
            for place, value in enumerate(row):
                _write_cell(page, (number, place), value, self.formats, sheet.title)
            if (high := max(least, row_height(row, wide))) > heights.LINE:
                page.set_row(number, high)

    def _make_ready(self, page: Any, top: int, last: int, columns: int) -> None:
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        if columns:
            page.autofilter(top, 0, max(last, top), columns - 1)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
        page.set_header(_head({"L": self.title, "R&B": self.marking}))
        page.set_footer(_head({"L": self.names[-1], "C&B": self.marking}) + "&RPage &P of &N")


def _head(parts: dict[str, str]) -> str:
    """A header or footer of those parts that say something."""
    return "".join(f"&{place}{_in_head(words.shortened(text, _LONGEST_HEAD))}" for place, text in parts.items() if text)


def _in_head(text: str) -> str:
    """Words in a header or footer, where a single & begins an instruction."""
    return " ".join(text.split()).replace("&", "&&")


def _formats(book: Any) -> dict[str, Any]:
    """The few looks of our sheets; @ tells a spreadsheet program to keep what is typed there as text."""
    top = {"valign": "top", "text_wrap": True}
    return {
        "head": book.add_format({**top, "bold": True, "bottom": 1, "bg_color": "#F3F2F1", "num_format": "@"}),
        "text": book.add_format({**top, "num_format": "@"}),
        "number": book.add_format({"valign": "top"}),
        "date": book.add_format({"valign": "top", "align": "left", "num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"valign": "top", "align": "left", "num_format": "dd/mm/yyyy hh:mm"}),
        "marking": book.add_format({"bold": True, "num_format": "@"}),
    }


def _write_cell(page: Any, at: tuple[int, int], value: Any, formats: dict[str, Any], title: str) -> None:
    if isinstance(value, datetime):
        page.write_datetime(*at, clock.london(value).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(*at, value, formats["date"])
    elif is_number(value):
        page.write_number(*at, value, formats["number"])
    elif text := cell_text(value, title, at[0] + 1):
        page.write_string(*at, text, formats["text"])


def is_number(value: Any) -> bool:
    """Numbers Excel keeps exactly; longer ones are written as text."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and -(10**15) < value < 10**15


def cell_text(value: Any, title: str, row: int) -> str:
    """What a cell shows as text, defused; a text that does not fit is an error, not a cut."""
    text = guard(tidy(plain_text(value)))
    if len(text) > LONGEST_CELL:
        raise ValueError(f"“{title}” row {row} has a text of {len(text):,} characters; a cell holds {LONGEST_CELL:,}.")
    return text


def plain_text(value: Any) -> str:
    """A value as text: nothing for None, Yes and No, dates as 31/03/2026, moments in London time."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return words.yes_no(value)
    if isinstance(value, datetime):
        return f"{words.numeric_date(value)} {clock.london(value):%H:%M}"
    return words.numeric_date(value) if isinstance(value, date) else str(value)


def row_height(row: Sequence[Any], wide: Sequence[float]) -> float:
    """How high a row is; only texts can need more than one line."""
    return heights.height([value if isinstance(value, str) else "" for value in row], wide)


def _widths(sheet: SheetOut) -> list[int]:
    """The widths that the first 200 rows need, and what any row needs to fit the highest row there is."""
    rows = [row for row in sheet.rows if len(row) == len(sheet.headings)]
    looked_at = [[plain_text(value) for value in row] for row in rows[:200]]
    long = [[value if isinstance(value, str) and len(value) > 600 else "" for value in row] for row in rows[200:]]
    return heights.widths(sheet.headings, [*looked_at, *(row for row in long if any(row))])
