"""Flowables for pages that stand behind ours: where they follow, and their page numbers, known when all is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from audit_app.paper import reportlab_inside, style, tagging
from audit_app.paper.blocks import Drawn, key_of
from audit_app.paper.joined import Behind, Sheet, Stamped

STAMP_SIZE = 7.5
EDGE = 20.0
LOW, HIGH = 7.0, 12.0  # of a stamp above the lower edge, and below the upper one


class LostPages(ValueError):
    """The story says that pages follow which were not given."""


class PagesFollow(Flowable):
    """Behind the page on which this stands come the pages of this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.width = self.height = 0

    def wrap(self, width, height):
        return 0, 0

    def draw(self):
        self.canv.pages_follow(self.name)


class PagesOf(Drawn):
    """A cell that says on which pages something stands, and leads there; drawn when every number is known."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__()
        self.name, self.key = name, key_of(key)
        self.look = style.STYLES["cell-small"]

    def stand_in(self, cell: tagging.Slot) -> None:
        self.slot = tagging.Slot("Link", cell)

    def wrap(self, width, height):
        self.width, self.height = width, self.look.leading
        return width, self.height

    def draw(self):
        canvas = self.canv
        mark = canvas.tags.mark(self.slot) if canvas.tags is not None else None
        words = canvas.words_of_pages[-1]
        late = Late(len(canvas.sections), f"%late-{len(canvas.late)}%", self.name, mark, len(words))
        canvas.late.append(late)
        words.append("")
        # A comment where the words will stand, so that whoever reads the page in its own order meets them there.
        reportlab_inside.write(canvas, late.sign)
        tagging.link(canvas, self.slot, self.key, self.name, (self.width, self.height))


@dataclass(frozen=True)
class Late:
    """Page numbers that are drawn last: on which of our pages, at which sign, of what, their place in the structure."""

    place: int
    sign: str
    name: str
    mark: int | None
    word: int  # which of the words of that page they are

    def operators(self, canvas, words: str) -> str:
        """The words drawn, as the page takes them."""
        reportlab_inside.begin_apart(canvas)
        if self.mark is not None:
            reportlab_inside.write(canvas, f"/Link <</MCID {self.mark}>> BDC")
        look = style.STYLES["cell-small"]
        canvas.setFillColor(style.LINK)
        canvas.setFont(look.fontName, look.fontSize)
        canvas.drawString(0, look.leading - look.fontSize, words)
        if self.mark is not None:
            reportlab_inside.write(canvas, "EMC")
        return f"\nq {reportlab_inside.drawn_apart(canvas)} Q\n"


class WithOthers:
    """The part of a canvas that knows which pages of others follow ours, and what that makes of every number."""

    sections: list[str]
    words_of_pages: list[list[str]]
    order: Callable[[], list[int]]

    def begin_others(self) -> None:
        """Nothing follows yet."""
        self.joined: Mapping[str, Behind] = {}
        self.keys_of_words: dict[str, str] = {}
        self.follow: dict[int, str] = {}
        self.pages_behind = 0
        self.late: list[Late] = []

    def pages_follow(self, name: str) -> None:
        """Behind the page being drawn come the pages of this name."""
        if name not in self.joined:
            raise LostPages(f"The pages of {name} were not given.")
        self.follow[len(self.sections)] = name
        self.pages_behind += len(self.joined[name].sheets)

    def numbers(self) -> dict[int, int]:
        """The number of each page of ours as they are bound, those of others between them counted."""
        numbers, number = {}, 0
        for at in self.order():
            number += 1
            numbers[at] = number
            number += len(self.joined[self.follow[at]].sheets) if at in self.follow else 0
        return numbers

    def settle(self) -> None:
        """The page numbers that had to wait, put into the words of their pages and drawn where their signs stand."""
        numbers, pages = self.numbers(), reportlab_inside.document_of(self).Pages.pages
        first = {name: numbers[at] + 1 for at, name in self.follow.items()}
        for late in self.late:
            count = len(self.joined[late.name].sheets)
            words = f"{first[late.name]}" if count == 1 else f"{first[late.name]}–{first[late.name] + count - 1}"
            self.words_of_pages[late.place][late.word] = words
            page = pages[late.place]
            page.stream = page.stream.replace(late.sign, late.operators(self, words))


def stamped(canvas, place: int, name: str, last: int, total: int) -> Stamped:
    """The pages of this name behind one of ours, each with its stamp: E7 · page 3 of 9 · pack page 61 of 120."""
    pages = canvas.joined[name]
    count = len(pages.sheets)
    stamps = [
        stamp(canvas, sheet, f"{name} · page {at} of {count} · pack page {last + at} of {total}")
        for at, sheet in enumerate(pages.sheets, start=1)
    ]
    return Stamped(place, pages, stamps)


def stamp(canvas, sheet: Sheet, words: str) -> bytes:
    """What is drawn in the margin of a page from elsewhere: which exhibit, which page of it, which of the whole."""
    reportlab_inside.begin_apart(canvas)
    tagging.begin_artifact(canvas, "Pagination")
    size = min(STAMP_SIZE, STAMP_SIZE * (sheet.wide - EDGE) / max(stringWidth(words, style.BODY, STAMP_SIZE), 1))
    canvas.setFont(style.BODY, size)
    canvas.setFillColor(style.INK)
    edge = min(EDGE, sheet.wide / 10)
    canvas.drawRightString(sheet.wide - edge, sheet.high - HIGH if sheet.at == "top" else LOW, words)
    tagging.end(canvas)
    return reportlab_inside.drawn_apart(canvas).encode("latin-1")
