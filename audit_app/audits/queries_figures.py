"""What audits say together: grades by domain and overall, stages, minutes taken; counted in the database."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.queries_lists import agreed_in, made_from
from audit_app.audits.tables import CaseAudit, DomainAnswer, HowChosen
from audit_app.library.set_name import SetName
from frameworks import QuestionSet, crosswalk
from frameworks.crosswalk import AreaReference


@dataclass(frozen=True)
class GradeCount:
    """How many audits gave a domain of a set one grade."""

    set_name: SetName  # at whichever length
    domain_id: str
    domain_title: str
    areas: tuple[AreaReference, ...]  # the judgement areas its questions speak to, those reached by the crosswalk too
    grade: str
    grade_name: str
    count: int


@dataclass(frozen=True)
class Median:
    """The middle of the minutes taken, and of how many audits."""

    minutes: float | None
    n: int


def grades_by_domain(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    of: SetName | None = None,
    how_chosen: HowChosen | None = None,
) -> list[GradeCount]:
    """How often each domain of each set got each grade, in agreed audits submitted in a period."""
    conditions = agreed_in(authority_id, start, end, of=of, how_chosen=how_chosen)
    columns: tuple[Any, ...] = (
        CaseAudit.edition_id, CaseAudit.set_id, DomainAnswer.domain_id, DomainAnswer.grade,
    )  # fmt: skip
    statement: Any = (
        sa.select(*columns, sa.func.count())
        .join(DomainAnswer, _of_audit(DomainAnswer))
        .where(*conditions, col(DomainAnswer.not_applicable).is_(False), col(DomainAnswer.grade) != "")
        .group_by(*columns)
        .order_by(*columns)
    )
    return [_grade_count(session, tuple(row)) for row in session.exec(statement).all()]


def _of_audit(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def _grade_count(session: Session, row: tuple[str, str, str, str, int]) -> GradeCount:
    edition_id, set_id, domain_id, grade, count = row
    name = SetName(edition_id, set_id)
    questions = _set_with(session, name, domain_id)
    domain = questions.domain(domain_id) if questions else None
    return GradeCount(
        name,
        domain_id,
        domain.title if domain else domain_id,
        crosswalk.areas_of_domain(questions, domain_id) if questions else (),
        grade,
        question_sets.grade_name(session, name, grade),
        count,
    )


def _set_with(session: Session, name: SetName, domain_id: str) -> QuestionSet | None:
    """The length of a set that holds a domain."""
    for length in question_sets.LENGTHS:
        questions = question_sets.find_set(session, name.at(length))
        if questions and any(domain.id == domain_id for domain in questions.domains):
            return questions
    return None


def overall_grades(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    of: SetName | None = None,
    how_chosen: HowChosen | None = None,
) -> dict[str, int]:
    """How many agreed audits submitted in a period ended in each overall grade."""
    conditions = agreed_in(authority_id, start, end, of=of, how_chosen=how_chosen)
    statement = select(CaseAudit.overall_grade, sa.func.count(col(CaseAudit.number))).where(*conditions)
    rows = session.exec(statement.where(CaseAudit.overall_grade != "").group_by(CaseAudit.overall_grade)).all()
    return {grade: int(count) for grade, count in rows}


def stage_counts(session: Session, authority_id: int) -> dict[str, int]:
    """How many audits stand at each stage."""
    statement = select(CaseAudit.stage, sa.func.count(col(CaseAudit.number))).where(
        CaseAudit.authority_id == authority_id
    )
    return {str(stage): int(count) for stage, count in session.exec(statement.group_by(CaseAudit.stage)).all()}


def median_minutes(session: Session, name: SetName) -> Median:
    """The middle of the minutes that submitted audits of one set at one length took, as the session may see them."""
    return _medians(session, *made_from(name)).get(name, Median(None, 0))


def medians(session: Session) -> dict[SetName, Median]:
    """The same for every set and length at once."""
    return _medians(session)


def _medians(session: Session, *conditions: Any) -> dict[SetName, Median]:
    scope = session.info["scope"]
    statement = select(CaseAudit.edition_id, CaseAudit.set_id, CaseAudit.length, col(CaseAudit.minutes_taken)).where(
        CaseAudit.authority_id == scope.authority_id,
        col(CaseAudit.stage).in_(AFTER_SUBMISSION),
        col(CaseAudit.minutes_taken).is_not(None),
        *conditions,
    )
    taken: dict[SetName, list[int]] = defaultdict(list)
    for edition_id, set_id, length, minutes in session.exec(statement).all():
        taken[SetName(edition_id, set_id, length)].append(int(minutes or 0))
    return {name: Median(float(median(values)), len(values)) for name, values in taken.items()}
