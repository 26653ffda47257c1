"""Which audits each role may see, as one SQL condition that every read of every audit table uses (OB-1)."""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.counts.tables import AgreedCount
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.audits.tables import (
    Answer,
    AuditAction,
    AuditActionUpdate,
    AuditMove,
    AuditVersion,
    CaseAudit,
    Concern,
    ConcernTold,
    DomainAnswer,
    RailReason,
    Stage,
)
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role

# Submitted and everything after it: what a team may see of its own audits.
AFTER_SUBMISSION = (
    Stage.submitted,
    Stage.in_moderation,
    Stage.agreed,
    Stage.shared,
    Stage.actions_open,
    Stage.actions_done,
    Stage.verified,
    Stage.re_audit_due,
    Stage.closed,
)
AFTER_AGREEMENT = AFTER_SUBMISSION[2:]

# Aliases, so that a statement which joins the audit itself does not lend its own row to the sub-select; made once,
# because making one costs more than the query.
SEEN_AUDIT = CaseAudit.__table__.alias("seen_audit")  # type: ignore[attr-defined]
SEEN_TOLD = ConcernTold.__table__.alias("seen_told")  # type: ignore[attr-defined]


def audit_seen(scope: Scope, audit: Any) -> Any:
    """The audits this person may see (security requirements, section 2)."""
    within = same_authority(scope, audit)
    if scope.everything or scope.has(Role.qa_manager):
        return within
    ways = []
    if scope.has(Role.auditor):
        ways.append(audit.auditor_id == scope.person_id)
    if scope.has(Role.team_manager) and scope.managed_teams:
        ways.append(sa.and_(audit.team_id.in_(sorted(scope.managed_teams)), audit.stage.in_(AFTER_SUBMISSION)))
    if scope.has(Role.leader):
        ways.append(audit.stage.in_(AFTER_AGREEMENT))
    return sa.and_(within, sa.or_(*ways)) if ways else sa.false()


def of_seen_audit(scope: Scope, columns: Any) -> Any:
    """Rows that belong to an audit are seen by whoever sees the audit."""
    if scope.everything or scope.has(Role.qa_manager):
        return same_authority(scope, columns)
    audit = SEEN_AUDIT.c
    seen = sa.exists().where(
        audit.authority_id == columns.authority_id, audit.number == columns.audit_number, audit_seen(scope, audit)
    )
    return sa.and_(same_authority(scope, columns), seen)


def action_seen(scope: Scope, columns: Any) -> Any:
    """An audit's action is also seen by the person who owns it."""
    return sa.or_(
        of_seen_audit(scope, columns), sa.and_(same_authority(scope, columns), columns.owner_id == scope.person_id)
    )


def of_seen_action(scope: Scope, columns: Any) -> Any:
    """What was said of an action is seen by whoever sees the action."""
    action = AuditAction.__table__.alias("seen_action").c  # type: ignore[attr-defined]
    seen = sa.exists().where(
        action.authority_id == columns.authority_id,
        action.number == columns.action_number,
        action_seen(scope, action),
    )
    return sa.and_(same_authority(scope, columns), seen)


def concern_seen(scope: Scope, columns: Any) -> Any:
    """A concern is also seen by everybody who was told of it."""
    row = SEEN_TOLD.c
    was_told = sa.exists().where(
        row.authority_id == columns.authority_id, row.concern_id == columns.id, row.person_id == scope.person_id
    )
    return sa.or_(of_seen_audit(scope, columns), sa.and_(same_authority(scope, columns), was_told))


def counts_seen(scope: Scope, columns: Any) -> Any:
    """Counts of a whole council's agreed audits are for those who see all of them."""
    if scope.everything or scope.has(Role.qa_manager) or scope.has(Role.leader):
        return same_authority(scope, columns)
    return sa.false()


def guard_tables() -> None:
    """Guard every table of this feature."""
    for counted in (AgreedCount, AnswerCount):
        database.guard(counted, counts_seen)
    database.guard(CaseAudit, audit_seen)
    for table in (AuditFact, DomainAnswer, Answer, AnswerSheet, RailReason, AuditVersion, AuditMove):
        database.guard(table, of_seen_audit)
    database.guard(AuditAction, action_seen)
    database.guard(AuditActionUpdate, of_seen_action)
    database.guard(Concern, concern_seen)
    database.guard(ConcernTold, same_authority)
