"""Drafts of question sets that wait for a second person to publish them."""

from sqlmodel import Session, col, select

from audit_app.library.own_sets.queries import writers_of_draft
from audit_app.library.tables import OwnSet, OwnSetVersion, VersionState
from audit_app.people.access import Role, Scope


def waiting_for(session: Session, scope: Scope) -> list[OwnSet]:
    """The sets whose draft was offered and that this person may publish: not whoever wrote or offered it (PE-3)."""
    if not scope.has(Role.qa_manager, Role.leader):
        return []
    own = (col(OwnSet.authority_id) == OwnSetVersion.authority_id, col(OwnSet.number) == OwnSetVersion.set_number)
    statement = (
        select(OwnSet, OwnSetVersion.saved_by, OwnSetVersion.offered_by)
        .join(OwnSetVersion, own[0] & own[1])
        .where(OwnSet.authority_id == scope.authority_id, OwnSetVersion.state == VersionState.offered)
        .order_by(col(OwnSetVersion.offered_at))
    )
    return [
        row
        for row, *wrote in session.exec(statement).all()
        if scope.person_id not in {*wrote, *writers_of_draft(session, row.authority_id, row.number)}
    ]
