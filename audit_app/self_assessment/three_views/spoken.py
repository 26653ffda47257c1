"""Which questions somebody speaks of under an area: an inspectors' item, or a claim that cites answers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from audit_app.audits.answers_counted.spread import Spread
from findings.states import FindingKind


@dataclass(frozen=True)
class PrintedItem:
    """What an inspection or a review printed of the area besides a grade: a strength, or something asked for."""

    number: int
    reference: str
    kind: FindingKind
    text: str
    printed_as: str  # Ofsted’s area for improvement 4 of 13
    inspection_number: int
    inspection: str
    dated_on: date | None
    areas: tuple[int, ...]  # the areas for improvement it sits in
    answered: bool


@dataclass(frozen=True)
class OwnClaim:
    """A claim of the latest self-assessment under the area, with the rung somebody decided."""

    assessment: str  # SAS-0004
    assessment_number: int
    section_id: int
    text: str
    rung: int | None


@dataclass(frozen=True)
class Pointer:
    """That somebody speaks of a question: who, in words."""

    edition_id: str
    question_key: str
    speaker: str


@dataclass(frozen=True)
class AnswerLine:
    """A question somebody speaks of, who does, and how agreed audits of the period answered it."""

    edition_id: str
    question_key: str
    text: str
    speakers: tuple[str, ...]
    spreads: tuple[Spread, ...]  # of audits drawn at random, one for each scale


def questions_spoken_of(pointers: Iterable[Pointer], most: int) -> tuple[list[tuple[str, str]], int]:
    """The questions to count, those most spoken of first, and how many more there are.

    Args:
        pointers: Who speaks of what.
        most: How many questions are counted on one page.
    """
    speakers: dict[tuple[str, str], list[str]] = {}
    for pointer in pointers:
        speakers.setdefault((pointer.edition_id, pointer.question_key), []).append(pointer.speaker)
    ordered = sorted(speakers, key=lambda question: -len(set(speakers[question])))
    return ordered[:most], max(0, len(ordered) - most)


def speakers_of(pointers: Sequence[Pointer], question: tuple[str, str]) -> tuple[str, ...]:
    """Everybody who speaks of a question, each once."""
    edition_id, key = question
    named = (pointer.speaker for pointer in pointers if (pointer.edition_id, pointer.question_key) == (edition_id, key))
    return tuple(dict.fromkeys(named))


def question_named(reference: str) -> tuple[str, str] | None:
    """The edition and question key that a source names: case-audit-1/plan/specific; None for anything else."""
    edition_id, _, key = reference.partition("/")
    return (edition_id, key) if "/" in key else None
