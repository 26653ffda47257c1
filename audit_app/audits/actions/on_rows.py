"""The actions set on the rows of questions: what each still needs, whom its owner means, what it becomes. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from audit_app.audits.actions.rules import STAYS_ON_THE_AUDIT
from audit_app.audits.tables import ActionLevel, Answer
from audit_app.library.own_sets import matching
from frameworks import Question, QuestionSet
from frameworks.scoring import Missing

LEVEL = ActionLevel.child
assert LEVEL in STAYS_ON_THE_AUDIT


class Named(Protocol):
    """Somebody who may own an action."""

    @property
    def id(self) -> int:
        """Who."""

    @property
    def name(self) -> str:
        """Their name."""

    @property
    def user_name(self) -> str:
        """The name they sign in with."""


def missing(
    questions: QuestionSet, answers: Mapping[str, Answer], asked_keys: Collection[str], since: date
) -> Iterator[Missing]:
    """What actions on rows that are asked still need before the audit can be submitted.

    `since` is the day the audit was set up: nothing was to be done about it before.
    """
    for question in questions.questions:
        answer = answers.get(question.key)
        if question.asks_action and question.key in asked_keys and answer is not None:
            yield from _wanting(question, answer, since)


def _wanting(question: Question, answer: Answer, since: date) -> Iterator[Missing]:
    def want(code: str, message: str) -> Missing:
        return Missing("question", question.key, code, f"{message} “{question.text}”.")

    if not answer.action.strip():
        if answer.action_owner or answer.action_due:
            yield want("action", "Say what is to be done, or leave who and when empty, for the action on")
    elif not answer.action_due:
        yield want("action_due", "Say by when, for the action on")
    elif date.fromisoformat(answer.action_due) < since:
        yield want("action_due", "Give a day after the audit was set up, for the action on")


def owner_named(named: str, people: Sequence[Named]) -> int | None:
    """Who is meant by a name as it was typed; None where nobody is, or more than one may be."""
    wanted = matching.plain(named)
    meant = {
        person.id for person in people if wanted in (matching.plain(person.name), matching.plain(person.user_name))
    }
    return meant.pop() if len(meant) == 1 else None


def what_of(answer: Answer, owner_id: int | None) -> str:
    """What the action says; a name that is nobody's here stands behind it, so that the team's manager knows it."""
    if owner_id is not None or not answer.action_owner:
        return answer.action
    return f"{answer.action}\n\nNamed for it in the audit: {answer.action_owner}"
