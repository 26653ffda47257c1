"""What agreed answers to one question might be a finding about: proposals in words, for a person to decide. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from audit_app import words
from audit_app.improvement.wording import chosen_words
from frameworks import estimates

FEWEST = 3


class Answered(Protocol):
    """What a proposal needs to know of an answer."""

    @property
    def grade(self) -> str:
        """The answer's name on its scale."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def how_chosen(self) -> str:
        """How the record was chosen."""


@dataclass(frozen=True)
class Proposal:
    """What was seen, in a sentence that states n and how the records were chosen."""

    sentence: str
    part: int
    whole: int


def proposals(points: Sequence[str], answers: Sequence[Answered]) -> list[Proposal]:
    """One proposal per way of choosing: how many answered below the middle of the scale.

    Args:
        points: The codes of the scale, worst first.
        answers: The agreed answers to the question.

    Records chosen at random and records chosen otherwise are never put into one figure; an interval is given only for
    the first, and nothing is proposed from fewer than three records.
    """
    low = set(points[: len(points) // 2])
    made = []
    for how in dict.fromkeys(answer.how_chosen for answer in answers):
        answered = [answer for answer in answers if answer.how_chosen == how and answer.code in points]
        part = sum(answer.code in low for answer in answered)
        if len(answered) >= FEWEST and part:
            made.append(Proposal(_sentence(part, len(answered), how), part, len(answered)))
    return made


def _sentence(part: int, whole: int, how: str) -> str:
    share = f"{part} of {words.count(whole, 'record')} fell in the lower half of the answers"
    if how != "random":
        return f"{share}; {chosen_words(how)}."
    return f"{share} ({estimates.in_words(part, whole)}); chosen at random."
