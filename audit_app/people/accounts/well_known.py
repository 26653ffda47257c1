"""Passwords that are easily guessed, of our own compiling: well-known words and the patterns people make of them. Pure.

No list of the 10,000 commonest passwords travels with this product. Only those of 12 characters or more could get past
the length rule, and nearly all of those are a well-known word with something simple added, a walk over the keyboard, a
run, or a piece repeated: that is what is looked for here.
"""

import re

# Bases that people lengthen: the best known of every published list, and first names, teams and months most used.
WORDS = frozenset(
    """
    password passw0rd passwort pass word welcome letmein iloveyou ilovey0u loveyou lovely princess sunshine monkey
    dragon master superman batman football baseball basketball hockey soccer liverpool arsenal chelsea manchester
    united everton rangers celtic tottenham newcastle summer winter autumn spring january february march april may
    june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    london england britain computer internet login logmein administrator admin root user guest test testing tester
    example changeme change secret trustno1 shadow michael jessica ashley jennifer charlie daniel matthew joshua
    andrew thomas robert jordan george harley hunter buster ginger pepper cookie chocolate cheese banana orange
    purple yellow silver golden flower butterfly starwars pokemon whatever unbelievable nothing access default
    temporary temp abc iloveu qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm hello hellohello helloworld
    freedom forever family mother father sister brother angel babygirl lovers friends tigger samsung google
    facebook microsoft windows apple iphone mustang ferrari mercedes porsche corvette christmas halloween birthday
    summertime wintertime springtime blessed jesus christ heaven sweetheart starlight moonlight sunflower rainbow
    rainbows unicorn diamond thunder lightning phoenix maverick ranger killer cowboy dallas austin boston chicago
    york password1 administrator1 service support office work desktop laptop network server database system
    manager secure security private personal
    """.split()  # noqa: SIM905 (a list to read)
)
LOCAL = (
    *("council", "ofsted", "safeguarding", "inspection", "readiness", "children", "childrens", "services", "audit"),
    *("audits", "social", "worker", "socialcare", "borough", "county", "inspectionreadiness"),
)
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb")
WALKS = (*ROWS, "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujm", "0987654321", "147258369")
SWAPS = str.maketrans("013457@$!", "oieastasi")
FEWEST_DIFFERENT = 5
LEFT_OVER = 4


def is_well_known(plain: str) -> bool:
    """Whether a password in small letters is a well-known word, a walk, a run or a repetition, with a little added."""
    if len(set(plain)) < FEWEST_DIFFERENT or plain.isdigit():
        return True
    if _is_repeated(plain):
        return True
    return is_mostly(plain, tuple(WORDS)) or _walked(plain) >= len(plain) - LEFT_OVER


def is_mostly(plain: str, words: tuple[str, ...], *, every: bool = False) -> bool:
    """Whether little is left of a password once words, figures, blanks and signs are out, as typed or with 0 for o.

    One word of the list and its repeats are taken out, or with `every` all of them: three random words of which each
    is well known stay accepted, three words of this service do not.
    """
    return any(_left(version, words, every) < LEFT_OVER for version in {plain, plain.translate(SWAPS)})


def _left(plain: str, words: tuple[str, ...], every: bool) -> int:
    """How many letters remain."""
    letters = _letters(plain)
    plain_words = sorted({_letters(word) for word in words if len(_letters(word)) >= 3}, key=len, reverse=True)
    if every:
        for word in plain_words:
            letters = letters.replace(word, "")
        return len(letters)
    return min((len(letters.replace(word, "")) for word in plain_words), default=len(letters))


def _letters(text: str) -> str:
    return re.sub(r"[\d\s!-/:-@\[-`{-~]+", "", text)


def _is_repeated(plain: str) -> bool:
    return any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, min(6, len(plain) // 2) + 1))


def _walked(plain: str) -> int:
    """How many characters lie on keyboard walks or runs of four or more, in either direction."""
    covered = [False] * len(plain)
    for walk in WALKS:
        for way in (walk * 2, walk[::-1] * 2):
            for start in range(len(plain) - 3):
                if plain[start : start + 4] in way:
                    covered[start : start + 4] = [True] * 4
    return sum(covered)
