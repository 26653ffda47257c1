"""Handing over a leaver's open audit actions: by their references alone, because whoever does it may open no case."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from audit_app.audits.actions import service_rows as rows
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, ActionNews, AuditAction, AuditActionState
from audit_app.people.access.scope import widened
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.words import due
from findings.references import reference


def list_open(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    """The open actions a person owns: references and dates, not a word of what they say."""
    with widened(session, "handing over the actions of a leaver"):
        statement = _open_of(authority_id, person_id).order_by(col(AuditAction.number))
        rows_held = session.exec(statement).all()
    return [HeldThing(str(row.number), _words(row, on)) for row in rows_held]


def _words(row: AuditAction, on: date) -> str:
    own, audit = reference(AUDIT_ACTION, row.number), reference(AUDIT, row.audit_number)
    return f"Action {own} from {audit}, {due(row.due_on, on)}"


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
    """Give these actions to their new owner, who is told; actions have no dates of ownership, so it holds at once."""
    numbers = [int(key) for key in keys]
    with widened(session, "handing over the actions of a leaver"):
        chosen = _open_of(authority_id, person_id).where(col(AuditAction.number).in_(numbers))
        for action in session.exec(chosen.order_by(col(AuditAction.number))).all():
            action.owner_id = new_person_id
            rows.say(session, action, ActionNews.given, by, now)
            rows.note_given(session, action, by, now)
            rows.tell_owner(session, action, by, now)


def _open_of(authority_id: int, person_id: int) -> Any:
    return select(AuditAction).where(
        AuditAction.authority_id == authority_id,
        AuditAction.owner_id == person_id,
        AuditAction.state == AuditActionState.open,
    )


PART = HandoverPart("audit_actions", "Actions from case audits", list_open, hand_over)
