"""One line of a paragraph as it is drawn: pieces from left to right, each with the letter it is the name of. Pure."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from audit_app.paper.letters import Lettering, direction

Piece = tuple[str, str]  # what is drawn, and the letter that was typed where that is its name


def pieces(lettering: Lettering, place: int, line: str) -> list[Piece]:
    """The line whose first letter has this place."""
    levels = _levels(lettering, place, line)
    if any(levels):
        return [
            ("".join(letter for letter, _ in run), "")
            for _, run in groupby(direction.ordered(line, levels), key=lambda piece: piece[1] % 2)
        ]
    return list(_with_names(lettering, place, line))


def letters_in(line: str) -> int:
    """How many letters stand in it: how far its end is from its beginning."""
    return sum(not letter.isspace() for letter in line)


def _levels(lettering: Lettering, place: int, line: str) -> list[int]:
    if not lettering.levels:
        return [0] * len(line)
    made, end = [], len(line.rstrip())
    for at, letter in enumerate(line):
        if letter.isspace():
            # A space at a line's end belongs to the paragraph, not to the words before it (rule L1).
            made.append(lettering.gaps.get(place, 0) if at < end else int(lettering.from_right))
        else:
            made.append(lettering.levels[place])
            place += 1
    return made


def _with_names(lettering: Lettering, place: int, line: str) -> Iterator[Piece]:
    """The line cut at each name that stands whole on it."""
    at = {place + letters_in(line[:n]): n for n in range(len(line), -1, -1)}
    done = 0
    for start, end, letter in lettering.names:
        if start in at and end in at:
            last = at[end]
            first = last - len(line[at[start] : last].lstrip())
            if line[done:first]:
                yield line[done:first], ""
            # A reader of the file is given the letter itself; those beyond the basic plane it may lose.
            yield line[first:last], letter if ord(letter) <= 0xFFFF and unicodedata.category(letter)[0] != "C" else ""
            done = last
    if line[done:]:
        yield line[done:], ""
