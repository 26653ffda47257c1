"""The list of contents: one line for each heading, dotted leader, page number, and a link to the place."""

from dataclasses import dataclass
from itertools import islice

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from audit_app import words
from audit_app.paper import style, tagging, text

_NUMBER_WIDTH = 30
_GAP = 6
_LONGEST = 85


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as it was drawn: level, words, bookmark, and the page it fell on, not counting the contents."""

    level: int
    words: str
    key: str
    page: int


class ContentsLine(Flowable):
    """One line of the list; a long heading wraps and keeps clear of the page number."""

    def __init__(self, entry: Entry, page: int, parent: tagging.Slot) -> None:
        super().__init__()
        self.entry, self.page = entry, str(page)
        self.look = style.STYLES[f"contents-{entry.level}"]
        self.slot = tagging.Slot("Link", tagging.Slot("Reference", tagging.Slot("TOCI", parent)))
        heading = words.shortened(entry.words, _LONGEST)
        (self.words,) = text.paragraphs(heading, self.look, slot=self.slot)
        # The space that keeps the last word and the page number apart when the list is read aloud.
        self.words.continues = True
        self.words.turns = False  # the page number stands at the right
        self.spaceBefore = self.look.spaceBefore

    def wrap(self, width, height):
        self.width = width
        _, self.height = self.words.wrap(width - _NUMBER_WIDTH - _GAP, height)
        return width, self.height

    def draw(self):
        canvas, look = self.canv, self.look
        self.words.drawOn(canvas, 0, 0)
        base = look.leading - look.fontSize
        last = self.words.blPara.lines[-1]
        start = look.leftIndent + stringWidth(" ".join(last[1]).strip(), look.fontName, look.fontSize) + _GAP
        stop = self.width - stringWidth(self.page, look.fontName, look.fontSize)
        tagging.begin_artifact(canvas)
        canvas.setStrokeColor(style.QUIET)
        canvas.setLineWidth(0.7)
        canvas.setDash(0.7, 3)
        canvas.line(start, base, stop - _GAP, base)
        canvas.setDash()
        tagging.end(canvas)
        tagging.begin(canvas, self.slot)
        canvas.setFillColor(look.textColor)
        canvas.setFont(look.fontName, look.fontSize)
        canvas.drawRightString(self.width, base, self.page)
        tagging.end(canvas)
        spoken = f"{self.entry.words}, page {self.page}"
        canvas.words_of_pages[-1].append(spoken)
        tagging.link(canvas, self.slot, self.entry.key, spoken, (self.width, self.height))


def pages_of(entries: list[Entry]) -> list[list[Flowable]]:
    """The lines of the contents, page by page; what follows is counted on by as many pages as the contents take."""
    toc = tagging.Slot("TOC")
    shape = [len(page) for page in _paginate([ContentsLine(entry, 0, toc) for entry in entries])]
    lines = (ContentsLine(entry, entry.page + len(shape), toc) for entry in entries)
    return [list(islice(lines, count)) for count in shape]


def _paginate(lines: list[ContentsLine]) -> list[list[ContentsLine]]:
    title = style.STYLES["contents-title"]
    room = style.TEXT_HEIGHT - title.leading - title.spaceAfter
    pages: list[list[ContentsLine]] = [[]]
    for line in lines:
        height = line.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)[1] + line.spaceBefore
        if height > room and pages[-1]:
            pages.append([])
            room = style.TEXT_HEIGHT
        pages[-1].append(line)
        room -= height
    return pages
