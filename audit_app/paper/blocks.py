"""The blocks printed documents are made of; each takes plain words and returns flowables for the story."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak, Spacer

from audit_app.paper import style, tagging, text
from audit_app.paper.grid import CLOSE_PAD, PAD_X, PAD_Y, SMALL_PAD, Cell, Grid, Row, measure
from audit_app.paper.set_off import Boxed, LinkedWords, Strip, flowing
from audit_app.paper.widths import balanced

MOST_COLUMNS = 12
WIDE, UPRIGHT = "wide", "body"  # the page templates of the body
_LONGEST_CODE, _LONGEST_WORD = 20, 24
_SHARES = (0.92, 1.08, 0.84, 1.16, 0.76, 1.24)
_TALLEST_HEADER = style.TEXT_HEIGHT / 4
_KEY = re.compile(r"[^A-Za-z0-9-]+")


class TooManyColumns(ValueError):
    """The table has more columns than an A4 page can show."""


class UnevenRow(ValueError):
    """A row has more or fewer cells than the table has columns."""


@dataclass(frozen=True, slots=True)
class Status:
    """A word in a tinted cell, such as a grade or a BRAG rating: the word says it, the tint only helps."""

    word: str
    tone: str = "neutral"
    more: str = ""  # what is said under the word, in plain letters


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a table, set to the right."""

    value: object


@dataclass(frozen=True, slots=True)
class Across:
    """A row of a table that is one cell over all its columns and heads the rows below it."""

    words: str
    more: str = ""  # what is said under the words, in plain letters


class Heading(Flowable):
    """A heading of level 1 to 3 with its bookmark, its outline entry and its line in the contents."""

    def __init__(self, words: str, level: int, key: str, *, listed: bool = True, small: bool = False) -> None:
        super().__init__()
        self.plain, self.level, self.key, self.listed = text.plain(words), level, key, listed
        self.look = style.STYLES[f"h{level}-small" if small else f"h{level}"]
        self.slot = tagging.Slot(f"H{level}")
        self.words = text.paragraphs(" ".join(text.fit_for_paper(words).split()), self.look, slot=self.slot)
        self.spaceBefore, self.spaceAfter = self.look.spaceBefore, self.look.spaceAfter

    def wrap(self, width, height):
        self.width = width
        self.heights = [words.wrap(width, height)[1] for words in self.words]
        self.height = sum(self.heights)
        return width, self.height

    def split(self, width, height):
        """Only a heading longer than a page comes here: it is printed as paragraphs rather than lost."""
        return flowing(self.words) if self.wrap(width, height)[1] > style.TEXT_HEIGHT else []

    def lead_height(self, width: float) -> float:
        return self.wrap(width, style.TEXT_HEIGHT)[1] + self.spaceBefore + self.spaceAfter

    def draw(self):
        canvas = self.canv
        canvas.heading_drawn(self)
        y = self.height
        for words, height in zip(self.words, self.heights, strict=True):
            y -= height
            words.drawOn(canvas, 0, y)


class Drawn(Flowable):
    """A picture that stands in a cell of a table: a figure of its own in the structure, and never split."""

    alt = ""

    def stand_in(self, cell: tagging.Slot) -> None:
        """Belong to this cell."""
        self.slot = tagging.Slot("Figure", cell, alt=text.fit_for_paper(self.alt))

    def split(self, width, height):
        """It goes whole to the next page."""
        return []


class NewPage(PageBreak):
    """What follows begins on a new page."""


def key_of(name: str) -> str:
    """A bookmark name from a reference such as AFI-0003: letters, figures and dashes only."""
    return _KEY.sub("-", name).strip("-") or "place"


def heading(words: str, level: int = 1, *, key: str = "", listed: bool = True, small: bool = False) -> list[Flowable]:
    """A heading. Give a key to link to it; unlisted headings stay out of contents and outline.

    A small one, of the second or third level, leaves room for a part that is to keep to one page.
    """
    if level not in (1, 2, 3):
        raise ValueError(f"A heading has level 1, 2 or 3, not {level}.")
    return [Heading(words, level, key_of(key) if key else "", listed=listed, small=small and level > 1)]


def paragraph(words: object, look: str = "body") -> list[Flowable]:
    """Words as paragraphs, one for each line. Looks: body, lead, quiet, dense, bold."""
    return list(text.paragraphs(words, look))


def bullets(entries: Sequence[object], *, nothing: str = "None.", look: str = "bullet") -> list[Flowable]:
    """A bulleted list; an empty one says so. Looks: bullet, bullet-dense, bullet-densest."""
    whole = tagging.Slot("L", attributes="/A<</O/List/ListNumbering/Disc>>")
    made = []
    for entry in entries:
        slot = tagging.Slot("LBody", tagging.Slot("LI", whole))
        made += text.paragraphs(entry, look, slot=slot, bullet="•")
    return [*made, Spacer(1, 4)] if made else paragraph(nothing)


def key_values(pairs: Sequence[tuple[object, object]], *, small: bool = False) -> list[Flowable]:
    """Names and what they are, side by side: a table whose left cells are row headers; small for an annex."""
    whole, rows = tagging.Slot("Table"), []
    key, held = ("cell-head-small", "cell-small") if small else ("key", "value")
    for name, value in pairs:
        slot = tagging.Slot("TR", whole)
        cells = [_head_cell(name, slot, tagging.ROW, key), _cell(value, slot, look=held)]
        rows.append(Row(cells, slot, pad=_pad(small, small)))
    return [Grid(rows, [style.TEXT_WIDTH * 0.3, style.TEXT_WIDTH * 0.7])] if rows else []


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object] | Across],
    *,
    widths: Sequence[float] | None = None,
    caption: str = "",
    nothing: str = "None",
    row_headers: bool = False,
    room: float = style.TEXT_WIDTH,
    small: bool = False,
    close: bool = False,
    fitted: bool = False,
) -> list[Flowable]:
    """A table over as many pages as it needs, its header row repeated. Cells are words, Status, Number or a Drawn.

    `room` is the width of the page it stands on: `style.WIDE_TEXT_WIDTH` for a page on its side. Widths are shares of
    it, one for each column; without them the columns are equal. A small table is for many rows: closer lines; a close
    one has hardly any room between its rows. The widths of a fitted one are moved to those with which it needs fewest
    lines. An empty table keeps its header and says "None".
    """
    if len(columns) > MOST_COLUMNS:
        raise TooManyColumns(f"A page holds at most {MOST_COLUMNS} columns; this table has {len(columns)}.")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Across) and len(row) != len(columns):
            raise UnevenRow(f"Row {number} has {len(row)} cells where the table has {len(columns)} columns.")
    style.register_fonts()
    whole = tagging.Slot("Table")
    filled = [row for row in rows if not isinstance(row, Across)]
    points = _points(widths or [1] * len(columns), columns, filled, room, fitted=fitted)
    before = _caption(caption, whole)
    setting = _Setting(whole, "-small" if small else "", _pad(small, close))
    figures = [bool(filled) and all(isinstance(row[at], Number) for row in filled) for at in range(len(columns))]
    slot = tagging.Slot("TR", whole)
    looks = [setting.look("cell-head-number" if figure else "cell-head") for figure in figures]
    cells = [_head_cell(name, slot, tagging.COLUMN, look) for name, look in zip(columns, looks, strict=True)]
    header = Row(cells, slot, pad=setting.pad)
    body = [
        _across(row, setting, len(columns)) if isinstance(row, Across) else _row(row, setting, row_headers)
        for row in rows
    ]
    body = body or [_row([nothing] + [""] * (len(columns) - 1), setting, False)]
    grid = _headed(body, points, header)
    if small:
        grid.spaceBefore, grid.spaceAfter = 2, 4
    return [*before, grid]


def _pad(small: bool, close: bool) -> float:
    if close:
        return CLOSE_PAD
    return SMALL_PAD if small else PAD_Y


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the rows of one table are set: its place in the structure, its letters and its padding."""

    whole: tagging.Slot
    suffix: str
    pad: float

    def look(self, name: str) -> str:
        """The style of this name in the size of the table."""
        return f"{name}{self.suffix}"


def side_by_side(
    columns: Sequence[tuple[str, Sequence[object]]], look: str = "cell-bullet", *, bulleted: bool = True
) -> list[Flowable]:
    """Short lists beside each other, each under its heading; read one after the other, and no table to who hears it."""
    listed = _list_cell if bulleted else _text_cell

    def lists() -> Row:
        whole = tagging.Slot("Div")
        return Row(
            [listed(title, entries, tagging.Slot("Sect", whole), look) for title, entries in columns],
            whole,
            pad=SMALL_PAD,
        )

    even = style.TEXT_WIDTH / len(columns)
    tried = [[even] * len(columns)]
    if len(columns) == 2:
        # The longer list gets more of the width: both then end at about the same height.
        tried += [[even * share, even * (2 - share)] for share in _SHARES]
    grid = Grid([lists()], min(tried, key=lambda widths: measure(lists(), widths)))
    grid.spaceBefore, grid.spaceAfter = 1, 2
    return [grid]


def _text_cell(title: str, entries: Sequence[object], slot: tagging.Slot, look: str) -> Cell:
    words = text.paragraphs(title, "h3-small", slot=tagging.Slot("H3", slot))
    for entry in entries:
        words += text.paragraphs(entry, look, slot=tagging.Slot("P", slot))
    return Cell(words, None, slot)


def _list_cell(title: str, entries: Sequence[object], slot: tagging.Slot, look: str) -> Cell:
    words = text.paragraphs(title, "h3-small", slot=tagging.Slot("H3", slot))
    whole = tagging.Slot("L", slot, attributes="/A<</O/List/ListNumbering/Disc>>")
    for entry in entries:
        inside = tagging.Slot("LBody", tagging.Slot("LI", whole))
        words += text.paragraphs(entry, look, slot=inside, bullet="•")
    return Cell(words, None, slot)


def note(words: object, *, title: str = "", look: str = "note") -> list[Flowable]:
    """A note set off by a bar, with a bold first line if it has a title. Looks: note, note-dense."""
    slot = tagging.Slot("Div")
    heads = look.replace("note", "note-title")
    inside = [*text.paragraphs(title, heads, slot=tagging.Slot("P", slot))] if title else []
    inside += text.paragraphs(words, look, slot=tagging.Slot("P", slot))
    return [Boxed(inside, bar=style.LINK)] if inside else []


def grade_strip(label: str, grade: str, *, tone: str = "neutral") -> list[Flowable]:
    """A grade as a word in a box beside what was graded. Tones: neutral, blue, green, yellow, orange, red."""
    return [Strip(label, grade, tone)]


def link(words: str, key: str) -> list[Flowable]:
    """Words that lead to the heading with this key, in this document."""
    return [LinkedWords(words, key_of(key))]


def page_break() -> list[Flowable]:
    """What follows begins on a new page."""
    return [NewPage()]


def turned() -> list[Flowable]:
    """What follows begins on a new page that lies on its side."""
    return [NextPageTemplate(WIDE), NewPage()]


def upright() -> list[Flowable]:
    """What follows begins on a new page that stands upright again."""
    return [NextPageTemplate(UPRIGHT), NewPage()]


def keep(height: float) -> list[Flowable]:
    """What follows, so many points high, begins on a new page where too little of this one is left."""
    return [CondPageBreak(min(height, style.TEXT_HEIGHT - 1))]


def space(height_mm: float) -> list[Flowable]:
    """Empty room."""
    return [Spacer(1, height_mm * mm)]


def _headed(rows: list[Row], points: list[float], header: Row) -> Flowable:
    """The grid; a header too tall to repeat on each page is set once, as the first row."""
    if measure(header, points) > _TALLEST_HEADER:
        return Grid([header, *rows], points)
    return Grid(rows, points, header)


def _across(row: Across, setting: _Setting, columns: int) -> Row:
    slot = tagging.Slot("TR", setting.whole)
    inside = tagging.Slot("TH", slot, tagging.across(columns))
    words = text.paragraphs(
        row.words, setting.look("cell-head"), slot=tagging.Slot("P", inside) if row.more else inside
    )
    if row.more:
        words += text.paragraphs(row.more, setting.look("cell"), slot=tagging.Slot("P", inside))
    cell = Cell(words, style.SHADE, inside)
    return Row([cell], slot, pad=setting.pad, across=True)


def _row(values: Sequence[object], setting: _Setting, row_headers: bool) -> Row:
    slot = tagging.Slot("TR", setting.whole)
    cells = [_cell(value, slot, setting.suffix) for value in values]
    if row_headers:
        cells[0] = _head_cell(values[0], slot, tagging.ROW, setting.look("cell-head"))
    return Row(cells, slot, pad=setting.pad)


def _cell(value: object, row: tagging.Slot, suffix: str = "", look: str = "cell") -> Cell:
    slot = tagging.Slot("TD", row)
    if isinstance(value, Drawn):
        value.stand_in(slot)
        return Cell([value], None, slot)
    if isinstance(value, Status):
        inside = tagging.Slot("P", slot) if value.more else slot
        words = text.paragraphs(value.word, f"cell-head{suffix}", slot=inside)
        words += text.paragraphs(value.more, f"cell{suffix}", slot=tagging.Slot("Div", slot)) if value.more else []
        return Cell(words, style.TONES[value.tone], slot)
    if isinstance(value, Number):
        return Cell(text.paragraphs(value.value, f"cell-number{suffix}", slot=slot), None, slot)
    return Cell(text.paragraphs("" if value is None else value, f"{look}{suffix}", slot=slot), None, slot)


def _head_cell(value: object, row: tagging.Slot, scope: str, look: str) -> Cell:
    slot = tagging.Slot("TH", row, scope)
    return Cell(text.paragraphs(value, look, slot=slot), None, slot)


def _caption(words: str, whole: tagging.Slot) -> list[Flowable]:
    return list(text.paragraphs(words, "caption", slot=tagging.Slot("Caption", whole))) if words else []


def _points(
    shares: Sequence[float], columns: Sequence[str], rows: Sequence[Sequence[object]], room: float, *, fitted: bool
) -> list[float]:
    """The widths: as shared out, but no word is cut inside a column while another column has room."""
    if len(shares) != len(columns):
        raise UnevenRow(f"There are {len(shares)} widths for {len(columns)} columns.")
    points = [share / sum(shares) * room for share in shares]
    cells = [[row[at] for row in rows] for at in range(len(columns))]
    for longest in (_LONGEST_WORD, 0):
        words = [_unbroken(name, cells[at], longest) for at, name in enumerate(columns)]
        least = [max(map(_longest_word, each)) + 2 * PAD_X + 1 for each in words]
        short = sum(max(need - width, 0) for need, width in zip(least, points, strict=True))
        spare = sum(max(width - need, 0) for need, width in zip(least, points, strict=True))
        if not short:
            break
        if short <= spare:
            kept = 1 - short / spare
            points = [need + max(width - need, 0) * kept for need, width in zip(least, points, strict=True)]
            break
    if min(points) < 2 * PAD_X + 14:
        raise TooManyColumns("A column of this table is too narrow to print: give it a larger share of the width.")
    if fitted and all(width >= need for width, need in zip(points, least, strict=True)):
        return balanced(points, least, [columns, *(list(map(_plain, row)) for row in rows)], pad=2 * PAD_X)
    return points


def _plain(value: object) -> str:
    """The words of a cell."""
    if isinstance(value, Status):
        return f"{value.word}\n{value.more}" if value.more else value.word
    return str(value.value) if isinstance(value, Number) else value if isinstance(value, str) else ""


def _unbroken(name: str, cells: Sequence[object], longest: int) -> set[str]:
    """What a column may not break: its header, its statuses, codes, and words of no more than so many letters."""
    statuses = {cell.word for cell in cells if isinstance(cell, Status)}
    texts = {cell for cell in cells if isinstance(cell, str)}
    codes = {text.readable(cell) for cell in texts if len(cell) <= _LONGEST_CODE and not any(map(str.isspace, cell))}
    each = {word for cell in texts for word in text.readable(cell).split() if len(word) <= longest}
    return {text.readable(name)} | statuses | codes | each


def _longest_word(words: str) -> float:
    return max((stringWidth(word, style.BOLD, style.STYLES["cell-head"].fontSize) for word in words.split()), default=0)
