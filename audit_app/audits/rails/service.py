"""Keeping the auditor's reasons for grades that were asked about."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.audits.queries_rows import all_rows, reason_rows, reference_of
from audit_app.audits.rails import asking
from audit_app.audits.service_answers import answerable
from audit_app.audits.tables import RailReason
from findings.errors import Invalid
from findings.metadata import TEXT_LENGTH


def answer_rails(
    session: Session, authority_id: int, number: int, reasons: Mapping[str, str], *, by: int, now: datetime
) -> tuple[asking.RailLine, ...]:
    """Keep what the auditor says to the questions about the grades as they stand now; an empty reason takes one back.

    Args:
        reasons: A rail's key to the reason; a key that nothing is asked about any more is left alone.

    Returns:
        What is asked, with the reasons as they are kept now.

    Raises:
        NotFound, NotAllowed, OutOfTurn: no such audit, not this person's, or not now.
        Invalid: a reason is too long; `field` is the rail's key.
    """
    audit, questions = answerable(session, authority_id, number, by)
    rows, kept = all_rows(session, authority_id, number), reason_rows(session, authority_id, number)
    lines = asking.rail_lines(audit, questions, *rows, kept)
    changed = 0
    for line in lines:
        reason = reasons.get(line.key, "").strip() if line.key in reasons else line.reason
        if reason == line.reason:
            continue
        _check(line.key, reason)
        row = kept.get(line.key) or RailReason(
            authority_id=authority_id, audit_number=number, rail_key=line.key, asked="", saved_at=now
        )
        row.asked, row.reason, row.saved_by, row.saved_at = line.question, reason, by, now
        session.add(row)
        kept[line.key] = row
        changed += 1
    if changed:
        ref = reference_of(number)
        facts: dict[str, str | int] = {"changes": changed}
        history.note(session, "audit.rails_answered", ref, by=by, authority_id=authority_id, facts=facts, now=now)
    return asking.rail_lines(audit, questions, *rows, kept)


def _check(key: str, reason: str) -> None:
    if len(reason) > TEXT_LENGTH:
        over = len(reason) - TEXT_LENGTH
        raise Invalid(key, f"Reason must be {TEXT_LENGTH:,} characters or fewer. It is {over:,} too long")
    if "\x00" in reason:
        raise Invalid(key, "Text holds a character that cannot be kept")
