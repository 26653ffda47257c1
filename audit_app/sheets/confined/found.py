"""What was found in one sheet beside its texts: formulas, errors, what is merged or hidden, which are dates. Pure.

Both readers of workbooks fill one of these; what it makes of it are faults that say what to do, in the file's order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from audit_app.sheets.headings import letter

Place = tuple[int, int]
MOST_APART = 3
FORMULA = "this is a formula. Copy the column and paste it back as values."


@dataclass
class Found:
    """Of one sheet: rows and columns count from 1."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    days: list[tuple[int, int, bool]] = field(default_factory=list)  # cells that hold a date; whether it is shown whole
    wrong: dict[Place, str] = field(default_factory=dict)  # cells that cannot be read, and what to do
    formulas: set[Place] = field(default_factory=set)
    merged: list[tuple[int, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def faults(self) -> list[tuple[int | None, int | None, str]]:
        """Each fault with its row and column; one a cell. What is hidden and holds nothing is passed over."""
        cells = {**self.wrong, **dict.fromkeys(self.formulas, FORMULA)}
        faults = _one_a_column(cells)
        faults += [
            (row, None, f"cells {where} are merged. Unmerge them and fill each cell.") for row, where in self.merged
        ]
        return self._hidden() + faults

    def wrong_cells(self) -> list[Place]:
        """Every cell of which a fault is told already."""
        return sorted({*self.wrong, *self.formulas})

    def half_days(self) -> list[tuple[Place, str]]:
        """The cells that show a part of a date, each with its text."""
        texts = dict(self.rows)
        return [((row, place), texts[row][place - 1]) for row, place, is_whole in self.days if not is_whole]

    def _hidden(self) -> list[tuple[int | None, int | None, str]]:
        filled = [(row, place) for row, cells in self.rows for place, cell in enumerate(cells, 1) if cell.strip()]
        rows = sorted(self.hidden_rows & {row for row, _place in filled})
        columns = sorted(self.hidden_columns & {place for _row, place in filled})
        faults: list[tuple[int | None, int | None, str]] = []
        if columns:
            named = "column" if len(columns) == 1 else "columns"
            are = "is" if len(columns) == 1 else "are"
            message = f"{named} {runs(columns, letter)} {are} hidden. Show what is hidden, or delete it."
            faults.append((None, None, message))
        if len(rows) == 1:
            faults.append((rows[0], None, "this row is hidden, perhaps by a filter. Show it, or delete it."))
        elif rows:
            message = f"rows {runs(rows)} are hidden, perhaps by a filter. Show them, or delete them."
            faults.append((None, None, message))
        return faults


def _one_a_column(cells: Mapping[Place, str]) -> list[tuple[int | None, int | None, str]]:
    """A fault a cell; where more than three cells of a column are wrong in one way, one for all of them."""
    rows: dict[tuple[int, str], list[int]] = {}
    for (row, place), message in sorted(cells.items()):
        rows.setdefault((place, message), []).append(row)
    faults: list[tuple[int | None, int | None, str]] = []
    for (place, message), where in rows.items():
        if len(where) > MOST_APART:
            faults.append((where[0], place, f"{message} The same in rows {runs(where[1:])}."))
        else:
            faults += [(row, place, message) for row in where]
    return faults


def runs(numbers: Sequence[int], shown_as: Callable[[int], str] = str) -> str:
    """Numbers in words, neighbours as one run: "2, 4 to 9 and 12"."""
    parts = []
    for _key, pairs in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _at, number in pairs]
        parts.append(shown_as(run[0]) + (f" to {shown_as(run[-1])}" if len(run) > 1 else ""))
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def without_blank_ends(texts: Iterable[str]) -> list[str]:
    """A row's texts without the blank cells at its end."""
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return kept
