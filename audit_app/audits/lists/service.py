"""Gives many unfinished audits to another auditor, or more time, in one write."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from audit_app.audits import service_details
from audit_app.audits.queries_rows import audit_row, reference_of
from findings.errors import Invalid


def give_many(
    session: Session,
    authority_id: int,
    numbers: Sequence[int],
    *,
    auditor_id: int | None,
    due_on: date | None,
    by: int,
    now: datetime,
) -> int:
    """Another auditor, another due date, or both, for each of these; None leaves what it has. All or none.

    Returns:
        How many were changed; those that had just this auditor and day already are left alone and not counted.

    Raises:
        Invalid: nothing was chosen, or a line does not take it; the sentence names the audit.
        NotAllowed, OutOfTurn: not by this person, or an audit is submitted or has left the programme.
    """
    if auditor_id is None and due_on is None:
        raise Invalid("auditor_id", "Choose an auditor, a due date, or both")
    changed = 0
    for number in numbers:
        row = audit_row(session, authority_id, number)
        wanted = (auditor_id or row.auditor_id, due_on or row.due_on)
        if wanted == (row.auditor_id, row.due_on):
            continue
        try:
            service_details.reallocate_audit(
                session, authority_id, number, auditor_id=wanted[0], due_on=wanted[1], by=by, now=now
            )
        except Invalid as refusal:
            raise Invalid(refusal.field, f"{reference_of(number)}: {refusal.message}") from refusal
        changed += 1
    return changed
