"""Reads every sheet of an Excel workbook into rows of text, with the bounds and refusals of a single sheet (IM-2).

Runs only in the confined child.
"""

import io
import zipfile
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from audit_app.sheets.opening import REMEDY, Refused, answered, open_workbook_zip
from audit_app.sheets.workbook import Scan, _rows

MOST_SHEETS = 12
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
    return answered(question, "xlsx", read_workbook)


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """The rows and faults of each sheet, in their order."""
    packed = open_workbook_zip(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = book.worksheets
        if not sheets:
            raise Refused("The workbook has no sheet with rows.")
        if len(sheets) > MOST_SHEETS:
            raise Refused(f"The workbook has {len(sheets)} sheets; at most {MOST_SHEETS} can be read.")
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        if hidden:
            raise Refused(f"The sheet “{hidden[0][:60]}” is hidden. Show what is hidden, or delete it.")
        return {"sheets": [_read_sheet(packed, sheet, most_rows, most_columns) for sheet in sheets]}
    except DAMAGED:
        raise Refused(f"The workbook is damaged, or was not written by a spreadsheet program. {REMEDY}") from None


def _read_sheet(packed: zipfile.ZipFile, sheet: Any, most_rows: int, most_columns: int) -> dict[str, Any]:
    scan = Scan(most_rows, most_columns)
    with packed.open(sheet._worksheet_path) as stream:
        scan.read_xml(stream)
    rows = [[number, texts] for number, _line, texts in _rows(sheet, scan.faults, most_rows, most_columns)]
    return {"title": sheet.title, "rows": rows, "faults": scan.faults}
