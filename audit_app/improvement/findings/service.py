"""Writes about findings, over the register: each is checked, written and told to the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app.audits.actions.rules import STAYS_ON_THE_AUDIT
from audit_app.audits.actions.service import became_finding
from audit_app.audits.tables import AUDIT_ACTION, AuditActionState
from audit_app.improvement import judgement_areas
from audit_app.improvement.findings import queries_audits
from audit_app.improvement.service_log import note_taker
from findings import queries as thread_queries
from findings import register
from findings.errors import Invalid
from findings.references import FINDING, number_of, reference
from findings.register import NewFinding, NewSource, SpeaksTo
from findings.states import SourceKind
from findings.tables import Finding

OFFERED = (AuditActionState.open, AuditActionState.done)


def known_areas(chosen: Sequence[str], criterion: str = "") -> list[SpeaksTo]:
    """The judgement areas chosen; Invalid when one is not of an edition we know."""
    allowed = {value for value, _ in judgement_areas.area_choices()}
    if any(choice and choice not in allowed for choice in chosen):
        raise Invalid("judgement_areas", "Choose judgement areas from the list.")
    spoken_to = [judgement_areas.speaks_to(choice, criterion) for choice in chosen]
    return [area for area in spoken_to if area is not None]


def raise_finding(session: Session, authority_id: int, new: NewFinding, *, by: int, now: datetime) -> Finding:
    """Raise one finding from any source."""
    return raise_findings(session, authority_id, [new], by=by, now=now)[0]


def raise_findings(
    session: Session, authority_id: int, new: Sequence[NewFinding], *, by: int, now: datetime
) -> list[Finding]:
    """Raise findings in their order, written together; one at fault, and none may be kept."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.raise_many(session, authority_id, new, by=by, now=now, note=note)


def correct_finding(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    judgement_areas: Sequence[str] | None = None,
    by: int,
    now: datetime,
    **changes: Any,
) -> Finding:
    """Correct a finding and say anew which judgement areas it speaks to."""
    note = note_taker(session, authority_id, by=by, now=now)
    row = register.correct_finding(
        session, authority_id, number, revision=revision, by=by, now=now, note=note, **changes
    )
    if judgement_areas is not None:
        rows = thread_queries.load_rows(session, authority_id, findings=[number])
        before = {(x.edition_id, x.judgement_area_id) for x in rows.judgement_areas if x.finding_number == number}
        wanted = known_areas(judgement_areas)
        if before != {(area.edition_id, area.judgement_area_id) for area in wanted}:
            register.name_judgement_areas(
                session, authority_id, number, judgement_areas=wanted, by=by, now=now, note=note
            )
    return row


def withdraw_finding(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> Finding:
    """Withdraw a finding and say why."""
    note = note_taker(session, authority_id, by=by, now=now)
    return register.withdraw_finding(
        session, authority_id, number, reason=reason, revision=revision or None, by=by, now=now, note=note
    )


def add_source(session: Session, authority_id: int, number: int, source: NewSource, *, by: int, now: datetime) -> None:
    """Put a further piece of evidence beside a finding."""
    note = note_taker(session, authority_id, by=by, now=now)
    register.add_source(session, authority_id, number, source=source, by=by, now=now, note=note)


def document_source(*, kind: SourceKind = SourceKind.document, **details: Any) -> list[NewSource]:
    """A source typed by hand, or none when nothing was typed."""
    filled = any(details.get(name) for name in ("document", "words", "audit_reference"))
    return [NewSource(kind, **details)] if filled else []


def note_what_action_became(
    session: Session, authority_id: int, action: str, finding: int, *, by: int, now: datetime
) -> None:
    """Note on the audit's action which finding came of it, so that it is not offered twice."""
    number = number_of(action, AUDIT_ACTION) if action else None
    row = None if number is None else queries_audits.action_numbered(session, authority_id, number)
    if row is not None and not row.became_finding and row.level not in STAYS_ON_THE_AUDIT and row.state in OFFERED:
        became_finding(session, authority_id, row.number, reference(FINDING, finding), by=by, now=now)
