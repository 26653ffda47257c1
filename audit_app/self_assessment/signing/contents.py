"""A self-assessment as one frozen value: what its page, paper and workbook show; its fingerprint. Pure."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter

FORMAT = 1


@dataclass(frozen=True)
class FrozenCitation:
    """What a claim cites, in the words of the day; of a figure, its numbers and every audit it counted."""

    kind: str
    reference: str
    words: str
    details: tuple[str, ...]
    dated_on: date | None
    href: str = ""
    hidden: bool = False
    is_figure: bool = False
    n: int = 0
    reached: int = 0
    audits: tuple[tuple[int, int, str], ...] = ()  # number, version and what it was graded; never printed
    citation_id: int = 0


@dataclass(frozen=True)
class FrozenClaim:
    """One claim with what it stands on."""

    id: int
    question: str
    text: str
    stance: str
    rung: int | None
    rung_words: str
    rung_reason: str
    cited: tuple[FrozenCitation, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()  # what spoke against it, kind and words


@dataclass(frozen=True)
class FrozenPassage:
    """What is written under one question."""

    question: str
    question_words: str
    text: str


@dataclass(frozen=True)
class FrozenPlan:
    """One plan for the next twelve months."""

    id: int
    what: str
    who: str
    due_on: date | None
    impact_shown_by: str
    action_reference: str = ""


@dataclass(frozen=True)
class FrozenSection:
    """One section: texts, claims, plans and grade."""

    id: int
    area_id: str
    heading: str
    agency_id: str
    agency_name: str
    has_grades: bool
    grade_code: str
    grade_name: str
    grade_reason: str
    passages: tuple[FrozenPassage, ...] = ()
    claims: tuple[FrozenClaim, ...] = ()
    plans: tuple[FrozenPlan, ...] = ()

    @property
    def title(self) -> str:
        """What it is about, and which agency writes it."""
        return f"{self.heading}: {self.agency_name}" if self.agency_name else self.heading

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes sections of two years the same."""
        return key_of(self.area_id, self.agency_id, self.heading)


@dataclass(frozen=True)
class FrozenLookBack:
    """What became of a claim or plan of the one before."""

    about_id: int
    is_plan: bool
    section: str
    about: str
    became: str  # empty where nobody has said
    became_words: str
    words: str
    reference: str


@dataclass(frozen=True)
class FrozenSummary:
    """What one part of the two-page summary says."""

    part: str
    heading: str
    text: str


@dataclass(frozen=True)
class Assessment:
    """The whole of it."""

    format: int
    reference: str
    title: str
    council: str
    fictional: bool
    edition_id: str
    edition_title: str
    edition_fingerprint: str
    theme: str
    period_from: date
    period_to: date
    as_at: date
    previous: str
    leaders_words: str
    leaders_post: str
    leaders_signed_on: date | None
    sections: tuple[FrozenSection, ...] = ()
    look_back: tuple[FrozenLookBack, ...] = ()
    writers: tuple[str, ...] = ()
    summary: tuple[FrozenSummary, ...] = ()  # empty where nobody wrote one

    @property
    def claims(self) -> tuple[tuple[FrozenSection, FrozenClaim], ...]:
        """Every claim with its section, in order."""
        return tuple((section, claim) for section in self.sections for claim in section.claims)

    @property
    def plans(self) -> tuple[tuple[FrozenSection, FrozenPlan], ...]:
        """Every plan with its section, in order."""
        return tuple((section, plan) for section in self.sections for plan in section.plans)


_shape: TypeAdapter[Assessment] = TypeAdapter(Assessment)


def key_of(area_id: str, agency_id: str, heading: str) -> tuple[str, str, str]:
    """What makes sections of two years the same: area and agency, else the heading, whatever its capitals."""
    return area_id, agency_id, "" if area_id else " ".join(heading.casefold().split())


def canonical(assessment: Assessment) -> str:
    """The one way contents are written down."""
    plain = _shape.dump_python(assessment, mode="json")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint_of(written: str) -> str:
    """The sha256 of contents written down."""
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def read(written: str) -> Assessment:
    """Contents as they were frozen."""
    return _shape.validate_json(written)


def changed(assessment: Assessment, change: Callable[[FrozenCitation], FrozenCitation]) -> Assessment:
    """The same with every citation changed."""

    def claim(each: FrozenClaim) -> FrozenClaim:
        return replace(each, cited=tuple(change(cited) for cited in each.cited))

    def section(each: FrozenSection) -> FrozenSection:
        return replace(each, claims=tuple(claim(single) for single in each.claims))

    return replace(assessment, sections=tuple(section(each) for each in assessment.sections))
