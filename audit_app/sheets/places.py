"""Under which of the columns asked for each heading of a sheet stands, and what is wrong with the headings. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from textwrap import shorten

from audit_app import words
from audit_app.sheets.columns import Column, Fault
from audit_app.sheets.headings import letter, plain_heading


@dataclass
class Places:
    """Each place (from 0) with its column; the headings nobody asked for; the faults."""

    columns: dict[int, Column] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def places_of(
    headings: Sequence[str], columns: Sequence[Column], row: int, filled: Sequence[int], *, keep_unknown: bool
) -> Places:
    """The places of a row of headings; a fault for each that is doubled, missing or unknown (IM-4).

    `filled` are the places that hold something below the headings.
    """
    places = Places()
    by_name = {name: column for column in columns for name in column.names}
    for place, heading in enumerate(headings):
        column = by_name.get(plain_heading(heading))
        if column is not None:
            places.columns[place] = column
        elif heading and heading not in places.unknown:
            places.unknown.append(heading)
            if not keep_unknown:
                places.faults.append(_unknown(heading, columns, places, row))
    places.faults += [
        Fault(f"column {letter(place + 1)} has no heading. Give it one, or delete the column.", row)
        for place in filled
        if place >= len(headings) or not headings[place]
    ]
    places.faults += _doubled(headings, places, row) + _missing(columns, places, row)
    return places


def _unknown(heading: str, columns: Sequence[Column], places: Places, row: int) -> Fault:
    free = {plain_heading(column.heading): column for column in columns if column not in places.columns.values()}
    near = get_close_matches(plain_heading(heading), list(free), 1, 0.75)
    advice = f"Did you mean “{free[near[0]].heading}”?" if near else "Take the column out, or correct the heading."
    return Fault(f"the heading “{heading[:60]}” is not one of ours. {advice}", row)


def _doubled(headings: Sequence[str], places: Places, row: int) -> list[Fault]:
    faults = []
    for key, times in Counter(column.key for column in places.columns.values()).items():
        if times > 1:
            at = [place for place, column in places.columns.items() if column.key == key]
            letters = words.listing([letter(place + 1) for place in at])
            named = headings[at[0]]
            faults.append(Fault(f"there are {times} columns for “{named}”, {letters}. Keep one.", row))
    return faults


def _missing(columns: Sequence[Column], places: Places, row: int) -> list[Fault]:
    missing = [column.heading for column in columns if column.required and column not in places.columns.values()]
    if not missing:
        return []
    listed = words.listing([f"“{name}”" for name in missing])
    return [Fault(f"these headings are missing: {listed}.", row)]


def no_heading_row(columns: Sequence[Column], first: Sequence[str]) -> str:
    """What is said where no row names the columns; `first` are the cells of the first filled row."""
    held = shorten(", ".join(cell.strip() for cell in first if cell.strip()), 50, placeholder=" …")
    needed = words.listing([f"“{column.heading}”" for column in columns if column.required])
    return (
        f"No row of headings was found; the first row holds “{held}”. The row above the first line must name the "
        f"columns; {needed} are needed. Put such a row in, or fill in the template."
    )
