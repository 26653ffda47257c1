"""Widths of columns with which a table needs fewest lines: the last column is not five lines high beside an empty one.

Pure: words are measured, nothing is set. What each column must have for its longest word is never taken from it.
"""

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from audit_app.paper import style, text

# How much is moved from one column to another at a time, in points; rows looked at in a long table.
_STEPS = (60.0, 24.0, 8.0, 3.0)
_MOST_ROWS = 40
# Lines end at words, so a text needs a little more than its length.
_RAGGED = 1.06


def balanced(
    points: Sequence[float], least: Sequence[float], rows: Sequence[Sequence[str]], *, pad: float
) -> list[float]:
    """The widths moved towards those with which the rows need fewest lines; as they were where none needs fewer.

    `rows` holds the words of each cell; a line break begins a new paragraph. The sum of the widths stays.
    """
    lengths = [[_lengths(cell) for cell in row] for row in rows[:: 1 + len(rows) // _MOST_ROWS]]
    columns = [[row[at] for row in lengths] for at in range(len(points))]
    made = list(points)
    high = [_lines(column, width - pad) for column, width in zip(columns, made, strict=True)]
    for step in _STEPS:
        while True:
            wider = [_lines(column, width + step - pad) for column, width in zip(columns, made, strict=True)]
            narrower = [
                _lines(column, width - step - pad) if width - step >= need else None
                for column, width, need in zip(columns, made, least, strict=True)
            ]
            better = _best_move(high, wider, narrower)
            if better is None:
                break
            given, taken = better
            made[given], made[taken] = made[given] + step, made[taken] - step
            high[given], high[taken] = wider[given], _lines(columns[taken], made[taken] - pad)
    return made


def _best_move(
    high: Sequence[Sequence[int]], wider: Sequence[Sequence[int]], narrower: Sequence[Sequence[int] | None]
) -> tuple[int, int] | None:
    """Which column should get a step, and which should give it, to save most lines; None where no move saves any."""
    best, fewest = None, _total(high)
    for given in range(len(high)):
        for taken, less in enumerate(narrower):
            if given == taken or less is None:
                continue
            moved = [wider[at] if at == given else less if at == taken else high[at] for at in range(len(high))]
            if (total := _total(moved)) < fewest:
                best, fewest = (given, taken), total
    return best


def _total(high: Sequence[Sequence[int]]) -> int:
    """The lines of all rows: each is as high as its highest cell."""
    return sum(map(max, zip(*high, strict=True)))


def _lengths(cell: str) -> list[float]:
    """How long each paragraph of a cell is in points."""
    size = style.STYLES["cell"].fontSize
    return [stringWidth(text.readable(words), style.BODY, size) * _RAGGED for words in cell.split("\n")]


def _lines(column: Sequence[Sequence[float]], room: float) -> list[int]:
    """How many lines each cell of a column needs."""
    return [sum(max(1, -int(-length // room)) for length in cell) for cell in column]
