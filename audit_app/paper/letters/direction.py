"""In which order letters of two directions stand on a line: the Unicode bidirectional algorithm (UAX 9). Pure.

Signs that override or embed a direction are not obeyed: they are taken out before, because they can make a text read
otherwise than it was typed. ReportLab reads direction only with a compiled library of another licence.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

MARKS = frozenset("\u200e\u200f\u061c")  # signs without a picture that stand for a letter of one direction
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_NEUTRAL = {"B", "S", "WS", "ON"}
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}


def runs_from_right(words: str) -> bool:
    """Whether any letter of the words is written from right to left."""
    return not words.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in words)


def begins_from_right(words: str) -> bool:
    """Whether the first letter with a direction runs from the right (rules P2 and P3)."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def levels(words: str, from_right: bool) -> list[int]:
    """The level of each letter of a paragraph: even ones run from the left, odd ones from the right."""
    start = "R" if from_right else "L"
    kinds = _weak([unicodedata.bidirectional(letter) or "L" for letter in words], start)
    _brackets(words, kinds, start)
    _neutral(kinds, start)
    if from_right:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def ordered(line: str, of_line: Sequence[int]) -> list[tuple[str, int]]:
    """The letters of one line from left to right as they are drawn, each with its level (rules L2 and L4).

    A mark stands before its letter there, as the font expects it of scripts that run from the right.
    """
    pieces = [
        (_MIRRORED.get(letter, letter) if level % 2 else letter, level)
        for letter, level in zip(line, of_line, strict=True)
    ]
    for least in range(max(of_line, default=0), 0, -1):
        pieces = _turned(pieces, least)
    return pieces


def _turned(pieces: list[tuple[str, int]], least: int) -> list[tuple[str, int]]:
    """Each run of letters of this level or a higher one from its end to its beginning."""
    made: list[tuple[str, int]] = []
    for high, run in groupby(pieces, key=lambda piece: piece[1] >= least):
        letters = list(run)
        made += letters[::-1] if high else letters
    return made


def _weak(kinds: list[str], start: str) -> list[str]:
    """Rules W1 to W7: marks, numbers and the signs in them."""
    strong, before = start, start
    for at, given in enumerate(kinds):
        kind = before if given == "NSM" else given
        strong = kind if kind in {"L", "R", "AL"} else strong
        before = kind
        kinds[at] = "AN" if kind == "EN" and strong == "AL" else "R" if kind == "AL" else kind
    _separators(kinds)
    _terminators(kinds)
    strong = start
    for at, given in enumerate(kinds):
        strong = given if given in {"L", "R"} else strong
        kinds[at] = "ON" if given in {"ES", "ET", "CS", "BN"} else "L" if (given, strong) == ("EN", "L") else given
    return kinds


def _separators(kinds: list[str]) -> None:
    """Rule W4: one sign between two numbers of a kind belongs to the number."""
    for at in range(1, len(kinds) - 1):
        if kinds[at - 1] == kinds[at + 1] and (
            (kinds[at] == "CS" and kinds[at - 1] in {"EN", "AN"}) or (kinds[at] == "ES" and kinds[at - 1] == "EN")
        ):
            kinds[at] = kinds[at - 1]


def _terminators(kinds: list[str]) -> None:
    """Rule W5: signs such as a per cent beside a number belong to it."""
    at = 0
    for kind, run in groupby(list(kinds)):
        end = at + len(list(run))
        beside = (at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
        if kind == "ET" and beside:
            kinds[at:end] = ["EN"] * (end - at)
        at = end


def _brackets(words: str, kinds: list[str], start: str) -> None:
    """Rule N0: a pair of brackets runs as what it holds, or as what stands before it."""
    for opening, closing in _pairs(words, kinds):
        inside = {_STRONG[kind] for kind in kinds[opening + 1 : closing] if kind in _STRONG}
        if start in inside:
            direction = start
        elif inside:
            earlier = (_STRONG[kind] for kind in reversed(kinds[:opening]) if kind in _STRONG)
            direction = "LR"[start == "L"] if next(earlier, start) != start else start
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket : _end_of_marks(words, bracket)] = [direction] * (_end_of_marks(words, bracket) - bracket)


def _end_of_marks(words: str, at: int) -> int:
    """Where the marks on a letter end."""
    return next((n for n in range(at + 1, len(words)) if unicodedata.bidirectional(words[n]) != "NSM"), len(words))


def _pairs(words: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    pairs, waiting = [], []
    for at, letter in enumerate(words):
        if kinds[at] != "ON":
            continue
        if letter in _PAIRS:
            waiting.append(at)
        elif place := next((n for n, o in reversed(list(enumerate(waiting, 1))) if _PAIRS[words[o]] == letter), 0):
            pairs.append((waiting[place - 1], at))
            del waiting[place - 1 :]
    return sorted(pairs)


def _neutral(kinds: list[str], start: str) -> None:
    """Rules N1 and N2: what has no direction takes that of both its neighbours, else the paragraph's."""
    at = 0
    for is_neutral, run in groupby(list(kinds), key=lambda kind: kind in _NEUTRAL):
        end = at + len(list(run))
        if is_neutral:
            before = _STRONG[kinds[at - 1]] if at else start
            after = _STRONG[kinds[end]] if end < len(kinds) else start
            kinds[at:end] = [before if before == after else start] * (end - at)
        at = end
