"""Reads the words of a Word or Excel file in a confined child, notes, comments and what it says of itself included."""

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from audit_app.evidence_store.answers import MOST_TEXT, Contents, packed, packed_refusal
from audit_app.evidence_store.refusal import Refused

_WORD_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments|charts/.*|glossary/document)\.xml"
)
_SHEET_PARTS = re.compile(
    r"xl/(worksheets/sheet\d+|comments\d*|workbook|drawings/drawing\d+|charts/.*|comments/.*|threadedComments/.*|tables/.*"
    r"|pivotTables/.*)\.xml"
)
# A copy of every row a pivot table was made from, kept in the file though no sheet shows it.
_KEPT_ROWS = re.compile(r"xl/pivotCache/pivotCache(Definition|Records)\d*\.xml")
_LINKS = re.compile(r"(word|xl)/.*_rels/.*\.rels")
_ABOUT = re.compile(r"docProps/(core|app)\.xml")
_OF_ITSELF = {
    "creator",
    "lastModifiedBy",
    "title",
    "subject",
    "keywords",
    "description",
    "category",
    "Manager",
    "Company",
}
# What a thing says beside its words: to those who cannot see a picture, or when a pointer rests on a link.
_SPEAK = {
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "hyperlink": ("tooltip", "display"),
    "tableColumn": ("name",),
}
_BREAKS = {"p", "br", "row", "tr", "comment"}
_GAPS = {"tab", "tc", "c"}


def answer(data: bytes) -> bytes:
    """What the file says, or why it is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return packed(_read(package))
    except (zipfile.BadZipFile, ParseError, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError):
        return packed_refusal(
            Refused("broken", "This file is damaged. Open it in Word or Excel, save it again and try again.")
        )


def _read(package: zipfile.ZipFile) -> Contents:
    names = sorted(package.namelist(), key=lambda name: ("document" not in name, name))
    shared = _shared_texts(package)
    parts: list[str] = []
    length = 0
    for name in names:
        if length > MOST_TEXT:
            return Contents(text="\n".join(parts), whole=False)
        if words := _part(package, name, shared):
            parts.append(words)
            length += len(words)
    return Contents(text="\n".join(parts))


def _part(package: zipfile.ZipFile, name: str, shared: list[str]) -> str:
    """The words of one part of the file; nothing of a part that holds none."""
    if _WORD_PARTS.fullmatch(name) or _SHEET_PARTS.fullmatch(name):
        return _tidy("".join(_texts(fromstring(package.read(name), forbid_dtd=True), shared)))
    if _KEPT_ROWS.fullmatch(name) or _LINKS.fullmatch(name):
        return "\n".join(_unseen(fromstring(package.read(name), forbid_dtd=True)))
    if _ABOUT.fullmatch(name):
        return "\n".join(_of_itself(fromstring(package.read(name), forbid_dtd=True)))
    return ""


def _shared_texts(package: zipfile.ZipFile) -> list[str]:
    """The texts that the cells of a workbook point at."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    whole = fromstring(package.read("xl/sharedStrings.xml"), forbid_dtd=True)
    return ["".join(part.text or "" for part in item.iter() if _local(part) == "t") for item in whole]


def _texts(element: Element, shared: list[str]) -> Iterator[str]:
    """The words of a part in their order: a line for each paragraph or row, a gap between cells."""
    for part in element.iter():
        name = _local(part)
        if name in _BREAKS:
            yield "\n"
        elif name in _GAPS:
            yield "\t"
        if name == "c":
            yield _cell(part, shared)
        elif name in ("t", "text", "delText", "instrText") and part.text:  # what was struck out is in the file still
            yield part.text
        elif name == "pt" and (point := _value(part)):  # of a chart
            yield f"\n{point}"
        elif name in _SPEAK:
            yield "".join(f"\n{part.get(word)}\n" for word in _SPEAK[name] if part.get(word))
        elif name == "sheet":
            yield f"\n{part.get('name', '')}\n"
        elif name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter") and part.text:
            yield f"\n{part.text}\n"


def _value(part: Element) -> str:
    return next((each.text or "" for each in part if _local(each) == "v"), "")


def _unseen(element: Element) -> Iterator[str]:
    """The rows behind a pivot table, value by value; where a link leads that a reader may click."""
    for part in element.iter():
        name = _local(part)
        if name in ("s", "n", "d") and part.get("v"):
            yield str(part.get("v"))
        elif name == "cacheField":
            yield str(part.get("name", ""))
        elif name == "Relationship" and part.get("TargetMode") == "External":
            yield unquote(str(part.get("Target", "")))


def _cell(cell: Element, shared: list[str]) -> str:
    """The value of a cell; texts written into the cell itself come with their own `t`."""
    value = _value(cell)
    if cell.get("t") == "s":
        place = int(value or -1)
        return shared[place] if 0 <= place < len(shared) else ""
    return "" if cell.get("t") == "inlineStr" else value


def _of_itself(element: Element) -> Iterator[str]:
    for part in element.iter():
        if _local(part) in _OF_ITSELF and (part.text or "").strip():
            yield f"{_local(part)}: {part.text}"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t]*\t[ \t]*", "\t", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
