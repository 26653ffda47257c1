"""Goes down a pasted list once and says of each line what it is. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from findings.bullets.entries import Entry, PastedList, Role
from findings.bullets.markers import Line, Style, follows, read_lines
from findings.bullets.terms import names_a_time, timescale_in

_HEADING_LENGTH = 100
_WRAPPED = "wrapped"
_ENDS = (".", ";", ":", "!", "?", ",", "; and", "; or")
_ADDRESSES = re.compile(
    r"\b(?:should|must|needs? to|(?:is|are) (?:asked |required |recommended )?to|will)"
    r"(?: now| also)*(?: ensure| make sure)?(?: that)?\s*:?$",
    re.IGNORECASE,
)


def split_bullets(text: str) -> PastedList:
    """Part a pasted list into its pieces, headings, addressees and what is none of them.

    Symbols, numbers and letters begin a piece; a wrapped line belongs to the piece above it, one that begins with a
    number that is not the next too. A short line that ends in a colon, says by when, or stands alone over bullets is a
    heading; one that ends in "should" names who must act. A second level stays inside its piece unless the first only
    names who must act. Page numbers are passed over. Words are kept as they are, wrapped lines joined by a space.

    Returns:
        The entries in order; each line that is not blank is in exactly one of them.

    Source:
        The layouts met in published inspection reports, among them Ofsted's 2012 report on Greenwich.
    """
    lines = read_lines(text)
    style = _bullet_style(lines)
    reader = _Reader(lines, style)
    for line in _paragraphs(lines) if style is Style.plain else lines:
        reader.take(line)
    return PastedList(tuple(reader.entries))


def is_heading(text: str) -> bool:
    """Whether a line without a marker reads as a heading by itself: it is short, and ends in a colon or says when."""
    if len(text) > _HEADING_LENGTH:
        return False
    bare_time = names_a_time(text) and len(text.split()) <= 6 and not text.endswith((".", ",", ";"))
    return text.endswith(":") or (timescale_in(text) is not None and len(text.split()) <= 4) or bare_time


def role_over(text: str) -> Role:
    """What a line over others is: who must act, or a heading."""
    return Role.addressee if _ADDRESSES.search(text) and not names_a_time(text) else Role.heading


def _bullet_style(lines: Sequence[Line]) -> Style:
    """The marker that starts a piece here; where two are used the outer one, and the symbol if both stand level."""
    indents = {
        style: min((line.indent for line in lines if line.style is style), default=-1)
        for style in (Style.symbol, Style.number)
    }
    used = [style for style, indent in indents.items() if indent >= 0]
    return min(used, key=lambda style: indents[style], default=Style.plain)


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Without markers, blank lines part the pieces; without blank lines each line is a piece."""
    if not any(line.style is Style.blank for line in lines):
        return list(lines)
    parted: list[Line] = []
    for line in lines:
        before = parted[-1] if parted else None
        carries_on = before is not None and before.style is line.style is Style.plain
        if carries_on and not is_heading(line.text) and before and not is_heading(before.text):
            parted.append(replace(line, marker=_WRAPPED))
        else:
            parted.append(line)
    return parted


class _Reader:
    """The entries so far, the piece being read and how it began."""

    def __init__(self, lines: Sequence[Line], style: Style) -> None:
        self.lines, self.style = lines, style
        self.entries: list[Entry] = []
        self.begun: Line | None = None  # the line with which the piece being read began
        self.at = 0  # the place of that piece among the entries
        self.over: Line | None = None  # the marked line above that names who must act or by when
        self.after_blank = True
        self.first = next((line.marker for line in lines if line.style is style), "")

    def take(self, line: Line) -> None:
        """One line, in the order of the page."""
        if line.style is Style.blank:
            self.after_blank = True
            return
        if line.style is Style.page and self.style is not Style.page and self._is_page_number(line):
            self._add(Role.passed, line.text, line)
            return
        if self._wraps(line):
            self._carry_on(line, " ", line.whole)
        elif self._is_over(line):
            self._begin_part(line)
        elif self._begins(line):
            self._begin(line)
        elif self.begun and line.style is not Style.plain:
            self._carry_on(line, "\n- ", line.text)
        else:
            self.begun = None
            self._add(Role.passed, line.text, line)
        self.after_blank = False

    # --- what a line is

    def _is_page_number(self, line: Line) -> bool:
        """A number alone on its line: no page number where the piece above it waits for one, as "cut them to / 17"."""
        return not self.begun or self.after_blank or self._is_finished() or line.place == self.lines[-1].place

    def _is_finished(self) -> bool:
        return self.entries[self.at].text.endswith(_ENDS)

    def _wraps(self, line: Line) -> bool:
        """Whether a line goes on with the piece above it."""
        if self.style is Style.plain:
            return line.marker == _WRAPPED and self.begun is not None
        if self.begun is None:
            return False
        unfinished = not self._is_finished() and not line.whole[:1].isupper()
        if line.style is Style.number and self.style is Style.number and not self.after_blank:
            same_sort = line.marker == self.begun.marker
            return same_sort and not follows(self._last_number(), line) and not self._is_finished()
        if line.style is Style.page or line.style is Style.plain:
            return (not self.after_blank or unfinished) and not self._is_over(line)
        return False

    def _last_number(self) -> Line | None:
        return self.begun if self.begun and self.begun.style is Style.number else None

    def _is_over(self, line: Line) -> bool:
        """Whether a line stands over others: a heading, or a first level that only says who must act or by when."""
        if line.style is Style.plain:
            if is_heading(line.text):
                return self.after_blank or self.begun is None or names_a_time(line.text)
            return self._stands_alone_over_bullets(line)
        if line.style is not self.style or not self._has_deeper_below(line):
            return False
        is_time = names_a_time(line.text) and is_heading(line.text)
        return is_time or (len(line.text) <= _HEADING_LENGTH and role_over(line.text) is Role.addressee)

    def _stands_alone_over_bullets(self, line: Line) -> bool:
        """A short line with a capital, no full stop, nothing unfinished above it and a bullet next: "Next steps"."""
        free = self.begun is None or self.after_blank or self._is_finished()
        looks = line.text[:1].isupper() and len(line.text) <= _HEADING_LENGTH and not line.text.endswith((*_ENDS, ")"))
        return self.style is not Style.plain and free and looks and self._next(line).style is self.style

    def _next(self, line: Line) -> Line:
        below = (each for each in self.lines if each.place > line.place)
        return next((each for each in below if each.style not in (Style.blank, Style.page)), Line(Style.blank))

    def _has_deeper_below(self, line: Line) -> bool:
        below = self._next(line)
        return below.style in (Style.symbol, Style.number) and self._is_deeper(below, line)

    def _is_deeper(self, line: Line, outer: Line) -> bool:
        """Whether a marked line is of a lower level than another: of another sort, or further in."""
        if line.style is not outer.style:
            return line.style is not self.style or line.indent > outer.indent
        if line.style is Style.number:
            return line.marker != outer.marker and (line.indent > outer.indent or line.count == 1)
        if line.marker == "o" and outer.marker != "o":
            return True
        return line.indent > outer.indent

    def _begins(self, line: Line) -> bool:
        """Whether a line begins a piece; a second level does only under a first that is no piece itself."""
        if self.style is Style.plain:
            return True
        if line.style not in (Style.symbol, Style.number):
            return False
        if self.over is not None and self._is_deeper(line, self.over):
            return self.begun is None or self.begun is self.over or not self._is_inner(line)
        return line.style is self.style and not self._is_inner(line)

    def _is_inner(self, line: Line) -> bool:
        """Whether a marked line is a second level inside the piece being read."""
        if self.begun is None or line.style is Style.plain or not self._is_deeper(line, self.begun):
            return False
        opens = self.entries[self.at].text.split("\n")[0].endswith(":")
        return opens or line.marker != self.begun.marker

    # --- what becomes of it

    def _begin_part(self, line: Line) -> None:
        self.begun, self.over = None, line if line.style is not Style.plain else None
        self._add(role_over(line.text), line.text, line)

    def _begin(self, line: Line) -> None:
        if self.over is not None and not self._is_deeper(line, self.over):
            self.over = None
        self.begun, self.at = line, len(self.entries)
        self._add(Role.item, line.text, line)

    def _add(self, role: Role, text: str, line: Line) -> None:
        self.entries.append(Entry(role, text, line.places))

    def _carry_on(self, line: Line, joint: str, text: str) -> None:
        last = self.entries[self.at]
        self.entries[self.at] = Entry(last.role, f"{last.text}{joint}{text}", (*last.lines, *line.places))
