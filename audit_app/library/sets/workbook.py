"""A question set as a workbook to answer away from the network; the page of an audit takes it back."""

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
from audit_app.sheets import SheetOut, Workbook, cell_text
from audit_app.sheets.heights import LINE
from audit_app.sheets.reading_whole import letter
from frameworks import QuestionSet

MARKING = "OFFICIAL-SENSITIVE when filled in"
LINES_TO_WRITE = 3  # a row with a height of its own does not grow while somebody types
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
    book = Workbook(f"{questions.title}: blank form", marking=MARKING)
    book.add(_about(questions, version, own))
    rows = rows_of(questions, own)
    looks = ["text"] * len(HEADINGS)
    sheet = SheetOut(QUESTIONS, HEADINGS, [_cells(row) for row in rows])
    page = book.add(sheet, widths=WIDTHS, looks=looks, least=LINES_TO_WRITE * LINE)
    to_fill = book.book.add_format({"valign": "top", "text_wrap": True, "num_format": "@", "locked": False})
    for place in range(1, len(rows) + 1):
        for column in (ANSWER, SAW):
            page.write_blank(place, column, None, to_fill)
    page.protect("", ALLOWED)
    _offer(book, page, rows)
    return book.finished()


def _cells(row: OfflineRow) -> tuple[str, ...]:
    return (row.domain, row.number, row.text, row.help, "", "", row.key)


def _offer(book: Workbook, page: Any, rows: list[OfflineRow]) -> None:
    """Each row's answers to choose from: they stand on a sheet of their own, so length and commas do not matter."""
    lists = list(dict.fromkeys(row.choices for row in rows if row.choices))
    if not lists:
        return
    columns = [[names[at] if at < len(names) else "" for names in lists] for at in range(max(map(len, lists)))]
    headings = [f"List {place}" for place, _ in enumerate(lists, 1)]
    book.add(SheetOut(CHOICES, headings, columns)).protect("", ALLOWED)
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
