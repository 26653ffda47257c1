"""What stands at the head and the foot of each page of a document, outside the reading order."""

from dataclasses import dataclass
from typing import Protocol

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from audit_app.paper import reportlab_inside, style, tagging, text


class Furnished(Protocol):
    """What a document says of itself at the head and foot of its pages."""

    @property
    def title(self) -> str: ...
    @property
    def marking(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def as_at(self) -> str: ...
    @property
    def standing(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page among the others, as its header and footer need it."""

    number: int
    total: int
    is_cover: bool
    wide: bool

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height."""
        return (style.PAGE_HEIGHT, style.PAGE_WIDTH) if self.wide else (style.PAGE_WIDTH, style.PAGE_HEIGHT)

    @property
    def margin(self) -> float:
        """How far from its left and right edges its text stands."""
        return style.WIDE_MARGIN if self.wide else style.MARGIN

    @property
    def end_margin(self) -> float:
        """How far from its upper and lower edges its header and footer stand."""
        return style.WIDE_MARGIN if self.wide else style.END_MARGIN


def furniture(canvas: Canvas, document: Furnished, sheet: Sheet) -> str:
    """The operators of one page's header and footer, all of it outside the reading order."""
    reportlab_inside.begin_apart(canvas)
    tagging.begin_artifact(canvas, "Pagination")
    wide, high = sheet.size
    left, right = sheet.margin, wide - sheet.margin
    room = right - left
    if not sheet.is_cover:
        top = high - sheet.end_margin + 2
        _rule(canvas, left, right, top - 5)
        _put(canvas, left, top, _fitted(document.title, style.BODY, 8, room * 0.62), style.BODY)
        _put(canvas, right, top, _fitted(document.marking, style.BOLD, 8, room * 0.36), style.BOLD, right=True)
    low = sheet.end_margin - 4
    _rule(canvas, left, right, low + 11)
    as_at = f"as at {document.as_at}" if document.as_at else ""
    about = " · ".join(filter(None, (document.reference, as_at)))
    middle = _fitted(document.marking, style.BOLD, 8, room * 0.4)
    width = stringWidth(middle, style.BOLD, 8)
    _put(canvas, left, low, _fitted(about, style.BODY, 8, (room - width) / 2 - 8), style.BODY)
    _put(canvas, wide / 2 - width / 2, low, middle, style.BOLD)
    _put(canvas, right, low, f"Page {sheet.number} of {sheet.total}", style.BODY, right=True)
    standing = text.line(document.standing)
    _put(canvas, wide / 2 - stringWidth(standing, style.BOLD, 8) / 2, low - 11, standing, style.BOLD)
    tagging.end(canvas)
    return reportlab_inside.drawn_apart(canvas)


def _rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setStrokeColor(style.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(left, y, right, y)


def _put(canvas: Canvas, x: float, y: float, words: str, font: str, *, right: bool = False) -> None:
    canvas.setFont(font, 8)
    canvas.setFillColor(style.QUIET if font == style.BODY else style.INK)
    (canvas.drawRightString if right else canvas.drawString)(x, y, words)


def _fitted(value: str, font: str, size: float, room: float) -> str:
    """Words cut to the room with an ellipsis: only in header and footer, whose full text is on the cover."""
    words = text.plain(value)
    if stringWidth(text.line(words), font, size) <= room:
        return text.line(words)
    while words and stringWidth(text.line(words) + "…", font, size) > room:
        words = words[:-1]
    return text.line(words.rstrip() + "…")
