"""Which questions of a set are asked, given the answers so far: a question may depend on one earlier answer. Pure."""

from collections.abc import Iterable

from frameworks.answers import Answer, DomainAnswer
from frameworks.schema import QuestionSet


def asked(question_set: QuestionSet, answers: Iterable[Answer], domains: Iterable[DomainAnswer] = ()) -> frozenset[str]:
    """The keys of the questions that are asked.

    A question without a condition is always asked. One with a condition is asked while the earlier question is asked
    itself and is answered with one of the codes named: not while it is open, does not apply, or stands in a domain
    that does not apply.

    Returns:
        Keys of the set. What was answered before a question went out of sight is kept, but does not count.

    Source:
        Our own definition.
    """
    codes = {answer.key: answer.code for answer in answers if not answer.not_applicable}
    away = {domain.domain for domain in domains if domain.not_applicable}
    keys: set[str] = set()
    # A condition only ever looks back, so one pass in the order of the set is enough.
    for domain in question_set.domains:
        for question in domain.questions:
            condition = question.show_if
            if condition is None:
                keys.add(question.key)
                continue
            earlier = condition.question
            answerable = earlier in keys and earlier.partition("/")[0] not in away
            if answerable and codes.get(earlier) in condition.answers:
                keys.add(question.key)
    return frozenset(keys)
