"""What a question and a domain say, wherever they are written: each key of theirs is declared here and nowhere else.

The bank of an edition, a question set and a council's own set each add only what they alone know; a key declared here
travels through all of them (`shapes.carried_into`), and stands in their formats and fingerprints, by itself.
"""

from types import MappingProxyType

from pydantic import Field

from frameworks.shapes import (
    AreaName,
    Code,
    Cohort,
    Key,
    Number,
    QuestionKey,
    QuestionType,
    Shape,
    Slug,
    Text,
    Words,
)


class ShowIf(Shape):
    """A question is asked only when an earlier one was answered with one of these codes."""

    question: QuestionKey
    answers: tuple[Code, ...] = Field(min_length=1)


class SecondAnswer(Shape):
    """A second answer on the row of a question, on a scale of its own: a priority, what the moderator says."""

    label: Text
    scale: Slug


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
    # None follows the star; true must be answered though it has none; false is a prompt though it has one.
    mandatory: bool | None = None
    informs: tuple[AreaName, ...] = ()
    show_if: ShowIf | None = None
    # Of a second earlier answer: both must hold.
    and_if: ShowIf | None = None
    # What a number counts: days, visits.
    unit: Text | None = None
    second: SecondAnswer | None = None
    # Whether “does not apply” is not offered; whether a line is asked for that says where the evidence is.
    always_applies: bool = False
    asks_evidence: bool = False
    # Whether an action may be set on its row: what is to be done, who does it, by when.
    asks_action: bool = False
    # A heading that stands over this question, and those after it, inside its domain.
    sub_section: Text | None = None
    # The keys of the questions of the edition before that this one comes from, where its own key is new.
    was: tuple[QuestionKey, ...] = ()

    @property
    def must_be_answered(self) -> bool:
        """Whether an audit cannot be submitted without it (while it is asked, and its domain applies).

        The safety question always must be, others by word or star.
        """
        return self.safety or (self.starred if self.mandatory is None else self.mandatory)

    @property
    def conditions(self) -> tuple[ShowIf, ...]:
        """Every earlier answer it waits for: all must have been given."""
        return tuple(condition for condition in (self.show_if, self.and_if) if condition)


class Question(WrittenQuestion):
    """One question of a set; `key` names it inside the set, as in `plan/specific`."""

    key: str


class DomainHeading(Shape):
    """What a domain says before its questions.

    `informs` are judgement areas of the set's `informs_edition`; `also_informs` names areas of other editions.
    """

    id: Slug
    number: Number
    title: Text
    safety_critical: bool = False
    informs: tuple[Key, ...] = ()
    also_informs: tuple[AreaName, ...] = ()
    impact: bool = False
    graded: bool = True
    guidance: Words | None = None
    # The whole domain is asked only after an earlier answer; whether “does not apply” is not offered for it.
    show_if: ShowIf | None = None
    always_applies: bool = False


class WrittenDomain(DomainHeading):
    """A domain as it stands in bank.yaml; with `graded: false` its questions are asked but it gets no grade."""

    questions: tuple[WrittenQuestion, ...] = Field(min_length=1)


class Domain(DomainHeading):
    """A group of questions of a set, graded together.

    `informs` are judgement areas of the set's `informs_edition`; `also_informs` names areas of other editions.
    """

    guidance: Words = Field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[Question, ...]
