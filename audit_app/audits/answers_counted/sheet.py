"""How answers stand on an answer sheet: lines of a question's key, a blank and a code. Pure.

A question that several may be ticked of has a line for each, and one with `ANY` for the audit; a second answer stands
under the key with `SECOND` behind it, and that an action was set under the key with `ACTION`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

BLANK, LINE = " ", "\n"
ANY, SECOND, ACTION, WAS_SET = "*", "+", "!", "set"
THE_SHEETS = ("", "")  # no question and no answer: where answers are counted, the sheets themselves

Tally = Counter[tuple[str, str]]  # how many gave a question, by its key, an answer, by its code


class Row(NamedTuple):
    """What was given to one question, of all the columns of an answer those that are counted."""

    key: str
    code: str
    given: str = ""
    second: str = ""
    action: str = ""


def sheet_of(answers: Iterable[Row]) -> str:
    """The sheet of one audit, in the order of its questions' keys."""
    return LINE.join(line for answer in sorted(answers) for line in lines_of(answer))


def lines_of(answer: Row) -> Iterator[str]:
    """The lines of one answer; none where nothing that can be counted was given."""
    if answer.code:
        yield f"{answer.key}{BLANK}{answer.code}"
    if answer.given:
        yield f"{answer.key}{BLANK}{ANY}"
        yield from (f"{answer.key}{BLANK}{code}" for code in answer.given.split(",") if code)
    if answer.second:
        yield f"{answer.key}{SECOND}{BLANK}{answer.second}"
    if answer.action:
        yield f"{answer.key}{ACTION}{BLANK}{WAS_SET}"


def tally_of(sheets: Iterable[str]) -> Tally:
    """How often each answer stands on these sheets, each question and code by itself."""
    lines = Counter(LINE.join(sheets).split(LINE))
    lines.pop("", None)
    tally: Tally = Counter()
    for line, count in lines.items():
        key, _, code = line.partition(BLANK)
        tally[key, code] = count
    return tally
