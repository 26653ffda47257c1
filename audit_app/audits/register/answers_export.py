"""Every answer of the audits in the register as a workbook, a row each, with grades of domains and no typed word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import queries_lists, question_sets, wording
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.queries_lists import AuditFilter, AuditRow
from audit_app.audits.register import workbook_export
from audit_app.audits.register.forms import FILTERS, audit_filter
from audit_app.audits.register.workbook_export import EXPORTERS
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.library.terms import queries as terms
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register
from audit_app.sheets import SheetOut
from frameworks import Domain, Question, QuestionSet

TITLE = "Answers of audits"
HEADINGS = (
    "Audit", "Case reference", "Question set", "Length", "Group", "How chosen", "Service", "Team", "Last submitted on",
    "Agreed on", "Domain", "Number", "Question", "Answer", "Second answer",
)  # fmt: skip
AUDITS_AT_ONCE = 50  # some three thousand answers in one short read
WHOLE_DOMAIN = "Grade of the domain"
NOT_APPLICABLE = "Does not apply"

# A domain without a grade that applies all the same says nothing here.
RATED: dict[Any, Any] = {
    Answer: sa.true(),
    DomainAnswer: sa.or_(col(DomainAnswer.not_applicable), col(DomainAnswer.grade) != ""),
}
Lines = Mapping[int, Sequence[Any]]


def count(read: Read, asked: Asked) -> int:
    """How many answers and grades of domains there are in the submitted audits of the filter."""
    conditions = _submitted(asked)

    def counted(session: Session) -> int:
        whole = 0
        for table, wanted in RATED.items():
            statement = select(sa.func.count()).select_from(CaseAudit).join(table, _own(table))
            whole += int(session.exec(statement.where(*conditions, wanted)).one())
        return whole

    return read(counted)


def _submitted(asked: Asked) -> list[Any]:
    conditions = queries_lists.conditions_of(asked.authority_id, audit_filter(asked.given), asked.today)
    return [*conditions, col(CaseAudit.stage).in_(AFTER_SUBMISSION)]


def _own(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def book(read: Read, asked: Asked, made: Made) -> LongBook:
    """The workbook; the name of whoever made it stands on it."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    parts = (in_own_words(part, own) for part in _parts(read, asked))
    return LongBook(own.say(TITLE), parts, 0, workbook_export.chosen(read, asked), made.name)


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    wanted = audit_filter(asked.given)
    numbers = read(lambda session: queries_lists.audit_numbers(session, asked.authority_id, wanted, asked.today))
    for first in range(0, max(len(numbers), 1), AUDITS_AT_ONCE):
        some = numbers[first : first + AUDITS_AT_ONCE]
        yield SheetOut(TITLE, HEADINGS, read(partial(_rows_of, asked=asked, wanted=wanted, numbers=some)))


def _rows_of(session: Session, *, asked: Asked, wanted: AuditFilter, numbers: Sequence[int]) -> list[list[Any]]:
    audits = queries_lists.some_audits(session, asked.authority_id, wanted, numbers, asked.today)
    submitted = [audit for audit in audits if audit.stage in AFTER_SUBMISSION]
    answers, domains = (_by_audit(session, table, asked.authority_id, numbers) for table in (Answer, DomainAnswer))
    return [
        [*_facts(audit), *cells]
        for audit in submitted
        for cells in _cells(session, audit, answers.get(audit.number, ()), domains.get(audit.number, ()))
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
    session: Session, audit: AuditRow, answers: Iterable[Answer], domains: Iterable[DomainAnswer]
) -> Iterator[list[Any]]:
    """What is of one answer or one domain alone, in the order of the questions; codes where no set says them."""
    questions = question_sets.find_set(session, audit.set_name)
    by_key, of_domain = {row.question_key: row for row in answers}, {row.domain_id: row for row in domains}
    for domain in questions.domains if questions else ():
        if (row := of_domain.pop(domain.id, None)) is not None:
            yield _of_domain(domain.title, row, question_sets.grade_name(session, audit.set_name, row.grade))
        asked_here = [question for question in domain.questions if question.key in by_key]
        yield from (_of_question(questions, domain, each, by_key.pop(each.key)) for each in asked_here if questions)
    yield from (_of_domain(row.domain_id, row, row.grade) for row in of_domain.values())
    yield from ([key.partition("/")[0], "", key, row.code or row.given, row.second] for key, row in by_key.items())


def _of_domain(title: str, row: DomainAnswer, grade: str) -> list[Any]:
    return [title, "", WHOLE_DOMAIN, NOT_APPLICABLE if row.not_applicable else grade, ""]


def _of_question(questions: QuestionSet, domain: Domain, question: Question, answer: Answer) -> list[Any]:
    first = question_sets.answer_name(questions, question, answer.code)
    first = first or question_sets.given_words(questions, question, answer.given)
    second = question.second if answer.second else None
    beside = questions.scale(second.scale).name_of(answer.second) if second else ""
    return [domain.title, question.number, question.text, first, beside]


REGISTER = Register(
    "answers", "answers of audits", "Answers of audits", "audits.index", "answers-of-audits.xlsx",
    frozenset(EXPORTERS), FILTERS, count, workbook_export.chosen, book,
)  # fmt: skip
