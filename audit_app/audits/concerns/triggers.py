"""Which answers to the safety question set off a concern, and what a later answer adds to it: pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from audit_app import words

ACT_NOW, CANNOT_TELL = "act_now", "cannot_tell"
SETS_OFF = frozenset({ACT_NOW, CANNOT_TELL})
OPENING = {
    ACT_NOW: "The auditor answered the safety question: yes, act now.",
    CANNOT_TELL: "The auditor answered the safety question: cannot tell from the record.",
    "being_acted_on": "The auditor changed the answer to the safety question: yes, already being acted on.",
    "nothing_seen": "The auditor changed the answer to the safety question: nothing seen.",
    "": "The auditor took the answer to the safety question away.",
}
NOTHING_WRITTEN = "Nothing more was written. Speak to the auditor."


class Effect(StrEnum):
    """What an answer leads to."""

    nothing = auto()
    raised = auto()
    added = auto()


@dataclass(frozen=True)
class Outcome:
    """What to do, the answer in words, and for an addition the words of the whole concern."""

    effect: Effect
    answer_words: str = ""
    whole: str = ""


@dataclass(frozen=True)
class SetOff:
    """What a changed answer to the safety question has done, and to which concern; none where it did nothing."""

    effect: Effect = Effect.nothing
    concern_id: int | None = None


def after_answer(code: str, text: str, open_words: str | None, *, now: datetime) -> Outcome:
    """What a changed answer leads to, given the words of the concern an earlier answer set off and nobody has closed.

    An open concern is never withdrawn by a changed answer: the new answer is added to it. Only "act now" after
    "cannot tell" raises another one, because then people must act and not only find out.
    """
    answer_words = f"{OPENING.get(code, OPENING[''])} {text.strip() or NOTHING_WRITTEN}".strip()
    if open_words is None:
        return Outcome(Effect.raised, answer_words) if code in SETS_OFF else Outcome(Effect.nothing)
    if code == ACT_NOW and OPENING[ACT_NOW] not in open_words:
        return Outcome(Effect.raised, answer_words)
    if open_words.endswith(answer_words):
        return Outcome(Effect.nothing)
    if code not in SETS_OFF:
        answer_words = f"{OPENING.get(code, OPENING[''])} {text.strip()}".strip()
    return Outcome(Effect.added, answer_words, f"{open_words}\n\nAdded on {words.datetime_words(now)}: {answer_words}")
