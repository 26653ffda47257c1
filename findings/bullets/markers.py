"""How a line of a pasted list begins: with a symbol, a number or a letter, or with none of them. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum, auto

# Dashes and arrows, any square or round shape of print, ticks, and the private letters of symbol fonts that a copied
# document gives for them.
_SHAPES = r"•‣⁃·‧∙●○◦–—−→⇒➔»›>✓✔✗✘☐☑❑❖§¤\u25a0-\u25ff\u27a2\u27a4\ue000-\uf8ff"
_SYMBOL = re.compile(rf"^(\s*)([{_SHAPES}*\-])(?:\s+|(?=[^\W\d_]))(\S.*)$")
# Word's second level: the letter o by itself.
_WORDS_O = re.compile(r"^(\s*)(o)\s+(\S.*)$")
_NUMBER = re.compile(
    r"^(\s*)(?:\(?(\d{1,3})[.)]|(\d{1,2}(?:\.\d{1,2})+)\.?|\(?([a-z])[.)]|\(?([ivx]{2,5})[.)])\s+(\S.*)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[-–—|\s]*(?:\d{1,3}|page\s+\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_LONE = re.compile(rf"[{_SHAPES}*\-]")
_BARE = re.compile(r"(\d{1,2})\s+([A-Z].*)")
_ROMAN = {"i": 1, "v": 5, "x": 10}


class Style(StrEnum):
    """How a line begins."""

    blank = auto()
    plain = auto()
    symbol = auto()
    number = auto()
    page = auto()


@dataclass(frozen=True)
class Line:
    """One line: how it begins, its marker and what that counts, its indent in blanks, and its words."""

    style: Style
    text: str = ""
    indent: int = 0
    marker: str = ""
    count: int = 0
    place: int = 0
    whole: str = ""  # the words with their marker, for a line that turns out to be no beginning
    before: tuple[int, ...] = ()  # the places of lines above that held only its marker

    @property
    def places(self) -> tuple[int, ...]:
        """The lines of the paste it stands for.

        Returns:
            Their places, counted from nought, in order; always its own, last.

        Source:
            Own rule.
        """
        return (*self.before, self.place)


def read_line(line: str, place: int) -> Line:
    """A line as it stands in the paste, its place counted from nought.

    Returns:
        How it begins, its words, its indent in blanks (a tab is up to four) and what its number counts: 3 for "(c)".

    Source:
        Own rule, on the layouts of published inspection reports.
    """
    whole = line.strip()
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    if not whole:
        return Line(Style.blank, place=place)
    if _PAGE.fullmatch(whole) or not re.search(r"\w", whole):
        return Line(Style.page, whole, indent, place=place, whole=whole)
    for shape in (_SYMBOL, _WORDS_O):
        if match := shape.match(line):
            return Line(Style.symbol, match[3].strip(), indent, match[2], place=place, whole=whole)
    if match := _NUMBER.match(line):
        marker, count = _counted(match)
        return Line(Style.number, match[6].strip(), indent, marker, count, place, whole)
    return Line(Style.plain, whole, indent, place=place, whole=whole)


def read_lines(text: str) -> list[Line]:
    """Every line of a paste; a marker alone on its line, as PDFs are copied, goes with the words below it.

    Returns:
        The lines in order, at most as many as the paste has.

    Source:
        Own rule, on the layouts of published inspection reports.
    """
    lines = [read_line(line, place) for place, line in enumerate(re.split(r"\r\n|\r|\n", text))]
    return _with_bare_numbers(_with_lone_markers(lines))


def _with_lone_markers(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        if _LONE.fullmatch(line.text):
            joined += waiting
            waiting = [line]
        elif waiting and line.style is Style.plain:
            before = (waiting[0].place,)
            joined.append(
                replace(line, style=Style.symbol, marker=waiting[0].text, indent=waiting[0].indent, before=before)
            )
            waiting = []
        elif line.style is Style.blank and waiting:
            continue
        else:
            joined += [*waiting, line]
            waiting = []
    return [*joined, *waiting]


def _with_bare_numbers(lines: list[Line]) -> list[Line]:
    """Lines that begin 1, 2, 3 without a full stop are numbered, where no line has another marker."""
    bare = {line.place: match for line in lines if line.style is Style.plain and (match := _BARE.fullmatch(line.text))}
    counts = [int(match[1]) for match in bare.values()]
    marked = any(line.style in (Style.symbol, Style.number) for line in lines)
    if marked or len(counts) < 2 or counts != list(range(1, len(counts) + 1)):
        return lines
    return [
        replace(line, style=Style.number, text=bare[line.place][2], marker="1", count=int(bare[line.place][1]))
        if line.place in bare
        else line
        for line in lines
    ]


def _counted(match: re.Match[str]) -> tuple[str, int]:
    """What sort of number it is, and which."""
    if match[2]:
        return "1", int(match[2])
    if match[3]:
        return "1." * match[3].count("."), int(match[3].split(".")[-1])
    if match[4]:
        return "a", ord(match[4].lower()) - 96
    letters = match[5].lower()
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return "i", sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def follows(earlier: Line | None, later: Line) -> bool:
    """Whether a number is the next of its sort, or begins anew at one.

    Returns:
        True also where there is no earlier one: a list may begin at any number.

    Source:
        Own rule, on the layouts of published inspection reports.
    """
    return earlier is None or later.count in (earlier.count + 1, 1)
