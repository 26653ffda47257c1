"""What an offline form would change: the pages as they would be saved, and each line that differs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit_app.audits import contents, question_sets
from audit_app.audits.kinds.entries import ClosingEntry, DomainEntry
from audit_app.audits.kinds.given import Given, given_in
from audit_app.audits.offline.reading import Brought
from audit_app.audits.record_facts import telling
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.forms import mark_of
from frameworks import Domain, Question, QuestionSet

OF_DOMAIN = {
    "grade": "Grade",
    "rationale": "Why this grade",
    "not_applicable_reason": "Does not apply, because",
}
OF_THE_WHOLE = {"overall_grade": "Overall grade", "overall_rationale": "Why this grade", **contents.CLOSING_NAMES}


@dataclass(frozen=True)
class Difference:
    """One thing the form says otherwise than it is saved: in its place, in words."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What would be saved: each domain page with the revision it stands on, the last page, and each difference."""

    pages: Mapping[str, tuple[int, DomainEntry]]
    last_page: ClosingEntry | None
    differences: tuple[Difference, ...]
    mark: str
    facts: Mapping[str, str]


def plan(
    audit: CaseAudit,
    questions: QuestionSet,
    domains: Mapping[str, DomainAnswer],
    answers: Mapping[str, Answer],
    brought: Brought,
    *,
    given_facts: Mapping[str, str],
) -> Plan:
    """What is saved with what the form says laid over it; what the form leaves empty stays."""
    pages: dict[str, tuple[int, DomainEntry]] = {}
    facts = {key: given for key, given in brought.facts.items() if given_facts.get(key, "") != given}
    differences = _facts_differing(questions, given_facts, facts)
    for domain in questions.domains:
        row = domains.get(domain.id)
        given = {
            question.key: given_in(answers.get(question.key))._replace(**brought.answers[question.key])
            for question in domain.questions
            if question.key in brought.answers
        }
        columns = brought.domains.get(domain.id, {})
        if given or columns:
            pages[domain.id] = (row.revision if row else 0, _entry(row, columns, given))
            differences += _answers_differing(questions, domain, answers, given)
            differences += _columns_differing(questions, domain, row, columns)
    closing = {name: text for name, text in brought.whole.items() if getattr(audit, name) != text}
    differences += _whole_differing(audit, questions, closing)
    mark = mark_of(audit.closing_revision, audit.revision, {key: page[0] for key, page in pages.items()}, differences)
    return Plan(pages, _last_page(audit, closing) if closing else None, tuple(differences), str(mark), facts)


def _facts_differing(questions: QuestionSet, saved: Mapping[str, str], facts: Mapping[str, str]) -> list[Difference]:
    pairs = [(fact, saved.get(fact.id, ""), facts[fact.id]) for fact in questions.facts if fact.id in facts]
    return [Difference(fact.title, *(telling.in_words(fact, each) for each in both)) for fact, *both in pairs]


def _entry(row: DomainAnswer | None, columns: Mapping[str, Any], given: Mapping[str, Given]) -> DomainEntry:
    names = ("grade", "rationale", "not_applicable", "not_applicable_reason")
    saved = {name: getattr(row, name) for name in names} if row else {}
    return DomainEntry(answers=given, **{**saved, **columns})


def _last_page(audit: CaseAudit, closing: Mapping[str, str]) -> ClosingEntry:
    names = ClosingEntry.__dataclass_fields__
    return ClosingEntry(**{**{name: getattr(audit, name) for name in names}, **closing})


def _answers_differing(
    questions: QuestionSet, domain: Domain, answers: Mapping[str, Answer], given: Mapping[str, Given]
) -> list[Difference]:
    asked = {question.key: question for question in domain.questions}
    pairs = [(asked[key], given_in(answers.get(key)), after) for key, after in given.items()]
    return [
        Difference(f"{question.number} {question.text}", *(in_words(questions, question, each) for each in (was, now)))
        for question, was, now in pairs
        if was != now
    ]


def in_words(questions: QuestionSet, question: Question, given: Given) -> str:
    """Everything that is given to one question, as people read it."""
    parts = [question_sets.all_given(questions, question, given), given.text]
    if given.evidence:
        parts.append(f"Evidence: {given.evidence}")
    if any((given.action, given.action_owner, given.action_due)):
        parts.append(f"Action: {contents.action_in_words(given.action, given.action_owner, given.action_due)}")
    return "\n".join(filter(None, parts))


def _columns_differing(
    questions: QuestionSet, domain: Domain, row: DomainAnswer | None, columns: Mapping[str, Any]
) -> list[Difference]:
    differences = []
    for name, title in OF_DOMAIN.items():
        was, now = (getattr(row, name) if row else ""), columns.get(name)
        if now is not None and was != now:
            scale = questions.scale(questions.domain_scale) if name == "grade" and questions.domain_scale else None
            both = [scale.name_of(code) if scale and code else code for code in (was, now)]
            differences.append(Difference(f"{domain.title}: {title}", *both))
    return differences


def _whole_differing(audit: CaseAudit, questions: QuestionSet, closing: Mapping[str, str]) -> list[Difference]:
    ends = questions.overall_grade
    differences = []
    for name, now in closing.items():
        both = [getattr(audit, name), now]
        if name == "overall_grade" and ends:
            both = [questions.scale(ends.scale).name_of(code) if code else "" for code in both]
        differences.append(Difference(f"The whole: {OF_THE_WHOLE[name]}", *both))
    return differences
