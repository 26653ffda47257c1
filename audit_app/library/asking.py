"""How a question is answered and when it is asked, in words: of a published set or a council's own document. Pure."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from audit_app import words
from audit_app.library import safety_answers, wording
from frameworks import Scale
from frameworks.questions import WrittenQuestion
from frameworks.schema import AnswerScales, Point

NOT_APPLICABLE_WORDS = "Does not apply (say why)"


class Part(Protocol):
    """A domain with its questions."""

    @property
    def id(self) -> str:
        """Its short name."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def questions(self) -> Sequence[WrittenQuestion]:
        """What it asks."""


class Holder(Protocol):
    """Whatever holds questions with their scales: a question set, or the document of a council's own."""

    @property
    def answer_scales(self) -> AnswerScales:
        """The scale of each type of question."""

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale."""

    @property
    def domains(self) -> Sequence[Part]:
        """The domains in order."""


def scale_of(holder: Holder, question: WrittenQuestion) -> Scale | None:
    """The scale a question is answered on; None for one that has none, or whose scale is not there (yet)."""
    scale_id = holder.answer_scales.scale_id_of(question)
    return next((scale for scale in holder.scales if scale.id == scale_id), None)


def offered(scale: Scale, question: WrittenQuestion) -> tuple[Point, ...]:
    """The points of its scale in the order in which a question offers them."""
    if not question.safety:
        return scale.as_offered
    order = safety_answers.in_order(scale.codes)
    return tuple(sorted(scale.points, key=lambda point: order.index(point.code)))


def how_answered(holder: Holder, question: WrittenQuestion) -> str:
    """Check: Green, Amber or Red; what kind of question it is, with the very points it offers."""
    kind, _, usual = wording.TYPES[question.type].partition(": ")
    scale = scale_of(holder, question)
    if scale is None:
        return f"{kind}: {usual}"
    return f"{kind}: {words.listing([point.name for point in offered(scale, question)], 'or')}"


def order_words(scale: Scale) -> str:
    """Worst to best: Red, Amber, Green; or that none of its points is better than another."""
    begins = "worst to best" if scale.ordered else "in no order of better and worse"
    return f"{begins}: {'; '.join(point.name for point in scale.points)}"


def condition_words(holder: Holder, question: WrittenQuestion) -> str:
    """When a question is asked: “D1.2 is “No” or “Partly””; nothing for one that always is."""
    condition = question.show_if
    if condition is None:
        return ""
    answers = answers_words(holder, condition.question, condition.answers)
    return f"{reference_words(holder, condition.question)} is {answers}"


def answers_words(holder: Holder, key: str, codes: Sequence[str]) -> str:
    """“No” or “Partly”: answers of a question by their names."""
    earlier = find(holder, key)
    scale = scale_of(holder, earlier) if earlier else None
    names = {point.code: point.name for point in scale.points} if scale else {}
    return words.listing([f"“{names.get(code, code)}”" for code in codes], "or")


def reference_words(holder: Holder, key: str) -> str:
    """A question as its number; with the name of its domain, where the number begins anew in each."""
    asked = find(holder, key)
    if asked is None:
        return f"“{key}”"
    alike = [where for where, question in every(holder) if question.number == asked.number]
    home = next((where for where, question in every(holder) if question is asked), None)
    return f"question {asked.number} of “{home.title}”" if home and len(alike) > 1 else asked.number


def find(holder: Holder, key: str) -> WrittenQuestion | None:
    """The question of that key, if it is there."""
    return next((question for where, question in every(holder) if f"{where.id}/{question.id}" == key), None)


def every(holder: Holder) -> Iterator[tuple[Part, WrittenQuestion]]:
    """Each question with its domain, in order."""
    return ((domain, question) for domain in holder.domains for question in domain.questions)
