"""Rows of a sheet as the XML of a workbook, for sheets too long to be held at once. Pure.

The library that writes our workbooks takes some 15 microseconds a cell, most of it for what our registers never hold:
100,000 rows would keep a processor busy for more than half a minute. Here a text that comes again is made once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from audit_app import clock
from audit_app.sheets import heights
from audit_app.sheets.workbook import cell_text, is_number, row_height

FIRST_DAY = date(1899, 12, 30).toordinal()  # day 0 of spreadsheets, for every day after February 1900
SECONDS_A_DAY = 86_400
SHORT = 200  # letters; what is longer hardly comes again, and keeping it would cost memory
LETTER_CODE = re.compile(r"(_x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True)
class Looks:
    """The numbers under which a workbook keeps the looks of our cells."""

    text: int
    number: int
    date: int
    moment: int


@lru_cache(maxsize=256)
def column_name(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    before, letter = divmod(place, 26)
    return (column_name(before - 1) if before else "") + chr(ord("A") + letter)


def row_xml(number: int, row: Sequence[Any], wide: Sequence[float], title: str, looks: Looks) -> str:
    """One row in columns as wide as that; an empty cell is left out.

    Raises:
        ValueError: it has not as many cells as there are headings, or a text longer than a cell holds.
    """
    if len(row) != len(wide):
        raise ValueError(f"“{title}” row {number - 1} has {len(row)} cells for {len(wide)} headings.")
    cells = [
        f'<c r="{column_name(place)}{number}"{inside}'
        for place, value in enumerate(row)
        if (inside := _inside(value, title, number, looks))
    ]
    high = row_height(row, wide)
    its = f' ht="{high:g}" customHeight="1"' if high > heights.LINE else ""
    return f'<row r="{number}"{its}>{"".join(cells)}</row>'


def _inside(value: Any, title: str, number: int, looks: Looks) -> str:
    """What follows a cell's place: its look and what it holds; nothing for an empty cell."""
    if isinstance(value, str):
        return (
            _comes_again(value, looks.text)
            if len(value) <= SHORT
            else _text(cell_text(value, title, number), looks.text)
        )
    if isinstance(value, datetime):
        return f' s="{looks.moment}"><v>{_moment(value)}</v></c>'
    if isinstance(value, date):
        return f' s="{looks.date}"><v>{value.toordinal() - FIRST_DAY}</v></c>'
    if is_number(value):
        return f' s="{looks.number}"><v>{value:.16G}</v></c>'
    return _text(cell_text(value, title, number), looks.text)


@lru_cache(maxsize=20_000)
def _comes_again(value: str, look: int) -> str:
    """A short text, such as the name of a team."""
    return _text(cell_text(value, "", 0), look)


def _text(text: str, look: int) -> str:
    """A text as a cell holds it; what a spreadsheet program would read as the code of a letter stays text."""
    if not text:
        return ""
    kept = escape(LETTER_CODE.sub(r"_x005F\1", text))
    return f' s="{look}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _moment(value: datetime) -> str:
    """Days and parts of a day on a London clock."""
    local = clock.london(value).replace(tzinfo=UTC)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return f"{local.toordinal() - FIRST_DAY + seconds / SECONDS_A_DAY:.16G}"
