"""Builds a template of ours to start from: real headings, tables whose header rows repeat, British English."""

import copy
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from audit_app.word_files import finishing

INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
FONT = "Arial"
SIZES = {"Title": 24, "Subtitle": 14, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}
MARGIN = Mm(20)
NOT_XML = re.compile("[^\t\n\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
INDENT = 108  # twentieths of a point: what a cell leaves free at its left, so that borders stand at the margin


class Starting:
    """A template while it is made; `points` is the size of its text."""

    def __init__(self, points: float = 11) -> None:
        self.document = Document()
        self._ids: dict[str, str] = {}
        self._style(points)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN

    def _style(self, points: float) -> None:
        styles = self.document.styles
        for name in ("Normal", *SIZES, "List Bullet", "Quote", "Caption", "Header", "Footer"):
            style: Any = styles[name]
            style.font.name, style.font.color.rgb, style.font.italic = FONT, INK, False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{script}"), FONT)
        scale = max(points / 11, 1)
        for name, size in SIZES.items():
            styles[name].font.size = Pt(size * scale)
        styles["Title"].font.bold = True
        _unruled(styles["Title"].element)
        _evenly_spaced(styles["Subtitle"].element)
        styles["Normal"].font.size = Pt(points)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Quote"].paragraph_format.left_indent = Mm(6)
        for name in ("Header", "Footer", "Caption"):
            styles[name].font.size, styles[name].font.color.rgb = Pt(9), QUIET
        finishing.set_language(self.document)

    def heading(self, words: str, level: int) -> None:
        """A heading of Word's own styles; level 0 is the title."""
        self._paragraph("Title" if level == 0 else f"Heading {level}").add_run(words)

    def words(self, words: str, style: str = "Normal", *, bold: str = "") -> None:
        """A paragraph; `bold` stands before its words."""
        paragraph = self._paragraph(style)
        if bold:
            paragraph.add_run(f"{bold} ").bold = True
        paragraph.add_run(words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _paragraph(self, style: str) -> Any:
        """A paragraph in a style, found once by its name: the library looks through all styles each time."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self._style_id(style)
        return paragraph

    def _style_id(self, name: str) -> str:
        if name not in self._ids:
            self._ids[name] = self.document.styles[name].style_id
        return self._ids[name]

    def block(self, tag: str) -> None:
        """The beginning or end of what is repeated or chosen: {%p tag %}, alone in its paragraph."""
        self.document.add_paragraph(f"{{%p {tag} %}}")

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and what they are, a row each."""
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        for name, value in pairs:
            first, second = table.add_row().cells
            first.text, second.text = "", value
            first.paragraphs[0].add_run(name).bold = True
        self._measured(table, (43, 123))
        self.document.add_paragraph()

    def table(self, columns: Sequence[str], repeated: str, cells: Sequence[str], widths: Sequence[int]) -> None:
        """A table with a row for each of a list; its header row repeats on every page."""
        table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        header, begin, body, end = (row.cells for row in table.rows)
        for cell, name in zip(header, columns, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(name).bold = True
        begin[0].text, end[0].text = f"{{%tr {repeated} %}}", "{%tr endfor %}"
        for cell, value in zip(body, cells, strict=True):
            cell.text = value
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in (table.rows[0], table.rows[2]):
            row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        self._measured(table, widths)
        self.document.add_paragraph()

    def rows(self, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A table of these very rows; its header row repeats on every page, and no row breaks across two.

        One row is made as it should be and then copied: asking the library for each cell takes ten times as long.
        """
        table = self.document.add_table(rows=2, cols=len(columns))
        table._tbl.tblStyle_val = self._style_id("Table Grid")
        for row in table.rows:
            row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
            for cell in row.cells:
                cell.paragraphs[0].add_run("-").font.size = Pt(9)
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            run = cell.paragraphs[0].runs[0]
            run.text, run.bold = name, True
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._measured(table, widths)
        pattern = table.rows[1]._tr
        table._tbl.remove(pattern)
        for values in rows:
            made = copy.deepcopy(pattern)
            for text, value in zip(made.iter(qn("w:t")), values, strict=True):
                text.text = NOT_XML.sub("", value)
            table._tbl.append(made)
        self.document.add_paragraph()

    def _measured(self, table: Any, widths: Sequence[int]) -> None:
        """Columns as wide as they are meant to be, in every program, and the table within the margins of the page.

        Some programs go by the grid of the table, others by its cells: both say the same.
        """
        table.autofit = False
        indent = OxmlElement("w:tblInd")
        indent.set(qn("w:w"), str(INDENT))
        indent.set(qn("w:type"), "dxa")
        table._tbl.tblPr.append(indent)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)

    def edges(self, top: str, bottom: str) -> None:
        """The header, and the footer with the page number after its words."""
        section = self.document.sections[0]
        section.header.paragraphs[0].text = top
        foot = section.footer.paragraphs[0]
        foot.text = f"{bottom} · Page "
        _field(foot, "PAGE")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES")

    def file(self, about: Mapping[str, str]) -> bytes:
        """The file with what it says of itself, as `asking.About` names it; the same bytes each time."""
        target = io.BytesIO()
        self.document.save(target)
        return finishing.finished(target.getvalue(), dict(about))

    def data(self) -> bytes:
        """The template, the same bytes each time."""
        about = {
            "title": "Template",
            "subject": "",
            "council": "",
            "template": "",
            "reference": "",
            "day": "2026-01-01",
        }
        return self.file(about)


def _unruled(style: Any) -> None:
    """A title without the coloured line that Word's own has."""
    for border in style.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _evenly_spaced(style: Any) -> None:
    """Letters as far apart as in any other line."""
    for spacing in style.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)


def _field(paragraph: Any, name: str) -> None:
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind == "text":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = name
        run._r.append(element)
