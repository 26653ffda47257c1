"""Joins Arabic letters: each becomes the form that its neighbours ask for, as fonts hold those forms. Pure.

The forms are read from Unicode itself, whose presentation forms say of which letter they are the first, middle or last.
A letter without such forms (some of Kurdish and Sindhi) stays as it is, and its neighbours are not joined to it.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

INITIAL, MEDIAL, FINAL = "<initial>", "<medial>", "<final>"
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_JOINING_WITHOUT_FORMS = {"\u0640", "\u200d"}  # tatweel and the zero-width joiner
_BREAKING = "\u200c"


def joined(words: str, known: frozenset[int]) -> str:
    """The same words with joined letters, where the font knows each form; lam and alef become one sign."""
    if not any("\u0600" <= letter <= "\u06ff" for letter in words):
        return words
    letters = _with_ligatures(list(words), known)
    return "".join(_form(letters, at, known) for at in range(len(letters)))


def typed(sign: str) -> str:
    """The letters that a joined form stands for."""
    return unicodedata.normalize("NFKC", sign)


def is_joined(sign: str) -> bool:
    """Whether a sign is a form of one or more Arabic letters."""
    return "\ufb50" <= sign <= "\ufdff" or "\ufe70" <= sign <= "\ufefc"


def _with_ligatures(letters: list[str], known: frozenset[int]) -> list[str]:
    made: list[str] = []
    for letter in letters:
        lam = _before(made, len(made)) if letter in _ALEFS else None
        sign = ligatures().get(letter) if lam is not None and made[lam] == _LAM else None
        if lam is None or sign is None or ord(sign) not in known:
            made.append(letter)
        else:
            made[lam] = sign
    return made


def _form(letters: Sequence[str], at: int, known: frozenset[int]) -> str:
    own = forms(known).get(letters[at])
    if own is None:
        return letters[at]
    before, after = _before(letters, at), _after(letters, at)
    from_right = before is not None and FINAL in own and _joins(letters[before], INITIAL, known)
    to_left = after is not None and INITIAL in own and _joins(letters[after], FINAL, known)
    kind = MEDIAL if from_right and to_left else FINAL if from_right else INITIAL if to_left else ""
    return own.get(kind, letters[at])


def _joins(letter: str, side: str, known: frozenset[int]) -> bool:
    return letter in _JOINING_WITHOUT_FORMS or side in forms(known).get(letter, {})


def _before(letters: Sequence[str], at: int) -> int | None:
    return next((place for place in range(at - 1, -1, -1) if not _passed_over(letters[place])), None)


def _after(letters: Sequence[str], at: int) -> int | None:
    return next((place for place in range(at + 1, len(letters)) if not _passed_over(letters[place])), None)


def _passed_over(letter: str) -> bool:
    """Marks above and below letters do not part them."""
    return unicodedata.category(letter) in {"Mn", "Me"} or (
        unicodedata.category(letter) == "Cf" and letter not in _JOINING_WITHOUT_FORMS and letter != _BREAKING
    )


@cache
def forms(known: frozenset[int]) -> dict[str, dict[str, str]]:
    """The forms that the font has, by letter and place in the word; a form of lam and alef stands by its own sign."""
    made: dict[str, dict[str, str]] = {}
    for sign, kind, letters in _presented():
        letter = letters if len(letters) == 1 else ligatures().get(letters[1:]) if letters[0] == _LAM else None
        if letter is not None and kind != "<isolated>" and ord(sign) in known:
            made.setdefault(letter, {})[kind] = sign
    return made


@cache
def ligatures() -> dict[str, str]:
    """The sign for lam with each alef."""
    return {
        letters[1]: sign
        for sign, kind, letters in _presented()
        if kind == "<isolated>" and len(letters) == 2 and letters[0] == _LAM and letters[1] in _ALEFS
    }


@cache
def _presented() -> tuple[tuple[str, str, str], ...]:
    """Each presentation form with its place in a word and the letters it stands for."""
    made = []
    for code in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if letters and (len(letters) == 4 or letters.startswith("0644 ")):
            made.append((chr(code), kind, "".join(chr(int(each, 16)) for each in letters.split())))
    return tuple(made)
