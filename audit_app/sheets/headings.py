"""Which row of a sheet names its columns, and when two headings are one. Pure; used on both sides of the child."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LOOKED_AT = 40
_ONE_QUOTE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)


@dataclass(frozen=True)
class HeadRow:
    """The row that names the columns: where it stands among the rows given, and how many of its cells are known."""

    place: int
    known: int


def one_kind(text: str) -> str:
    """A text with one kind of blank, quotation mark and hyphen: two that differ only in those say the same."""
    return " ".join(text.translate(_ONE_QUOTE).split())


def plain_heading(text: str) -> str:
    """A heading without capitals, stars, kinds of blank and quote: "Due  date *" and "due\u00a0date" are one."""
    return re.sub(r"[\s*:?_]+", " ", str(text).translate(_ONE_QUOTE)).strip().casefold()


def head_row(rows: Sequence[Sequence[str]], names: Collection[str]) -> HeadRow | None:
    """The first of the rows in which most cells are known headings, or None where no row holds two of them.

    In the first filled row one is enough: a list of one column, or headings of which most are wrong.
    """
    best: HeadRow | None = None
    wanted, least = set(names), 1
    for place, cells in enumerate(rows[:LOOKED_AT]):
        filled = {plain_heading(cell) for cell in cells if cell.strip()}
        known = len(filled & wanted)
        if known >= least and (best is None or known > best.known):
            best = HeadRow(place, known)
        least = 2 if filled else least
    return best


def letter(column: int) -> str:
    """The letters over a column, as a spreadsheet program shows them: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
