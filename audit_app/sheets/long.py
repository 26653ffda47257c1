"""Writes a workbook that is too long to be held at once: part by part, with the memory of one part."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from audit_app.sheets.row_xml import Looks, column_name, row_xml
from audit_app.sheets.writing import MOST_ROWS, SheetOut, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"
ROWS_FOR_WIDTHS = 200
A_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
SAMPLE = re.compile(r'<row r="2"[^>]*>.*?</row>', re.DOTALL)
LOOK = re.compile(r'<c r="[A-Z]+2" s="(\d+)"')
DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')


def write_long_xlsx(
    file: BinaryIO, parts: Iterable[SheetOut], note: Callable[[int], SheetOut], *, title: str, folder: Path
) -> int:
    """An .xlsx of one long sheet and the sheet about it; returns how many rows were written.

    Rows go to a file in `folder` as they come. Everything around them is a workbook of ours with one row of samples,
    whose place they take.

    Raises:
        ValueError: as `write_xlsx`, and where there is no part at all: an empty register is one part without rows.
    """
    coming = iter(parts)
    first = next(coming, None)
    if first is None:
        raise ValueError("A workbook needs at least one part, with its headings.")
    looks = _looks(_frame(first, note(0), title))
    rows_file = folder / "rows.xml"
    with rows_file.open("w", encoding="utf-8") as rows_out:
        rows = _write_rows(rows_out, chain([first], coming), len(first.headings), looks)
    frame = _frame(first, note(rows), title)
    if _looks(frame) != looks:
        raise RuntimeError("The looks of cells have other numbers than a moment ago.")
    with rows_file.open("rb") as rows_in:
        _splice(file, frame, rows_in, (len(first.headings), rows))
    rows_file.unlink()
    return rows


def _write_rows(out: TextIO, parts: Iterable[SheetOut], width: int, looks: Looks) -> int:
    rows = 0
    for part in parts:
        if rows + len(part.rows) > MOST_ROWS:
            raise ValueError(f"“{part.title}” has more than {MOST_ROWS:,} rows, as many as a sheet holds.")
        for number, row in enumerate(part.rows, rows + 2):
            out.write(row_xml(number, row, width, part.title, looks))
        rows += len(part.rows)
    return rows


def _frame(first: SheetOut, note: SheetOut, title: str) -> bytes:
    """The workbook with one row of samples, its columns as wide as the first rows need."""
    samples = ["text", 1, A_MOMENT.date(), A_MOMENT]
    if len(first.headings) < len(samples):
        raise ValueError(f"A long sheet has at least {len(samples)} columns.")
    row = [*samples, *([""] * (len(first.headings) - len(samples)))]
    sheet = SheetOut(first.title, first.headings, [row, *first.rows[:ROWS_FOR_WIDTHS]])
    return write_xlsx([sheet, note], title=title)


def _looks(frame: bytes) -> Looks:
    with zipfile.ZipFile(io.BytesIO(frame)) as book:
        sample = SAMPLE.search(book.read(SHEET).decode())
    if sample is None:
        raise RuntimeError("The workbook has no row of samples.")
    return Looks(*(int(number) for number in LOOK.findall(sample.group())))


def _splice(file: BinaryIO, frame: bytes, rows_in: BinaryIO, size: tuple[int, int]) -> None:
    """The frame with the rows in the place of its own."""
    with zipfile.ZipFile(io.BytesIO(frame)) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for member in book.infolist():
            if member.filename != SHEET:
                out.writestr(member, book.read(member), zipfile.ZIP_DEFLATED)
                continue
            before, after = _around(book.read(member).decode(), size)
            long = zipfile.ZipInfo(SHEET, member.date_time)
            long.compress_type = zipfile.ZIP_DEFLATED
            with out.open(long, "w", force_zip64=True) as page:
                page.write(before)
                shutil.copyfileobj(rows_in, page, 1024 * 1024)
                page.write(after)


def _around(page: str, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """What stands before and after the rows that a frame has below its headings."""
    width, rows = size
    reach = f'<dimension ref="A1:{column_name(max(width, 1) - 1)}{rows + 1}"/>'
    head, _, rest = DIMENSION.sub(reach, page, count=1).partition('<row r="2"')
    _own, _, tail = rest.rpartition("</sheetData>")
    return head.encode(), f"</sheetData>{tail}".encode()
