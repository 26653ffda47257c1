"""Writes workbooks and CSV that hold text as text, name nobody, and are byte for byte the same from equal content."""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from audit_app import clock, words
from audit_app.sheets.columns import Column
from audit_app.sheets.guard import guard, tidy

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
WIDEST = 60
# Workbooks carry a date of making; a fixed one keeps equal contents equal. The true time stands in "About this export".
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class SheetOut:
    """One sheet to write: a title, headings, rows, and notes that go on the last sheet."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()


def write_xlsx(sheets: Sequence[SheetOut], *, title: str = "", subject: str = "") -> bytes:
    """An .xlsx of these sheets: text as text, dates as dates, header frozen, nothing hidden, no author (EX-1, EX-3).

    Raises:
        ValueError: A text is longer than a cell can hold, or there are more rows than a sheet has: never cut silently.
    """
    sheets = [*sheets, *_notes(sheets)]
    stream = io.BytesIO()
    book = new_book(stream, title, subject)
    formats = make_formats(book)
    for sheet, name in zip(sheets, _sheet_names(sheets), strict=True):
        write_sheet(book.add_worksheet(name), sheet, formats)
    book.close()
    return stream.getvalue()


def new_book(stream: io.BytesIO, title: str, subject: str = "") -> xlsxwriter.Workbook:
    """A workbook in which nothing typed by a person can become a formula, a link or a number."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": tidy(title), "subject": tidy(subject), "author": "", "created": MADE})
    return book


def make_formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """The few looks of our sheets; @ tells a spreadsheet program to keep what is typed there as text."""
    top = {"valign": "top", "text_wrap": True}
    return {
        "head": book.add_format({**top, "bold": True, "bottom": 1, "bg_color": "#F3F2F1", "num_format": "@"}),
        "text": book.add_format({**top, "num_format": "@"}),
        "number": book.add_format({"valign": "top"}),
        "date": book.add_format({"valign": "top", "align": "left", "num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"valign": "top", "align": "left", "num_format": "dd/mm/yyyy hh:mm"}),
    }


def write_sheet(page: Any, sheet: SheetOut, formats: dict[str, Any]) -> None:
    """Headings, rows and widths of one sheet, ready to print on A4 landscape."""
    if len(sheet.rows) > MOST_ROWS:
        raise ValueError(f"“{sheet.title}” has {len(sheet.rows):,} rows; a sheet holds {MOST_ROWS:,}.")
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, cell_text(heading, sheet.title, 1), formats["head"])
    for number, row in enumerate(sheet.rows, 1):
        if len(row) != len(sheet.headings):
            raise ValueError(f"“{sheet.title}” row {number} has {len(row)} cells for {len(sheet.headings)} headings.")
        for place, value in enumerate(row):
            _write_cell(page, (number, place), value, formats, sheet.title)
    for place, width in enumerate(_widths(sheet)):
        page.set_column(place, place, width)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


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


def _widths(sheet: SheetOut) -> list[int]:
    """Wide enough for most cells: the longest line of the first 200 rows, between 8 and 60 characters."""
    rows = [sheet.headings, *sheet.rows[:200]]
    longest = [max((len(line) for row in rows for line in plain_text(row[place]).split("\n")), default=0)
               for place in range(len(sheet.headings))]  # fmt: skip
    return [min(WIDEST, max(8, length + 2)) for length in longest]


def _notes(sheets: Sequence[SheetOut]) -> list[SheetOut]:
    rows = [(sheet.title, note) for sheet in sheets for note in sheet.notes]
    return [SheetOut("Notes", ("Sheet", "Note"), rows)] if rows else []


def _sheet_names(sheets: Sequence[SheetOut]) -> list[str]:
    """Titles as Excel takes them: at most 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for sheet in sheets:
        plain = (
            re.sub(r"[\[\]:*?/\\]", " ", tidy(sheet.title)).replace("\n", " ").strip(" '")[:31].strip(" '") or "Sheet"
        )
        name, again = plain, 2
        while name.casefold() in {taken.casefold() for taken in names} or name.casefold() == "history":
            name, again = f"{plain[:27]} {again}", again + 1
        names.append(name)
    return names


def write_csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark, so that Excel reads Ŵ and ł right; the same guard against formulas as in workbooks."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in [headings, *rows]:
        if len(row) != len(headings):
            raise ValueError(f"A row has {len(row)} cells for {len(headings)} headings.")
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _csv_cell(value: Any) -> str:
    return plain_text(value) if is_number(value) else guard(tidy(plain_text(value)))


def export_note(*, export_id: str, level: int, chosen: str, rows: int, who: str, when: datetime) -> SheetOut:
    """The sheet that says what an export is: redaction level, filter, rows, who, when, and its id in the log (EX-4).

    Args:
        export_id: As noted in the history.
        level: Redaction level, 0 (internal) to 3 (publishable).
        chosen: The filter in words: "Audits of the North service, 1 April to 30 June 2026".
        rows: How many rows were exported, headings not counted.
        who: Role and reference of the person, never a name above level 0.
        when: The moment of export.
    """
    named = {0: "internal", 1: "leadership", 2: "inspector", 3: "publishable"}[level]
    facts = [
        ("Export", export_id),
        ("Redaction level", f"{level} ({named})"),
        ("What was chosen", chosen),
        ("Rows", rows),
        ("Exported by", who),
        ("Exported on", words.datetime_words(when)),
        (
            "Cells that begin like a formula",
            "An apostrophe stands in front of them. It comes off when the file is read back.",
        ),
    ]
    return SheetOut("About this export", ("What", "Value"), facts)


def rows_for(columns: Sequence[Column], records: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """Records as rows in column order: what goes out under the same headings comes in again."""
    return [[record.get(column.key) for column in columns] for record in records]


def frame(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """A pandas frame for tabulation: texts stay texts, and nothing is guessed to be missing."""
    import pandas as pd  # costs a second and 60 MB, so only where it is used

    return pd.DataFrame([list(row) for row in rows], columns=list(headings), dtype=object)


def cross_table(headings: Sequence[str], rows: Sequence[Sequence[Any]], down: str, across: str) -> SheetOut:
    """How often each pair of values comes: a row per value of `down`, a column per value of `across`, and totals."""
    import pandas as pd

    data = frame(headings, rows)
    table = pd.crosstab(data[down], data[across], margins=True, margins_name="Total", dropna=False)
    body = [
        [plain_text(name), *(int(number) for number in numbers)]
        for name, numbers in zip(table.index, table.to_numpy(), strict=True)
    ]
    return SheetOut(f"{down} by {across}", [down, *(plain_text(name) for name in table.columns)], body)
