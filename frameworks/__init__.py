"""The front door of the ruler: what good looks like and how to measure by it, read from files and kept in memory."""

from datetime import date

from frameworks import families, reader
from frameworks.answers import Answer, DomainAnswer, OverallAnswer
from frameworks.files.faults import BrokenEdition, Fault
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
from frameworks.shapes import NoneInForce, UnknownFamily

__all__ = [
    "Answer",
    "BrokenEdition",
    "Domain",
    "DomainAnswer",
    "Edition",
    "Fault",
    "JudgementArea",
    "NoneInForce",
    "OffScale",
    "OverallAnswer",
    "Question",
    "QuestionSet",
    "Scale",
    "UnknownArea",
    "UnknownEdition",
    "UnknownFamily",
    "UnknownQuestion",
    "UnknownScale",
    "UnknownSet",
    "edition",
    "edition_named",
    "editions",
    "editions_of",
    "in_force",
    "question_set",
    "question_sets",
    "versions",
]


def editions() -> tuple[Edition, ...]:
    """Every edition that comes with the product, in alphabetical order of id; raises BrokenEdition."""
    return tuple(reader.held(edition_id).edition for edition_id in reader.edition_ids())


def edition(edition_id: str, version: int | None = None) -> Edition:
    """The edition of that id, as last corrected or as one of its versions said.

    Raises:
        UnknownEdition: There is no such edition, or no such version of it.
        BrokenEdition: Its files have faults.
    """
    held = reader.held(edition_id)
    if version is None:
        return held.edition
    for candidate in held.versions:
        if candidate.version == version:
            return candidate
    raise UnknownEdition(f"There is no version {version} of “{edition_id}”.")


def edition_named(name: str) -> Edition:
    """The edition, or the version of one, that a name as in published.txt means: ilacs-2018, ilacs-2018@1.

    Raises:
        UnknownEdition: There is no such edition, or no such version of it.
    """
    edition_id, at, version = name.partition("@")
    if at and not (version.isascii() and version.isdecimal() and len(version) <= 2):
        raise UnknownEdition(f"There is no version “{version}” of an edition.")
    return edition(edition_id, int(version) if at else None)


def versions(edition_id: str) -> tuple[Edition, ...]:
    """Every version of an edition, as first published and then as each correction left it; raises UnknownEdition."""
    return reader.held(edition_id).versions


def editions_of(family_id: str) -> tuple[Edition, ...]:
    """Every edition of one family, such as `case-audit`, oldest first; raises UnknownFamily."""
    return tuple(edition(edition_id) for edition_id in reader.family(family_id).editions)


def in_force(family_id: str, on: date) -> Edition:
    """The newest edition of a family in force on a day, worked out from the files.

    Args:
        family_id: The family, as crosswalk.yaml names it: `case-audit`, `ilacs`.
        on: The day, in London.

    Returns:
        Of the editions whose first and last day (both included) leave the day between them, the one that began last;
        of two that began on one day, the one its family lists last.

    Raises:
        UnknownFamily: There is no such family.
        NoneInForce: It has no edition in force on that day: the first has not begun, or the last has ended.

    Source:
        `valid_from` and `valid_to` of each edition; the order of the family in crosswalk.yaml.
    """
    newest = families.newest_in_force(editions_of(family_id), on)
    if newest is None:
        raise NoneInForce(f"No edition of “{family_id}” is in force on {on.isoformat()}.")
    return newest


def question_sets(edition_id: str) -> tuple[QuestionSet, ...]:
    """Every question set of an edition at every length, in order of file name; raises UnknownEdition."""
    return reader.held(edition_id).question_sets


def question_set(edition_id: str, set_id: str, length: str = "full") -> QuestionSet:
    """One question set at one length; raises UnknownEdition or UnknownSet."""
    for candidate in question_sets(edition_id):
        if candidate.id == set_id and candidate.length == length:
            return candidate
    raise UnknownSet(f"“{edition_id}” has no question set “{set_id}” at the length “{length}”.")
