"""How wide columns and how high rows must be to show their text: no spreadsheet program grows a row by itself. Pure."""

from collections.abc import Sequence

NARROWEST, WIDEST, VERY_WIDEST = 8, 60, 200
LINE = 15.0  # points
HIGHEST = 409.0  # the highest row that Excel has
MOST_LINES = int(HIGHEST // LINE)
# A line ends at a word, so some of it stays empty; a heading shares its cell with the arrow of the filter.
_RAGGED, _ARROW = 2, 3


def widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Wide enough for most cells, between 8 and 60 letters; wider only where a text would not fit the highest row."""
    made = []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows]
        line = max((len(part) for cell in cells for part in cell.split("\n")), default=0)
        heads = max((len(word) for word in heading.split()), default=0)
        usual = min(WIDEST, max(NARROWEST, line + 2, min(len(heading), 24) + _ARROW, heads + _ARROW))
        made.append(_wide_enough(cells, usual))
    return made


def height(cells: Sequence[str], of_columns: Sequence[float]) -> float:
    """How high a row is, in points; at most as high as Excel lets it be."""
    most = max((lines(cell, wide) for cell, wide in zip(cells, of_columns, strict=True)), default=1)
    return min(HIGHEST, LINE * most)


def lines(cell: str, wide: float) -> int:
    """How many lines a text takes in a column so many letters wide."""
    if len(cell) < wide and "\n" not in cell:
        return 1
    room = max(1, wide - _RAGGED)
    return sum(1 if len(part) < wide else -int(-len(part) // room) for part in cell.split("\n"))


def _wide_enough(cells: Sequence[str], wide: int) -> int:
    """A column as wide, or wider where its longest text would need more lines than a row can have."""
    while wide < VERY_WIDEST and any(len(cell) > wide and lines(cell, wide) > MOST_LINES for cell in cells):
        wide += 10
    return wide
