"""How a question is answered and when it is asked, in words: of a published set or a council's own document. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from audit_app import words
from audit_app.library import safety_answers, wording
from frameworks import Scale
from frameworks.kinds import answered as kinds
from frameworks.questions import ShowIf, WrittenQuestion
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
    names = [point.name for point in offered(scale, question)] if scale else []
    if question.type == "several":
        first = f"{kind}, all that apply of {words.listing(names)}"
    else:
        first = f"{kind}: {words.listing(names, 'or') if names else usual}"
    others = [f"{heading}: {'; '.join(names)}" for heading, names in second(holder, question)]
    others += ["where the evidence is"] if question.asks_evidence else []
    others += ["an action: what, who, by when"] if question.asks_action else []
    return first + "".join(f". Beside it {each}" for each in others)


def second(holder: Holder, question: WrittenQuestion) -> list[tuple[str, list[str]]]:
    """What a second answer is called and may be, best first; nothing where there is none."""
    if question.second is None:
        return []
    named = question.second.scale
    scale = next((scale for scale in holder.scales if scale.id == named), None)
    return [(question.second.label, [point.name for point in scale.as_offered] if scale else [])]


def choices_of(holder: Holder, question: WrittenQuestion) -> list[str]:
    """Everything that may be chosen or ticked, in its order; and that it does not apply, where that is offered."""
    scale = scale_of(holder, question) if kinds.answered_with(question) in ("point", "points") else None
    names = [point.name for point in offered(scale, question)] if scale else []
    away = not (question.safety or question.always_applies or kinds.answered_with(question) == "words")
    return [*names, NOT_APPLICABLE_WORDS] if away else names


def order_words(scale: Scale) -> str:
    """Worst to best: Red, Amber, Green; or that none of its points is better than another; and what each is worth."""
    begins = "worst to best" if scale.ordered else "in no order of better and worse"
    worth = scale.worth
    return f"{begins}: {'; '.join(_worded(point, worth) for point in scale.points)}"


def _worded(point: Point, worth: Mapping[str, int]) -> str:
    return f"{point.name} ({words.count(worth[point.code], 'point')})" if point.code in worth else point.name


def worth_words(holder: Holder, question: WrittenQuestion) -> str:
    """Points: Yes 3; Partly 1; No 0. Nothing for a question whose answers are worth none."""
    scale = scale_of(holder, question)
    if scale is None or question.safety or kinds.answered_with(question) != "point" or not scale.worth:
        return ""
    worth = scale.worth
    return f"Points: {'; '.join(f'{point.name} {worth.get(point.code, 0)}' for point in scale.as_offered)}."


def condition_words(holder: Holder, question: WrittenQuestion) -> str:
    """When a question is asked: “D1.2 is “No” or “Partly””; nothing for one that always is."""
    return waiting_words(holder, question.conditions)


def waiting_words(holder: Holder, waits_for: Sequence[ShowIf | None]) -> str:
    """The earlier answers something waits for: all of them must have been given."""
    return " and ".join(
        f"{reference_words(holder, each.question)} is {answers_words(holder, each.question, each.answers)}"
        for each in waits_for
        if each is not None
    )


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
