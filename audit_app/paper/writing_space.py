"""Room for a pen: ruled lines and boxes to tick, for forms that are filled in by hand."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from audit_app.paper import style, tagging, text

LINE_MM, GAP_MM = 8, 2
BOX = "☐"
LONGEST_WHOLE = 60


class Ruled(Flowable):
    """Empty lines to write on; decoration, so that a screen reader passes them over."""

    def __init__(self, count: int, line_mm: float = LINE_MM) -> None:
        super().__init__()
        self.count, self.step = count, line_mm * mm

    def wrap(self, width, height):
        self.width, self.height = width, self.count * self.step + 4
        return self.width, self.height

    def lead_height(self, width: float) -> float:
        return self.step

    def split(self, width, height):
        fits = int((height - 4) // self.step)
        if fits >= self.count:
            return [self]
        return [Ruled(fits, self.step / mm), Ruled(self.count - fits, self.step / mm)] if fits > 0 else []

    def draw(self):
        canvas = self.canv
        tagging.begin_artifact(canvas)
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.6)
        for number in range(1, self.count + 1):
            y = self.height - number * self.step
            canvas.line(0, y, self.width, y)
        tagging.end(canvas)


def lines(count: int) -> list[Flowable]:
    """So many lines to write on, and a little room before what follows."""
    return [Ruled(count), Spacer(1, GAP_MM * mm)]


def boxes(answers: Sequence[str], look: str = "body") -> list[Flowable]:
    """A box before each answer, on as many lines as they need; an answer that fits a line is not broken."""
    return list(text.paragraphs("      ".join(f"{BOX}\u00a0{_whole(answer)}" for answer in answers), look))


def _whole(answer: str) -> str:
    return answer.replace(" ", "\u00a0") if len(answer) <= LONGEST_WHOLE else answer


def together(height_mm: float) -> list[Flowable]:
    """What follows begins on a new page unless this much room is left."""
    return [CondPageBreak(height_mm * mm)]
