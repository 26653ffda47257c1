"""Writes a workbook that is too long to be held at once: part by part, with the memory of one part."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from audit_app.sheets import heights
from audit_app.sheets.row_xml import Looks, column_name, row_xml
from audit_app.sheets.workbook import MOST_ROWS, SheetOut, Workbook, plain_text

SHEET = "xl/worksheets/sheet1.xml"
ROWS_FOR_WIDTHS = 200
A_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')


@dataclass(frozen=True)
class _Frame:
    """The workbook around the rows: its first sheet has the row of samples in the place of them."""

    first: SheetOut
    title: str
    marking: str

    @property
    def row(self) -> int:
        """The number of the first row of the rows: below the headings, and below the marking where there is one."""
        return 3 if self.marking else 2

    @property
    def widths(self) -> Sequence[int]:
        """Columns as wide as the first rows need."""
        rows = [[plain_text(value) for value in row] for row in self.first.rows[:ROWS_FOR_WIDTHS]]
        return heights.widths(self.first.headings, [row for row in rows if len(row) == len(self.first.headings)])

    def around(self, note: SheetOut, rows: int) -> bytes:
        """The workbook, its filter over so many rows."""
        samples = ["text", 1, A_MOMENT.date(), A_MOMENT]
        if len(self.first.headings) < len(samples):
            raise ValueError(f"A long sheet has at least {len(samples)} columns.")
        row = [*samples, *([""] * (len(self.first.headings) - len(samples)))]
        book = Workbook(self.title, marking=self.marking)
        book.add(SheetOut(self.first.title, self.first.headings, [row]), widths=self.widths, to_fill=rows)
        book.add(note)
        return book.finished()

    def looks(self, book: bytes) -> Looks:
        """The numbers under which the workbook keeps the looks of cells."""
        with zipfile.ZipFile(io.BytesIO(book)) as whole:
            sample = re.search(rf'<row r="{self.row}"[^>]*>.*?</row>', whole.read(SHEET).decode(), re.DOTALL)
        if sample is None:
            raise RuntimeError("The workbook has no row of samples.")
        return Looks(*(int(number) for number in re.findall(rf'<c r="[A-Z]+{self.row}" s="(\d+)"', sample.group())))


def write_long_xlsx(
    file: BinaryIO, parts: Iterable[SheetOut], note: Callable[[int], SheetOut], *, title: str, folder: Path,
    marking: str = "",
) -> int:  # fmt: skip
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
    frame = _Frame(first, title, marking)
    looks = frame.looks(frame.around(note(0), 0))
    rows_file = folder / "rows.xml"
    with rows_file.open("w", encoding="utf-8") as rows_out:
        rows = _write_rows(rows_out, chain([first], coming), frame, looks)
    made = frame.around(note(rows), rows)
    if frame.looks(made) != looks:
        raise RuntimeError("The looks of cells have other numbers than a moment ago.")
    with rows_file.open("rb") as rows_in:
        _splice(file, made, rows_in, frame.row, (len(first.headings), rows))
    rows_file.unlink()
    return rows


def _write_rows(out: TextIO, parts: Iterable[SheetOut], frame: _Frame, looks: Looks) -> int:
    rows, wide = 0, frame.widths
    for part in parts:
        if rows + len(part.rows) > MOST_ROWS:
            raise ValueError(f"“{part.title}” has more than {MOST_ROWS:,} rows, as many as a sheet holds.")
        for number, row in enumerate(part.rows, rows + frame.row):
            out.write(row_xml(number, row, wide, part.title, looks))
        rows += len(part.rows)
    return rows


def _splice(file: BinaryIO, frame: bytes, rows_in: BinaryIO, first_row: int, size: tuple[int, int]) -> None:
    """The frame with the rows in the place of its own."""
    with zipfile.ZipFile(io.BytesIO(frame)) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for member in book.infolist():
            if member.filename != SHEET:
                out.writestr(member, book.read(member), zipfile.ZIP_DEFLATED)
                continue
            before, after = _around(book.read(member).decode(), first_row, size)
            long = zipfile.ZipInfo(SHEET, member.date_time)
            long.compress_type = zipfile.ZIP_DEFLATED
            with out.open(long, "w", force_zip64=True) as page:
                page.write(before)
                shutil.copyfileobj(rows_in, page, 1024 * 1024)
                page.write(after)


def _around(page: str, first_row: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """What stands before and after the rows that a frame has below its headings."""
    width, rows = size
    reach = f'<dimension ref="A1:{column_name(max(width, 1) - 1)}{rows + first_row - 1}"/>'
    head, _, rest = DIMENSION.sub(reach, page, count=1).partition(f'<row r="{first_row}"')
    _own, _, tail = rest.rpartition("</sheetData>")
    return head.encode(), f"</sheetData>{tail}".encode()
