"""Which questions a page of answering asks, which it asks only on a condition, and which it leaves out. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from audit_app.audits.contents import condition_words
from frameworks import Domain, Question, QuestionSet


@dataclass(frozen=True)
class Asked:
    """One question of a page: whether its fields are there, and the condition on which it is to be answered.

    `field` and `codes` say the same condition to a script, when the earlier question stands on the same page.
    """

    question: Question
    on_page: bool = True
    condition: str = ""
    field: str = ""
    codes: str = ""


def asked_on(questions: QuestionSet, domain: Domain, shown: Collection[str]) -> tuple[Asked, ...]:
    """Every question of a domain as its page shows it.

    Args:
        questions: The set.
        domain: The domain of the page.
        shown: The keys of the questions that are asked, given what is saved.

    A question that hangs on one of the same page is always there, with its condition in words, because what is ticked
    on a page is known only once it is saved.
    """
    found: dict[str, Asked] = {}
    for question in domain.questions:
        found[question.key] = _asked(questions, domain, question, shown, found)
    return tuple(found.values())


def _asked(
    questions: QuestionSet, domain: Domain, question: Question, shown: Collection[str], before: dict[str, Asked]
) -> Asked:
    condition = question.show_if
    if condition is None:
        return Asked(question)
    told = condition_words(questions, question)
    here, _, earlier = condition.question.partition("/")
    if here != domain.id:
        return Asked(question, question.key in shown, told)
    return Asked(question, before[condition.question].on_page, told, f"a-{earlier}", " ".join(condition.answers))
