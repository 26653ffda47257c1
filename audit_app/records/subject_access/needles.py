"""What a search goes by: a reference as people really type it, and nothing that only looks like a part of it. Pure."""

import re
from dataclasses import dataclass

SEPARATORS = r"[\W_]{0,3}"
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
PIECES = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Needle:
    """One thing to look for: as SQL narrows it down, and as it is really told."""

    text: str
    like: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether the text names it."""
        return self.pattern.search(text) is not None


def needle(text: str) -> Needle:
    """A reference, code, name or address to look for: G-123456 is found as “g 123456” and G–123456, not in G-1234567.

    What stands between its letters and digits may be left out or be something else.
    """
    pieces = PIECES.findall(text)
    between = SEPARATORS.join(re.escape(piece) for piece in pieces)
    # A letter beyond ASCII is stored as itself or, in a frozen document, as its number: SQL passes over it.
    like = "%" + "%".join(BEYOND_ASCII.sub("%", piece) for piece in pieces) + "%"
    return Needle(text, like, re.compile(rf"(?<![^\W_]){between}(?![^\W_])", re.IGNORECASE))


def those_in(needles: tuple[Needle, ...], text: str) -> tuple[str, ...]:
    """Which of them a text names."""
    return tuple(each.text for each in needles if each.is_in(text))
