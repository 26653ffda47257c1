"""The rows of one audit as the database has them, within the session's scope; and what a person is to that audit."""

from collections.abc import Collection
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import database
from audit_app.audits.stages import Hat
from audit_app.audits.tables import AUDIT, Answer, CaseAudit, DomainAnswer, RailReason
from audit_app.people.tables import Role
from findings.errors import NotFound
from findings.references import reference


def reference_of(number: int) -> str:
    """AUD-0042."""
    return reference(AUDIT, number)


def audit_row(session: Session, authority_id: int, number: int, *, locking: bool = False) -> CaseAudit:
    """The audit's own row; locked until the commit when it is about to be changed.

    Raises:
        NotFound: there is no such audit, or it is not this person's to see.
    """
    row = session.exec(_one_audit(locking), params={"council": authority_id, "audit": number}).one_or_none()
    if row is None:
        raise NotFound("There is no such audit.")
    return row


@cache
def _one_audit(locking: bool) -> Any:
    audit = select(CaseAudit).where(
        CaseAudit.authority_id == sa.bindparam("council"), CaseAudit.number == sa.bindparam("audit")
    )
    if locking:
        audit = audit.with_for_update().execution_options(populate_existing=True)
    return database.written_once(audit)


def hats_of(session: Session, audit: CaseAudit, by: int | None) -> frozenset[Hat]:
    """What a person is to this audit; with a system scope whoever acts counts as QA manager."""
    scope = session.info["scope"]
    hats = set()
    if scope.everything or scope.has(Role.qa_manager):
        hats.add(Hat.qa_manager)
    if by == audit.auditor_id and (scope.everything or scope.has(Role.auditor, Role.qa_manager)):
        hats.add(Hat.its_auditor)
    return frozenset(hats)


def domain_rows(
    session: Session, authority_id: int, number: int, domain_id: str, keys: Collection[str]
) -> tuple[DomainAnswer | None, dict[str, Answer]]:
    """What is saved of one domain, read in one statement: its own row and the answers by question key."""
    asked = {"council": authority_id, "audit": number, "domain": domain_id, "questions": list(keys)}
    rows = session.exec(_of_domain(), params=asked).all()
    return (rows[0][0] if rows else None), {answer.question_key: answer for _, answer in rows if answer is not None}


@cache
def _of_domain() -> Any:
    """A domain's row beside its answers, written once: every page of questions asks it, and every save."""
    joined = sa.and_(
        col(Answer.authority_id) == DomainAnswer.authority_id,
        col(Answer.audit_number) == DomainAnswer.audit_number,
        col(Answer.question_key).in_(sa.bindparam("questions", expanding=True)),
    )
    return database.written_once(
        select(DomainAnswer, Answer)
        .join(Answer, joined, isouter=True)
        .where(
            DomainAnswer.authority_id == sa.bindparam("council"),
            DomainAnswer.audit_number == sa.bindparam("audit"),
            DomainAnswer.domain_id == sa.bindparam("domain"),
        )
    )


def all_rows(session: Session, authority_id: int, number: int) -> tuple[dict[str, DomainAnswer], dict[str, Answer]]:
    """Everything saved of an audit: domain rows by domain, answers by question key."""
    domains = session.exec(
        select(DomainAnswer).where(DomainAnswer.authority_id == authority_id, DomainAnswer.audit_number == number)
    ).all()
    answers = session.exec(
        select(Answer).where(Answer.authority_id == authority_id, Answer.audit_number == number)
    ).all()
    return {row.domain_id: row for row in domains}, {row.question_key: row for row in answers}


def reason_rows(session: Session, authority_id: int, number: int) -> dict[str, RailReason]:
    """The auditor's reasons for grades that were asked about, by the key of the rail."""
    statement = select(RailReason).where(RailReason.authority_id == authority_id, RailReason.audit_number == number)
    return {row.rail_key: row for row in session.exec(statement).all()}
