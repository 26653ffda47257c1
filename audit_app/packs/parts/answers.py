"""The page that answers: how good, how we know, what next. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AreaGrades:
    """A judgement area on the page of answers: what inspectors printed last, and what the council says itself."""

    key: str
    name: str
    inspectors: str = ""
    inspectors_code: str = ""
    inspected: str = ""
    ourselves: str = ""
    ourselves_code: str = ""
    assessed: str = ""


@dataclass(frozen=True)
class PracticeLine:
    """How many records of one kind, drawn at random, were graded good or better overall, now and before."""

    records: str
    reached: int
    of: int
    share: str
    in_service: str
    before: str
    change: str


@dataclass(frozen=True)
class Answers:
    """The page that answers: how good, how we know, what next."""

    grades: tuple[AreaGrades, ...] = ()
    reached_words: str = ""
    practice: tuple[PracticeLine, ...] = ()
    practice_notes: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    not_enough: tuple[tuple[str, str], ...] = ()
    not_enough_more: int = 0
    how_known: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    leader_words: str = ""
    leader_signed: str = ""
