"""The shapes of the ruler: editions, scales, question sets, domains, questions and answers; none can change."""

import hashlib
import json
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import Field

from frameworks.by_type import Agency, Consequence, Pattern, Scoring, Theme
from frameworks.corrections import Correction
from frameworks.kinds.record_facts import RecordFact
from frameworks.questions import Domain, Question, WrittenQuestion
from frameworks.shapes import (
    Audience,
    Code,
    Cohort,
    EditionType,
    FindingKind,
    Key,
    OffScale,
    Shape,
    Slug,
    Subject,
    Text,
    UnknownArea,
    UnknownEdition,
    UnknownQuestion,
    UnknownScale,
    UnknownSet,
    Verified,
    Wording,
    Words,
    WrittenDate,
)

__all__ = [
    "AnswerScales",
    "Check",
    "Domain",
    "Edition",
    "Fact",
    "JudgementArea",
    "OffScale",
    "OverallGrade",
    "OverallJudgement",
    "Point",
    "Question",
    "QuestionSet",
    "Scale",
    "Source",
    "Statement",
    "Timescale",
    "UnknownArea",
    "UnknownEdition",
    "UnknownQuestion",
    "UnknownScale",
    "UnknownSet",
    "fingerprint_of",
]


class Point(Shape):
    """One point of a scale: its code, its printed name and what it means."""

    code: Code
    name: Text
    meaning: Text | None = None
    # What choosing it is worth where a tool adds points up, never a grade: said of all points of a scale, or of none.
    points: int | None = Field(default=None, ge=0, le=1_000)


class Scale(Shape):
    """Points in order from worst to best, unless none is better; *not applicable* is never one of them."""

    id: Slug
    points: tuple[Point, ...]
    # False where no end is better than the other, as with kinds of plan; the points then stand as they are asked.
    ordered: bool = True

    @property
    def as_offered(self) -> tuple[Point, ...]:
        """The points as people are offered them: best first, or as they stand where none is better."""
        return self.points[::-1] if self.ordered else self.points

    def position(self, code: str) -> int:
        """Where a code stands on the scale: 0 is the worst point.

        Returns:
            A whole number from 0 to the number of points less one.

        Raises:
            OffScale: The code is not a point of this scale.

        Source:
            The order of the points in the edition's file.
        """
        for place, point in enumerate(self.points):
            if point.code == code:
                return place
        raise OffScale(f"“{code}” is not a point of the scale “{self.id}”.")

    def name_of(self, code: str) -> str:
        """The printed name of a code; raises OffScale when it is not a point of this scale."""
        return self.points[self.position(code)].name

    @property
    def worth(self) -> dict[str, int]:
        """How many points each code is worth; empty for a scale without points.

        Returns:
            Whole numbers from 0 to 1000, by code.

        Source:
            The points the set’s own tool gives each answer.
        """
        return {point.code: point.points for point in self.points if point.points is not None}

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, worst first."""
        return tuple(point.code for point in self.points)


class Source(Shape):
    """Where something was read: the document, its date, and the place in it."""

    document: Text
    date: WrittenDate
    place: Text


class JudgementArea(Shape):
    """One area a framework judges or sets expectations for."""

    id: Key
    name: Text
    scale: Slug | None = None
    meaning: Text | None = None
    source: Text | None = None
    # Only in scored frameworks: the heading it stands under, whether its points count, and its share of all in percent.
    group: Text | None = None
    counts: bool = True
    weight: int | None = Field(default=None, ge=0, le=100)


class OverallJudgement(Shape):
    """The single overall judgement of a framework that has one."""

    id: Key
    name: Text
    scale: Slug
    meaning: Text | None = None


class Timescale(Shape):
    """A printed time limit for an area for improvement, in whole months from the start date."""

    code: Code
    name: Text
    months: int = Field(ge=0, le=120)


class Statement(Shape):
    """One expectation or question of a framework; `wording` says whose sentence it is."""

    id: Key
    area: Key
    text: Text
    audience: Audience | None = None
    source: Text
    wording: Wording
    agencies: tuple[Slug, ...] = ()
    themes: tuple[Slug, ...] = ()


class Check(Shape):
    """Advice about a pattern of grades, in words; never a verdict. Without a `pattern` it is read, never raised."""

    id: Slug
    when: Text
    says: Text
    source: Text
    pattern: Pattern | None = None


class Fact(Shape):
    """Something worth knowing about a framework, with where it was read."""

    id: Slug
    says: Text
    source: Text


class Edition(Shape):
    """One dated edition of a framework, or of our own case-audit questions, as its edition.yaml tells it."""

    id: Slug
    title: Text
    publisher: Text
    type: EditionType
    valid_from: date
    valid_to: date | None = None
    # Where no last day is known: the day on which somebody last looked for one, and whether it was found in force then.
    end_checked_on: date | None = None
    found_in_force: bool = False
    # What came after it, where that is known and the day on which it did is not.
    superseded_by: Text | None = None
    source: Source
    licence: Text
    verified: Verified
    not_verified: Text | None = None
    wording: Wording
    rules: Slug | None = None
    informs_edition: Slug | None = None
    # The edition whose areas this one's findings carry as printed tags.
    tags_edition: Slug | None = None
    scales: tuple[Scale, ...] = ()
    areas: tuple[JudgementArea, ...] = ()
    overall: OverallJudgement | None = None
    finding_kinds: tuple[FindingKind, ...] = ()
    timescales: tuple[Timescale, ...] = ()
    statements: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()
    facts: tuple[Fact, ...] = ()
    agencies: tuple[Agency, ...] = ()
    themes: tuple[Theme, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    scoring: Scoring | None = None
    # Never written in edition.yaml: a file correction-2.yaml beside it makes version 2, and this is what it put right.
    version: int = 1
    corrections: tuple[Correction, ...] = ()

    def area(self, area_id: str) -> JudgementArea:
        """The judgement area of that key; raises UnknownArea."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise UnknownArea(f"“{self.id}” has no judgement area “{area_id}”.")

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id; raises UnknownScale."""
        return _scale_among(self.scales, scale_id, self.id)

    def in_force(self, on: date) -> bool:
        """Whether the edition is in force on a day: from its first day to its last, both included.

        One that was superseded on a day nobody read counts as in force until the day on which that was found.
        """
        if on < self.valid_from or (self.valid_to is not None and self.valid_to < on):
            return False
        return not (self.superseded_by and self.end_checked_on and self.end_checked_on <= on)

    @property
    def fingerprint(self) -> str:
        """The sha256 of everything this edition says; it changes when any word of it does."""
        return fingerprint_of(self)


class OverallGrade(Shape):
    """Whether a question set ends in an overall grade, on which scale, and whether it must be given."""

    scale: Slug
    required: bool


class AnswerScales(Shape):
    """The scale on which each type of question is answered; those not named have none, or each question its own."""

    check: Slug | None = None
    judged: Slug | None = None
    timescale: Slug | None = None
    safety: Slug = "safe-today"

    def scale_id_of(self, question: WrittenQuestion) -> str | None:
        """The scale a question is answered on: its own, else that of its kind; None where its kind has none."""
        if question.scale or question.safety:
            return question.scale or self.safety
        return getattr(self, question.type, None)


class QuestionSet(Shape):
    """One question set at one length, complete: its domains, questions and the scales they are answered on."""

    id: Slug
    edition_id: Slug
    title: Text
    length: Slug
    lengths: tuple[Slug, ...]
    expected_minutes: int
    subjects: tuple[Subject, ...]
    cohorts: tuple[Cohort, ...]
    purpose: Text
    overall_grade: OverallGrade | None = None
    domain_scale: Slug | None = None
    answer_scales: AnswerScales
    rules: Slug | None = None
    informs_edition: Slug | None = None
    scales: tuple[Scale, ...]
    # The set's own nouns, which its texts are in already: two sets on one scale are told apart by no more than these.
    nouns: Words = Field(default_factory=lambda: MappingProxyType({}))
    # Facts about the record, asked above the questions; none of the product's own sets asks any.
    facts: tuple[RecordFact, ...] = ()
    domains: tuple[Domain, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the set, in order."""
        return tuple(question for domain in self.domains for question in domain.questions)

    def question(self, key: str) -> Question:
        """The question of that key (`plan/specific`); raises UnknownQuestion."""
        for question in self.questions:
            if question.key == key:
                return question
        raise UnknownQuestion(f"“{self.id}” ({self.length}) holds no question “{key}”.")

    def called(self, noun: str) -> str:
        """What this set calls the people it is about: its own noun, or the one given."""
        return self.nouns.get(noun, noun)

    def domain(self, domain_id: str) -> Domain:
        """The domain of that id; raises UnknownQuestion."""
        for domain in self.domains:
            if domain.id == domain_id:
                return domain
        raise UnknownQuestion(f"“{self.id}” ({self.length}) holds no domain “{domain_id}”.")

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id; raises UnknownScale."""
        return _scale_among(self.scales, scale_id, self.id)

    def scale_for(self, question: Question) -> Scale | None:
        """The scale a question is answered on; None for words, a date or a number.

        Raises:
            UnknownScale: The set has no scale for a question of that kind.
        """
        scale_id = self.answer_scales.scale_id_of(question)
        if scale_id is None and question.type not in AnswerScales.model_fields:
            return None
        return self.scale(scale_id or "")

    @property
    def fingerprint(self) -> str:
        """The sha256 of all that affects reading or scoring this set at this length.

        The list of other lengths and the expected minutes are left out: they change neither.
        """
        return fingerprint_of(self, leaving_out={"lengths", "expected_minutes"})


def fingerprint_of(shape: Shape, leaving_out: set[str] | None = None) -> str:
    """The sha256, in hexadecimal, of a shape written as canonical JSON.

    Keys left at their default are not written, so an optional key added to the schema later does not disturb the
    fingerprints of what was published before it.
    """
    values: dict[str, Any] = shape.model_dump(mode="json", exclude_defaults=True, exclude=leaving_out)
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _scale_among(scales: tuple[Scale, ...], scale_id: str, holder: str) -> Scale:
    for scale in scales:
        if scale.id == scale_id:
            return scale
    raise UnknownScale(f"“{holder}” has no scale “{scale_id}”.")
