"""Handing over the open plan actions a leaver leads or delivers in person; posts are handed over with the posts."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from audit_app import history, notices
from audit_app.improvement import wording
from audit_app.improvement.actions import notice_words
from audit_app.people.hooks import HandoverPart, HeldThing
from findings.references import ACTION, reference
from findings.states import ActionStatus
from findings.tables import Action, ActionLead

HANDED_OVER = history.declare_event(
    "improvement.action_handed_over", "{who} handed {reference} over from person {person} to person {new}"
)


def list_open(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    """The open actions recorded with a person as lead or as one who delivers."""
    rows = session.exec(_held(authority_id, person_id).order_by(col(Action.number))).all()
    return [HeldThing(str(row.number), _words(row, person_id, on)) for row in rows]


def _held(authority_id: int, person_id: int) -> Any:
    delivers = select(ActionLead.action_number).where(
        ActionLead.authority_id == authority_id, ActionLead.person_id == person_id
    )
    return select(Action).where(
        Action.authority_id == authority_id,
        Action.status == ActionStatus.open,
        or_(col(Action.lead_person_id) == person_id, col(Action.number).in_(delivers)),
    )


def _words(row: Action, person_id: int, on: date) -> str:
    part = "leads" if row.lead_person_id == person_id else "delivers"
    return f"{reference(ACTION, row.number)} ({part} it), due: {wording.due_words(row, on)}"


def hand_over(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    """Record the new person where the old one stood, and tell them; the post that leads the action stays."""
    numbers = [int(key) for key in keys]
    chosen = _held(authority_id, person_id).where(col(Action.number).in_(numbers)).order_by(col(Action.number))
    for action in session.exec(chosen).all():
        leads = action.lead_person_id == person_id
        if leads:
            action.lead_person_id = new_person_id
            session.add(action)
        _give_delivery(session, action, person_id, new_person_id)
        session.flush()
        about = reference(ACTION, action.number)
        facts = {"person": person_id, "new": new_person_id}
        history.note(session, HANDED_OVER, about, by=by, authority_id=authority_id, facts=facts, now=now)
        code = notice_words.LEAD_NAMED if leads else notice_words.DELIVERY_NAMED
        notices.tell(session, authority_id, new_person_id, code, about, now)


def _give_delivery(session: Session, action: Action, person_id: int, new_person_id: int) -> None:
    query = select(ActionLead).where(
        ActionLead.authority_id == action.authority_id,
        ActionLead.action_number == action.number,
        ActionLead.person_id == person_id,
    )
    for lead in session.exec(query).all():
        lead.person_id = new_person_id
        session.add(lead)


PART = HandoverPart("plan_actions", "Plan actions they lead or deliver", list_open, hand_over)
