"""Answers counted as a workbook: one row an answer of a question and group, and what was counted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from audit_app.audits.answers_counted.counting import BY_WORDS, By, CountRow
from audit_app.audits.answers_counted.queries import Counted
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut, export_note, write_xlsx

HEADINGS = ("Domain", "Question", "Audits", "Group", "Answer", "Number", "n", "Share of n", "Does not apply")


def counted_workbook(
    counted: Counted,
    by: By,
    *,
    export_id: str,
    chosen: str,
    who: str,
    now: datetime,
    own: OwnWords = NONE,
    marking: str = "",
) -> bytes:
    """The workbook's bytes."""
    headings = tuple(BY_WORDS[by] if name == "Group" and by is not By.question else name for name in HEADINGS)
    rows = list(_lines(counted, by))
    sheet = in_own_words(SheetOut("Answers counted", headings, rows), own)
    note = export_note(export_id=export_id, level=0, chosen=chosen, rows=len(rows), who=who, when=now)
    return write_xlsx([sheet, note], title=own.say("Answers counted"), marking=marking)


def _lines(counted: Counted, by: By) -> Iterator[list[Any]]:
    for section in counted.sections:
        how = "Drawn at random" if section.at_random else "Chosen"
        texts = {question.key: f"{question.number} {question.text}" for question in counted.questions.questions}
        for title, tables in section.domains:
            for row in (row for table in tables for row in table.rows):
                yield from _of_row(title, texts[row.key] if by is not By.question else row.label, how, row, by)


def _of_row(title: str, text: str, how: str, row: CountRow, by: By) -> Iterator[list[Any]]:
    group = "All" if by is By.question else row.label
    for cell in row.cells:
        yield [
            title, text, how, group, cell.name, cell.count, row.n, cell.share or None,
            row.spread.not_applicable,
        ]  # fmt: skip
