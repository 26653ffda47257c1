"""Reads a workbook of several sheets as text, each cell with its place, for callers who know what the sheets mean."""

import hashlib
import json
from dataclasses import dataclass

from audit_app import limits, words
from audit_app.sheets.guard import tidy, unguard
from audit_app.sheets.reading import MOST_BYTES, MOST_COLUMNS, plain_filename

PARSER = "audit_app.sheets.whole_workbook"
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
    """Every sheet of an .xlsx file, read in a confined child; merged cells, formulas and hidden parts are faults."""
    data = bytes(data)
    name, known_by = plain_filename(filename), digest(data)
    if len(data) > MOST_BYTES:
        refusal = f"The file is {words.file_size(len(data))}; at most {words.file_size(MOST_BYTES)} can be read."
        return Book(name, known_by, faults=(refusal,))
    header = json.dumps({"filename": filename, "rows": MOST_ROWS, "columns": MOST_COLUMNS}).encode()
    outcome = limits.run_limited(PARSER, header + b"\n" + data, limit or limits.Limits())
    if outcome.problem:
        refusal = f"The file could not be read: {outcome.problem}. Copy the sheets into a new workbook and choose that."
        return Book(name, known_by, faults=(refusal,))
    reply = json.loads(outcome.output)
    if "refused" in reply:
        return Book(name, known_by, faults=(reply["refused"],))
    faults = [_fault_at(page["title"], *fault) for page in reply["sheets"] for fault in page["faults"]]
    pages = tuple(Page(page["title"], tuple(_filled(page["rows"]))) for page in reply["sheets"])
    return Book(name, known_by, pages, tuple(faults))


def _filled(rows: list[tuple[int, list[str]]]) -> list[tuple[int, tuple[str, ...]]]:
    plain_rows = [(number, tuple(tidy(unguard(cell)) for cell in cells)) for number, cells in rows]
    return [(number, cells) for number, cells in plain_rows if any(cell.strip() for cell in cells)]


def _fault_at(title: str, row: int | None, column: int | None, message: str) -> str:
    place = f"Sheet “{title}”" + (f", row {row}" if row else "") + (f", column {letter(column)}" if column else "")
    return f"{place}: {message}"


def letter(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
