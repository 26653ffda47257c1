"""What happened to each question between two editions of a set: kept, reworded, split, retired or new. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from frameworks.files import nouns
from frameworks.schema import Domain, Question, QuestionSet, Scale

Kind = Literal["kept", "reworded", "split", "retired", "new"]
KINDS: tuple[Kind, ...] = ("kept", "reworded", "split", "retired", "new")


@dataclass(frozen=True)
class Change:
    """What happened to one question, with its words before and after (None where it was not there).

    `to` are the keys that come from it in the newer set: one, or several where it was split. `differs` names what is
    not as it was: "words", "type", "answers".
    """

    key: str
    kind: Kind
    before: str | None
    after: str | None
    to: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


def changes(older: QuestionSet, newer: QuestionSet) -> tuple[Change, ...]:
    """What happened to each question of two sets.

    A newer question comes from the older ones it names (`was`), or else from the one with its own key. Kept means that
    the words (but for what the newer set calls its people), the type and what may be answered (scale, unit, second
    answer) are the same, wherever it now stands; reworded, that any of these differ, so that answers before and after
    are not to be counted together without saying so; split, that several questions come from it.

    Returns:
        One Change for each question of the older set, in its order, then one for each that is new, in the newer set's
        order. A question that several older ones became is named by each of them, and is not new.

    Source:
        Our own definition.
    """
    before = {question.key: question for question in older.questions}
    after = {question.key: question for question in newer.questions}
    came: dict[str, list[str]] = {key: [] for key in before}
    for key, question in after.items():
        for earlier in _from(question, before):
            came[earlier].append(key)
    arrived = {key for to in came.values() for key in to}
    return (
        *(_change(older, newer, before[key], [after[later] for later in to]) for key, to in came.items()),
        *(Change(key, "new", None, question.text, (key,)) for key, question in after.items() if key not in arrived),
    )


class Changed(Protocol):
    """Whatever was kept, reworded, split or retired, or is new."""

    @property
    def kind(self) -> Kind:
        """Which of the five."""


def counted(changed: Iterable[Changed]) -> dict[Kind, int]:
    """How many of each kind, in the order kept, reworded, split, retired, new; none is left out.

    Returns:
        Whole numbers from 0. A split question counts once, however many come from it.

    Source:
        Our own definition.
    """
    kinds = [change.kind for change in changed]
    return {kind: kinds.count(kind) for kind in KINDS}


def domain_kept(older: QuestionSet, newer: QuestionSet, domain_id: str) -> bool:
    """Whether a domain's grade can stand in the newer set: the domain is there, graded, and on the same scale.

    Returns:
        True when it can. False when either set has no such domain, when the newer one does not grade it, or when the
        scale is another: by its id, or by the code, name or meaning of any point.

    Source:
        Our own definition: a grade is never turned from one scale into another.
    """
    before, after = _domain(older, domain_id), _domain(newer, domain_id)
    if before is None or after is None or not after.graded:
        return False
    return _scale(older, older.domain_scale, newer) == _scale(newer, newer.domain_scale, newer)


def overall_kept(older: QuestionSet, newer: QuestionSet) -> bool:
    """Whether an overall grade can stand in the newer set: both end in one, on the same scale.

    Returns:
        True when it can. False when either set ends in no overall grade, or when the scale is another: by its id, or
        by the code, name or meaning of any point.

    Source:
        Our own definition: a grade is never turned from one scale into another.
    """
    if older.overall_grade is None or newer.overall_grade is None:
        return False
    before = _scale(older, older.overall_grade.scale, newer)
    return before == _scale(newer, newer.overall_grade.scale, newer)


def _from(question: Question, before: dict[str, Question]) -> list[str]:
    named = [key for key in question.was if key in before]
    return named or ([question.key] if question.key in before else [])


def _change(older: QuestionSet, newer: QuestionSet, question: Question, to: list[Question]) -> Change:
    keys = tuple(later.key for later in to)
    if not to:
        return Change(question.key, "retired", question.text, None)
    if len(to) > 1:
        return Change(question.key, "split", question.text, " / ".join(later.text for later in to), keys)
    later = to[0]
    differs = _differs(older, newer, question, later)
    return Change(question.key, "reworded" if differs else "kept", question.text, later.text, keys, differs)


def _differs(older: QuestionSet, newer: QuestionSet, question: Question, later: Question) -> tuple[str, ...]:
    pairs = (
        ("words", nouns.put_into(question.text, newer.nouns) != later.text),
        ("type", question.type != later.type),
        ("answers", _answers(older, question, newer) != _answers(newer, later, newer)),
    )
    return tuple(name for name, different in pairs if different)


def _answers(question_set: QuestionSet, question: Question, newer: QuestionSet) -> tuple[object, ...]:
    """All that says what may be answered: the scale, the unit of a number, the second answer with its scale."""
    second, scale = question.second, question_set.scale_for(question)
    beside = (second.label, nouns.of_scale(question_set.scale(second.scale), newer.nouns)) if second else None
    return nouns.of_scale(scale, newer.nouns) if scale else None, question.unit, beside


def _domain(question_set: QuestionSet, domain_id: str) -> Domain | None:
    return next((domain for domain in question_set.domains if domain.id == domain_id), None)


def _scale(question_set: QuestionSet, scale_id: str | None, newer: QuestionSet) -> Scale | None:
    """A scale as the newer set would say it: what its people are called makes it no other scale."""
    return nouns.of_scale(question_set.scale(scale_id), newer.nouns) if scale_id else None
