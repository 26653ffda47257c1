"""Words somebody typed against names that are known: as people write them, not as a program compares. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"})
_BETWEEN = r"(?:[\s,;|/]|\b(?:or|and)\b|&)*"
_ENDS = re.compile(r"[\"'.]?\s*(?:[,;|/&]|$|(?:or|and)\b)")


class Named(Protocol):
    """A point of a scale: what it is called, and the code it is kept under."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def name(self) -> str:
        """The name."""


def plain(text: str) -> str:
    """One kind of blank, quote, dash and letter: names that look alike are alike."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())


def answers_named(text: str, points: Sequence[Named]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the answers a cell names, however they are divided; and each piece that names none.

    Commas, semicolons, bars, new lines, “or” and “and” divide; a name that holds one of them is read whole. What
    stands before a colon is enough where only one point begins so; codes are understood as well.
    """
    known = _known(points)
    rest = plain(re.sub(r"[\r\n]+", ";", text))
    codes: list[str] = []
    strange: list[str] = []
    while rest := re.sub(rf"^{_BETWEEN}", "", rest):
        name = _longest(rest, known) or _longest(rest.lstrip("\"'"), known)
        if name:
            rest = rest[rest.index(name) + len(name) :].lstrip("\"'.")
            codes.append(known[name])
        else:
            piece, _, rest = [*re.split(r"([,;|])", rest, maxsplit=1), "", ""][:3]
            strange.append(piece.strip())
    return tuple(dict.fromkeys(codes)), tuple(strange)


def written_out(codes: Sequence[str], points: Sequence[Named]) -> str:
    """The other way: the names of answers, or their codes where the names could not be read back."""
    names = {point.code: point.name for point in points}
    text = "; ".join(names.get(code, code) for code in codes)
    return text if answers_named(text, points) == (tuple(codes), ()) else ", ".join(codes)


def _known(points: Sequence[Named]) -> Mapping[str, str]:
    heads = [plain(point.name.partition(":")[0]) for point in points]
    known = {plain(point.code): point.code for point in points}
    known |= {head: point.code for head, point in zip(heads, points, strict=True) if heads.count(head) == 1}
    known |= {plain(point.name): point.code for point in points}
    return {name: code for name, code in known.items() if name}


def _longest(text: str, known: Mapping[str, str]) -> str:
    fitting = [name for name in known if text.startswith(name) and _ENDS.match(text[len(name) :])]
    return max(fitting, key=len, default="")
