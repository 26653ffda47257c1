"""Reads the first sheet of an Excel workbook into rows of text, with hard bounds and nothing hidden (IM-2, IM-3).

Runs only in the confined child: openpyxl is imported nowhere else.
"""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from openpyxl.utils import column_index_from_string, get_column_letter

from audit_app.sheets.opening import REMEDY, Refused, answered, open_workbook_zip

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
LARGEST_EXACT = 10**15
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Scan:
    """What a sheet's XML says before openpyxl is trusted with it: its bounds, and what a reader would not see."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self.most_rows, self.most_columns = most_rows, most_columns
        self.faults: list[tuple[int | None, int | None, str]] = []
        self.row = 0

    def read_xml(self, stream: Any) -> None:
        for event, node in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            tag = node.tag.replace(MAIN, "").replace(STRICT, "")
            if event == "end":
                if tag in ("row", "c"):
                    node.clear()
                continue
            look = getattr(self, f"_on_{tag}", None) if tag in ("row", "c", "f", "mergeCell", "col") else None
            if look:
                look(node)

    def _on_row(self, node: Any) -> None:
        self.row = int(node.get("r") or self.row + 1)
        self.column = 0
        if self.row > self.most_rows + 1:
            raise Refused(
                f"The sheet has a cell in row {self.row:,}; at most {self.most_rows:,} rows can be read. Delete what "
                "stands below your table, or copy the table into a new workbook."
            )
        if node.get("hidden") in ("1", "true"):
            self.faults.append((self.row, None, "this row is hidden, perhaps by a filter. Show it, or delete it."))

    def _on_c(self, node: Any) -> None:
        match = _PLACE.fullmatch(node.get("r") or "")
        self.column = column_index_from_string(match[1]) if match else self.column + 1
        if match and int(match[2]) != self.row:
            raise Refused(f"The workbook is damaged: cell {match[0]} stands in row {self.row}. {REMEDY}")
        if self.column > self.most_columns:
            letter = get_column_letter(min(self.column, 16384))
            raise Refused(
                f"The sheet has a cell in column {letter}; at most {self.most_columns} columns can be read. Delete "
                "what stands to the right of your table, or copy the table into a new workbook."
            )

    def _on_f(self, _node: Any) -> None:
        message = "this is a formula. Copy the column and paste it back as values."
        self.faults.append((self.row, self.column, message))

    def _on_mergeCell(self, node: Any) -> None:  # noqa: N802 (the element's name)
        place = _PLACE.match(node.get("ref") or "")
        row = int(place[2]) if place else None
        self.faults.append((row, None, f"cells {node.get('ref')} are merged. Unmerge them and fill each cell."))

    def _on_col(self, node: Any) -> None:
        if node.get("hidden") in ("1", "true") and int(node.get("min", "1")) <= self.most_columns:
            first, last = int(node.get("min", "1")), int(node.get("max", "1"))
            if first == last:
                named = f"column {get_column_letter(first)} is"
            else:
                named = f"columns {get_column_letter(first)} to {get_column_letter(last)} are"
            self.faults.append((None, None, f"{named} hidden. Show what is hidden, or delete it."))


def answer(question: bytes) -> bytes:
    """What the confined child sends back for a workbook."""
    return answered(question, "xlsx", read_workbook)


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """Rows, faults and remarks of the first sheet."""
    packed = open_workbook_zip(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = book.worksheets
        if not sheets:
            raise Refused("The workbook has no sheet with rows.")
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        first = sheets[0]
        scan = Scan(most_rows, most_columns)
        with packed.open(first._worksheet_path) as stream:
            scan.read_xml(stream)
        rows = list(_rows(first, scan.faults, most_rows, most_columns))
    except (
        ParseError,
        DefusedXmlException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
    ):
        raise Refused(f"The workbook is damaged, or was not written by a spreadsheet program. {REMEDY}") from None
    faults = [(None, None, f"the sheet “{name}” is hidden. Show it or delete it.") for name in hidden]
    remarks = [f"Only the first sheet, “{first.title}”, is read."] if len(sheets) > 1 else []
    kind = "Excel workbook"
    return {"kind": kind, "rows": rows, "faults": faults + scan.faults, "sheet": first.title, "remarks": remarks}


def _rows(sheet: Any, faults: list, most_rows: int, most_columns: int):
    sheet.reset_dimensions()  # what the file claims of its size is not what it holds
    for number, cells in enumerate(sheet.iter_rows(max_row=most_rows + 1, max_col=most_columns), 1):
        texts = []
        for place, cell in enumerate(cells, 1):
            try:
                texts.append(text_of(cell))
            except ValueError as error:
                faults.append((number, place, str(error)))
                texts.append("")
        while texts and not texts[-1]:
            texts.pop()
        yield number, number, texts


def text_of(cell: Any) -> str:
    """A cell as a person reads it in the sheet: dates by day, numbers without a stray .0, zeros in front kept."""
    value = cell.value
    if value is None or isinstance(value, str):
        if cell.value is not None and cell.data_type == "e":
            raise ValueError(f"this shows the error {value}. Put the value in its place.")
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (time, timedelta)):
        return str(value)
    return _number(value, cell.number_format or "")


def _number(value: float, shown_as: str) -> str:
    if not abs(value) < LARGEST_EXACT:
        raise ValueError("this number has more figures than Excel keeps. Format the cell as text and type it again.")
    whole = int(value) if value == int(value) else None
    if whole is not None and re.fullmatch(r"0{2,}", shown_as):
        return str(whole).zfill(len(shown_as))
    if shown_as.rstrip().endswith("%"):
        return f"{value * 100:.10g}%"
    return str(whole) if whole is not None else repr(value)
