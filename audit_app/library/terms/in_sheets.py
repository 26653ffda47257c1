"""A sheet of a workbook in the council's words: its title and headings, and cells that are texts of ours. Pure."""

from dataclasses import replace
from typing import Any

from audit_app.library.terms.own_words import OwnWords
from audit_app.sheets import SheetOut
from audit_app.words import Ours


def in_own_words(sheet: SheetOut, own: OwnWords) -> SheetOut:
    """The sheet as a council reads it; what people typed, codes and references stay."""
    if not own:
        return sheet
    rows = [[_cell(value, own) for value in row] for row in sheet.rows]
    headings = tuple(own.say(heading) for heading in sheet.headings)
    return replace(sheet, title=own.say(sheet.title), headings=headings, rows=rows)


def _cell(value: Any, own: OwnWords) -> Any:
    return own.say(value) if isinstance(value, Ours) else value
