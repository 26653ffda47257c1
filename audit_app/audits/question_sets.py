"""The question set an audit is pinned to, as the library has it now, and how its grades and answers are named."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from audit_app import words
from audit_app.audits.tables import CaseAudit
from audit_app.library import queries_sets
from audit_app.library.asking import NOT_APPLICABLE_WORDS
from audit_app.library.product_editions import edition_for_new, edition_named
from audit_app.library.queries_sets import (
    Where,
    apart,
    editions_in_line,
    ever_offered,
    find_edition,
    lengths_of,
    may_be_used,
    offered,
    open_to,
)
from audit_app.library.set_name import SetName, name_of
from frameworks import Question, QuestionSet
from frameworks.kinds import answered as kinds

__all__ = [
    "NOT_APPLICABLE",
    "NOT_APPLICABLE_WORDS",
    "answer_name",
    "any_length",
    "apart",
    "codes_for",
    "edition_for_new",
    "editions_in_line",
    "ever_offered",
    "find_edition",
    "find_set",
    "fingerprint_of",
    "grade_name",
    "grade_names",
    "lengths_of",
    "may_be_used",
    "of_earlier_editions",
    "offered",
    "open_to",
    "questions_of",
    "second_codes",
    "title_of",
    "titles_apart",
]

NOT_APPLICABLE = "not_applicable"  # kept instead of a point of the scale, with the reason in the answer's words
LENGTHS = ("full", "core", "brief")  # longest first


def find_set(where: Where, name: SetName) -> QuestionSet | None:
    """The set of that name, or None when it is nowhere (any more)."""
    return queries_sets.find_set(where, name.edition_id, name.set_id, name.length)


def fingerprint_of(where: Where, name: SetName) -> str:
    """The fingerprint of the set as it stands now; empty when it is nowhere."""
    return queries_sets.fingerprint_of(where, name.edition_id, name.set_id, name.length)


def questions_of(where: Where, audit: CaseAudit) -> QuestionSet | None:
    """The questions an audit was begun with; None when they are nowhere to be found unchanged."""
    unchanged = fingerprint_of(where, audit.set_name) == audit.fingerprint
    return find_set(where, audit.set_name) if unchanged else None


def any_length(where: Where, name: SetName) -> QuestionSet | None:
    """The set at its longest, whichever length the name says; None when it is nowhere."""
    at_each = (find_set(where, name.at(length)) for length in LENGTHS)
    return next((questions for questions in at_each if questions), None)


def offered_instead(where: Where, name: SetName) -> str:
    """The length offered in place of one that asks the same questions; empty for one that is offered itself."""
    questions, lengths = find_set(where, name), lengths_of(where, name.edition_id, name.set_id)
    if questions is None or name.length in {each.length for each in lengths}:
        return ""
    same = (each.length for each in lengths if len(each.questions) == len(questions.questions))
    return next(same, "")


def title_of(where: Where, name: SetName) -> str:
    """The set's printed title, and its short name when it is nowhere."""
    questions = any_length(where, name)
    return questions.title if questions else name.set_id


def titles_apart(sets: Sequence[QuestionSet]) -> dict[SetName, str]:
    """Each set's title, whichever its length; those that share one are told apart by their edition."""
    shared = Counter(questions.title for questions in sets)
    return {
        name_of(questions).at_any_length: f"{questions.title} ({edition_named(questions.edition_id)})"
        if shared[questions.title] > 1
        else questions.title
        for questions in sets
    }


def of_earlier_editions(where: Where, authority_id: int, names: Iterable[SetName], on: date) -> frozenset[SetName]:
    """Those of these sets that new audits are no longer made from, because their edition has a newer one."""
    named = tuple(names)
    begins = {each: may_be_used(where, authority_id, each, on) for each in {name.edition_id for name in named}}
    return frozenset(name for name in named if not begins[name.edition_id])


def grade_names(where: Where, name: SetName) -> dict[str, str]:
    """The printed name of every grade a set can end in or give a domain, worst first."""
    questions = any_length(where, name)
    if questions is None:
        return {}
    used = (questions.domain_scale, questions.overall_grade.scale if questions.overall_grade else None)
    scales = sorted({scale for scale in used if scale is not None})
    return {point.code: point.name for scale in scales for point in questions.scale(scale).points}


def grade_name(where: Where, name: SetName, code: str) -> str:
    """A grade's printed name; the code itself when no set knows it, nothing for no grade."""
    return grade_names(where, name).get(code, code) if code else ""


def codes_for(questions: QuestionSet, question: Question) -> tuple[str, ...]:
    """Every code a question may be answered with; of one without points at most that it does not apply."""
    scale = questions.scale_for(question)
    if question.safety and scale is not None:
        return scale.codes
    points = scale.codes if scale is not None and kinds.answered_with(question) == "point" else ()
    in_words = kinds.answered_with(question) == "words"
    return points if in_words or question.always_applies else (*points, NOT_APPLICABLE)


def second_codes(questions: QuestionSet, question: Question) -> tuple[str, ...]:
    """Every code its second answer may have; none where it has no second answer."""
    return questions.scale(question.second.scale).codes if question.second else ()


def why_not_ticked(questions: QuestionSet, question: Question, given: str) -> str:
    """What is wrong with several codes, with the remedy; empty when all may be ticked, or none is asked for."""
    with_what = kinds.answered_with(question)
    scale = questions.scale_for(question)
    if with_what == "points" and scale is not None:
        return "" if set(given.split(",")) <= set(scale.codes) else "Tick only answers that are on the page"
    return "" if with_what in ("date", "number") else "Choose one of the answers on the page"


def answer_name(questions: QuestionSet, question: Question, code: str) -> str:
    """A point in words: its name, or that the question does not apply; whatever is not a point, by `all_given`."""
    if code == NOT_APPLICABLE:
        return "Does not apply"
    scale = questions.scale_for(question)
    return scale.name_of(code) if scale and code else ""


def given_words(questions: QuestionSet, question: Question, given: str) -> str:
    """A date, a number with its unit, or every answer that was ticked, as people read it."""
    if not given:
        return ""
    match kinds.answered_with(question):
        case "date":
            return words.date_words(date.fromisoformat(given))
        case "number":
            return f"{given} {question.unit}" if question.unit else given
        case _:
            scale = questions.scale_for(question)
            return "; ".join(scale.name_of(code) for code in given.split(",")) if scale else given


def all_given(questions: QuestionSet, question: Question, answer: Any) -> str:
    """Everything that is given to a question but the words: its answer, and the second one by what it is called."""
    first = answer_name(questions, question, answer.code) or given_words(questions, question, answer.given)
    if not (question.second and answer.second):
        return first
    name = questions.scale(question.second.scale).name_of(answer.second)
    beside = f"{question.second.label}: {name}"
    return f"{first}. {beside}" if first else beside
