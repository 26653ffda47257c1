"""Handing over a leaver's unfinished audits: by their references alone, because whoever does it may open no case."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app.audits.queries_rows import reference_of
from audit_app.audits.service_details import reallocate_audit
from audit_app.audits.stages import BEFORE_SUBMISSION
from audit_app.audits.tables import CaseAudit
from audit_app.people.access.scope import widened
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.words import due


def list_unfinished(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    """The audits a person has not submitted: references and dates, nothing they say."""
    statement = select(col(CaseAudit.number), col(CaseAudit.due_on)).where(
        CaseAudit.authority_id == authority_id,
        CaseAudit.auditor_id == person_id,
        col(CaseAudit.stage).in_(BEFORE_SUBMISSION),
    )
    with widened(session, "handing over the audits of a leaver"):
        rows = session.exec(statement.order_by(col(CaseAudit.number))).all()
    return [HeldThing(str(number), f"Audit {reference_of(number)}, {due(due_on, on)}") for number, due_on in rows]


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
    """Give these audits to their new auditor with the due dates they have; what was saved stays.

    Raises:
        Invalid: the new person is not an auditor.
    """
    held = {thing.key for thing in list_unfinished(session, authority_id, person_id, on)}
    with widened(session, "handing over the audits of a leaver"):
        for key in sorted(held.intersection(keys), key=int):
            row = session.get_one(CaseAudit, (authority_id, int(key)))
            reallocate_audit(
                session, authority_id, int(key), auditor_id=new_person_id, due_on=row.due_on, by=by, now=now
            )


PART = HandoverPart("audits", "Audits not yet submitted", list_unfinished, hand_over)
