"""Reads every answer of the audits in the register, with grades of domains and no typed word, as rows of a sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import queries_lists, question_sets, wording
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.queries_lists import AuditFilter, AuditRow
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import telling
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from frameworks import Domain, Question, QuestionSet

WHOLE_DOMAIN = "Grade of the domain"
NOT_APPLICABLE = "Does not apply"
# A domain without a grade that applies all the same says nothing here.
RATED: dict[Any, Any] = {
    AuditFact: col(AuditFact.given) != "",
    Answer: sa.true(),
    DomainAnswer: sa.or_(col(DomainAnswer.not_applicable), col(DomainAnswer.grade) != ""),
}
Lines = Mapping[int, Sequence[Any]]


def count_answers(session: Session, authority_id: int, wanted: AuditFilter, today: date) -> int:
    """How many answers and grades of domains there are in the submitted audits of the filter."""
    conditions = queries_lists.conditions_of(authority_id, wanted, today)
    conditions.append(col(CaseAudit.stage).in_(AFTER_SUBMISSION))
    whole = 0
    for table, rated in RATED.items():
        statement = select(sa.func.count()).select_from(CaseAudit).join(table, _own(table))
        whole += int(session.exec(statement.where(*conditions, rated)).one())
    return whole


def _own(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def answer_rows(
    session: Session, *, authority_id: int, wanted: AuditFilter, numbers: Sequence[int], today: date
) -> list[list[Any]]:
    """The rows of these audits, as they stand now; of one that is not submitted, or no longer fits, there are none."""
    audits = queries_lists.some_audits(session, authority_id, wanted, numbers, today)
    submitted = [audit for audit in audits if audit.stage in AFTER_SUBMISSION]
    answers, domains = (_by_audit(session, table, authority_id, numbers) for table in (Answer, DomainAnswer))
    given = facts.given_to_many(session, authority_id, numbers)
    return [
        [*_facts(audit), *cells]
        for audit in submitted
        for cells in _cells(
            session, audit, given.get(audit.number, {}), answers.get(audit.number, ()), domains.get(audit.number, ())
        )
    ]


def _by_audit(session: Session, table: Any, authority_id: int, numbers: Sequence[int]) -> Lines:
    rows = defaultdict(list)
    of_these = (table.authority_id == authority_id, col(table.audit_number).in_(numbers), RATED[table])
    for row in session.exec(select(table).where(*of_these)):
        rows[row.audit_number].append(row)
    return rows


def _facts(audit: AuditRow) -> list[Any]:
    return [
        audit.reference, audit.case_reference, audit.set_title, wording.LENGTHS.get(audit.length, audit.length),
        wording.COHORTS.get(audit.cohort, audit.cohort), wording.HOW_CHOSEN[audit.how_chosen], audit.service_name,
        audit.team_name, audit.submitted_at, audit.agreed_at,
    ]  # fmt: skip


def _cells(
    session: Session,
    audit: AuditRow,
    given: Mapping[str, str],
    answers: Iterable[Answer],
    domains: Iterable[DomainAnswer],
) -> Iterator[list[Any]]:
    """What is of one answer or one domain alone, in the order of the questions; codes where no set says them."""
    questions = question_sets.find_set(session, audit.set_name)
    yield from _of_facts(questions, given)
    by_key, of_domain = {row.question_key: row for row in answers}, {row.domain_id: row for row in domains}
    for domain in questions.domains if questions else ():
        if (row := of_domain.pop(domain.id, None)) is not None:
            yield _of_domain(domain.title, row, question_sets.grade_name(session, audit.set_name, row.grade))
        asked_here = [question for question in domain.questions if question.key in by_key]
        yield from (_of_question(questions, domain, each, by_key.pop(each.key)) for each in asked_here if questions)
    yield from (_of_domain(row.domain_id, row, row.grade) for row in of_domain.values())
    yield from ([key.partition("/")[0], "", key, row.code or row.given, row.second] for key, row in by_key.items())


def _of_facts(questions: QuestionSet | None, given: Mapping[str, str]) -> Iterator[list[Any]]:
    """The facts about the record, in their order; what was given in words is not told, only that it was given."""
    asked = {fact.id: fact for fact in questions.facts} if questions else {}
    for key in sorted(given, key=lambda key: (list(asked).index(key) if key in asked else len(asked), key)):
        fact = asked.get(key)
        in_words = telling.in_words(fact, given[key]) if fact and fact.kind != "text" else ""
        yield [telling.TITLE, "", fact.title if fact else key, in_words, ""]


def _of_domain(title: str, row: DomainAnswer, grade: str) -> list[Any]:
    return [title, "", WHOLE_DOMAIN, NOT_APPLICABLE if row.not_applicable else grade, ""]


def _of_question(questions: QuestionSet, domain: Domain, question: Question, answer: Answer) -> list[Any]:
    first = question_sets.answer_name(questions, question, answer.code)
    first = first or question_sets.given_words(questions, question, answer.given)
    second = question.second if answer.second else None
    beside = questions.scale(second.scale).name_of(answer.second) if second else ""
    return [domain.title, question.number, question.text, first, beside]
