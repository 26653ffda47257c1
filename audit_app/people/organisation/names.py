"""What a service or team is called: without the mark of the list it stood in; and when two names are the same. Pure."""

import re
import unicodedata

from findings.bullets.markers import Style, read_line

MOST_MARKS = 3
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
_ENDS = ";,:•"


def cleaned(text: str) -> str:
    """The name without bullets, dashes and numbers before it, unseen letters, doubled blanks and a list's full stops.

    A letter before it stays: "C. Wells Team" may be called so.
    """
    name = _seen(text)
    for _ in range(MOST_MARKS):
        line = read_line(name, 0)
        counted = line.style is Style.number and line.marker.startswith("1")
        if line.style is not Style.symbol and not counted:
            break
        name = line.text
    return name.rstrip(_ENDS + " ") if re.search(r"\w", name) else ""


def _seen(text: str) -> str:
    """Unseen letters (a zero-width space, a byte order mark) left out, every run of blanks one."""
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())


def same_as(name: str) -> str:
    """What two spellings of one name have in common: case, blanks, dashes and quotes of any kind make no difference."""
    plain = unicodedata.normalize("NFKC", cleaned(name)).translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(_DASHES.sub("-", plain).casefold().split())
