"""Reads every sheet of an Excel workbook into rows of text, with the bounds and refusals of a single sheet (IM-2).

Runs only in the confined child.
"""

from typing import Any

from audit_app.sheets.confined.opening import Asked, answered, open_workbook_zip
from audit_app.sheets.confined.pages import check_sheets, page_of
from audit_app.sheets.confined.workbook import DAMAGED, look_at, sheets_of
from audit_app.sheets.refusal import REMEDY, Refused


def answer(question: bytes) -> bytes:
    """What the confined child sends back for a workbook."""
    return answered(question, read_workbook)


def read_workbook(data: bytes, asked: Asked) -> dict[str, Any]:
    """The rows and faults of each sheet, in their order."""
    packed = open_workbook_zip(data)
    try:
        sheets = sheets_of(data)
        check_sheets([(sheet.title, sheet.sheet_state == "visible") for sheet in sheets])
        return {"sheets": [page_of(sheet.title, look_at(packed, sheet, asked)) for sheet in sheets]}
    except DAMAGED:
        raise Refused(f"The workbook is damaged, or was not written by a spreadsheet program. {REMEDY}") from None
