"""The question set an audit is pinned to, as the library has it now, and how its grades and answers are named."""

from audit_app.audits.tables import CaseAudit
from audit_app.library import shelf
from audit_app.library.shelf import (
    Where,
    ever_offered,
    find_edition,
    find_set,
    fingerprint_of,
    may_be_used,
    offered,
    open_to,
)
from frameworks import Question, QuestionSet

__all__ = [
    "EDITION",
    "NOT_APPLICABLE",
    "NOT_APPLICABLE_WORDS",
    "answer_name",
    "any_length",
    "codes_for",
    "ever_offered",
    "find_edition",
    "find_set",
    "fingerprint_of",
    "grade_name",
    "grade_names",
    "may_be_used",
    "offered",
    "open_to",
    "questions_of",
    "title_of",
]

EDITION = shelf.EDITION
NOT_APPLICABLE = "not_applicable"  # kept instead of a point of the scale, with the reason in the answer's words
NOT_APPLICABLE_WORDS = "Does not apply (say why)"
LENGTHS = ("full", "core")


def questions_of(where: Where, audit: CaseAudit) -> QuestionSet | None:
    """The questions an audit was begun with; None when they are nowhere to be found unchanged."""
    key = (audit.edition_id, audit.set_id, audit.length)
    return find_set(where, *key) if fingerprint_of(where, *key) == audit.fingerprint else None


def any_length(where: Where, edition_id: str, set_id: str) -> QuestionSet | None:
    """The set at its full length, else at its core; None when it is nowhere."""
    for length in LENGTHS:
        found = find_set(where, edition_id, set_id, length)
        if found:
            return found
    return None


def title_of(where: Where, edition_id: str, set_id: str) -> str:
    """The set's printed title, and its id when it is nowhere."""
    found = any_length(where, edition_id, set_id)
    return found.title if found else set_id


def grade_names(where: Where, edition_id: str, set_id: str) -> dict[str, str]:
    """The printed name of every grade a set can end in or give a domain, worst first."""
    found = any_length(where, edition_id, set_id)
    if found is None:
        return {}
    scales = {found.domain_scale, found.overall_grade.scale if found.overall_grade else None} - {None}
    return {point.code: point.name for scale in sorted(scales) for point in found.scale(scale).points}


def grade_name(where: Where, edition_id: str, set_id: str, code: str) -> str:
    """A grade's printed name; the code itself when no set knows it, nothing for no grade."""
    return grade_names(where, edition_id, set_id).get(code, code) if code else ""


def codes_for(questions: QuestionSet, question: Question) -> tuple[str, ...]:
    """Every code a question may be answered with; none for a question answered in words."""
    scale = questions.scale_for(question)
    if scale is None:
        return ()
    return scale.codes if question.safety else (*scale.codes, NOT_APPLICABLE)


def answer_name(questions: QuestionSet, question: Question, code: str) -> str:
    """An answer in words: the point of its scale, or that the question does not apply."""
    if code == NOT_APPLICABLE:
        return "Does not apply"
    scale = questions.scale_for(question)
    return scale.name_of(code) if scale and code else ""
