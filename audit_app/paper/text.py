"""The one door through which words reach the page: cleaned, escaped, cut to size, and tagged as they are drawn.

Nothing else in the product may call ReportLab's paragraph class: its mark-up opens files and makes links (PD-1, PD-2).
"""

import unicodedata
from functools import cache
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from audit_app.paper import reportlab_inside, style, tagging, word_links
from audit_app.paper.letters import KEPT, Lettering, lettered, lines

LONGEST_PARAGRAPH = 2_000
_HALF = "\ufffd"  # what stands for half of a letter: there is none to name
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
        self.lettering: Lettering | None = None  # where letters are drawn otherwise than they are read
        self.place = 0  # of its first letter there
        self.turns = True  # lines that run from the right begin at the right

    def split(self, availWidth, availHeight):  # noqa: N803 (ReportLab's names)
        parts = super().split(availWidth, availHeight)
        place = self.place
        for part in parts:
            part.slot, part.continues = self.slot, self.continues
            part.lettering, part.place, part.turns = self.lettering, place, self.turns
            if self.lettering is not None and len(parts) > 1:
                place += sum(map(lines.letters_in, part.frags[0].words))
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
        if self.lettering is None:
            self.drawPara()
        else:
            _draw_lettered(self, self.lettering)
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
    unfit = {ord(letter): fit for letter in set(raw) if (fit := _fit(letter)) != letter}
    return raw.translate(unfit) if unfit else raw


def _fit(letter: str) -> str:
    """What stands on paper for a letter: nothing for a sign that is not seen, a stand-in for half a letter."""
    if letter == "\n" or letter in KEPT:
        return letter
    return {"Cc": "", "Cf": "", "Cs": _HALF}.get(unicodedata.category(letter), letter)


def plain(value: object) -> str:
    """Words of one line as they were typed: for what is not drawn, such as a title in a list or words read aloud."""
    return " ".join(fit_for_paper(value).split())


def readable(value: object) -> str:
    """Words of one line, letters that no font has by their names; in the order in which they are read."""
    words = plain(value)
    return words if words.isascii() else lettering_of(words).drawn


def lettering_of(value: object) -> Lettering:
    """Words of one line, and what of them is not drawn as the letter that was typed."""
    return lettered(plain(value), _glyphs())


def line(value: object) -> str:
    """Words for one line drawn straight on the page: a header, a footer, a label in a chart."""
    words = plain(value)
    if words.isascii():
        return words
    made = lettering_of(words)
    return "".join(piece for piece, _ in lines.pieces(made, 0, made.drawn)) if made.levels else made.drawn


def paragraphs(
    value: object, look: str | ParagraphStyle = "body", *, slot: "tagging.Slot | None" = None, bullet: str | None = None
) -> list[Words]:
    """Any text as paragraphs: one for each line of it, none over 2,000 characters, every one escaped.

    With a slot, several paragraphs become P elements inside it; without one, each is a P of the section.
    A letter the fonts lack prints as its name in brackets, and its paragraph keeps the true words as ActualText.
    """
    style.register_fonts()
    chosen = style.STYLES[look] if isinstance(look, str) else look
    pieces = [piece for row in fit_for_paper(value).split("\n") for piece in _cut(row.strip()) if piece]
    made = []
    for number, piece in enumerate(pieces):
        own = slot if slot is not None and len(pieces) == 1 else tagging.Slot("P", slot)
        made.append(_paragraph(piece, chosen, own, None if number else bullet))
    return made


def _paragraph(piece: str, look: ParagraphStyle, slot: "tagging.Slot", bullet: str | None) -> Words:
    if piece.isascii():
        return Words(piece.translate(_ESCAPES), look, bulletText=bullet, slot=slot)
    lettering = lettered(piece, _glyphs())
    made = Words(lettering.drawn.translate(_ESCAPES), look, bulletText=bullet, slot=slot)
    if not lettering.is_plain or lettering.drawn != piece:
        slot.actual = piece
    made.lettering = None if lettering.is_plain else lettering
    return made


def _draw_lettered(words: Words, lettering: Lettering) -> None:
    """Line by line: what runs from the right turned, and each name known to readers as the letter it stands for."""
    canvas, look, wrapped = words.canv, words.style, words.blPara
    canvas.letterings[id(lettering)] = lettering
    canvas.saveState()
    canvas.setFillColor(look.textColor)
    y = words.height - getattr(wrapped, "ascent", look.fontSize)
    if words.bulletText:
        canvas.setFont(look.bulletFontName, look.bulletFontSize)
        canvas.drawString(look.bulletIndent, y, words.bulletText)
    canvas.setFont(look.fontName, look.fontSize)
    place = words.place
    at_right = look.alignment == TA_RIGHT or (lettering.from_right and words.turns and not words.bulletText)
    for room, parts in wrapped.lines:
        row = " ".join(parts)
        x = look.leftIndent
        if at_right:
            # The space at a line's end stands where the line ends: at the left of words that run from the right.
            x += room - pdfmetrics.stringWidth(row[len(row.rstrip()) :], look.fontName, look.fontSize)
        for piece, typed in lines.pieces(lettering, place, row):
            tagging.begin_span(canvas, typed)
            canvas.drawString(x, y, piece)
            tagging.end_span(canvas, typed)
            x += pdfmetrics.stringWidth(piece, look.fontName, look.fontSize)
        place += lines.letters_in(row)
        y -= look.leading
    canvas.restoreState()


@cache
def _glyphs() -> frozenset[int]:
    style.register_fonts()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (style.BODY, style.BOLD)]
    # Characters beyond the basic plane cannot be copied back out of a ReportLab file, so they are named too.
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
