"""Makes the file: cover, contents, running header and footer, bookmarks, structure tree, and the same bytes each time.

The body is laid out once. The contents are drawn after it, when every page number is known, and moved to the front;
headers and footers are added last, when the number of pages is known.
"""

import io
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, ClassVar

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
    Spacer,
)
from reportlab.platypus.doctemplate import PageBreakIfNotEmpty

from audit_app.paper import behind, contents, cover, reportlab_inside, style, tagging, text, writer
from audit_app.paper.blocks import WIDE, Heading, NewPage, keep, key_of, note
from audit_app.paper.furniture import Sheet, furniture
from audit_app.paper.grid import NextRoom
from audit_app.paper.joined import Behind, Stamped
from audit_app.paper.letters import Lettering, notice

LANGUAGE = "en-GB"
_NOTICE_HEIGHT = 80  # points: its title does not stand alone at a page's end


class Cancelled(Exception):
    """The person who asked for the document called it off."""


class TookTooLong(Exception):
    """The document was not finished within its time limit."""


class LostLink(ValueError):
    """A link leads to a heading that is not in the document."""


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """What a document says about itself: on its cover, in its header and footer, and in the file's own title."""

    title: str
    marking: str = ""
    reference: str = ""
    as_at: str = ""
    council: str = ""
    subtitle: str = ""
    details: Sequence[tuple[str, str]] = field(default=())
    logo: bytes | None = None
    standing: str = ""  # what every page says at its very foot: that it is a draft
    has_cover: bool = True
    has_contents: bool = True


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What one page says: the heading it stands under and its words in order, without header, footer and number."""

    heading: str
    words: tuple[str, ...]


def build(
    document: PrintedDocument,
    story: Sequence[Flowable],
    *,
    tagged: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda pages: None,
    time_limit_seconds: float | None = None,
    printed: Callable[[Sequence[PrintedPage]], None] = lambda pages: None,
    joined: Mapping[str, Behind] | None = None,
    leading_to: Mapping[str, str] | None = None,
    into: BinaryIO | None = None,
) -> bytes:
    """The document as a PDF file. The story is what the functions of blocks and charts returned, in order.

    Before each page `cancelled` is asked and after it `progress` is told how many are done; `printed` is told in the
    end what each page says, so that pages of two versions can be compared. `joined` holds the pages that others made
    by the names under which the story says that they follow, `leading_to` the keys of headings by the names in lines
    such as “Exhibits: E3”. With `into` the file is written there, bit by bit, and nothing is returned.
    Raises Cancelled, TookTooLong, LostLink, LostPages, and FontsMissing when the assets were not built.
    """
    style.register_fonts()
    watch = _Watch(cancelled, progress, time_limit_seconds)
    made = _Maker(document)
    front = cover.blocks(document) if document.has_cover else []
    turn = [NextPageTemplate("body"), PageBreakIfNotEmpty()] if front and story else []
    flowables = [*front, *turn, *story]
    flowables.append(_LettersNow(flowables, document))
    flowables.append(_ContentsNow(flowables, document.has_contents))
    made.build(flowables, canvasmaker=_canvas_maker(tagged, watch, joined or {}, leading_to or {}))
    return _finish(made.canv, document, printed, into)


class _Watch:
    """Looks up from the work at each page: called off, out of time, or how far along."""

    def __init__(self, cancelled, progress, time_limit_seconds: float | None) -> None:
        self.cancelled, self.progress, self.limit = cancelled, progress, time_limit_seconds
        self.started = time.monotonic()

    def page_done(self, pages: int) -> None:
        self.progress(pages)
        if self.cancelled():
            raise Cancelled("The document was called off before it was finished.")
        if self.limit is not None and time.monotonic() - self.started > self.limit:
            raise TookTooLong(
                f"The document was stopped after {self.limit:g} seconds, at page {pages}. "
                "Choose a shorter period or fewer teams, and try again."
            )


class PaperCanvas(behind.WithOthers, Canvas):
    """A canvas that keeps what is needed once the last page is drawn: sections, headings, the structure tree."""

    tags: tagging.Tags | None = None
    watch: _Watch
    section = "cover"
    wide = False
    language = LANGUAGE
    section_names: ClassVar[dict[str, str]] = {"cover": "Cover", "contents": "Contents"}

    def __init__(self, *args, **settings) -> None:
        super().__init__(*args, **settings)
        self.sections: list[str] = []
        self.on_their_side: list[bool] = []
        self.words_of_pages: list[list[str]] = [[]]
        self.headings_of_pages: list[str] = [""]
        self.entries: list[contents.Entry] = []
        self.keys: set[str] = set()
        self.outline_level = -1
        self.letterings: dict[int, Lettering] = {}
        self.begin_others()

    def enter(self, section: str, *, wide: bool = False) -> None:
        """What is drawn from here on belongs to this part of the document, on a page upright or on its side."""
        self.section, self.wide = section, wide
        if self.tags is not None:
            self.tags.section = self.tags.sections[section]

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        super().showPage()
        self.sections.append(self.section)
        self.on_their_side.append(self.wide)
        self.words_of_pages.append([])
        self.headings_of_pages.append("")
        if self.tags is not None:
            self.tags.pages.append([])
        self.watch.page_done(len(self.sections))

    def order(self) -> list[int]:
        """The places of the pages as they are bound: the contents were drawn last and stand after the cover."""
        return sorted(range(len(self.sections)), key=lambda at: ("cover", "contents", "body").index(self.sections[at]))

    def pages_in_order(self) -> list[PrintedPage]:
        """What each page says, as they are bound; a page without a heading stands under the last one before it."""
        made: list[PrintedPage] = []
        for at in self.order():
            heading = self.headings_of_pages[at] or self.section_names.get(self.sections[at], "")
            heading = heading or (made[-1].heading if made else "")
            made.append(PrintedPage(heading, tuple(self.words_of_pages[at])))
            if at in self.follow:
                pages = self.joined[self.follow[at]]
                made += [PrintedPage(heading, (pages.mark, str(n))) for n in range(1, len(pages.sheets) + 1)]
        return made

    def save(self) -> None:
        """The file is written by the writer, after contents and page numbers are in place."""

    def heading_drawn(self, heading: Heading) -> None:
        """Bookmark a heading where it was drawn, and note it for outline and contents."""
        key = heading.key or f"heading-{len(self.entries) + 1}"
        while key in self.keys:
            key += "-again"
        self.keys.add(key)
        if heading.level < 3 and not self.headings_of_pages[-1]:
            self.headings_of_pages[-1] = heading.plain
        self.bookmarkHorizontal(key, 0, heading.height + 6)
        if heading.listed:
            self.outline_level = min(heading.level - 1, self.outline_level + 1)
            self.addOutlineEntry(heading.plain, key, self.outline_level, closed=heading.level > 1)
            page = self.getPageNumber() + self.pages_behind
            self.entries.append(contents.Entry(heading.level, heading.plain, key, page))


def _canvas_maker(tagged: bool, watch: _Watch, joined: Mapping[str, Behind], leading_to: Mapping[str, str]):
    def make(*args, **settings) -> PaperCanvas:
        canvas = PaperCanvas(*args, **settings)
        canvas.tags, canvas.watch = (tagging.Tags() if tagged else None), watch
        canvas.joined, canvas.keys_of_words = joined, {name: key_of(key) for name, key in leading_to.items()}
        return canvas

    return make


class _Maker(BaseDocTemplate):
    """The page templates, and the rule that a heading never ends a page."""

    def __init__(self, document: PrintedDocument) -> None:
        super().__init__(
            io.BytesIO(), pagesize=A4, invariant=1, lang=LANGUAGE, initialFontName=style.BODY, pageCompression=1
        )
        sections = ("cover", "body", "contents") if document.has_cover else ("body", "contents")
        self.addPageTemplates([*(_template(section) for section in sections), _wide_template()])
        self.looked_at: Flowable | None = None

    def filterFlowables(self, flowables: list) -> None:  # noqa: N802 (ReportLab's name)
        first = flowables[0]
        if (
            first is self.looked_at
            or not _stays_with_next(first, *flowables[1:2])
            or reportlab_inside.at_top(self.frame)
        ):
            return
        self.looked_at = first
        width = style.WIDE_TEXT_WIDTH if self.pageTemplate.id == WIDE else style.TEXT_WIDTH
        if reportlab_inside.room_left(self.frame) < _least_height(flowables, width):
            flowables.insert(0, NextRoom())


def _template(section: str) -> PageTemplate:
    y = style.MARGIN if section == "cover" else style.END_MARGIN + style.FOOTER_HEIGHT
    height = style.PAGE_HEIGHT - 2 * style.MARGIN if section == "cover" else style.TEXT_HEIGHT
    room = Frame(
        style.MARGIN, y, style.TEXT_WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    return PageTemplate(section, [room], onPage=lambda canvas, maker: canvas.enter(section), pagesize=A4)


def _wide_template() -> PageTemplate:
    """A page of the body on its side."""
    room = Frame(
        style.WIDE_MARGIN, style.WIDE_MARGIN + style.FOOTER_HEIGHT, style.WIDE_TEXT_WIDTH, style.WIDE_TEXT_HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    return PageTemplate(
        WIDE, [room], onPage=lambda canvas, maker: canvas.enter("body", wide=True), pagesize=landscape(A4)
    )


_BEFORE_A_TABLE = ("caption", "quiet", "quiet-dense")


def _stays_with_next(flowable: Flowable, following: Flowable | None = None) -> bool:
    """Whether a page may not end with it: a heading, a caption, and quiet words that no other heading follows."""
    if getattr(flowable, "stays_with_next", False) or isinstance(flowable, Heading):
        return True
    before_a_table = isinstance(flowable, text.Words) and flowable.style.name in _BEFORE_A_TABLE
    return before_a_table and not isinstance(following, Heading)


def _least_height(flowables: list, width: float) -> float:
    """The room that headings in a row and the beginning of what follows them need."""
    needed = 0.0
    for place, flowable in enumerate(flowables[:6]):
        if isinstance(flowable, Spacer):
            needed += flowable.height
            continue
        if not hasattr(flowable, "lead_height"):
            break
        needed += flowable.lead_height(width) + flowable.getSpaceBefore()
        if not _stays_with_next(flowable, *flowables[place + 1 : place + 2]):
            break
    return min(needed, style.TEXT_HEIGHT)


class _LettersNow(ActionFlowable):
    """Reached when the body is drawn: says which letters were printed by their names, where any were."""

    def __init__(self, story: list, document: PrintedDocument) -> None:
        super().__init__()
        self.story, self.document = story, document

    def apply(self, doc) -> None:
        canvas = doc.canv
        of_all_pages = () if self.document.has_cover else (self.document.title, self.document.reference)
        heads = [] if canvas.letterings else [text.lettering_of(words) for words in of_all_pages]
        if words := notice.told_of([*canvas.letterings.values(), *heads]):
            # What others made follows this page; the notice is ours and stands behind it.
            turn = [NewPage()] if len(canvas.sections) in canvas.follow else []
            self.story[:0] = [*turn, *keep(_NOTICE_HEIGHT), *note(words, title=notice.TITLE)]


class _ContentsNow(ActionFlowable):
    """Reached when the body is drawn: puts the contents behind it in the story that is being consumed."""

    def __init__(self, story: list, wanted: bool) -> None:
        super().__init__()
        self.story, self.wanted = story, wanted

    def apply(self, doc) -> None:
        if not self.wanted or not doc.canv.entries:
            return
        self.story += [NextPageTemplate("contents"), PageBreakIfNotEmpty()]
        self.story += text.paragraphs("Contents", "contents-title", slot=tagging.Slot("H1"))
        for number, lines in enumerate(contents.pages_of(doc.canv.entries)):
            if number:
                self.story.append(PageBreakIfNotEmpty())
            self.story += lines


def _finish(
    canvas: PaperCanvas,
    document: PrintedDocument,
    printed: Callable[[Sequence[PrintedPage]], None],
    into: BinaryIO | None,
) -> bytes:
    """Contents to the front, headers and footers on, page labels, and the file."""
    _check_links(canvas)
    pages = reportlab_inside.document_of(canvas).Pages
    order, numbers = canvas.order(), canvas.numbers()
    canvas.settle()
    total = len(order) + canvas.pages_behind
    printed(canvas.pages_in_order())
    pages.pages = [pages.pages[at] for at in order]
    stamped: list[Stamped] = []
    for place, at in enumerate(order, start=1):
        sheet = Sheet(numbers[at], total, canvas.sections[at] == "cover", canvas.on_their_side[at])
        pages.pages[place - 1].stream += furniture(canvas, document, sheet)
        if at in canvas.follow:
            stamped.append(behind.stamped(canvas, place, canvas.follow[at], numbers[at], total))
    before = sum(section == "contents" for section in canvas.sections)
    reportlab_inside.title_outline(
        canvas, {entry.key: f"{entry.words}, page {entry.page + before}" for entry in canvas.entries}
    )
    canvas.addPageLabel(0, style="ARABIC_NUMBERS", start=1)
    return writer.file_bytes(canvas, text.plain(document.title), text.plain(document.subtitle), into, stamped)


def _check_links(canvas: PaperCanvas) -> None:
    lost = sorted(reportlab_inside.keys_named(canvas) - canvas.keys)
    if lost:
        raise LostLink(f"The document links to {', '.join(lost)}, but no heading of it has that key.")
