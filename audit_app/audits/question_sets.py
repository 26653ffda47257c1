"""The question set an audit is pinned to, as the files have it now, and whether they still say what they said then."""

from functools import cache

import frameworks
from frameworks import Question, QuestionSet, UnknownEdition, UnknownSet

EDITION = "case-audit-1"  # the edition new audits are made from
NOT_APPLICABLE = "not_applicable"  # kept instead of a point of the scale, with the reason in the answer's words
NOT_APPLICABLE_WORDS = "Does not apply (say why)"


@cache
def find_set(edition_id: str, set_id: str, length: str) -> QuestionSet | None:
    """The set at that length, or None when no file has it any more."""
    try:
        return frameworks.question_set(edition_id, set_id, length)
    except (UnknownEdition, UnknownSet):
        return None


@cache
def fingerprint_of(edition_id: str, set_id: str, length: str) -> str:
    """The fingerprint of the set as the files have it now; empty when they have it no more."""
    found = find_set(edition_id, set_id, length)
    return found.fingerprint if found else ""


def title_of(edition_id: str, set_id: str) -> str:
    """The set's printed title, and its id when no file has it any more."""
    for length in ("full", "core"):
        found = find_set(edition_id, set_id, length)
        if found:
            return found.title
    return set_id


@cache
def grade_names(edition_id: str, set_id: str) -> dict[str, str]:
    """The printed name of every grade a set can end in or give a domain, worst first."""
    found = find_set(edition_id, set_id, "full") or find_set(edition_id, set_id, "core")
    if found is None:
        return {}
    scales = {found.domain_scale, found.overall_grade.scale if found.overall_grade else None} - {None}
    return {point.code: point.name for scale in sorted(scales) for point in found.scale(scale).points}


def grade_name(edition_id: str, set_id: str, code: str) -> str:
    """A grade's printed name; the code itself when no file knows it, nothing for no grade."""
    return grade_names(edition_id, set_id).get(code, code)


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


@cache
def offered() -> tuple[tuple[QuestionSet, ...], ...]:
    """The sets a new audit may be made from, each as its lengths, shortest first."""
    found: dict[str, list[QuestionSet]] = {}
    for one in frameworks.question_sets(EDITION):
        found.setdefault(one.id, []).append(one)
    return tuple(tuple(sorted(lengths, key=lambda one: len(one.questions))) for lengths in found.values())
