"""Reads a built document back: its structure tree with the words under each element, as a screen reader meets them."""

import io
import re
import shutil
import subprocess

import pypdf
import pytest
from pypdf.generic import ArrayObject, ContentStream, IndirectObject

from audit_app.paper import document


@pytest.fixture
def build():
    """Build a story under a plain title."""

    def make(story, *, settings=None, **hooks):
        described = {"title": "Evidence pack", "marking": "OFFICIAL-SENSITIVE", "reference": "PCK-0005"}
        return document.build(document.PrintedDocument(**{**described, **(settings or {})}), story, **hooks)

    return make


@pytest.fixture
def tree():
    """The structure tree as nested (kind, words, attributes, kids)."""
    return _tree


@pytest.fixture
def words_of():
    """The words of a file as pdftotext gives them, with white space taken out (a wrap is not a difference)."""

    def read(data):
        if shutil.which("pdftotext"):
            raw = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
            found = raw.stdout.decode("utf-8")
        else:
            found = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
        return re.sub(r"\s+", "", found)

    return read


class Element:
    """One element of the tree with what is under it."""

    def __init__(self, kind, source):
        self.kind, self.source, self.kids, self.own = kind, source, [], []

    @property
    def words(self):
        return "".join(part if isinstance(part, str) else part.words for part in self.own)

    def all(self, kind):
        found = [self] if self.kind == kind else []
        return found + [each for kid in self.kids for each in kid.all(kind)]


def _tree(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    marked = {page.indirect_reference.idnum: _marked(page, reader) for page in reader.pages}
    return _element(reader.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object(), marked, None)


def _element(source, marked, page):
    element = Element(source["/S"][1:], source)
    page = source.raw_get("/Pg").idnum if "/Pg" in source else page
    kids = source.get("/K", ArrayObject())
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        thing = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(thing, int):
            element.own.append(marked[page][int(thing)])
        elif thing.get("/Type") == "/MCR":
            element.own.append(marked[thing.raw_get("/Pg").idnum][int(thing["/MCID"])])
        elif thing.get("/Type") != "/OBJR":
            child = _element(thing, marked, page)
            element.kids.append(child)
            element.own.append(child)
    return element


def _marked(page, reader):
    """The words of each marked content of a page, decoded through each font's own map."""
    fonts = {name: _font_map(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    found, current, font = {}, [], {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in {b"BDC", b"BMC"}:
            inside = operands[1] if len(operands) > 1 else {}
            within = current[-1] if current and operands[0] == "/Span" else None
            current.append(int(inside["/MCID"]) if "/MCID" in inside else within)
            if current[-1] is not None:
                found.setdefault(current[-1], "")
        elif operator == b"EMC":
            current.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator == b"Tj" and current and current[-1] is not None:
            raw = operands[0]
            codes = raw.original_bytes if hasattr(raw, "original_bytes") else bytes(raw)
            found[current[-1]] += "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)
    assert not current, "marked content is opened and not closed"
    return found


def _font_map(font):
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4})>$", font["/ToUnicode"].get_data().decode("latin-1"), re.M)
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}
