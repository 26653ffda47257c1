"""Which questions of a set are asked, given the answers so far: questions and whole domains may wait for some. Pure."""

from collections.abc import Collection, Iterable, Mapping

from frameworks.answers import Answer, DomainAnswer
from frameworks.questions import Domain, ShowIf
from frameworks.schema import QuestionSet


def asked(question_set: QuestionSet, answers: Iterable[Answer], domains: Iterable[DomainAnswer] = ()) -> frozenset[str]:
    """The keys of the questions that are asked.

    A question without a condition is always asked. One with a condition is asked while the earlier question is asked
    itself and is answered with one of the codes named: not while it is open, does not apply, or stands in a domain
    that does not apply. Of two conditions both must hold, and so must that of its domain.

    Returns:
        Keys of the set. What was answered before a question went out of sight is kept, but does not count.

    Source:
        Our own definition.
    """
    codes = {answer.key: answer.codes for answer in answers if not answer.not_applicable}
    away = {domain.domain for domain in domains if domain.not_applicable}
    keys: set[str] = set()
    # A condition only ever looks back, so one pass in the order of the set is enough.
    for domain in question_set.domains:
        for question in domain.questions:
            waits_for = (*(condition for condition in (domain.show_if,) if condition), *question.conditions)
            if all(_holds(condition, keys, away, codes) for condition in waits_for):
                keys.add(question.key)
    return frozenset(keys)


def _holds(condition: ShowIf, asked_keys: set[str], away: set[str], codes: Mapping[str, frozenset[str]]) -> bool:
    earlier = condition.question
    answerable = earlier in asked_keys and earlier.partition("/")[0] not in away
    return answerable and not codes.get(earlier, frozenset()).isdisjoint(condition.answers)


def is_asked(domain: Domain, keys: Collection[str]) -> bool:
    """Whether a domain is asked at all: one without a condition always is, another while any of its questions is."""
    return domain.show_if is None or any(question.key in keys for question in domain.questions)


def are_there(domains: Iterable[Domain]) -> bool:
    """Whether anything in these domains waits for an earlier answer."""
    return any(domain.show_if or any(question.conditions for question in domain.questions) for domain in domains)
