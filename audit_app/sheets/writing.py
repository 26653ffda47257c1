"""Writes workbooks and CSV that hold text as text, name nobody, and are byte for byte the same from equal content."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit_app import words
from audit_app.sheets.columns import Column
from audit_app.sheets.guard import guard, tidy
from audit_app.sheets.workbook import SheetOut, Workbook, is_number, plain_text


def write_xlsx(sheets: Sequence[SheetOut], *, title: str = "", subject: str = "", marking: str = "") -> bytes:
    """An .xlsx of these sheets: text as text, dates as dates, header frozen, nothing hidden, no author (EX-1, EX-3).

    Raises:
        ValueError: as `Workbook.add`.
    """
    book = Workbook(title, marking=marking, subject=subject)
    for sheet in [*sheets, *_notes(sheets)]:
        book.add(sheet)
    return book.finished()


def _notes(sheets: Sequence[SheetOut]) -> list[SheetOut]:
    rows = [(sheet.title, note) for sheet in sheets for note in sheet.notes]
    return [SheetOut("Notes", ("Sheet", "Note"), rows)] if rows else []


def write_csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark, so that Excel reads Ŵ and ł right; the same guard against formulas as in workbooks."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in [headings, *rows]:
        if len(row) != len(headings):
            raise ValueError(f"A row has {len(row)} cells for {len(headings)} headings.")
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _csv_cell(value: Any) -> str:
    return plain_text(value) if is_number(value) else guard(tidy(plain_text(value)))


def export_note(*, export_id: str, level: int, chosen: str, rows: int, who: str, when: datetime) -> SheetOut:
    """The sheet that says what an export is: redaction level, filter, rows, who, when, and its id in the log (EX-4).

    Args:
        export_id: As noted in the history.
        level: Redaction level, 0 (internal) to 3 (publishable).
        chosen: The filter in words: "Audits of the North service, 1 April to 30 June 2026".
        rows: How many rows were exported, headings not counted.
        who: Role and reference of the person, never a name above level 0.
        when: The moment of export.
    """
    named = {0: "internal", 1: "leadership", 2: "inspector", 3: "publishable"}[level]
    facts = [
        ("Export", export_id),
        ("Redaction level", f"{level} ({named})"),
        ("What was chosen", chosen),
        ("Rows", rows),
        ("Exported by", who),
        ("Exported on", words.datetime_words(when)),
        (
            "Cells that begin like a formula",
            "An apostrophe stands in front of them. It comes off when the file is read back.",
        ),
    ]
    return SheetOut("About this export", ("What", "Value"), facts)


def rows_for(columns: Sequence[Column], records: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """Records as rows in column order: what goes out under the same headings comes in again."""
    return [[record.get(column.key) for column in columns] for record in records]


def frame(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """A pandas frame for tabulation: texts stay texts, and nothing is guessed to be missing."""
    import pandas as pd  # costs a second and 60 MB, so only where it is used

    return pd.DataFrame([list(row) for row in rows], columns=list(headings), dtype=object)


def cross_table(headings: Sequence[str], rows: Sequence[Sequence[Any]], down: str, across: str) -> SheetOut:
    """How often each pair of values comes: a row per value of `down`, a column per value of `across`, and totals."""
    import pandas as pd

    data = frame(headings, rows)
    table = pd.crosstab(data[down], data[across], margins=True, margins_name="Total", dropna=False)
    body = [
        [plain_text(name), *(int(number) for number in numbers)]
        for name, numbers in zip(table.index, table.to_numpy(), strict=True)
    ]
    return SheetOut(f"{down} by {across}", [down, *(plain_text(name) for name in table.columns)], body)
