"""Where a name stands in a list, so that a reader finds it: the one order of every list that is sorted by names.

Pure. Both databases would sort names by their own rules (SQLite puts Łucja after Zoe, PostgreSQL by the rules of the
machine it stands on), so whatever is listed by name is put in order here, after it was read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

Place = tuple[tuple[tuple[int, int, str], ...], str, str]
Thing = TypeVar("Thing")

# Letters that are no letter with a mark to Unicode, by what an English reader takes them for.
_LETTERS = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th",
        "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ß": "ss", "ẞ": "SS", "ı": "i", "Ħ": "H", "ħ": "h", "Ŧ": "T",
        "ŧ": "t", "Ə": "E", "ə": "e",
    }
)  # fmt: skip
# O’Brien is looked for as OBrien, however the apostrophe was typed.
_JOINED = re.compile(r"[’‘'ʼ`´]")
_PARTS = re.compile(r"\d+|[^\W\d_]+")


def folded(text: str) -> str:
    """A text for comparing: no marks on letters, no capitals, straight quotes."""
    if text.isascii():  # most names; nothing of what follows would change them
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS).replace("’", "'").replace("‘", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def place_of(name: str) -> Place:
    """Where a name stands: word by word and letter by letter, marks and capitals aside, Team 2 before Team 10.

    Names that differ in marks or capitals alone stand side by side, always in the same order.
    """
    plain = folded(name)
    parts = _PARTS.findall(_JOINED.sub("", plain))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts), plain, name


def in_order(things: Iterable[Thing], name: Callable[[Thing], str]) -> list[Thing]:
    """These things by their names; those of one name stay as they came."""
    return sorted(things, key=lambda thing: place_of(name(thing)))
