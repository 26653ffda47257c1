"""Reads a workbook of several sheets as text, each cell with its place, for callers who know what the sheets mean."""

import hashlib
from dataclasses import dataclass

from audit_app import limits
from audit_app.sheets import kinds
from audit_app.sheets.guard import tidy, unguard
from audit_app.sheets.headings import letter
from audit_app.sheets.reading import MOST_COLUMNS, ROOM, ask, check_size, plain_filename
from audit_app.sheets.refusal import REMEDY, Refused

PARSERS = {kinds.Kind.xlsx: f"{ROOM}.whole_workbook", kinds.Kind.ods: f"{ROOM}.whole_document"}
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Page:
    """One sheet: its title and its filled rows, each with its number as a spreadsheet program shows it."""

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Book:
    """A whole workbook, or why it cannot be used; `pages` are only complete when there are no faults."""

    filename: str
    sha256: str
    pages: tuple[Page, ...] = ()
    faults: tuple[str, ...] = ()


def digest(data: bytes) -> str:
    """What a file is known by: the sha256 of its bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_book(data: bytes, filename: str, limit: limits.Limits | None = None) -> Book:
    """Every sheet of an .xlsx or .ods file, read in a confined child; merged, hidden or a formula is a fault."""
    data = bytes(data)
    name, known_by = plain_filename(filename), digest(data)
    try:
        check_size(data)
        kind = kinds.kind_of(data, filename)
        if kind not in PARSERS:
            raise Refused(f"A text file has only one sheet. {REMEDY}")
        reply = ask(PARSERS[kind], data, {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "names": []}, limit)
    except Refused as refused:
        return Book(name, known_by, faults=(str(refused),))
    faults = [_fault_at(page["title"], *fault) for page in reply["sheets"] for fault in page["faults"]]
    pages = tuple(Page(page["title"], tuple(_filled(page["rows"]))) for page in reply["sheets"])
    return Book(name, known_by, pages, tuple(faults))


def _filled(rows: list[tuple[int, list[str]]]) -> list[tuple[int, tuple[str, ...]]]:
    plain_rows = [(number, tuple(tidy(unguard(cell)) for cell in cells)) for number, cells in rows]
    return [(number, cells) for number, cells in plain_rows if any(cell.strip() for cell in cells)]


def _fault_at(title: str, row: int | None, column: int | None, message: str) -> str:
    place = f"Sheet “{title}”" + (f", row {row}" if row else "") + (f", column {letter(column)}" if column else "")
    return f"{place}: {message}"
