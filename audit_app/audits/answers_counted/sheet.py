"""How answers stand on an answer sheet: a line each, the question's key, a blank, the code. Pure."""

from collections import Counter
from collections.abc import Iterable

BLANK, LINE = " ", "\n"

Tally = Counter[tuple[str, str]]  # how many gave a question, by its key, an answer, by its code


def sheet_of(answers: Iterable[tuple[str, str]]) -> str:
    """The sheet of one audit: its questions and the codes given, in the order of their keys."""
    return LINE.join(f"{key}{BLANK}{code}" for key, code in sorted(answers) if code)


def tally_of(sheets: Iterable[str]) -> Tally:
    """How often each answer stands on these sheets, each question and code by itself."""
    lines = Counter(LINE.join(sheets).split(LINE))
    lines.pop("", None)
    tally: Tally = Counter()
    for line, count in lines.items():
        key, _, code = line.partition(BLANK)
        tally[key, code] = count
    return tally
