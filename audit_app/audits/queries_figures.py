"""What audits say together: grades by domain, answers to one question, minutes taken; counted in the database."""

from collections import defaultdict
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets
from audit_app.audits.guards import AFTER_AGREEMENT, AFTER_SUBMISSION
from audit_app.audits.queries_lists import COLUMNS, agreed_in, from_row, period, rows_of
from audit_app.audits.queries_rows import all_rows, audit_row
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer, HowChosen
from audit_app.audits.views import AnswerRow, AuditRow, GradeCount, Median
from frameworks import Domain, Question, QuestionSet, crosswalk


def grades_by_domain(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    edition_id: str = "",
    set_id: str = "",
    how_chosen: HowChosen | None = None,
) -> list[GradeCount]:
    """How often each domain of each set got each grade, in agreed audits submitted in a period."""
    conditions = agreed_in(authority_id, start, end, edition_id=edition_id, set_id=set_id, how_chosen=how_chosen)
    columns = (CaseAudit.edition_id, CaseAudit.set_id, DomainAnswer.domain_id, DomainAnswer.grade)
    statement: Any = (
        select(*columns, sa.func.count())
        .join(DomainAnswer, _of_audit(DomainAnswer))
        .where(*conditions, col(DomainAnswer.not_applicable).is_(False), DomainAnswer.grade != "")
        .group_by(*columns)
        .order_by(*columns)
    )
    return [_grade_count(session, tuple(row)) for row in session.exec(statement).all()]


def _of_audit(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def _grade_count(session: Session, row: tuple[str, str, str, str, int]) -> GradeCount:
    edition_id, set_id, domain_id, grade, count = row
    found = _set_with(session, edition_id, set_id, domain_id)
    domain = found.domain(domain_id) if found else None
    return GradeCount(
        edition_id,
        set_id,
        domain_id,
        domain.title if domain else domain_id,
        crosswalk.areas_of_domain(found, domain_id) if found else (),
        grade,
        question_sets.grade_name(session, edition_id, set_id, grade),
        count,
    )


def _set_with(session: Session, edition_id: str, set_id: str, domain_id: str) -> QuestionSet | None:
    """The length of a set that holds a domain."""
    for length in ("full", "core"):
        found = question_sets.find_set(session, edition_id, set_id, length)
        if found and any(domain.id == domain_id for domain in found.domains):
            return found
    return None


def overall_grades(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    edition_id: str = "",
    set_id: str = "",
    how_chosen: HowChosen | None = None,
) -> dict[str, int]:
    """How many agreed audits submitted in a period ended in each overall grade."""
    conditions = agreed_in(authority_id, start, end, edition_id=edition_id, set_id=set_id, how_chosen=how_chosen)
    statement = select(CaseAudit.overall_grade, sa.func.count(CaseAudit.number)).where(*conditions)
    rows = session.exec(statement.where(CaseAudit.overall_grade != "").group_by(CaseAudit.overall_grade)).all()
    return {grade: int(count) for grade, count in rows}


def stage_counts(session: Session, authority_id: int) -> dict[str, int]:
    """How many audits stand at each stage."""
    statement = select(CaseAudit.stage, sa.func.count(CaseAudit.number)).where(CaseAudit.authority_id == authority_id)
    return {str(stage): int(count) for stage, count in session.exec(statement.group_by(CaseAudit.stage)).all()}


def answers_of(session: Session, authority_id: int, number: int) -> list[AnswerRow]:
    """What one audit answered, in the order of its set; questions left open are left out.

    Raises:
        NotFound: no such audit, or not this person's to see.
    """
    audit = audit_row(session, authority_id, number)
    line = from_row(session, audit)
    _, answers = all_rows(session, authority_id, number)
    asked = _questions(session, audit.edition_id, audit.set_id, audit.length)
    ordered = [key for key in asked if key in answers] + sorted(answers.keys() - asked.keys())
    return [_answer_row(session, line, answers[key]) for key in ordered if answers[key].code or answers[key].text]


def answers_to(
    session: Session,
    authority_id: int,
    question_key: str,
    *,
    start: date | None = None,
    end: date | None = None,
    edition_id: str = "",
    set_id: str = "",
    limit: int = 500,
) -> list[AnswerRow]:
    """What agreed audits answered to one question, newest first, each with its audit."""
    conditions: list[Any] = [
        CaseAudit.authority_id == authority_id,
        col(CaseAudit.stage).in_(AFTER_AGREEMENT),
        Answer.question_key == question_key,
        sa.or_(Answer.code != "", Answer.text != ""),
        *period(CaseAudit.submitted_at, start, end),
    ]
    conditions += [
        column == value for column, value in ((CaseAudit.edition_id, edition_id), (CaseAudit.set_id, set_id)) if value
    ]
    numbered: Any = select(Answer).join(CaseAudit, _of_audit(Answer)).where(*conditions)
    newest = numbered.order_by(sa.desc(col(CaseAudit.submitted_at)), sa.desc(col(CaseAudit.number))).limit(limit)
    answers = session.exec(newest).all()
    rows = {row.number: row for row in _rows_numbered(session, authority_id, [one.audit_number for one in answers])}
    return [_answer_row(session, rows[one.audit_number], one) for one in answers if one.audit_number in rows]


def _rows_numbered(session: Session, authority_id: int, numbers: list[int]) -> list[AuditRow]:
    statement = select(*COLUMNS).where(CaseAudit.authority_id == authority_id, col(CaseAudit.number).in_(numbers))
    return rows_of(session, statement)


def _questions(session: Session, edition_id: str, set_id: str, length: str) -> dict[str, tuple[Domain, Question]]:
    found = question_sets.find_set(session, edition_id, set_id, length)
    return {one.key: (domain, one) for domain in (found.domains if found else ()) for one in domain.questions}


def _answer_row(session: Session, audit: AuditRow, answer: Answer) -> AnswerRow:
    questions = question_sets.find_set(session, audit.edition_id, audit.set_id, audit.length)
    told = _questions(session, audit.edition_id, audit.set_id, audit.length).get(answer.question_key)
    if questions is None or told is None:
        domain_id = answer.question_key.partition("/")[0]
        return AnswerRow(
            audit,
            answer.question_key,
            "",
            answer.question_key,
            domain_id,
            domain_id,
            answer.code,
            answer.code,
            answer.text,
        )
    domain, question = told
    named = question_sets.answer_name(questions, question, answer.code)
    return AnswerRow(
        audit, question.key, question.number, question.text, domain.id, domain.title, answer.code, named, answer.text
    )


def median_minutes(session: Session, set_id: str, length: str) -> Median:
    """The middle of the minutes that submitted audits of a set and length took, as far as the session may see them."""
    found = _medians(session, CaseAudit.set_id == set_id, CaseAudit.length == length)
    return found.get((set_id, length), Median(None, 0))


def medians(session: Session) -> dict[tuple[str, str], Median]:
    """The same for every set and length at once."""
    return _medians(session)


def _medians(session: Session, *conditions: Any) -> dict[tuple[str, str], Median]:
    scope = session.info["scope"]
    statement = select(CaseAudit.set_id, CaseAudit.length, CaseAudit.minutes_taken).where(
        CaseAudit.authority_id == scope.authority_id,
        col(CaseAudit.stage).in_(AFTER_SUBMISSION),
        col(CaseAudit.minutes_taken).is_not(None),
        *conditions,
    )
    taken: dict[tuple[str, str], list[int]] = defaultdict(list)
    for set_id, length, minutes in session.exec(statement).all():
        taken[(set_id, length)].append(int(minutes or 0))
    return {key: Median(float(median(values)), len(values)) for key, values in taken.items()}
