"""A pasted list of audits to set up, read line by line: reference, team, auditor, due date. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("Case reference", "Team", "Auditor", "Due date")
MOST_LINES = 1000
# What people call the columns, so that a heading line is known as one.
_HEADS = frozenset(
    "reference case record child id casereference caseid caseref team auditor allocated due duedate date by".split()  # noqa: SIM905
)
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")


@dataclass(frozen=True)
class Wanted:
    """One line of the list as it was typed, and which line it was."""

    line: int
    reference: str
    team: str
    auditor: str
    due: str
    surplus: str = ""

    @property
    def place(self) -> str:
        """Line 3."""
        return f"Line {self.line}"


def read_list(text: str) -> tuple[Wanted, ...]:
    """Every line that says something; a first line of headings is none of them.

    What Excel puts on the clipboard is separated by tabs; typed lines by tabs, semicolons, bars or commas.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    wanted = [_wanted(number, _cells(line)) for number, line in lines]
    return tuple(wanted[1:] if wanted and _is_heading(wanted[0]) else wanted)


def written(rows: Sequence[Sequence[str]]) -> str:
    """Rows of a workbook as such a list, to be looked at and changed like one that was pasted."""
    return "\n".join("\t".join(_one_line(cell) for cell in row) for row in rows)


def _cells(line: str) -> list[str]:
    separator = next((mark for mark in ("\t", ";", "|") if mark in line), ",")
    return [_one_line(cell).strip('"“”') for cell in line.split(separator)]


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", str(text)).strip()


def _wanted(number: int, cells: list[str]) -> Wanted:
    reference, team, auditor, due, *more = [*cells, "", "", "", ""][: max(4, len(cells))]
    return Wanted(number, reference, team, auditor, due, " ".join(filter(None, more)))


def _is_heading(first: Wanted) -> bool:
    """Whether the first line names the columns: no digit in it, and the words of headings."""
    cells = [cell.casefold() for cell in (first.reference, first.team, first.auditor, first.due) if cell]
    named = sum(bool(_HEADS & {re.sub(r"[^a-z]", "", cell), *re.findall(r"[a-z]+", cell)}) for cell in cells)
    return not re.search(r"\d", " ".join(cells)) and len(cells) > 1 and named >= len(cells) - 1
