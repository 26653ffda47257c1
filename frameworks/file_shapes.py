"""The shapes of the files as people write them; `edition.yaml` is written as schema.Edition itself."""

from pydantic import Field

from frameworks import shapes
from frameworks.schema import AnswerScales, OverallGrade, ShowIf
from frameworks.shapes import (
    AreaName,
    Cohort,
    Key,
    Number,
    QuestionKey,
    QuestionType,
    Shape,
    Slug,
    Subject,
    Text,
    Words,
)


class WrittenQuestion(Shape):
    """A question as it stands in bank.yaml."""

    id: Slug
    number: Number
    text: Text
    type: QuestionType
    cohorts: tuple[Cohort, ...] = Field(min_length=1)
    starred: bool = False
    hint: Text | None = None
    limit: Text | None = None
    basis: Text | None = None
    safety: bool = False
    scale: Slug | None = None
    mandatory: bool | None = None
    informs: tuple[AreaName, ...] = ()
    show_if: ShowIf | None = None
    was: tuple[QuestionKey, ...] = ()

    @property
    def must_be_answered(self) -> bool:
        """Whether an audit cannot be submitted without it (while it is asked, and its domain applies)."""
        return shapes.must_be_answered(safety=self.safety, starred=self.starred, mandatory=self.mandatory)


class WrittenDomain(Shape):
    """A domain as it stands in bank.yaml; with `graded: false` its questions are asked but it gets no grade."""

    id: Slug
    number: Number
    title: Text
    safety_critical: bool = False
    informs: tuple[Key, ...] = ()
    also_informs: tuple[AreaName, ...] = ()
    impact: bool = False
    graded: bool = True
    guidance: Words | None = None
    questions: tuple[WrittenQuestion, ...] = Field(min_length=1)


class Bank(Shape):
    """bank.yaml: every question of an edition, once."""

    informs_edition: Slug | None = None
    domains: tuple[WrittenDomain, ...] = Field(min_length=1)


class Length(Shape):
    """One length of a set: `plan/specific` takes one question, `plan/*` all of a domain that fit the set."""

    expected_minutes: int = Field(ge=1, le=2_000)
    questions: tuple[str, ...] = Field(min_length=1)


class LeftOut(Shape):
    """A safety-critical domain the core length leaves out on purpose, and why."""

    domain: Slug
    why: Text


class WrittenSet(Shape):
    """One question set as it stands in its own file."""

    id: Slug
    title: Text
    subjects: tuple[Subject, ...] = Field(min_length=1)
    cohorts: tuple[Cohort, ...] = Field(min_length=1)
    purpose: Text
    overall_grade: OverallGrade | None = None
    domain_scale: Slug | None = None
    answer_scales: AnswerScales
    lengths: dict[Slug, Length] = Field(min_length=1)
    leaves_out: tuple[LeftOut, ...] = ()
    # Whom the records of this set are about: what the bank says informs one area speaks, in this set, of another.
    reads_as: dict[Key, Key] = Field(default_factory=dict)
