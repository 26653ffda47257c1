"""Reads the words of a Word or Excel file in a confined child, notes, comments and what it says of itself included."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from audit_app.evidence_store.answers import MOST_TEXT, Contents, packed, packed_refusal
from audit_app.evidence_store.refusal import Refused

_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SHEET_PARTS = re.compile(r"xl/(worksheets/sheet\d+|comments\d*|workbook|drawings/drawing\d+)\.xml|xl/comments/.*\.xml")
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
        if _WORD_PARTS.fullmatch(name) or _SHEET_PARTS.fullmatch(name):
            parts.append(_tidy("".join(_texts(fromstring(package.read(name), forbid_dtd=True), shared))))
        elif _ABOUT.fullmatch(name):
            parts.append("\n".join(_of_itself(fromstring(package.read(name), forbid_dtd=True))))
        length += len(parts[-1]) if parts else 0
    return Contents(text="\n".join(part for part in parts if part))


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
        elif name in ("t", "delText") and part.text:  # what was struck out is in the file still
            yield part.text
        elif name == "sheet":
            yield f"\n{part.get('name', '')}\n"
        elif name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter") and part.text:
            yield f"\n{part.text}\n"


def _cell(cell: Element, shared: list[str]) -> str:
    """The value of a cell; texts written into the cell itself come with their own `t`."""
    value = next((part.text or "" for part in cell if _local(part) == "v"), "")
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
