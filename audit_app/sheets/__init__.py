"""Spreadsheets in and out: columns checked, formulas defused, untrusted files read in a confined child."""

from audit_app.sheets.columns import (
    Column,
    Facts,
    Fault,
    Flag,
    Row,
    Sheet,
)
from audit_app.sheets.guard import guard, tidy, unguard
from audit_app.sheets.headings import one_kind, plain_heading
from audit_app.sheets.long import write_long_xlsx
from audit_app.sheets.personal import SuspectCell, looks_personal, suspect_cells
from audit_app.sheets.reading import ACCEPTED, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, plain_filename, read_sheet
from audit_app.sheets.reading_whole import Book, Page, digest, read_book
from audit_app.sheets.template import template_xlsx
from audit_app.sheets.values import as_date, as_whole_number, as_yes_no
from audit_app.sheets.workbook import MOST_ROWS as MOST_ROWS_WRITTEN
from audit_app.sheets.workbook import SheetOut, Workbook, cell_text, plain_text
from audit_app.sheets.writing import (
    cross_table,
    export_note,
    frame,
    rows_for,
    write_csv,
    write_xlsx,
)

__all__ = [
    "ACCEPTED",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "MOST_ROWS_WRITTEN",
    "Book",
    "Column",
    "Facts",
    "Fault",
    "Flag",
    "Page",
    "Row",
    "Sheet",
    "SheetOut",
    "SuspectCell",
    "Workbook",
    "as_date",
    "as_whole_number",
    "as_yes_no",
    "cell_text",
    "cross_table",
    "digest",
    "export_note",
    "frame",
    "guard",
    "looks_personal",
    "one_kind",
    "plain_filename",
    "plain_heading",
    "plain_text",
    "read_book",
    "read_sheet",
    "rows_for",
    "suspect_cells",
    "template_xlsx",
    "tidy",
    "unguard",
    "write_csv",
    "write_long_xlsx",
    "write_xlsx",
]
