"""The last touch on a document: its language, lines that run from right to left, and a file with the same bytes each
time that says nothing of whoever made the template or of this machine."""

import io
import re
import unicodedata
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGE = "en-GB"
FIXED = (1980, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"
CORE, APP, CUSTOM = "core-properties+xml", "extended-properties+xml", "custom-properties+xml"
LISTED = re.compile(r"<Override\b[^>]*>")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
CORE_XML = (
    HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{council}</dc:creator>"
    "<dc:description>{template}</dc:description><dc:identifier>{reference}</dc:identifier>"
    f"<dc:language>{LANGUAGE}</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
APP_XML = HEAD + f'<Properties xmlns="{OFFICE}/extended-properties"></Properties>'
CUSTOM_XML = HEAD + f'<Properties xmlns="{OFFICE}/custom-properties"></Properties>'


def set_language(document: Any) -> None:
    """What proofing and a screen reader take the text for, where no style says otherwise."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        document.styles.element.insert(0, defaults)
    run = _child(_child(defaults, "w:rPrDefault"), "w:rPr")
    _child(run, "w:lang").set(qn("w:val"), LANGUAGE)


def _child(parent: Any, name: str) -> Any:
    there = parent.find(qn(name))
    if there is None:
        there = OxmlElement(name)
        parent.append(there)
    return there


def turn_lines(root: Any) -> None:
    """Paragraphs whose first letter belongs to a script written from right to left are set so."""
    for paragraph in root.iter(qn("w:p")):
        text = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        if not text.isascii() and _from_the_right(text):
            paragraph.get_or_add_pPr().insert_element_before(
                OxmlElement("w:bidi"),
                *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
                  "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
                  "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
            )  # fmt: skip
            for run in paragraph.iter(qn("w:r")):
                _child(run.get_or_add_rPr(), "w:rtl")


def _from_the_right(text: str) -> bool:
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def finished(data: bytes, about: dict[str, str]) -> bytes:
    """The file packed anew: parts in one order, one date, properties of ours alone."""
    ours = {
        CORE: CORE_XML.format_map({name: escape(text) for name, text in about.items()}),
        APP: APP_XML,
        CUSTOM: CUSTOM_XML,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as anew:
        kinds = _kinds(package.read(FIRST).decode("utf-8"))
        for name in sorted(package.namelist(), key=lambda name: (name != FIRST, name)):
            ours_of_it = next((text for kind, text in ours.items() if kinds.get(name, "").endswith(kind)), None)
            part = zipfile.ZipInfo(name, FIXED)
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            anew.writestr(part, package.read(name) if ours_of_it is None else ours_of_it.encode("utf-8"))
    return target.getvalue()


def _kinds(listed: str) -> dict[str, str]:
    """What kind of part each listed name is."""
    kinds = {}
    for entry in LISTED.findall(listed):
        values = dict(re.findall(r'(\w+)="([^"]*)"', entry))
        kinds[values.get("PartName", "").lstrip("/")] = values.get("ContentType", "")
    return kinds
