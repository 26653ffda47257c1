"""Packs that wait for a second person: to release what was proof-read, or to agree that one is destroyed."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from audit_app.packs.release import queries, steps
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people.access import Role, Scope
from findings.references import reference


@dataclass(frozen=True)
class WaitingPack:
    """A pack that this person may bring a step on, and which step."""

    number: int
    reference: str
    title: str
    to_destroy: bool  # otherwise to release


def waiting(session: Session, scope: Scope) -> list[WaitingPack]:
    """What waits for this person: never what they asked for or read themselves (PE-4)."""
    if not scope.has(Role.qa_manager, Role.leader):
        return []
    open_rows = select(EvidencePackRow).where(
        EvidencePackRow.authority_id == scope.authority_id, col(EvidencePackRow.destroyed_at).is_(None)
    )
    return [
        WaitingPack(row.number, reference(PACK, row.number), row.title, to_destroy)
        for row in session.exec(open_rows.order_by(col(EvidencePackRow.number))).all()
        for to_destroy in _steps_for(session, row, scope.person_id or 0)
    ]


def _steps_for(session: Session, row: EvidencePackRow, person: int) -> list[bool]:
    if row.destroy_asked_by is not None:
        return [True] if row.destroy_asked_by != person else []
    if not row.may_be_read:
        return []
    standing = queries.standing_of(session, row)
    if standing.step is not steps.Step.proof_read or steps.why_not_released_by(row, standing.proofs, person):
        return []
    return [False]
