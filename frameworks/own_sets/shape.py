"""The shape of a council's own question set: one document with the same parts as the files of an edition."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from frameworks.files.shapes import LeftOut
from frameworks.kinds.record_facts import RecordFact
from frameworks.questions import DomainHeading, WrittenQuestion
from frameworks.schema import AnswerScales, OverallGrade, Scale, fingerprint_of
from frameworks.shapes import Cohort, Shape, Slug, Subject, Text

# Short enough that a question can be named with its edition wherever a reference is kept.
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SetId = Annotated[str, StringConstraints(max_length=16, pattern=_SLUG)]
DomainId = Annotated[str, StringConstraints(max_length=20, pattern=_SLUG)]
QuestionId = Annotated[str, StringConstraints(max_length=30, pattern=_SLUG)]


class OwnQuestion(WrittenQuestion):
    """A question of a council's own set; the full length asks all that are not retired, the core those marked."""

    id: QuestionId
    core: bool = False
    retired: bool = False


class OwnDomain(DomainHeading):
    """A domain of a council's own set, with its questions in the order they are asked."""

    id: DomainId
    retired: bool = False
    questions: tuple[OwnQuestion, ...] = ()


class ExpectedMinutes(Shape):
    """How long the council expects each length to take, reading included; an estimate until times are known."""

    core: int = Field(default=60, ge=1, le=2_000)
    full: int = Field(default=120, ge=1, le=2_000)


class OwnSet(Shape):
    """A council's own question set: what is kept, exported, imported and fingerprinted.

    A draft need only have this shape; `complaints` says what stands between it and being published.
    """

    format: Literal[1] = 1
    id: SetId
    title: Text
    purpose: Text
    publisher: Text | None = None
    source: Text | None = None
    licence: Text | None = None
    subjects: tuple[Subject, ...] = ("child",)
    cohorts: tuple[Cohort, ...] = ("ALL",)
    informs_edition: Slug
    rules: Slug | None = None
    overall_grade: OverallGrade | None = None
    domain_scale: Slug | None = None
    answer_scales: AnswerScales
    scales: tuple[Scale, ...] = ()
    expected_minutes: ExpectedMinutes = Field(default_factory=ExpectedMinutes)
    leaves_out: tuple[LeftOut, ...] = ()
    # Facts about the record, asked above the questions and never graded.
    facts: tuple[RecordFact, ...] = ()
    domains: tuple[OwnDomain, ...] = ()

    @property
    def overall_grade_scale(self) -> str | None:
        """The scale of the overall grade; None where the set ends in none."""
        return self.overall_grade.scale if self.overall_grade else None

    @property
    def fingerprint(self) -> str:
        """The sha256 of everything the document says: an export that is read again has the same one."""
        return fingerprint_of(self)

    @property
    def asked(self) -> tuple[tuple[OwnDomain, OwnQuestion], ...]:
        """Each question that is not retired with its domain, in order."""
        return tuple(
            (domain, question)
            for domain in self.domains
            if not domain.retired
            for question in domain.questions
            if not question.retired
        )
