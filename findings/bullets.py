"""Reads a pasted list of bullets, with headings such as "Within three months:", into separate pieces. Pure."""

import re
from dataclasses import dataclass, replace

from findings.states import Timescale

# Dashes, any square or round shape of print, and the private letters of symbol fonts that a copied PDF gives for them.
_SYMBOL = re.compile(r"^(\s*)[-*•‣⁃·–—−\u25a0-\u25ff\u27a2\ue000-\uf8ff]\s+(.*)$")
_NUMBER = re.compile(r"^(\s*)(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}\.\d{1,2}\.?)\s+(.*)$", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\((?:paragraphs?|paras?\.?|¶+)\s*([\d,\s–\-and&.]+)\)[.;]?\s*$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin (?:the next )?(one|three|six|twelve|a|1|3|6|12) (month|year)", re.IGNORECASE)
_HEADING_LENGTH = 100
_MONTH_WORDS = {
    "one": Timescale.one_month,
    "a": Timescale.one_month,
    "1": Timescale.one_month,
    "three": Timescale.three_months,
    "3": Timescale.three_months,
    "six": Timescale.six_months,
    "6": Timescale.six_months,
    "twelve": Timescale.twelve_months,
    "12": Timescale.twelve_months,
}


@dataclass(frozen=True)
class Bullet:
    """One piece of the list: its words, the heading above it, and the timescale and paragraphs they name."""

    text: str
    heading: str = ""
    timescale: Timescale | None = None
    paragraphs: str = ""


@dataclass(frozen=True)
class PastedList:
    """What was read as bullets, and what was not, so that nothing is lost unseen."""

    bullets: tuple[Bullet, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    style: str
    indent: int
    text: str


def timescale_in(words: str) -> Timescale | None:
    """The timescale a heading names: "Immediately:" or "Within three months:", else None."""
    if re.match(r"\W*(with )?immediate(ly)?\b", words, re.IGNORECASE):
        return Timescale.immediately
    match = _WITHIN.search(words)
    if not match:
        return None
    if match[2].lower() == "year":
        return Timescale.twelve_months if match[1].lower() in ("a", "one", "1") else None
    return _MONTH_WORDS[match[1].lower()]


def paragraphs_in(words: str) -> str:
    """The paragraph numbers printed at the end of a bullet, such as "(paragraphs 44, 60)", else nothing."""
    match = _PARAGRAPHS.search(words)
    return re.sub(r"\s+", " ", match[1]).strip() if match else ""


def _read_line(line: str) -> _Line:
    for style, shape in (("symbol", _SYMBOL), ("number", _NUMBER)):
        match = shape.match(line)
        if match and match[2].strip():
            return _Line(style, len(match[1].expandtabs(4)), match[2].strip())
    return _Line("plain" if line.strip() else "blank", len(line) - len(line.lstrip()), line.strip())


def _is_heading(line: _Line) -> bool:
    short = len(line.text) <= _HEADING_LENGTH
    bare_timescale = timescale_in(line.text) is not None and len(line.text.split()) <= 4
    return line.style == "plain" and short and (line.text.endswith(":") or bare_timescale)


def _bullet_style(lines: list[_Line]) -> str:
    """The marker that starts a bullet here; where two are used the outer one, and the symbol if both stand level."""
    indents = {style: min((x.indent for x in lines if x.style == style), default=-1) for style in ("symbol", "number")}
    used = [style for style, indent in indents.items() if indent >= 0]
    return min(used, key=lambda style: indents[style], default="plain")


class _Reader:
    """Goes down the lines once, keeping the bullet being read and the heading above it."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.heading = ""
        self.bullets: list[Bullet] = []
        self.left_out: list[str] = []
        self.indent = 0
        self.after_blank = True
        self.in_bullet = False

    def take(self, line: _Line) -> None:
        if line.style == "blank":
            self.after_blank = True
            return
        if _is_heading(line) and (self.after_blank or not self.in_bullet or timescale_in(line.text)):
            self.heading = line.text
            self.in_bullet = False
        elif self._starts(line):
            self._start(line)
        elif self.in_bullet and (not self.after_blank or line.style != "plain"):
            self._carry_on(line)
        else:
            self._leave_out(line)
        self.after_blank = False

    def _starts(self, line: _Line) -> bool:
        if self.style == "plain":
            return True
        nested = self.in_bullet and line.indent > self.indent and self.bullets[-1].text.split("\n")[0].endswith(":")
        return line.style == self.style and not nested

    def _start(self, line: _Line) -> None:
        self.bullets.append(Bullet(line.text, self.heading, timescale_in(self.heading)))
        self.indent = line.indent
        self.in_bullet = True

    def _carry_on(self, line: _Line) -> None:
        if line.style == self.style or line.indent > self.indent or line.style == "plain":
            joint = " " if line.style == "plain" else "\n- "
            self.bullets[-1] = replace(self.bullets[-1], text=self.bullets[-1].text + joint + line.text)
        else:
            self._leave_out(line)

    def _leave_out(self, line: _Line) -> None:
        self.in_bullet = False
        self.left_out.append(line.text)


def _paragraph_lines(lines: list[_Line]) -> list[_Line]:
    """Without markers, blank lines part the pieces; without blank lines each line is a piece."""
    if not any(line.style == "blank" for line in lines):
        return lines
    joined: list[_Line] = []
    for line in lines:
        carries_on = joined and joined[-1].style == line.style == "plain"
        if carries_on and not _is_heading(line) and not _is_heading(joined[-1]):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def split_bullets(text: str) -> PastedList:
    """Part a pasted list into its bullets.

    Symbols (-, *, •) and numbers start a bullet; a wrapped line belongs to the bullet above it; a short line that
    ends in a colon is a heading, and a timescale in it holds until the next heading. Words are kept as they are
    except that wrapped lines are joined by a space.

    Returns:
        The bullets in order, and the lines that belong to none.

    Source:
        The layouts met in published inspection reports, among them Ofsted's 2012 report on Greenwich.
    """
    lines = [_read_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")]
    style = _bullet_style(lines)
    reader = _Reader(style)
    for line in _paragraph_lines(lines) if style == "plain" else lines:
        reader.take(line)
    with_paragraphs = tuple(replace(bullet, paragraphs=paragraphs_in(bullet.text)) for bullet in reader.bullets)
    return PastedList(with_paragraphs, tuple(reader.left_out))
