"""Bars of grades inside the cells of a table, so that a chart and its figures are one thing to read.

A segment carries its figure; a figure too wide for its segment stands in words below the bar. The words that stand for
the picture tell every figure, so nothing is read from colour, pattern or length alone.
"""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, String
from reportlab.platypus import Flowable

from audit_app.paper import charts, style, tagging, text
from audit_app.paper.blocks import Drawn

_HIGH, _PAD, _LINE = 12, 0.5, 8.5
_SIZE = 7.5


class GradeBar(Drawn):
    """How often each grade was given, as one bar: as long as its total, beside the longest of its table."""

    def __init__(self, grades: Sequence[str], counts: Sequence[int], longest: int) -> None:
        super().__init__()
        if len(counts) != len(grades):
            raise ValueError(f"There are {len(counts)} counts for {len(grades)} grades.")
        self.grades, self.counts, self.longest = grades, counts, longest
        self.alt = told(grades, counts)

    def wrap(self, width, height):
        self.width = width
        self.picture = self._drawn(width)
        self.height = self.picture.height
        return width, self.height

    def draw(self):
        self.canv.words_of_pages[-1].append(self.alt)
        tagging.begin(self.canv, self.slot)
        charts.Renderer().draw(self.picture, self.canv, 0, 0)
        tagging.end(self.canv)

    def _drawn(self, width: float) -> Drawing:
        wide = [width * count / self.longest for count in self.counts]
        too_thin = [place for place, count in enumerate(self.counts) if count and not charts.holds(count, wide[place])]
        below = charts.wrapped(
            text.readable(told([self.grades[at] for at in too_thin], [self.counts[at] for at in too_thin])),
            width, size=_SIZE,
        ) if too_thin else []  # fmt: skip
        height = _HIGH + 2 * _PAD + (_LINE * len(below) + 2 if below else 0)
        picture, x, middle = Drawing(width, height), 0.0, height - _PAD - _HIGH / 2
        for place, count in enumerate(self.counts):
            if count:
                picture.add(charts.segment(x, middle - _HIGH / 2, wide[place], place, _HIGH))
                picture.add(charts.figure_in(str(count), x, middle, wide[place], place))
                x += wide[place]
        for number, words in enumerate(below, start=1):
            y = height - _HIGH - 2 * _PAD - number * _LINE
            picture.add(String(0, y, text.line(words), fontName=style.BODY, fontSize=_SIZE, fillColor=style.INK))
        return picture


class Key(Flowable):
    """What each pattern stands for, above a table of bars. Who hears the page is told each grade by its name."""

    stays_with_next = True

    def __init__(self, grades: Sequence[str]) -> None:
        super().__init__()
        self.grades = grades
        self.spaceAfter = 2

    def wrap(self, width, height):
        self.width = width
        self.key, self.height = charts.legend([text.line(grade) for grade in self.grades], width)
        return width, self.height

    def lead_height(self, width: float) -> float:
        return self.wrap(width, style.TEXT_HEIGHT)[1]

    def draw(self):
        picture = Drawing(self.width, self.height)
        picture.add(self.key)
        tagging.begin_artifact(self.canv)
        charts.Renderer().draw(picture, self.canv, 0, 0)
        tagging.end(self.canv)


def told(grades: Sequence[str], counts: Sequence[int]) -> str:
    """The figures of a bar in words: Good 12, Inadequate 1; grades that nobody gave are not named."""
    return ", ".join(f"{text.plain(grade)} {count}" for grade, count in zip(grades, counts, strict=True) if count)
