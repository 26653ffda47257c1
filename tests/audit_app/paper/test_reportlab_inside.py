"""The contract with ReportLab: each private name does what the paper stands on, and stands in one module only.

A version of ReportLab that lacks or changes a name fails here under that name.
"""

import ast
import io

import pytest
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, paragraph

from tests.house import source

ADAPTER = "audit_app.paper.reportlab_inside"
PAPER = "audit_app.paper"


def a_canvas():
    return Canvas(io.BytesIO(), invariant=1, pageCompression=0)


def a_frame():
    return Frame(0, 10, 200, 100, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


class Block(Flowable):
    """Thirty points of nothing."""

    def wrap(self, width, height):
        return width, 30

    def draw(self):
        pass


def a_link():
    return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName("Link")})


def last_words(text):
    """The last word of each line of a paragraph too narrow for its one word."""
    narrow = Paragraph(text, ParagraphStyle("narrow", fontSize=10, splitLongWords=1))
    narrow.wrap(40, 500)
    return [words[-1] for _extra, words in narrow.blPara.lines]


def check_renderer():
    changes = []

    class Listening(renderPDF._PDFRenderer):
        def applyStateChanges(self, delta, newState):
            changes.append(delta)
            super().applyStateChanges(delta, newState)

    drawing = Drawing(50, 20)
    drawing.add(String(0, 0, "Good", fontName="Helvetica"))
    canvas = a_canvas()
    Listening().draw(drawing, canvas, 0, 0)
    assert [delta["fontName"] for delta in changes if "fontName" in delta]
    assert "(Good) Tj" in "\n".join(canvas._code)


def check_at_top():
    frame = a_frame()
    assert frame._atTop
    assert frame.add(Block(), a_canvas())
    assert not frame._atTop


def check_where_the_next_thing_goes():
    frame = a_frame()
    assert frame._y == 110
    frame.add(Block(), a_canvas())
    assert frame._y == 80


def check_lower_edge():
    frame = a_frame()
    assert frame._y1p == 10
    taken = [frame.add(Block(), a_canvas()) for _ in range(4)]
    assert [bool(height) for height in taken] == [True, True, True, False]
    assert frame._y - frame._y1p == 10


def check_split_word():
    first, *_between, last = last_words("Unterstützungsleistungen")
    assert isinstance(first, paragraph._SplitWord)
    assert not isinstance(first, paragraph._SplitWordEnd)
    assert isinstance(last, paragraph._SplitWord)
    assert not isinstance(last_words("one two")[0], paragraph._SplitWord)


def check_end_of_split_word():
    assert isinstance(last_words("Unterstützungsleistungen")[-1], paragraph._SplitWordEnd)


def check_code():
    canvas = a_canvas()
    canvas.rect(0, 0, 5, 5)
    canvas._code.append("/Artifact BMC")
    canvas.line(0, 0, 9, 9)
    drawn = list(canvas._code)
    at = drawn.index("/Artifact BMC")
    assert any(" re " in operator for operator in drawn[:at])
    assert any(" l " in operator for operator in drawn[at:])
    canvas.showPage()
    assert "/Artifact BMC" in canvas._doc.Pages.pages[0].stream


def check_restart():
    canvas = a_canvas()
    canvas.rect(0, 0, 5, 5)
    canvas.showPage()
    before = canvas._doc.Pages.pages[0].stream
    canvas._restartAccumulators()
    canvas.init_graphics_state()
    assert canvas._code == []
    canvas.line(0, 0, 9, 9)
    assert len(canvas._code) == 1
    assert canvas._doc.Pages.pages[0].stream == before


def check_bookmark_reference():
    canvas = a_canvas()
    reference = canvas._bookmarkReference("later")
    canvas.bookmarkHorizontal("later", 0, 10)
    assert canvas._bookmarkReference("later") is reference
    canvas.showPage()
    assert b"/XYZ 0 10" in pdfdoc.format(reference, canvas._doc)


def check_destinations():
    canvas = a_canvas()
    canvas._bookmarkReference("led to")
    canvas.bookmarkHorizontal("drawn", 0, 10)
    assert set(canvas._destinations) == {"led to", "drawn"}


def check_annotation_count():
    canvas = a_canvas()
    assert canvas._annotationCount == 0
    canvas._addAnnotation(a_link(), "link1")
    assert canvas._annotationCount == 1


def check_add_annotation():
    canvas = a_canvas()
    link = a_link()
    canvas._addAnnotation(link, "link1")
    assert canvas._doc.idToObject[canvas._doc.annotationName("link1")] is link
    canvas.showPage()
    assert canvas._doc.Pages.pages[0].Annots is not None


def check_document():
    canvas = a_canvas()
    canvas.showPage()
    document = canvas._doc
    assert isinstance(document, pdfdoc.PDFDocument)
    assert document.idToObject["Page1"] is document.Pages.pages[0]
    assert document.numberToId
    assert document.delayedFonts == []
    assert isinstance(document.Catalog, pdfdoc.PDFCatalog)


def check_version():
    document = a_canvas()._doc
    assert document._pdfVersion <= (1, 7)
    document._pdfVersion = (1, 7)
    assert document._pdfVersion == (1, 7)


def check_entries_of_a_page():
    canvas = a_canvas()
    canvas.showPage()
    page, document = canvas._doc.Pages.pages[0], canvas._doc
    page.Tabs = pdfdoc.PDFName("S")
    assert b"/Tabs" not in page.format(document)
    page.__NoDefault__ = [*type(page).__NoDefault__, "Tabs"]
    assert b"/Tabs /S" in page.format(document)
    assert "Tabs" not in type(page).__NoDefault__


CONTRACT = {
    "_PDFRenderer": check_renderer,
    "_atTop": check_at_top,
    "_y": check_where_the_next_thing_goes,
    "_y1p": check_lower_edge,
    "_SplitWord": check_split_word,
    "_SplitWordEnd": check_end_of_split_word,
    "_code": check_code,
    "_restartAccumulators": check_restart,
    "_bookmarkReference": check_bookmark_reference,
    "_destinations": check_destinations,
    "_annotationCount": check_annotation_count,
    "_addAnnotation": check_add_annotation,
    "_doc": check_document,
    "_pdfVersion": check_version,
    "__NoDefault__": check_entries_of_a_page,
}
PYTHONS_OWN = {"__name__", "__class__", "__doc__", "__dict__", "__module__", "__table__", "__init__", "__post_init__"}


def private_names(tree):
    """Names with an underscore before them that a file takes from elsewhere: neither its own nor Python's."""
    own = {node.name for node in source.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.id for node in source.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {
        node.attr
        for node in source.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    used = {node.attr for node in source.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {
        alias.name
        for node in source.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportlab")
        for alias in node.names
    }
    return {name for name in used - own - PYTHONS_OWN if name.startswith("_")}


def draws_on_paper(path):
    """Whether a module stands in `paper/` or knows ReportLab."""
    name = source.name_of(path)
    return name.startswith(PAPER) or any(other.split(".")[0] == "reportlab" for other in source.imports_of(path))


@pytest.mark.parametrize("name", CONTRACT)
def test_reportlab_keeps_to_the_contract(name):
    CONTRACT[name]()


def test_the_contract_holds_every_private_name_of_the_adapter():
    (adapter,) = [path for path in source.modules() if source.name_of(path) == ADAPTER]
    assert private_names(source.tree_of(adapter)) == set(CONTRACT)


def test_no_other_module_uses_a_private_name_of_reportlab():
    used = {
        source.name_of(path): private_names(source.tree_of(path))
        for path in source.modules()
        if draws_on_paper(path) and source.name_of(path) != ADAPTER
    }
    assert len(used) > 10
    assert {name: names for name, names in used.items() if names} == {}


def test_the_fence_bites():
    assert private_names(ast.parse("from reportlab.platypus.paragraph import _SplitWord")) == {"_SplitWord"}
    assert private_names(ast.parse("def f(canvas):\n    canvas._code.append('EMC')")) == {"_code"}
    assert private_names(ast.parse("class A:\n    def _piece(self):\n        return self._piece().__class__")) == set()
