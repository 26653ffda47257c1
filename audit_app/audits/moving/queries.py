"""Where an unfinished audit may move to, what has been moved, and which audits a newer version leaves behind."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets
from audit_app.audits.queries_lists import COLUMNS, rows_of
from audit_app.audits.queries_rows import all_rows
from audit_app.audits.stages import BEFORE_SUBMISSION
from audit_app.audits.tables import Answer, AuditMove, CaseAudit, DomainAnswer
from audit_app.audits.views import AuditRow
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
    edition_id: str
    set_id: str
    length: str
    before: dict[str, Any]


def targets(session: Session, audit: CaseAudit) -> tuple[QuestionSet, ...]:
    """The sets this audit may move to: newer than its own, of the same name, and fit for what it audits."""
    if audit.stage not in BEFORE_SUBMISSION or audit.version:
        return ()
    offered = question_sets.offered(session, audit.authority_id)
    found = [
        one
        for lengths in offered
        for one in lengths
        if one.id == audit.set_id and one.edition_id != audit.edition_id and _fits(one, audit)
    ]
    return tuple(sorted(found, key=lambda one: one.length != audit.length))


def _fits(questions: QuestionSet, audit: CaseAudit) -> bool:
    return audit.subject in questions.subjects and (not audit.cohort or audit.cohort in questions.cohorts)


def saved(session: Session, audit: CaseAudit) -> tuple[dict[str, DomainAnswer], dict[str, Answer]]:
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
        from_title=named(session, row.from_edition, row.from_set, row.from_length),
        to_title=named(session, row.to_edition, row.to_set, row.to_length),
        moved_at=row.moved_at,
        moved_by_name=people.names_of(session, [row.moved_by]).get(row.moved_by, "somebody who has left"),
        edition_id=row.from_edition,
        set_id=row.from_set,
        length=row.from_length,
        before=json.loads(row.before),
    )


def named(session: Session, edition_id: str, set_id: str, length: str) -> str:
    """A set as people name it: its title, its edition and its length."""
    return f"{question_sets.title_of(session, edition_id, set_id)} ({edition_id}, {length})"


def unfinished_on(session: Session, authority_id: int, edition_id: str, set_id: str) -> tuple[AuditRow, ...]:
    """Audits on a set that are not submitted, in the session's scope, the soonest due first."""
    statement = (
        select(*COLUMNS)
        .where(CaseAudit.authority_id == authority_id, CaseAudit.edition_id == edition_id, CaseAudit.set_id == set_id)
        .where(col(CaseAudit.stage).in_(BEFORE_SUBMISSION), CaseAudit.version == 0)
        .order_by(col(CaseAudit.due_on), col(CaseAudit.number))
    )
    return tuple(rows_of(session, statement.limit(MOST_LISTED)))


def count_finished_on(session: Session, authority_id: int, edition_id: str, set_id: str) -> int:
    """How many audits on a set were submitted at least once, in the session's scope."""
    statement = select(sa.func.count(col(CaseAudit.number))).where(
        CaseAudit.authority_id == authority_id,
        CaseAudit.edition_id == edition_id,
        CaseAudit.set_id == set_id,
        CaseAudit.version > 0,
    )
    return int(session.exec(statement).one())
