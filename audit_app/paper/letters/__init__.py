"""How letters stand on paper: those no font has by their names, Arabic joined, each script in its own direction. Pure.

No library does it here: those for direction and joining are each another distribution (one of them LGPL and compiled),
ReportLab's own asks for one more, and Unicode's tables, which Python carries, hold all that is needed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from audit_app.paper.letters import arabic, direction, naming

# Of the signs without a picture, those that say how Arabic is joined and to which side a mark of punctuation belongs.
KEPT = frozenset("\u200c\u200d\u200e\u200f\u061c")


@dataclass(slots=True)
class Lettering:
    """Words as they are drawn, in the order in which they are read, and what of it is not the letter that was typed.

    Places count the letters alone, so that they stay the same wherever a line is broken at a space.
    """

    drawn: str
    names: list[tuple[int, int, str]] = field(default_factory=list)  # from, to, and the letter that is named there
    levels: list[int] = field(default_factory=list)  # of each letter; empty where all run from the left
    gaps: dict[int, int] = field(default_factory=dict)  # the level of the space before a letter
    from_right: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is drawn just as it is read."""
        return not self.names and not self.levels


def lettered(words: str, known: frozenset[int]) -> Lettering:
    """Words as fonts draw them that know these code points."""
    if _simple(known).issuperset(words):
        return Lettering(words)
    joined = arabic.joined(words, known)
    pieces = [_piece(letter, known) for letter in joined]
    made = Lettering("".join(pieces))
    place = 0
    for letter, piece in zip(joined, pieces, strict=True):
        wide = sum(not sign.isspace() for sign in piece)
        if wide and piece != letter:
            made.names.append((place, place + wide, letter))
        place += wide
    if direction.runs_from_right(joined):
        _direct(made, "".join(piece or letter for letter, piece in zip(joined, pieces, strict=True)))
    return made


@cache
def _simple(known: frozenset[int]) -> frozenset[str]:
    """Letters that are drawn as they are read, beside one another and from the left: most texts hold no other."""
    letters = frozenset(map(chr, known))
    return frozenset(
        letter for letter in letters if not naming.is_unseen(letter) and not direction.runs_from_right(letter)
    )


def _piece(letter: str, known: frozenset[int]) -> str:
    if naming.is_unseen(letter):
        return ""
    return letter if letter.isspace() or ord(letter) in known else naming.name_of(letter)


def _direct(made: Lettering, words: str) -> None:
    """The level of each letter; marks of direction have their say and are not drawn."""
    heard = "".join(letter for letter in words if not naming.is_unseen(letter) or letter in direction.MARKS)
    made.from_right = direction.begins_from_right(heard)
    for letter, level in zip(heard, direction.levels(heard, made.from_right), strict=True):
        if letter.isspace():
            made.gaps[len(made.levels)] = level
        elif letter not in direction.MARKS:
            made.levels.append(level)


def how_often(letterings: Iterable[Lettering]) -> Counter[str]:
    """How often each letter is printed by its name."""
    return Counter(letter for each in letterings for _, _, letter in each.names)
