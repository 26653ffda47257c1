"""What is written under another framework and offered here: text or claim, where it stands, how firmly joined. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.self_assessment.claims.bearing import Standing
from audit_app.self_assessment.tables import Stance
from frameworks.joins import FIRMEST_FIRST, Join

# How firm a join is, for whoever thinks of using what it leads to.
STRENGTHS = words.ours(
    {
        "itself": "This very area, in another self-assessment.",
        "same": "The same area under another edition.",
        "part_of": "This area is a part of that one: what is said there may not hold for this part.",
        "whole_of": "That area is a part of this one: what is said there holds for that part only.",
        "overlaps": "The two areas share ground and are not the same: read it as a draft.",
    }
)


@dataclass(frozen=True)
class Origin:
    """Where something stands: which section of which self-assessment, and how its area is joined to this one."""

    reference: str  # SAS-0002
    number: int
    section_id: int
    title: str
    heading: str
    edition_title: str
    state: str  # Signed, Being written
    dated_on: date | None  # of the signature, else of the last writing
    join: Join
    doubts: int = 0  # open doubts about the lines of the join

    @property
    def strength(self) -> str:
        """How firm the join is, in a sentence."""
        return STRENGTHS[self.join.tie]

    @property
    def words(self) -> str:
        """SAS-0002, Children in care: where it was written, as it is kept with what was taken."""
        return f"{self.reference}, {self.heading}"


@dataclass(frozen=True)
class TextOffered:
    """A text under one question of another section."""

    question: str
    question_words: str
    text: str
    goes_under: str  # the key of the question here that it would join
    goes_under_words: str
    is_here: bool  # whether the very words stand in this section already


@dataclass(frozen=True)
class ClaimOffered:
    """A claim of another section, with what it cites and the rung somebody decided there."""

    claim_id: int
    text: str
    stance: Stance
    stance_words: str
    rung: int | None
    cited: tuple[Standing, ...]
    goes_under: str
    goes_under_words: str
    is_here: bool


@dataclass(frozen=True)
class SectionOffered:
    """Everything one other section offers."""

    origin: Origin
    texts: tuple[TextOffered, ...]
    claims: tuple[ClaimOffered, ...]


def goes_under(question: str, asked: Collection[str]) -> str:
    """The question here that something answers: the one of the same key, else the first that is asked."""
    return question if question in asked else next(iter(asked), "")


def in_order(offered: Iterable[SectionOffered]) -> tuple[SectionOffered, ...]:
    """The firmest joins first, then the newest; sections that offer nothing are left out."""
    with_words = [section for section in offered if section.texts or section.claims]
    newest = sorted(with_words, key=lambda section: section.origin.dated_on or date.min, reverse=True)
    return tuple(sorted(newest, key=lambda section: FIRMEST_FIRST.index(section.origin.join.tie)))


def with_origin(text: str, origin: str) -> str:
    """A text as it is taken over: its own words, and where they come from on a line by itself."""
    return f"{text.rstrip()}\n(Taken from {origin}.)"


def added(there: str, text: str) -> str:
    """A text put after what is written already, a line apart."""
    return f"{there.rstrip()}\n\n{text}" if there.strip() else text
