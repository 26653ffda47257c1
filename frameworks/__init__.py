"""The front door of the ruler: what good looks like and how to measure by it, read from files and kept in memory."""

from frameworks import reader
from frameworks.answers import Answer, DomainAnswer, OverallAnswer
from frameworks.faults import BrokenEdition, Fault
from frameworks.schema import (
    Domain,
    Edition,
    JudgementArea,
    OffScale,
    Question,
    QuestionSet,
    Scale,
    UnknownArea,
    UnknownEdition,
    UnknownQuestion,
    UnknownScale,
    UnknownSet,
)

__all__ = [
    "Answer",
    "BrokenEdition",
    "Domain",
    "DomainAnswer",
    "Edition",
    "Fault",
    "JudgementArea",
    "OffScale",
    "OverallAnswer",
    "Question",
    "QuestionSet",
    "Scale",
    "UnknownArea",
    "UnknownEdition",
    "UnknownQuestion",
    "UnknownScale",
    "UnknownSet",
    "edition",
    "editions",
    "question_set",
    "question_sets",
]


def editions() -> tuple[Edition, ...]:
    """Every edition that comes with the product, in alphabetical order of id; raises BrokenEdition."""
    return tuple(reader.held(edition_id).edition for edition_id in reader.edition_ids())


def edition(edition_id: str) -> Edition:
    """The edition of that id; raises UnknownEdition, or BrokenEdition when its files have faults."""
    return reader.held(edition_id).edition


def question_sets(edition_id: str) -> tuple[QuestionSet, ...]:
    """Every question set of an edition at every length, in order of file name; raises UnknownEdition."""
    return reader.held(edition_id).question_sets


def question_set(edition_id: str, set_id: str, length: str = "full") -> QuestionSet:
    """One question set at one length; raises UnknownEdition or UnknownSet."""
    for one in question_sets(edition_id):
        if one.id == set_id and one.length == length:
            return one
    raise UnknownSet(f"“{edition_id}” has no question set “{set_id}” at the length “{length}”.")
