"""Every write of facts about the record: saved leniently, carried along in a move, put back."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.audits.queries_rows import reference_of
from audit_app.audits.record_facts.queries import fact_rows
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.audits.service_answers import answerable, begin
from audit_app.audits.tables import CaseAudit
from findings.errors import Invalid, Stale
from frameworks.kinds import record_facts


def save_facts(
    session: Session, authority_id: int, number: int, given: Mapping[str, str], *, seen: int, by: int, now: datetime
) -> CaseAudit:
    """Save what is given to the facts of an audit: changed ones only; nothing has to be complete.

    Args:
        given: What is given, by the id of the fact; empty takes it back, a fact that is not named stays as it is.
        seen: The revision of the audit's details that was read: facts are part of them.

    Raises:
        NotFound, NotAllowed, OutOfTurn: no such audit, not this person's, or not now.
        Invalid: what is given cannot be kept; `field` is the fact's id.
        Stale: the details or facts were saved since they were read; nothing is overwritten.
    """
    audit, questions = answerable(session, authority_id, number, by)
    facts = {fact.id: fact for fact in questions.facts}
    for key, value in given.items():
        if key not in facts:
            raise Invalid("facts", "This is not a fact of the page.")
        if why := record_facts.why_not(facts[key], value):
            raise Invalid(key, f"“{facts[key].title}”: {why[0].lower()}{why[1:]}")
    changed = write(session, audit, given, by=by, now=now, seen=seen)
    if changed:
        audit.revision += 1
        begin(audit, now)
        noted: dict[str, str | int] = {"changes": changed}
        ref = reference_of(number)
        history.note(session, "audit.facts_saved", ref, by=by, authority_id=authority_id, facts=noted, now=now)
    return audit


def write(
    session: Session, audit: CaseAudit, given: Mapping[str, str], *, by: int, now: datetime, seen: int | None = None
) -> int:
    """Write what is given over what is kept; how many facts say something else now.

    A row is never deleted, since each is sealed in the log: one that was taken back is empty.

    Raises:
        Stale: something would change, and `seen` is not the revision the audit stands at.
    """
    kept = fact_rows(session, audit.authority_id, audit.number)
    changed = [key for key, value in given.items() if value != (kept[key].given if key in kept else "")]
    if changed and seen is not None and seen != audit.revision:
        raise Stale(audit)
    for key in changed:
        row = kept.get(key) or AuditFact(
            authority_id=audit.authority_id, audit_number=audit.number, fact_id=key, saved_at=now
        )
        row.given, row.saved_by, row.saved_at = given[key], by, now
        session.add(row)
    return len(changed)


def replace(session: Session, audit: CaseAudit, given: Mapping[str, str], *, by: int, now: datetime) -> None:
    """Make an audit say these facts and no others."""
    kept = fact_rows(session, audit.authority_id, audit.number)
    write(session, audit, {**dict.fromkeys(kept, ""), **given}, by=by, now=now)
