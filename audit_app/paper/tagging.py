"""The structure tree: which marked content on which page is a heading, a cell, a link or a figure, in reading order.

ReportLab has no call for this, so the operators are written beside its own and the tree is kept in light objects.
"""

from reportlab.pdfbase import pdfdoc

from audit_app.paper import reportlab_inside

LINK_KEYS_FROM = 1_000_000
COLUMN = "/A<</O/Table/Scope/Column>>"
ROW = "/A<</O/Table/Scope/Row>>"


def across(columns: int) -> str:
    """The attributes of a cell that heads the rows below it, over so many columns."""
    return f"/A<</O/Table/Scope/Row/ColSpan {columns}>>"


class Slot:
    """One element of the tree. Pieces of a thing split over pages share one slot, so it stays one element."""

    __slots__ = ("above", "actual", "alt", "attributes", "kids", "kind", "number", "parent", "tags")

    def __init__(self, kind: str, parent: "Slot | None" = None, attributes: str = "", alt: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.above: Slot | None = None
        self.attributes = attributes
        self.alt = alt
        self.actual = ""
        self.kids: list = []
        self.tags: Tags | None = None
        self.number = 0

    def place(self, tags: "Tags") -> "Slot":
        """Hang this element in the tree the first time something of it is drawn; a rebuild starts afresh."""
        if self.tags is not tags:
            self.tags = tags
            self.kids = []
            self.above = self.parent.place(tags) if self.parent is not None else tags.section
            self.above.kids.append(self)
        return self


class Tags:
    """The tree of one document while it is drawn."""

    def __init__(self) -> None:
        self.root = Slot("Document")
        self.root.tags = self
        self.sections = {name: Slot("Sect", self.root).place(self) for name in ("cover", "contents", "body")}
        self.section = self.sections["cover"]
        self.pages: list[list[Slot]] = [[]]
        self.links: list[Slot] = []

    def mark(self, slot: Slot) -> int:
        """Give the next marked content of this page to the element; return its number on the page."""
        here = self.pages[-1]
        slot.place(self).kids.append((len(self.pages) - 1, len(here)))
        here.append(slot)
        return len(here) - 1


def begin(canvas, slot: Slot) -> None:
    """Start marked content that belongs to the element."""
    if canvas.tags is not None:
        reportlab_inside.write(canvas, f"/{slot.kind} <</MCID {canvas.tags.mark(slot)}>> BDC")


def begin_artifact(canvas, kind: str = "Layout") -> None:
    """Start something drawn that is not content: a rule, a tint, a repeated header, a page number."""
    if canvas.tags is not None:
        reportlab_inside.write(canvas, f"/Artifact <</Type /{kind}>> BDC")


def end(canvas) -> None:
    """End what begin or begin_artifact started."""
    if canvas.tags is not None:
        reportlab_inside.write(canvas, "EMC")


def begin_span(canvas, typed: str) -> None:
    """Start the name of a letter, if it is one: who copies or searches the words is given the letter itself."""
    if typed:
        actual = f"FEFF{typed.encode('utf-16-be').hex().upper()}"
        reportlab_inside.write(canvas, f"/Span <</ActualText <{actual}>>> BDC")


def end_span(canvas, typed: str) -> None:
    """End what begin_span started."""
    if typed:
        reportlab_inside.write(canvas, "EMC")


def link(canvas, slot: Slot, key: str, words: str, size: tuple[float, float]) -> None:
    """Make the box from the current origin a link to a heading of the same document; nothing else can be linked."""
    x0, y0 = canvas.absolutePosition(0, 0)
    x1, y1 = canvas.absolutePosition(*size)
    entries = {
        "Type": pdfdoc.PDFName("Annot"),
        "Subtype": pdfdoc.PDFName("Link"),
        "Rect": pdfdoc.PDFArrayCompact([x0, y0, x1, y1]),
        "Border": pdfdoc.PDFArrayCompact([0, 0, 0]),
        "F": 4,
        "Contents": pdfdoc.PDFString(words),
        "Dest": reportlab_inside.bookmark(canvas, key),
    }
    tags = canvas.tags
    if tags is not None:
        entries["StructParent"] = LINK_KEYS_FROM + len(tags.links)
    name = reportlab_inside.annotate(canvas, entries)
    if tags is not None:
        slot.place(tags).kids.append((len(tags.pages) - 1, name))
        tags.links.append(slot)
