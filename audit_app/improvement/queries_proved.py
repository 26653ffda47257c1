"""What of this feature evidence may be attached to, and by whom: whoever answers for it, QA managers and leaders."""

from typing import Any

from sqlmodel import Session, col, select

from audit_app.evidence import uses
from audit_app.evidence.hooks import Thing, ThingFinder
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings.references import ACTION, AREA, FINDING
from findings.states import ActionStatus, FindingStatus
from findings.tables import Action, ActionLead, AreaForImprovement, Finding

ANSWER_FOR_ALL = (Role.qa_manager, Role.leader)
NOT_YOURS = "You can attach evidence to what you own. This belongs to somebody else."


def find_finding(session: Session, authority_id: int, reference: str) -> Thing | None:
    """A finding: whoever raised it may add to it until it is withdrawn."""
    row = _row(session, Finding, authority_id, reference)
    if row is None:
        return None
    gone = "This finding was withdrawn." if row.status is FindingStatus.withdrawn else ""
    return _thing(session, reference, row.title, own=row.raised_by == _scope(session).person_id, gone=gone)


def find_area(session: Session, authority_id: int, reference: str) -> Thing | None:
    """An area for improvement: whoever holds the post that owns it may add to it."""
    row = _row(session, AreaForImprovement, authority_id, reference)
    if row is None:
        return None
    return _thing(session, reference, row.heading, own=row.owner_post_id in _scope(session).own_posts)


def find_action(session: Session, authority_id: int, reference: str) -> Thing | None:
    """An action of a plan: whoever leads or delivers it may add to it until it is withdrawn."""
    row = _row(session, Action, authority_id, reference)
    if row is None:
        return None
    delivering = select(ActionLead.post_id).where(
        ActionLead.authority_id == authority_id, ActionLead.action_number == row.number
    )
    posts = {row.lead_post_id, *session.exec(delivering).all()}
    gone = "This action was withdrawn." if row.status is ActionStatus.withdrawn else ""
    return _thing(session, reference, row.what, own=bool(_scope(session).own_posts & posts), gone=gone)


FINDERS = (
    ThingFinder(FINDING, "improvement.show_finding", find_finding),
    ThingFinder(AREA, "improvement.show_area", find_area),
    ThingFinder(ACTION, "improvement.show_action", find_action),
)


def _scope(session: Session) -> Scope:
    scope: Scope = session.info["scope"]
    return scope


def _row(session: Session, table: Any, authority_id: int, reference: str) -> Any:
    number = uses.number_in(reference)
    wanted = select(table).where(col(table.authority_id) == authority_id, col(table.number) == number)
    return session.exec(wanted).first()


def _thing(session: Session, reference: str, title: str, *, own: bool, gone: str = "") -> Thing:
    scope = _scope(session)
    allowed = own or scope.everything or scope.has(*ANSWER_FOR_ALL)
    return Thing(reference, title, allowed and not gone, gone if allowed else NOT_YOURS)
