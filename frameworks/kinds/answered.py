"""The kinds of question and what each is answered with: a new kind is a line here and a name in shapes.py. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from frameworks.answers import Answer
from frameworks.questions import WrittenQuestion
from frameworks.shapes import QuestionType

With = Literal["point", "points", "date", "number", "words"]
ANSWERED_WITH: Mapping[QuestionType, With] = {
    "judged": "point",
    "check": "point",
    "timescale": "point",
    "several": "points",
    "date": "date",
    "number": "number",
    "narrative": "words",
}
LONGEST_GIVEN = 1000
LONGEST_OWNER = 120
NO_NUMBER = "Enter a number in figures, like 12 or 12.5"
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


def answered_with(question: WrittenQuestion) -> With:
    """What a question is answered with; the safety question, and words for which a scale is named, with a point."""
    usual = ANSWERED_WITH[question.type]
    return "point" if question.safety or (usual == "words" and question.scale) else usual


def has_no_scale(kind: QuestionType) -> bool:
    """Whether the set names no scale for a whole kind: it needs none, or each question has its own."""
    return ANSWERED_WITH[kind] != "point"


def why_not(question: WrittenQuestion, given: str) -> str:
    """What is wrong with a date or a number as it is kept, with the remedy; empty when it can be kept."""
    match answered_with(question):
        case "date":
            return "" if is_day(given) else "Enter a real date, like 27 3 2026"
        case "number":
            return "" if is_number(given) else NO_NUMBER
        case _:
            return ""


def as_figures(text: str) -> str:
    """A number as it was typed, without blanks and the commas that part thousands; it need not be one yet."""
    return "".join(text.split()).replace(",", "").replace("−", "-")


def is_number(text: str) -> bool:
    """Whether a text is a number as it is kept: figures, perhaps with a point and a minus."""
    return _NUMBER.fullmatch(text) is not None


def is_answered(question: WrittenQuestion, answer: Answer | None) -> bool:
    """Whether something was given that answers the question as its kind wants it, and its second answer too."""
    if answer is None:
        return False
    if question.second is not None and not answer.second:
        return False
    match answered_with(question):
        case "point":
            return answer.code is not None
        case "words":
            return bool(answer.text.strip())
        case _:
            return bool(answer.given)


def is_day(text: str) -> bool:
    """Whether a text is a day as it is kept, like 2026-03-27."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
