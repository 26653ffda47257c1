"""Paper size, margins, fonts, colours and paragraph styles: the look of every printed document, in one place."""

from functools import cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_MM = 18
MARGIN = MARGIN_MM * mm
# At its head and foot a page needs no room for holes, so header and footer stand nearer to the edge.
END_MARGIN = 15 * mm
HEADER_HEIGHT = 6.5 * mm
FOOTER_HEIGHT = 6.5 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * END_MARGIN - HEADER_HEIGHT - FOOTER_HEIGHT
# A page on its side, for tables of many columns: narrower margins at its short ends leave them more room.
WIDE_MARGIN = 14 * mm
WIDE_TEXT_WIDTH = PAGE_HEIGHT - 2 * WIDE_MARGIN
WIDE_TEXT_HEIGHT = PAGE_WIDTH - 2 * WIDE_MARGIN - HEADER_HEIGHT - FOOTER_HEIGHT

FONTS_FOLDER = Path(__file__).parent / "fonts"
# The condensed cut is as wide as most faces are; the plain one is a tenth wider, which is a page in ten.
BODY, BOLD, ITALIC, BOLD_ITALIC = (f"DejaVuSansCondensed{cut}" for cut in ("", "-Bold", "-Oblique", "-BoldOblique"))

INK = HexColor("#0b0c0c")
QUIET = HexColor("#505a5f")
RULE = HexColor("#b1b4b6")
SHADE = HexColor("#f3f2f1")
LINK = HexColor("#1d70b8")
WHITE = HexColor("#ffffff")

# Tints of the words in boxes. Each carries dark text at 7:1 or better; the word itself says what the colour says.
TONES = {
    "neutral": HexColor("#eeefef"),
    "blue": HexColor("#d2e2f1"),
    "green": HexColor("#cce2d8"),
    "yellow": HexColor("#fff7bf"),
    "orange": HexColor("#fcd6c3"),
    "red": HexColor("#f4cdc6"),
}


class FontsMissing(RuntimeError):
    """The font files have not been built."""


@cache
def register_fonts(folder: Path = FONTS_FOLDER) -> None:
    """Make the four faces of DejaVu Sans Condensed known; raise FontsMissing with the remedy when one is not there."""
    for name in (BODY, BOLD, ITALIC, BOLD_ITALIC):
        path = folder / f"{name}.ttf"
        if not path.is_file():
            raise FontsMissing(
                f"The font file {path.name} is missing from {folder}. Run `make assets` to build it, then try again."
            )
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def _style(name: str, size: float, leading: float, font: str = BODY, /, **more: object) -> ParagraphStyle:
    settings = {"textColor": INK, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0, **more}
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **settings)


_CELL = {"allowWidows": 1, "allowOrphans": 1}

# Nothing is set smaller than 9 points but headers, footers and the figures inside a chart.
STYLES = {
    style.name: style
    for style in (
        _style("body", 10, 13.4, spaceAfter=5),
        _style("dense", 9.5, 12.2, spaceAfter=4),
        _style("densest", 9, 10.8, spaceAfter=2.5),
        _style("lead", 11.5, 16, spaceAfter=8),
        _style("quiet", 9, 11.6, textColor=QUIET, spaceAfter=5),
        _style("bold", 10, 13.4, BOLD, spaceAfter=5),
        _style("link", 10, 13.4, textColor=LINK, spaceAfter=5),
        _style("h1", 17, 20.5, BOLD, spaceBefore=15, spaceAfter=6),
        _style("h2", 12.5, 15.5, BOLD, spaceBefore=9, spaceAfter=4),
        _style("h3", 11, 14, BOLD, spaceBefore=7, spaceAfter=3),
        _style("h2-small", 11, 13.5, BOLD, spaceBefore=6, spaceAfter=3),
        _style("h3-small", 9.5, 12, BOLD, spaceBefore=2, spaceAfter=1),
        _style("bullet", 10, 13.4, leftIndent=14, bulletIndent=2, bulletFontName=BODY, spaceAfter=2.5),
        _style("bullet-dense", 9.5, 12.2, leftIndent=13, bulletIndent=2, bulletFontName=BODY, spaceAfter=2),
        _style("bullet-densest", 9, 10.8, leftIndent=12, bulletIndent=2, bulletFontName=BODY, spaceAfter=1.5),
        _style("quiet-dense", 9, 11, textColor=QUIET, spaceAfter=3),
        _style("caption", 9.5, 12.5, BOLD, spaceBefore=5, spaceAfter=3),
        _style("cell", 9, 12, **_CELL),
        _style("cell-number", 9, 12, alignment=TA_RIGHT, **_CELL),
        _style("cell-head", 9, 12, BOLD, **_CELL),
        _style("cell-head-number", 9, 12, BOLD, alignment=TA_RIGHT, **_CELL),
        _style("cell-bullet", 9, 11, leftIndent=10, bulletIndent=0, bulletFontName=BODY, **_CELL),
        _style("cell-bullet-dense", 9, 10.5, leftIndent=9, bulletIndent=0, bulletFontName=BODY, **_CELL),
        _style("cell-small", 9, 10.8, **_CELL),
        _style("cell-number-small", 9, 10.8, alignment=TA_RIGHT, **_CELL),
        _style("cell-head-small", 9, 10.8, BOLD, **_CELL),
        _style("cell-head-number-small", 9, 10.8, BOLD, alignment=TA_RIGHT, **_CELL),
        _style("key", 10, 13.4, BOLD, **_CELL),
        _style("value", 10, 13.4, **_CELL),
        _style("note", 10, 13.4, spaceAfter=4, **_CELL),
        _style("note-title", 10, 13.4, BOLD, spaceAfter=2, **_CELL),
        _style("note-dense", 9.3, 11.6, spaceAfter=2, **_CELL),
        _style("note-title-dense", 9.3, 11.6, BOLD, spaceAfter=1, **_CELL),
        _style("marking", 10.5, 14, BOLD),
        _style("cover-council", 12, 17, textColor=QUIET, spaceAfter=8),
        _style("cover-title", 27, 34, BOLD, spaceAfter=10),
        _style("cover-subtitle", 14, 20, spaceAfter=6),
        _style("contents-title", 17, 20.5, BOLD, spaceAfter=10),
        _style("contents-1", 10, 14, BOLD, spaceBefore=5),
        _style("contents-2", 9.5, 13, leftIndent=12),
        _style("contents-3", 9, 12, leftIndent=24, textColor=QUIET),
    )
}
