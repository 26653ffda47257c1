"""Reads what audits say to the facts about their records."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from audit_app.audits.record_facts.tables import AuditFact


def fact_rows(session: Session, authority_id: int, number: int) -> dict[str, AuditFact]:
    """The rows of one audit, by the id of the fact."""
    wanted = select(AuditFact).where(AuditFact.authority_id == authority_id, AuditFact.audit_number == number)
    return {row.fact_id: row for row in session.exec(wanted).all()}


def given_facts(session: Session, authority_id: int, number: int) -> dict[str, str]:
    """What one audit says, by the id of the fact; what was taken back is not among it."""
    return {key: row.given for key, row in fact_rows(session, authority_id, number).items() if row.given}


def given_to_many(session: Session, authority_id: int, numbers: Collection[int]) -> Mapping[int, dict[str, str]]:
    """What each of these audits says."""
    wanted = select(AuditFact).where(
        AuditFact.authority_id == authority_id, col(AuditFact.audit_number).in_(numbers), AuditFact.given != ""
    )
    by_audit: dict[int, dict[str, str]] = defaultdict(dict)
    for row in session.exec(wanted):
        by_audit[row.audit_number][row.fact_id] = row.given
    return by_audit
