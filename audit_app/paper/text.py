"""The one door through which words reach the page: cleaned, escaped, cut to size, and tagged as they are drawn.

Nothing else in the product may call ReportLab's paragraph class: its mark-up opens files and makes links (PD-1, PD-2).
"""

import unicodedata
from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from audit_app.paper import reportlab_inside, style, tagging, word_links

LONGEST_PARAGRAPH = 2_000
BOX = "□"
_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n") | {ord("\t"): " "}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Words(Paragraph):
    """A paragraph of plain words: it knows its place in the structure tree and keeps a space at each line's end."""

    frags: list[Any]

    def __init__(self, words, style, bulletText=None, frags=None, slot=None, **more):  # noqa: N803 (ReportLab's name)
        super().__init__(words, style, bulletText=bulletText, frags=frags, **more)
        if parts := words is not None and self.frags:
            # Each escaped sign comes back as a fragment of its own; together they are one plain text in one look.
            parts[0].text = "".join(part.text for part in parts)
            self.frags = parts[:1]
        self.slot = slot
        self.continues = False

    def split(self, availWidth, availHeight):  # noqa: N803 (ReportLab's names)
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.slot = self.slot
            part.continues = self.continues
        if len(parts) > 1:
            parts[0].continues = True
        return parts

    def lead_height(self, width: float) -> float:
        """The least height worth starting on a page: two lines, or all of it."""
        return min(self.wrap(width, style.PAGE_HEIGHT)[1], 2 * self.style.leading)

    def draw(self):
        _keep_spaces(self.blPara, self.continues)
        self.canv.words_of_pages[-1].append(_words_drawn(self.blPara))
        tagging.begin(self.canv, self.slot)
        self.drawPara()
        tagging.end(self.canv)
        if self.canv.keys_of_words:
            word_links.draw(self, self.canv.keys_of_words)


def _words_drawn(wrapped) -> str:
    """The words of a paragraph, or of the piece of it that stands on this page, as they are drawn."""
    return " ".join(word for line in wrapped.lines for word in (line[1] if isinstance(line, tuple) else line.words))


def fit_for_paper(value: object) -> str:
    """Words fit for paper: composed letters, plain line ends, no control or hidden characters, nothing else lost."""
    raw = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n")).translate(_BREAKS)
    if raw.isascii() and raw.replace("\n", "").isprintable():
        return raw
    return "".join(letter for letter in raw if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})


def printable(words: str) -> str:
    """The same words with a box for each character the fonts cannot draw."""
    if words.isascii():
        return words
    known = _glyphs()
    return "".join(letter if ord(letter) in known or letter == "\n" else BOX for letter in words)


def line(value: object) -> str:
    """Words for one line drawn straight on the page: a header, a footer, a label in a chart, a title."""
    return printable(" ".join(fit_for_paper(value).split()))


def paragraphs(
    value: object, look: str | ParagraphStyle = "body", *, slot: "tagging.Slot | None" = None, bullet: str | None = None
) -> list[Words]:
    """Any text as paragraphs: one for each line of it, none over 2,000 characters, every one escaped.

    With a slot, several paragraphs become P elements inside it; without one, each is a P of the section.
    A character the fonts lack prints as a box, and its paragraph keeps the true words as ActualText.
    """
    style.register_fonts()
    chosen = style.STYLES[look] if isinstance(look, str) else look
    pieces = [piece for row in fit_for_paper(value).split("\n") for piece in _cut(row.strip()) if piece]
    made = []
    for number, piece in enumerate(pieces):
        own = slot if slot is not None and len(pieces) == 1 else tagging.Slot("P", slot)
        printed = printable(piece)
        if printed != piece:
            own.actual = piece
        made.append(Words(printed.translate(_ESCAPES), chosen, bulletText=None if number else bullet, slot=own))
    return made


@cache
def _glyphs() -> frozenset[int]:
    style.register_fonts()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (style.BODY, style.BOLD)]
    # Characters beyond the basic plane cannot be copied back out of a ReportLab file, so they get a box too.
    return frozenset(code for code in faces[0] if code in faces[1] and code <= 0xFFFF)


def _cut(words: str) -> list[str]:
    """Words in pieces of at most 2,000 characters, cut after a sentence, else at a space, else where it must be."""
    pieces = []
    while len(words) > LONGEST_PARAGRAPH:
        at = words.rfind(". ", LONGEST_PARAGRAPH // 2, LONGEST_PARAGRAPH) + 1
        at = at or words.rfind(" ", LONGEST_PARAGRAPH // 2, LONGEST_PARAGRAPH)
        at = at if at > 0 else LONGEST_PARAGRAPH
        pieces.append(words[:at].rstrip())
        words = words[at:].lstrip()
    return [*pieces, words]


def _keep_spaces(wrapped, continues: bool) -> None:
    """Put a space after the last word of each wrapped line, or 'agreed' and 'child' would be read as one word."""
    if getattr(wrapped, "spaced", False) or wrapped.kind:
        return
    wrapped.spaced = True
    last = len(wrapped.lines) - (0 if continues else 1)
    for number, (extra, words) in enumerate(wrapped.lines[:last]):
        if words and not reportlab_inside.is_cut_inside(words[-1]):
            wrapped.lines[number] = (extra, [*words, ""])
