"""Charts of grade counts: bars of patterned, numbered segments, so that no reading depends on colour."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import STATE_DEFAULTS, Circle, Drawing, Group, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from audit_app.paper import reportlab_inside, style, tagging, text
from audit_app.paper.blocks import Number, table

# Pairs of ground and line; the pattern differs at each place as well, and each segment carries its figure.
_GROUNDS = ["#1d70b8", "#d2e2f1", "#ffffff", "#f4cdc6", "#d6d8d9", "#fff7bf"]
_PATTERNS = ["solid", "rising", "dots", "falling", "level", "upright"]
_BAR, _GAP, _ROW_TEXT, _TOP = 13, 6, 8.5, 4
_LEGEND_LINE = 16
_NAMES = 0.4
_WEB_SCALE = 1.7  # A web page needs letters of about 14 pixels where paper needs 8.5 points.


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """The numbers of one chart: grades from best to worst, and for each bar how many were given each grade.

    A bar's counts stand in the order of the grades. `alt` says in a sentence or two what the chart shows; `names`
    heads the column of bar names in the data table.
    """

    title: str
    grades: Sequence[str]
    bars: Sequence[tuple[str, Sequence[int]]]
    alt: str
    names: str = "Area"

    def __post_init__(self) -> None:
        for name, counts in self.bars:
            if len(counts) != len(self.grades):
                raise ValueError(f"The bar {name!r} has {len(counts)} counts for {len(self.grades)} grades.")
            if min(counts, default=0) < 0:
                raise ValueError(f"The bar {name!r} has a count below nought.")
        if len(self.grades) > len(_PATTERNS):
            raise ValueError(f"A chart can tell {len(_PATTERNS)} grades apart; this scale has {len(self.grades)}.")

    def columns(self) -> list[str]:
        """The heads of the data table."""
        return [self.names, *self.grades, "Total"]

    def rows(self) -> list[list[object]]:
        """The rows of the data table, totals last in each."""
        return [[name, *counts, sum(counts)] for name, counts in self.bars]


class Renderer(reportlab_inside.DrawingRenderer):
    """ReportLab's renderer begins with a font of its own that no word uses; ours keeps it out of the file."""

    def applyStateChanges(self, delta, newState):  # noqa: N802, N803 (ReportLab's names)
        unused = delta.get("fontName") == STATE_DEFAULTS["fontName"]
        super().applyStateChanges({**delta, "fontName": style.BODY} if unused else delta, newState)


class Figure(Flowable):
    """A drawing with the words that stand for it."""

    def __init__(self, picture: Drawing, alt: str) -> None:
        super().__init__()
        self.picture = picture
        self.width, self.height = picture.width, picture.height
        self.slot = tagging.Slot("Figure", alt=text.fit_for_paper(alt))
        self.spaceAfter = 10

    def wrap(self, width, height):
        return self.width, self.height

    def lead_height(self, width: float) -> float:
        return self.height

    def draw(self):
        tagging.begin(self.canv, self.slot)
        Renderer().draw(self.picture, self.canv, 0, 0)
        tagging.end(self.canv)


def drawing(counts: GradeCounts, width: float = style.TEXT_WIDTH, *, on_paper: bool = True) -> Drawing:
    """The chart itself: one bar for each name, its segments in proportion to the largest bar.

    A screen has letters that our fonts have not, and turns those that run from the right by itself.
    """
    style.register_fonts()
    read, drawn = (text.readable, text.line) if on_paper else (text.plain, text.plain)
    labels = [[drawn(line) for line in wrapped(read(name), width * _NAMES - 8)] for name, _ in counts.bars]
    heights = [max(_BAR, 11 * len(lines)) + _GAP for lines in labels]
    key, legend_height = legend([drawn(grade) for grade in counts.grades], width)
    height = sum(heights) + legend_height + _TOP
    picture = Drawing(width, height)
    longest = max((sum(each) for _, each in counts.bars), default=0)
    y = height - _TOP
    for lines, (_, each), tall in zip(labels, counts.bars, heights, strict=True):
        _bar(picture, lines, each, middle=y - tall / 2, width=width, longest=longest)
        y -= tall
    picture.add(key)
    return picture


def figure(counts: GradeCounts) -> list[Flowable]:
    """The chart for the story: title, picture with its alternative text, and the numbers as a table."""
    rows = [[name, *map(Number, numbers)] for name, *numbers in counts.rows()]
    shares = [3.4, *[1.3] * len(counts.grades), 1]
    return [*picture(counts), *table(counts.columns(), rows, widths=shares, row_headers=bool(rows))]


def picture(counts: GradeCounts) -> list[Flowable]:
    """Title and picture alone, for a page that gives the numbers in a table of its own."""
    return [*text.paragraphs(counts.title, "caption"), *([Figure(drawing(counts), counts.alt)] if counts.bars else [])]


def svg(counts: GradeCounts) -> bytes:
    """The same chart for a web page, to be served as an image of its own beside the table of its numbers."""
    picture = drawing(counts, on_paper=False)
    raw = renderSVG.drawToString(picture)
    raw = raw if isinstance(raw, str) else raw.decode("utf-8")
    size = f'<svg width="{picture.width * _WEB_SCALE:.0f}" height="{picture.height * _WEB_SCALE:.0f}"'
    changes = [
        (r"<!DOCTYPE.*?>\n?", ""),
        (r'<svg width="[^"]*" height="[^"]*"', size),
        (r"<title>.*?</title>", f"<title>{escape(text.plain(counts.title))}</title>"),
        (r"<desc>.*?</desc>", f"<desc>{escape(text.plain(counts.alt))}</desc>"),
    ]
    for pattern, new in changes:
        raw = _put_once(pattern, new, raw)
    return re.sub(rf'style="font-family: {style.BODY}(-Bold)?;', _web_font, raw).encode("utf-8")


def _put_once(pattern: str, new: str, raw: str) -> str:
    """The first match replaced by plain text: a backslash in a title is a backslash."""
    return re.sub(pattern, lambda _match: new, raw, count=1, flags=re.DOTALL)


def _web_font(face: re.Match[str]) -> str:
    weight = " font-weight: bold;" if face[1] else ""
    return f'style="font-family: Arial, Helvetica, sans-serif;{weight}'


def _bar(
    picture: Drawing, lines: list[str], counts: Sequence[int], *, middle: float, width: float, longest: int
) -> None:
    left, total = width * _NAMES, sum(counts)
    y = middle + (len(lines) - 1) * 5.5 - 3
    for line in lines:
        picture.add(String(0, y, line, fontName=style.BODY, fontSize=_ROW_TEXT, fillColor=style.INK))
        y -= 11
    room, x = width * (1 - _NAMES) - 34, left
    for place, count in enumerate(counts):
        if count:
            wide = room * count / longest
            picture.add(segment(x, middle - _BAR / 2, wide, place))
            picture.add(figure_in(str(count), x, middle, wide, place))
            x += wide
    picture.add(String(x + 5, middle - 3, str(total), fontName=style.BOLD, fontSize=_ROW_TEXT, fillColor=style.INK))


def holds(count: int, wide: float) -> bool:
    """Whether a segment is wide enough to carry its figure."""
    return stringWidth(str(count), style.BOLD, 8) + 4 <= wide


def figure_in(words: str, x: float, middle: float, wide: float, place: int) -> Group:
    """The count on a plain patch in its segment; in a sliver too thin for it the table alone gives the figure."""
    size = stringWidth(words, style.BOLD, 8)
    patch = Group()
    if size + 4 <= wide:
        dark = _PATTERNS[place] == "solid"
        ground = HexColor(_GROUNDS[place])
        patch.add(Rect(x + (wide - size) / 2 - 2, middle - 5.5, size + 4, 11, fillColor=ground, strokeColor=None))
        ink = style.WHITE if dark else style.INK
        patch.add(String(x + (wide - size) / 2, middle - 3, words, fontName=style.BOLD, fontSize=8, fillColor=ink))
    return patch


def segment(x: float, y: float, wide: float, place: int, high: float = _BAR) -> Group:
    """One patterned rectangle with a dark edge. The lines are cut at the edges by arithmetic, not by clipping."""
    whole = Group(Rect(x, y, wide, high, fillColor=HexColor(_GROUNDS[place]), strokeColor=None))
    for mark in _marks(_PATTERNS[place], x, y, wide, high):
        whole.add(mark)
    whole.add(Rect(x, y, wide, high, fillColor=None, strokeColor=style.INK, strokeWidth=0.8))
    return whole


def _marks(pattern: str, x: float, y: float, wide: float, high: float) -> list:
    if pattern == "level":
        return [_stroke(x, y + up, x + wide, y + up) for up in range(4, int(high), 4)]
    if pattern == "upright":
        return [_stroke(x + on, y, x + on, y + high) for on in range(4, int(wide), 4)]
    if pattern == "dots":
        return [
            Circle(x + on, y + up, 0.8, fillColor=style.INK, strokeColor=None)
            for row, up in enumerate(range(3, int(high), 5))
            for on in range(3 + 3 * (row % 2), int(wide), 6)
        ]
    if pattern in {"rising", "falling"}:
        return [
            _slanted(x, y, wide, high, start=start, falling=pattern == "falling")
            for start in range(-int(high) + 3, int(wide), 5)
        ]
    return []


def _slanted(x: float, y: float, wide: float, high: float, *, start: float, falling: bool) -> Line:
    x0, x1 = max(start, 0), min(start + high, wide)
    low, top = x0 - start, x1 - start
    if falling:
        low, top = high - low, high - top
    return _stroke(x + x0, y + low, x + x1, y + top)


def _stroke(x0: float, y0: float, x1: float, y1: float) -> Line:
    return Line(x0, y0, x1, y1, strokeColor=style.INK, strokeWidth=0.5)


def legend(grades: Sequence[str], width: float) -> tuple[Group, float]:
    """What each pattern means, in as many lines as it takes."""
    places, x, row = [], 0.0, 0
    for place, words in enumerate(grades):
        needed = 22 + stringWidth(words, style.BODY, 8.5) + 14
        if x and x + needed > width:
            x, row = 0.0, row + 1
        places.append((place, words, x, row))
        x += needed
    height, key = (row + 1) * _LEGEND_LINE + 2, Group()
    for place, words, left, down in places:
        y = height - (down + 1) * _LEGEND_LINE
        key.add(segment(left, y, 16, place, 10))
        key.add(String(left + 21, y + 2, words, fontName=style.BODY, fontSize=8.5, fillColor=style.INK))
    return key, height


def wrapped(words: str, room: float, size: float = _ROW_TEXT) -> list[str]:
    """Words in lines that fit a width; a word too long for a line is cut with a dash."""
    lines, current = [], ""
    for word in (piece for whole in words.split() for piece in _hyphenated(whole, room, size)):
        tried = f"{current} {word}".strip()
        if current and _width(tried, size) > room:
            lines.append(current)
            tried = word
        current = tried
    return [*lines, current]


def _hyphenated(word: str, room: float, size: float) -> list[str]:
    pieces = []
    while _width(word, size) > room:
        cut = next((n for n in range(len(word) - 1, 1, -1) if _width(word[:n] + "-", size) <= room), 1)
        pieces.append(word[:cut] + "-")
        word = word[cut:]
    return [*pieces, word]


def _width(words: str, size: float) -> float:
    return stringWidth(words, style.BODY, size)
