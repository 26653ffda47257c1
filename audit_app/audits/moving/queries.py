"""Where an unfinished audit may move to, what has been moved, and which audits a newer version leaves behind."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets
from audit_app.audits.queries_lists import COLUMNS, AuditRow, made_from, rows_of
from audit_app.audits.queries_rows import all_rows
from audit_app.audits.stages import BEFORE_SUBMISSION
from audit_app.audits.tables import Answer, AuditMove, CaseAudit, DomainAnswer
from audit_app.library.product_editions import edition_named
from audit_app.library.set_name import SetName
from audit_app.people import queries as people
from frameworks import QuestionSet

MOST_LISTED = 200


@dataclass(frozen=True)
class MoveLine:
    """The last move of an audit that is not undone."""

    id: int
    from_title: str
    to_title: str
    moved_at: datetime
    moved_by_name: str
    before: dict[str, Any]


def targets(session: Session, audit: CaseAudit, on: date) -> tuple[QuestionSet, ...]:
    """The sets this audit may move to on a day: the same set in a newer edition, fit for what it audits."""
    if audit.stage not in BEFORE_SUBMISSION or audit.version:
        return ()
    newer = question_sets.editions_in_line(session, audit.edition_id) - {audit.edition_id}
    fitting = [
        questions
        for lengths in question_sets.offered(session, audit.authority_id, on)
        for questions in lengths
        if questions.edition_id in newer and questions.id == audit.set_id and _fits(questions, audit)
    ]
    return tuple(sorted(fitting, key=lambda questions: questions.length != audit.length))


def _fits(questions: QuestionSet, audit: CaseAudit) -> bool:
    return audit.subject in questions.subjects and (not audit.cohort or audit.cohort in questions.cohorts)


def saved_rows(session: Session, audit: CaseAudit) -> tuple[dict[str, DomainAnswer], dict[str, Answer]]:
    """Everything saved of an audit."""
    return all_rows(session, audit.authority_id, audit.number)


def last_move(session: Session, audit: CaseAudit) -> MoveLine | None:
    """The move that could be undone: the last one, while the audit is not submitted since."""
    if audit.stage not in BEFORE_SUBMISSION or audit.version:
        return None
    statement = (
        select(AuditMove)
        .where(AuditMove.authority_id == audit.authority_id, AuditMove.audit_number == audit.number)
        .where(col(AuditMove.undone_at).is_(None), AuditMove.to_edition == audit.edition_id)
        .order_by(sa.desc(col(AuditMove.moved_at)), sa.desc(col(AuditMove.id)))
    )
    row = session.exec(statement.limit(1)).first()
    if row is None:
        return None
    return MoveLine(
        id=row.id,
        from_title=titled(session, row.from_name),
        to_title=titled(session, row.to_name),
        moved_at=row.moved_at,
        moved_by_name=people.names_of(session, [row.moved_by]).get(row.moved_by, "somebody who has left"),
        before=json.loads(row.before),
    )


def titled(session: Session, name: SetName) -> str:
    """A set as people name it: its title, its edition and its length."""
    return f"{question_sets.title_of(session, name)} ({edition_named(name.edition_id)}, {name.length})"


def unfinished_on(session: Session, authority_id: int, name: SetName) -> tuple[AuditRow, ...]:
    """Audits on a set that are not submitted, in the session's scope, the soonest due first."""
    statement = (
        select(*COLUMNS)
        .where(CaseAudit.authority_id == authority_id, *made_from(name))
        .where(col(CaseAudit.stage).in_(BEFORE_SUBMISSION), CaseAudit.version == 0)
        .order_by(col(CaseAudit.due_on), col(CaseAudit.number))
    )
    return tuple(rows_of(session, statement.limit(MOST_LISTED)))


def count_finished_on(session: Session, authority_id: int, name: SetName) -> int:
    """How many audits on a set were submitted at least once, in the session's scope."""
    statement = select(sa.func.count(col(CaseAudit.number))).where(
        CaseAudit.authority_id == authority_id,
        *made_from(name),
        CaseAudit.version > 0,
    )
    return int(session.exec(statement).one())
