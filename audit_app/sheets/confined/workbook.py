"""Reads one sheet of an Excel workbook into rows of text as shown, with hard bounds and nothing hidden (IM-2, IM-3).

Runs only in the confined child: openpyxl is imported nowhere else.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from audit_app.sheets.confined import shown
from audit_app.sheets.confined.choosing import best_sheet, remarks_on_others
from audit_app.sheets.confined.found import Found, without_blank_ends
from audit_app.sheets.confined.opening import Asked, answered, open_workbook_zip
from audit_app.sheets.confined.scan import Scan
from audit_app.sheets.headings import LOOKED_AT
from audit_app.sheets.refusal import REMEDY, Refused

DAMAGED = (
    ParseError,
    DefusedXmlException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    IndexError,
)


def answer(question: bytes) -> bytes:
    """What the confined child sends back for a workbook."""
    return answered(question, read_workbook)


def read_workbook(data: bytes, asked: Asked) -> dict[str, Any]:
    """Rows, faults and remarks of the sheet that holds the headings asked for, or of the first."""
    packed = open_workbook_zip(data)
    try:
        sheets = sheets_of(data)
        seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
        tops = [_top(sheet, asked) for sheet in seen]
        chosen = best_sheet(tops, asked.names)
        gathered = look_at(packed, seen[chosen], asked)
    except DAMAGED:
        raise Refused(f"The workbook is damaged, or was not written by a spreadsheet program. {REMEDY}") from None
    titles = [sheet.title for sheet in seen]
    return {
        "kind": "Excel workbook",
        "sheet": titles[chosen],
        "rows": [(number, number, texts) for number, texts in gathered.rows],
        "faults": [*hidden_sheets(sheets), *gathered.faults()],
        "wrong": gathered.wrong_cells(),
        "days": gathered.days,
        "remarks": remarks_on_others(titles, tops, chosen, asked.names),
    }


def sheets_of(data: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    if not book.worksheets:
        raise Refused("The workbook has no sheet with rows.")
    return book.worksheets


def hidden_sheets(sheets: list[Any]) -> list[tuple[None, None, str]]:
    """A fault for each sheet that a person does not see."""
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    return [(None, None, f"the sheet “{name}” is hidden. Show it or delete it.") for name in hidden]


def look_at(packed: zipfile.ZipFile, sheet: Any, asked: Asked) -> Found:
    """One sheet, scanned first and then read."""
    gathered = Found()
    with packed.open(sheet._worksheet_path) as stream:
        Scan(asked, gathered).read_xml(stream)
    for number, cells in enumerate(_cells(sheet, asked.rows + 1, asked.columns), 1):
        gathered.rows.append((number, without_blank_ends(_texts(gathered, number, cells))))
    return gathered


def _cells(sheet: Any, most_rows: int, most_columns: int) -> Iterator[Any]:
    sheet.reset_dimensions()  # what the file claims of its size is not what it holds
    return sheet.iter_rows(max_row=most_rows, max_col=most_columns)


def _top(sheet: Any, asked: Asked) -> list[list[str]]:
    rows = _cells(sheet, LOOKED_AT, asked.columns)
    return [[cell.value if isinstance(cell.value, str) else "" for cell in cells] for cells in rows]


def _texts(gathered: Found, number: int, cells: Any) -> Iterator[str]:
    for place, cell in enumerate(cells, 1):
        try:
            text = text_of(cell)
        except ValueError as error:
            gathered.wrong[number, place] = str(error)
            text = "?"  # so that the cell counts as filled: its fault is told, and no second one
        if isinstance(cell.value, (date, datetime)):
            gathered.days.append((number, place, shown.is_whole_day(cell.number_format or "")))
        yield text


def text_of(cell: Any) -> str:
    """A cell as a person reads it in the sheet: days as 31/03/2027, numbers with the figures that are shown.

    Raises:
        ValueError: It shows an error, or what it shows cannot be told.
    """
    value = cell.value
    if value is None or isinstance(value, str):
        if value is not None and cell.data_type == "e":
            raise ValueError(f"this shows the error {value}. Put the value in its place.")
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (date, datetime)):
        return shown.date_as_shown(value, cell.number_format or "")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, timedelta) else shown.number_as_shown(value, cell.number_format or "")
