"""The shapes of the files as people write them; `edition.yaml` is written as schema.Edition itself."""

from pydantic import Field

from frameworks.kinds.record_facts import RecordFact
from frameworks.questions import WrittenDomain
from frameworks.schema import AnswerScales, OverallGrade
from frameworks.shapes import (
    Cohort,
    Key,
    Shape,
    Slug,
    Subject,
    Text,
)


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
    facts: tuple[RecordFact, ...] = ()
    # Whom the records of this set are about: what the bank says informs one area speaks, in this set, of another.
    reads_as: dict[Key, Key] = Field(default_factory=dict)
    # What these people are called: the bank's noun, and the one this set says instead.
    nouns: dict[str, Text] = Field(default_factory=dict)
