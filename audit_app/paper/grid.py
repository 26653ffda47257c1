"""A table that may run over any number of pages: rows and tall cells are split, the header row is repeated.

Written here because ReportLab's own table copies all its rows at each page and raises LayoutError for a tall cell.
"""

from dataclasses import dataclass, field

from reportlab.platypus import ActionFlowable, Flowable

from audit_app.paper import style, tagging
from audit_app.paper.text import Words

PAD_X, PAD_Y = 4.5, 4
SMALL_PAD, CLOSE_PAD = 1.9, 1.2  # of tables set small; of those whose rows stand close as well
# Shares of the page: a taller row is split, a table no taller than this goes whole to the next page.
_TALL = 0.25
_KEPT_WHOLE = 0.2
_LEAST_LINES = 2
_LEAST_ROWS, _LEAST_STAY = 4, 2


@dataclass(slots=True)
class Cell:
    """What is in one cell: paragraphs, and a tint where a status is shown."""

    words: list[Words]
    tint: object = None
    slot: tagging.Slot | None = None


@dataclass(slots=True)
class Row:
    """One row, or what is left of one after a page's end."""

    cells: list[Cell]
    slot: tagging.Slot
    heights: list[list[float]] = field(default_factory=list)
    height: float = 0
    unfinished: bool = False
    pad: float = PAD_Y
    across: bool = False  # one cell over all the columns, which heads the rows below it

    @property
    def least(self) -> float:
        """The height of an empty row without its padding."""
        return 12 if self.pad == PAD_Y else 9

    def widths(self, columns: list[float]) -> list[float]:
        """How wide each of its cells is."""
        return [sum(columns)] if self.across else columns


class NextRoom(ActionFlowable):
    """What follows begins on the next page.

    ReportLab's own break needs room for itself: where none is left it goes over, and leaves the new page empty.
    """

    def apply(self, doc) -> None:
        doc.handle_frameEnd()


class Grid(Flowable):
    """A table of cells with fixed widths. The first row is the header when there is one."""

    def __init__(self, rows: list[Row], widths: list[float], header: Row | None = None) -> None:
        super().__init__()
        self.rows, self.widths, self.header = rows, widths, header
        self.first = 0
        self.last: int | None = None
        self.header_drawn = False
        self.spaceBefore, self.spaceAfter = 4, 10

    def _piece(self, rows: list[Row], first: int, last: int | None, header_drawn: bool) -> "Grid":
        piece = Grid(rows, self.widths, self.header)
        piece.spaceBefore, piece.spaceAfter = self.spaceBefore, self.spaceAfter
        piece.first, piece.last, piece.header_drawn = first, last, header_drawn
        return piece

    def wrap(self, width, height):
        """Measure only as many rows as the room can hold: a long table costs the same on each page."""
        used = self._header_height()
        end = len(self.rows) if self.last is None else self.last
        for index in range(self.first, end):
            used += measure(self.rows[index], self.widths)
            if used > height:
                break
        self.width, self.height = sum(self.widths), used
        return self.width, used

    def lead_height(self, width: float) -> float:
        """The least height worth starting on a page: a short table whole; else header and the first row's beginning."""
        if whole := self._whole_if_short(width):
            return whole
        least = 2 * PAD_Y + _LEAST_LINES * 12
        heads = self._heads_first(width)
        first = measure(self.rows[self.first + bool(heads)], self.widths) if self.rows else 0
        return self._header_height() + heads + (first if first < _TALL * style.TEXT_HEIGHT else min(first, least))

    def _heads_first(self, width: float) -> float:
        """How high its first row is where that heads the rows below it, so that it never stands without one."""
        rows = self.rows[self.first : self.last]
        return measure(rows[0], self.widths) if len(rows) > 1 and rows[0].across else 0

    def _whole_if_short(self, width: float) -> float:
        """How high it is where it goes whole to the next page rather than be split; nothing of a longer one."""
        page = style.TEXT_HEIGHT if width <= style.TEXT_WIDTH else style.WIDE_TEXT_HEIGHT
        whole = self._header_height()
        for row in self.rows[self.first : self.last]:
            whole += measure(row, self.widths)
            if whole > _KEPT_WHOLE * page:
                return 0
        return whole

    def split(self, width, height):
        if not self.header_drawn and self.first == 0 and height < self._whole_if_short(width):
            return []
        used, index = self._header_height(), self.first
        while index < len(self.rows) and used + measure(self.rows[index], self.widths) <= height:
            used += self.rows[index].height
            index += 1
        if index == len(self.rows):
            return [self]
        row = self.rows[index]
        if row.height > _TALL * style.TEXT_HEIGHT:
            halves = _split_row(row, self.widths, height - used)
            if halves is not None:
                rest = [halves[1], *self.rows[index + 1 :]] if index + 1 < len(self.rows) else [halves[1]]
                top = self._piece([*self.rows[self.first : index], halves[0]], 0, None, self.header_drawn)
                return [top, self._piece(rest, 0, None, True)]
        heads_alone = index == self.first + 1 and self.rows[self.first].across
        if index == self.first or heads_alone:
            return []
        cut = self._not_alone(index)
        # Where rows go over that had room, the page must end, or they would begin again under a second header.
        turn = [NextRoom()] if cut < index else []
        return [
            self._piece(self.rows, self.first, cut, self.header_drawn),
            *turn,
            self._piece(self.rows, cut, None, True),
        ]

    def _not_alone(self, index: int) -> int:
        """Where to cut so that the last rows are not left alone on a page: four go over together, two at least stay."""
        left, here = len(self.rows) - index, index - self.first
        cut = max(self.first + _LEAST_STAY, index - (_LEAST_ROWS - left)) if left < _LEAST_ROWS <= here else index
        # A row that heads others goes over with them.
        return cut - 1 if cut - 1 > self.first and self.rows[cut - 1].across else cut

    def draw(self):
        canvas, y = self.canv, self.height
        end = len(self.rows) if self.last is None else self.last
        self._draw_ground(y, end)
        if self.header is not None:
            y = self._draw_header(self.header, y)
        for row in self.rows[self.first : end]:
            if canvas.tags is not None:
                row.slot.place(canvas.tags)
            _draw_cells(canvas, row, self.widths, y)
            y -= row.height

    def _header_height(self) -> float:
        return measure(self.header, self.widths) if self.header is not None else 0

    def _draw_header(self, header: Row, y: float) -> float:
        if self.header_drawn:
            tagging.begin_artifact(self.canv, "Pagination")
            tags, self.canv.tags = self.canv.tags, None
            _draw_cells(self.canv, header, self.widths, y)
            self.canv.tags = tags
            tagging.end(self.canv)
        else:
            _draw_cells(self.canv, header, self.widths, y)
        return y - header.height

    def _draw_ground(self, y: float, end: int) -> None:
        """Tints and rules, under the words and outside the reading order."""
        canvas, total = self.canv, sum(self.widths)
        tagging.begin_artifact(canvas)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(style.RULE)
        if self.header is not None:
            canvas.setFillColor(style.SHADE)
            canvas.rect(0, y - self.header.height, total, self.header.height, stroke=0, fill=1)
            y -= self.header.height
            canvas.line(0, y, total, y)
        for row in self.rows[self.first : end]:
            _draw_tints(canvas, row, self.widths, y)
            y -= row.height
            if not row.unfinished:
                canvas.line(0, y, total, y)
        tagging.end(canvas)


def measure(row: Row, widths: list[float]) -> float:
    """The row's height; each paragraph is wrapped once."""
    if not row.heights:
        row.heights = [
            [words.wrap(width - 2 * PAD_X, style.TEXT_HEIGHT)[1] for words in cell.words]
            for cell, width in zip(row.cells, row.widths(widths), strict=True)
        ]
        row.height = max([sum(heights) for heights in row.heights] + [row.least]) + 2 * row.pad
    return row.height


def _draw_tints(canvas, row: Row, widths: list[float], y: float) -> None:
    x = 0.0
    for cell, width, heights in zip(row.cells, row.widths(widths), row.heights, strict=True):
        if cell.tint is not None and cell.words:
            canvas.setFillColor(cell.tint)
            canvas.rect(x + 1, y - row.pad - sum(heights) - 2, width - 2, sum(heights) + 3, stroke=0, fill=1)
        x += width


def _draw_cells(canvas, row: Row, widths: list[float], y: float) -> None:
    x = 0.0
    for cell, width, heights in zip(row.cells, row.widths(widths), row.heights, strict=True):
        if cell.slot is not None and canvas.tags is not None:
            cell.slot.place(canvas.tags)
        down = y - row.pad
        for words, height in zip(cell.words, heights, strict=True):
            down -= height
            words.drawOn(canvas, x + PAD_X, down)
        x += width


def _split_row(row: Row, widths: list[float], room: float) -> tuple[Row, Row] | None:
    """The row in two at a page's end, or None when no cell has two lines' worth of room."""
    room -= 2 * row.pad
    if room < _LEAST_LINES * 12:
        return None
    pairs = [
        _split_cell(cell, heights, width - 2 * PAD_X, room)
        for cell, heights, width in zip(row.cells, row.heights, row.widths(widths), strict=True)
    ]
    top = Row([pair[0] for pair in pairs], row.slot, unfinished=True, pad=row.pad, across=row.across)
    rest = Row([pair[1] for pair in pairs], row.slot, unfinished=row.unfinished, pad=row.pad, across=row.across)
    return top, rest


def _split_cell(cell: Cell, heights: list[float], width: float, room: float) -> tuple[Cell, Cell]:
    for number, (words, height) in enumerate(zip(cell.words, heights, strict=True)):
        if height > room:
            parts = words.split(width, room) if room > 0 else []
            if len(parts) < 2:
                words.wrap(width, style.TEXT_HEIGHT)
                parts = [None, words]
            above = [*cell.words[:number], *([parts[0]] if parts[0] is not None else [])]
            below = [*parts[1:], *cell.words[number + 1 :]]
            return Cell(above, cell.tint, cell.slot), Cell(below, cell.tint, cell.slot)
        room -= height
    return cell, Cell([], cell.tint, cell.slot)
