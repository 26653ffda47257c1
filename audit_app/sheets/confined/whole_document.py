"""Reads every sheet of an OpenDocument spreadsheet into rows of text. Runs only in the confined child."""

from typing import Any

from audit_app.sheets.confined.opendocument import DAMAGED, read_tables
from audit_app.sheets.confined.opening import Asked, answered, open_document_zip
from audit_app.sheets.confined.pages import check_sheets, page_of
from audit_app.sheets.refusal import REMEDY, Refused


def answer(question: bytes) -> bytes:
    """What the confined child sends back for an OpenDocument spreadsheet."""
    return answered(question, read_document)


def read_document(data: bytes, asked: Asked) -> dict[str, Any]:
    """The rows and faults of each sheet, in their order."""
    packed = open_document_zip(data)
    try:
        sheets = read_tables(packed, asked)
    except DAMAGED:
        raise Refused(f"The spreadsheet is damaged, or was not written by a spreadsheet program. {REMEDY}") from None
    check_sheets([(sheet.title, sheet.is_shown) for sheet in sheets])
    return {"sheets": [page_of(sheet.title, sheet.gathered) for sheet in sheets]}
