"""Points added up: what answers are worth by their question set, domain by domain; never a grade. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frameworks import conditions
from frameworks.answers import Answer, DomainAnswer
from frameworks.kinds.answered import answered_with
from frameworks.schema import Domain, Question, QuestionSet


@dataclass(frozen=True)
class Total:
    """What some answers add up to, of how many points; what does not apply and what is left open is in neither."""

    points: int
    out_of: int
    answered: int
    not_applicable: int
    left_open: int


def has_points(question_set: QuestionSet, question: Question) -> bool:
    """Whether one answer is chosen whose scale says what each is worth; never so of the safety question.

    Returns:
        True where it has points.

    Source:
        The points the set gives each answer.
    """
    if question.safety or answered_with(question) != "point":
        return False
    scale = question_set.scale_for(question)
    return scale is not None and bool(scale.worth)


def most(question_set: QuestionSet, domain: Domain) -> int:
    """How many points a domain can reach with every question of it answered and none put aside.

    Returns:
        A whole number from 0; 0 where none of its questions has points.

    Source:
        The points the set gives each answer: the sum of the most that each of its questions can be worth.
    """
    return sum(_most(question_set, question) for question in domain.questions if has_points(question_set, question))


def totals(
    question_set: QuestionSet, answers: Iterable[Answer], domains: Iterable[DomainAnswer] = ()
) -> tuple[Mapping[str, Total], Total | None]:
    """The points of each domain that has some, and of the whole.

    Args:
        question_set: The set that is answered.
        answers: At most one per question; codes that its scale does not know count as left open.
        domains: Domains marked not applicable leave the points and the most there can be.

    Returns:
        By domain id, and together: points and the most there can be, both whole numbers from 0, over the questions that
        are asked and answered; how many are answered, do not apply, or are left open. A question that does not apply,
        or is left open, is in neither number. A domain without questions that have points and are asked is left out;
        the whole is None where there is none. Several ticks and second answers have no points.

    Source:
        The points the set gives each answer, added up.
    """
    given = {answer.key: answer for answer in answers}
    of_domains = tuple(domains)
    away = {domain.domain for domain in of_domains if domain.not_applicable}
    asked = conditions.asked(question_set, given.values(), of_domains)
    by_domain: dict[str, Total] = {}
    for domain in question_set.domains:
        counted = [each for each in domain.questions if each.key in asked and has_points(question_set, each)]
        if counted and domain.id not in away:
            by_domain[domain.id] = _total(question_set, counted, given)
    return by_domain, _together(by_domain) if by_domain else None


def _total(question_set: QuestionSet, counted: list[Question], given: Mapping[str, Answer]) -> Total:
    points = out_of = answered = not_applicable = 0
    for question in counted:
        answer = given.get(question.key)
        worth = question_set.scale(_scale_id(question_set, question)).worth
        if answer is not None and answer.not_applicable:
            not_applicable += 1
        elif answer is not None and answer.code in worth:
            points, out_of, answered = points + worth[answer.code], out_of + max(worth.values()), answered + 1
    return Total(points, out_of, answered, not_applicable, len(counted) - answered - not_applicable)


def _together(by_domain: Mapping[str, Total]) -> Total:
    columns = zip(
        *(
            (each.points, each.out_of, each.answered, each.not_applicable, each.left_open)
            for each in by_domain.values()
        ),
        strict=True,
    )
    return Total(*(sum(column) for column in columns))


def _most(question_set: QuestionSet, question: Question) -> int:
    return max(question_set.scale(_scale_id(question_set, question)).worth.values())


def _scale_id(question_set: QuestionSet, question: Question) -> str:
    return question_set.answer_scales.scale_id_of(question) or ""
