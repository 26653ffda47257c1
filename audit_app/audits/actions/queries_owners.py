"""The practitioner without an account whom an audit names, so that its actions may be given to them."""

from sqlmodel import Session, select

from audit_app.audits.actions.owners import Owner
from audit_app.audits.tables import CaseAudit


def practitioner_of(session: Session, authority_id: int, audit_number: int) -> Owner:
    """The practitioner without an account whom a QA manager named on the audit; nobody where the audit is not seen."""
    row = session.exec(
        select(CaseAudit.practitioner_speaker_id, CaseAudit.practitioner_named).where(
            CaseAudit.authority_id == authority_id, CaseAudit.number == audit_number
        )
    ).first()
    return Owner(*row) if row is not None else Owner()
