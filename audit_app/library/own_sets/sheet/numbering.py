"""Numbers of questions that a spreadsheet program cut: after 1.9 its 1.1 was typed as 1.10. Pure."""

import re
from dataclasses import replace

from audit_app.library.own_sets.sheet.cells import Line, Reading

_PARTS = re.compile(r"(.*\.)?([0-9]+)")
NUMBER, DOMAIN = "number", "domain"


def as_typed(lines: list[Line], reading: Reading) -> list[Line]:
    """The rows with the zeros put back that a number lost, and a note of each; other repeated numbers stay a fault.

    Only a number that stands in its domain already is looked at, and only where it is the next one without its last
    noughts: a program that takes 1.10 for a number keeps 1.1.
    """
    read: list[Line] = []
    before: dict[str, list[str]] = {}
    for line in lines:
        numbers = before.setdefault(line.cells.get(DOMAIN, "").strip().casefold(), [])
        number = line.cells.get(NUMBER, "").strip()
        following = _next(numbers[-1]) if numbers else ""
        if number and number in numbers and following != number and following.rstrip("0") == number:
            reading.notes.append(
                f"{line.place(NUMBER)}: “{number}” stands after {numbers[-1]}, so it was read as {following}. "
                "A spreadsheet program drops the last nought of a number: format the column as text to keep it."
            )
            number = following
        numbers.append(number)
        read.append(replace(line, cells={**line.cells, NUMBER: number}) if number else line)
    return read


def _next(number: str) -> str:
    """The number that follows: 1.10 after 1.9; nothing after what does not end in a figure."""
    parts = _PARTS.fullmatch(number)
    return f"{parts[1] or ''}{int(parts[2]) + 1}" if parts else ""
