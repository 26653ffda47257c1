"""What the page of a thing says when something that was joined to it was removed for good."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import words
from audit_app.people.access.scope import widened
from audit_app.records.queries_improvement import NUMBERS
from audit_app.records.tables import REMOVAL, Removal, RemovalKind, RemovalLine
from audit_app.self_assessment.tables import SELF_ASSESSMENT
from findings.references import INSPECTION, PLAN, reference

WHAT = {INSPECTION: "findings of {name}", PLAN: "actions of {name}", SELF_ASSESSMENT: "the one before it, {name}"}
WHY: dict[str, str] = {RemovalKind.retention: "under retention", RemovalKind.request: "on request"}


def note_on(session: Session, authority_id: int, name: str) -> str:
    """What was joined to a thing and is gone, with the day and the removal; empty when nothing is."""
    if name[:3] not in NUMBERS:
        return ""
    held = sa.literal(" ").concat(col(RemovalLine.was_in)).concat(" ").contains(f" {name} ", autoescape=True)
    lines = (
        select(RemovalLine.reference, RemovalLine.removed_at, RemovalLine.removal_number, Removal.kind)
        .join(Removal, sa.and_(
            col(Removal.authority_id) == RemovalLine.authority_id, col(Removal.number) == RemovalLine.removal_number
        ))
        .where(RemovalLine.authority_id == authority_id, col(RemovalLine.was_in) != "", held)
    )  # fmt: skip
    with widened(session, "what was joined to a thing and was removed"):
        gone = session.exec(lines.order_by(col(RemovalLine.removal_number), col(RemovalLine.position))).all()
    return " ".join(
        f"Removed {WHY[kind]} on {words.date_words(at)} ({reference(REMOVAL, number)}): "
        f"{WHAT.get(thing[:3], '{name}').format(name=thing)}, which stood here."
        for thing, at, number, kind in gone
    )
