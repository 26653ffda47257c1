"""What we use of ReportLab that it does not promise: every private name of it stands in this module and nowhere else.

ReportLab tags no files and packs no structure tree, so the paper writes beside its canvas and finishes its document.
`tests/audit_app/paper/test_reportlab_inside.py` holds each name to what is expected of it: when a new version fails
there, it is this module that must change.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame
from reportlab.platypus.paragraph import _SplitWord, _SplitWordEnd

DrawingRenderer = renderPDF._PDFRenderer


def at_top(frame: Frame) -> bool:
    """Whether nothing has been set in the frame yet."""
    return bool(frame._atTop)


def room_left(frame: Frame) -> float:
    """The height in points between what was set last and the frame's lower edge."""
    return float(frame._y - frame._y1p)


def is_cut_inside(word: str) -> bool:
    """Whether a line ends within this word, so that the rest of it begins the next line."""
    return isinstance(word, _SplitWord) and not isinstance(word, _SplitWordEnd)


def write(canvas: Canvas, operator: str) -> None:
    """Put an operator of the file's own language after what was drawn on this page so far."""
    canvas._code.append(operator)


def begin_apart(canvas: Canvas) -> None:
    """What is drawn from here on is kept apart from any page, to be taken with `drawn_apart`."""
    canvas._restartAccumulators()
    canvas.init_graphics_state()


def drawn_apart(canvas: Canvas) -> str:
    """The operators of what was drawn since `begin_apart`."""
    return "\n".join(canvas._code) + "\n"


def bookmark(canvas: Canvas, key: str) -> pdfdoc.PDFObject:
    """A reference to the place with this key, which may be drawn later."""
    return canvas._bookmarkReference(key)


def title_outline(canvas: Canvas, titles: dict[str, str]) -> None:
    """What the outline calls its entries, by their keys: page numbers are known only when all is drawn."""
    named = canvas._doc.outline.destinationnamestotitles
    named.update({key: title for key, title in titles.items() if key in named})


def keys_named(canvas: Canvas) -> set[str]:
    """Every key of a place: those that were bookmarked, and those that something leads to, bookmarked or not."""
    return set(canvas._destinations)


def annotate(canvas: Canvas, entries: dict[str, Any]) -> str:
    """Add an annotation to this page; return the name by which the document knows it as an object."""
    name = f"link{canvas._annotationCount + 1}"
    canvas._addAnnotation(pdfdoc.PDFDictionary(entries), name)
    return str(canvas._doc.annotationName(name))


def document_of(canvas: Any) -> pdfdoc.PDFDocument:
    """The document that the canvas draws into: its pages, objects and catalogue."""
    return canvas._doc


def set_version(document: pdfdoc.PDFDocument, version: tuple[int, int]) -> None:
    """The version of the file format that the document's own parts are written for."""
    document._pdfVersion = version


def allow_entries(page: pdfdoc.PDFPage, names: Sequence[str]) -> None:
    """ReportLab writes only those entries of a page that it knows; from now on these as well, once they are set."""
    page.__NoDefault__ = [*type(page).__NoDefault__, *names]
