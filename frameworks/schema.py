"""The shapes of the ruler: editions, scales, question sets, domains, questions and answers; none can change."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
Slug = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
Number = Annotated[str, StringConstraints(max_length=20, pattern=r"^\S+$")]
# A plain dict could be changed by whoever holds it; a proxy cannot.
Words = Annotated[Mapping[str, Text], AfterValidator(MappingProxyType), PlainSerializer(dict)]

# YAML turns 2012-12-12 into a date; "December 2023" stays words. A source's date is kept as written, either way.
WrittenDate = Annotated[Text, BeforeValidator(lambda told: told.isoformat() if isinstance(told, date) else told)]

EditionType = Literal["graded_best_fit", "narrative", "outcome", "scored", "expectations", "case_audit"]
Verified = Literal["verified", "partly", "unverified"]
Wording = Literal["ours", "published", "paraphrase"]
FindingKind = Literal[
    "strength", "area_for_improvement", "area_for_priority_action", "recommendation", "area_for_consideration"
]
Audience = Literal["everyone", "voice", "senior_leaders", "practice_supervisors", "practitioners"]
QuestionType = Literal["judged", "check", "timescale", "narrative"]
Cohort = Literal["ALL", "FD", "EH", "CIN", "CP", "PLO", "CIC", "ADO", "CL", "CWD", "SUP", "CARER", "OBS"]
Subject = Literal["child", "sibling_group", "supervision_file", "carer", "decision", "observed_visit"]


class UnknownEdition(LookupError):
    """There is no edition of that name."""


class UnknownSet(LookupError):
    """There is no question set, or no length of it, of that name."""


class UnknownQuestion(LookupError):
    """The question set holds no such question or domain."""


class UnknownArea(LookupError):
    """The edition has no such judgement area."""


class UnknownScale(LookupError):
    """The edition or question set has no such scale."""


class OffScale(ValueError):
    """A grade or answer is not a point of its scale."""


class Shape(BaseModel):
    """What all shapes share: they are exact about types, refuse keys they do not know, and never change."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


class Point(Shape):
    """One point of a scale: its code, its printed name and what it means."""

    code: Code
    name: Text
    meaning: Text | None = None


class Scale(Shape):
    """Points in order from worst to best; *not applicable* is never one of them."""

    id: Slug
    points: tuple[Point, ...]

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


class Check(Shape):
    """Advice about a pattern of grades, in words; never a verdict."""

    id: Slug
    when: Text
    says: Text
    source: Text


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
    source: Source
    licence: Text
    verified: Verified
    not_verified: Text | None = None
    wording: Wording
    rules: Slug | None = None
    informs_edition: Slug | None = None
    scales: tuple[Scale, ...] = ()
    areas: tuple[JudgementArea, ...] = ()
    overall: OverallJudgement | None = None
    finding_kinds: tuple[FindingKind, ...] = ()
    timescales: tuple[Timescale, ...] = ()
    statements: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()
    facts: tuple[Fact, ...] = ()

    def area(self, area_id: str) -> JudgementArea:
        """The judgement area of that key; raises UnknownArea."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise UnknownArea(f"“{self.id}” has no judgement area “{area_id}”.")

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id; raises UnknownScale."""
        return _scale_among(self.scales, scale_id, self.id)

    @property
    def fingerprint(self) -> str:
        """The sha256 of everything this edition says; it changes when any word of it does."""
        return fingerprint_of(self)


class Question(Shape):
    """One question; `key` names it inside its set, as in `plan/specific`."""

    key: str
    id: Slug
    number: Number
    text: Text
    type: QuestionType
    cohorts: tuple[Cohort, ...]
    starred: bool = False
    hint: Text | None = None
    limit: Text | None = None
    basis: Text | None = None
    safety: bool = False
    scale: Slug | None = None


class Domain(Shape):
    """A group of questions graded together; `informs` are judgement areas of the set's `informs_edition`."""

    id: Slug
    number: Number
    title: Text
    safety_critical: bool = False
    informs: tuple[Key, ...] = ()
    impact: bool = False
    graded: bool = True
    guidance: Words = Field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[Question, ...]


class OverallGrade(Shape):
    """Whether a question set ends in an overall grade, on which scale, and whether it must be given."""

    scale: Slug
    required: bool


class AnswerScales(Shape):
    """The scale on which each type of question is answered; a narrative has none."""

    check: Slug | None = None
    judged: Slug | None = None
    timescale: Slug | None = None
    safety: Slug = "safe-today"


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
        """The scale a question is answered on; None for a narrative, which is answered in words."""
        if question.scale:
            return self.scale(question.scale)
        if question.safety:
            return self.scale(self.answer_scales.safety)
        if question.type == "narrative":
            return None
        return self.scale(getattr(self.answer_scales, question.type) or "")

    @property
    def fingerprint(self) -> str:
        """The sha256 of all that affects reading or scoring this set at this length.

        The list of other lengths and the expected minutes are left out: they change neither.
        """
        return fingerprint_of(self, leaving_out={"lengths", "expected_minutes"})


class Answer(Shape):
    """What was answered to one question: a point of its scale, words, or *not applicable* with a reason."""

    key: str
    code: str | None = None
    text: str = ""
    not_applicable: bool = False
    reason: str = ""


class DomainAnswer(Shape):
    """The grade of one domain with its rationale, or the whole domain not applicable with one reason."""

    domain: str
    grade: str | None = None
    rationale: str = ""
    not_applicable: bool = False
    reason: str = ""


class OverallAnswer(Shape):
    """The overall grade as the auditor's own judgement, with its rationale."""

    grade: str | None = None
    rationale: str = ""


def fingerprint_of(shape: Shape, leaving_out: set[str] | None = None) -> str:
    """The sha256, in hexadecimal, of a shape written as canonical JSON.

    Keys left at their default are not written, so an optional key added to the schema later does not disturb the
    fingerprints of what was published before it.
    """
    told: dict[str, Any] = shape.model_dump(mode="json", exclude_defaults=True, exclude=leaving_out)
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _scale_among(scales: tuple[Scale, ...], scale_id: str, holder: str) -> Scale:
    for scale in scales:
        if scale.id == scale_id:
            return scale
    raise UnknownScale(f"“{holder}” has no scale “{scale_id}”.")
