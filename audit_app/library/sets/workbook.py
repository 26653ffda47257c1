"""A question set as a workbook to answer away from the network; the page of an audit takes it back."""

import io
import math
from typing import Any

from audit_app.library.sets.offline import (
    ABOUT,
    ANSWER,
    CHOICES,
    FINGERPRINT,
    HEADINGS,
    QUESTIONS,
    SAW,
    OfflineRow,
    rows_of,
)
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut
from audit_app.sheets.reading_whole import letter
from audit_app.sheets.writing import cell_text, make_formats, new_book, write_sheet
from frameworks import QuestionSet

LINE_POINTS = 15.0
WIDTHS = (22, 9, 55, 40, 26, 60, 28)
HOW = (
    "On the sheet “Questions”, choose an answer in each row and write what you saw. The other cells are locked, "
    "without a password, so that nothing is lost by accident. No names of children or workers."
)
AFTERWARDS = (
    "Open the audit, choose “Bring in an offline form” and choose this file, saved as .xlsx or .ods. You see every "
    "answer before it is saved. What is left empty here changes nothing there."
)
# What may be done on a locked sheet: whoever fills it in makes room for what they write.
ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True}


def blank_workbook(questions: QuestionSet, version: str, own: OwnWords = NONE) -> bytes:
    """One row for each question and what stands beside it, with its answers to choose from, then the grades."""
    stream = io.BytesIO()
    book = new_book(stream, f"{questions.title}: blank form")
    formats = make_formats(book)
    to_fill = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@", "locked": False})
    about = book.add_worksheet(ABOUT)
    write_sheet(about, _about(questions, version, own), formats)
    page = book.add_worksheet(QUESTIONS)
    rows = rows_of(questions, own)
    write_sheet(page, SheetOut(QUESTIONS, HEADINGS, [_cells(row) for row in rows]), formats)
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width, formats["text"])
    for place, row in enumerate(rows, 1):
        page.set_row(place, _height(row))
        for column in (ANSWER, SAW):
            page.write_blank(place, column, None, to_fill)
    page.protect("", ALLOWED)
    _offer(book, page, rows, formats)
    book.close()
    return stream.getvalue()


def _cells(row: OfflineRow) -> tuple[str, ...]:
    return (row.domain, row.number, row.text, row.help, "", "", row.key)


def _height(row: OfflineRow) -> float:
    """High enough for the longest of its texts: LibreOffice leaves a row as high as it was written."""
    lines = (
        sum(math.ceil(max(1, len(line)) / (0.9 * width)) for line in text.split("\n"))
        for text, width in zip(_cells(row), WIDTHS, strict=True)
    )
    return LINE_POINTS * max(2, *lines)


def _offer(book: Any, page: Any, rows: list[OfflineRow], formats: Any) -> None:
    """Each row's answers to choose from: they stand on a sheet of their own, so length and commas do not matter."""
    lists = list(dict.fromkeys(row.choices for row in rows if row.choices))
    if not lists:
        return
    columns = [[names[at] if at < len(names) else "" for names in lists] for at in range(max(map(len, lists)))]
    headings = [f"List {place}" for place, _ in enumerate(lists, 1)]
    choices = book.add_worksheet(CHOICES)
    write_sheet(choices, SheetOut(CHOICES, headings, columns), formats)
    choices.protect("", ALLOWED)
    for place, row in enumerate(rows, 1):
        if row.choices:
            column = f"${letter(lists.index(row.choices) + 1)}"
            source = f"={CHOICES}!{column}$2:{column}${len(row.choices) + 1}"
            page.data_validation(place, ANSWER, place, ANSWER, _rule(source))


def _rule(source: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Not one of the answers",
        "error_message": cell_text("Choose from the list, or leave it empty.", "", 1),
    }


def _about(questions: QuestionSet, version: str, own: OwnWords) -> SheetOut:
    rows = [
        ("Question set", questions.title),
        ("What it is for", questions.purpose),
        ("Version", version),
        ("Edition", f"{questions.edition_id}/{questions.id}/{questions.length}"),
        (FINGERPRINT, questions.fingerprint),
        ("Case reference", ""),
        ("Team", ""),
        (own.say("Auditor"), ""),
        ("Date", ""),
        ("How to use it", HOW),
        ("Afterwards", own.say(AFTERWARDS)),
    ]
    return SheetOut(ABOUT, ("What", "Value"), rows)
