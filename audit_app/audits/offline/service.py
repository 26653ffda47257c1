"""Saving what an offline form says: every page of it as if it had been typed, or nothing."""

from datetime import datetime

from sqlmodel import Session

from audit_app.audits import service_answers
from audit_app.audits.offline import planning
from audit_app.audits.offline.planning import Plan
from audit_app.audits.offline.reading import Brought
from audit_app.audits.queries_rows import all_rows
from audit_app.audits.record_facts.queries import given_facts
from audit_app.audits.record_facts.service import save_facts
from findings.errors import Stale


def bring_in(
    session: Session, authority_id: int, number: int, brought: Brought, *, seen: str, by: int, now: datetime
) -> tuple[Plan, bool]:
    """Save every page that a form changes; whether one of its answers raised a concern.

    Args:
        seen: The mark of what was looked at before.

    Raises:
        Stale: something was saved since it was looked at.
        NotFound, NotAllowed, OutOfTurn, Invalid: as for saving a page.
    """
    audit, questions = service_answers.answerable(session, authority_id, number, by)
    given = given_facts(session, authority_id, number)
    planned = planning.plan(audit, questions, *all_rows(session, authority_id, number), brought, given_facts=given)
    if planned.mark != seen:
        raise Stale(audit)
    raised = False
    if planned.facts:
        save_facts(session, authority_id, number, planned.facts, seen=audit.revision, by=by, now=now)
    for domain_id, (revision, entry) in planned.pages.items():
        saved = service_answers.save_domain(
            session, authority_id, number, domain_id, entry, seen=revision, by=by, now=now, held=audit
        )
        raised = raised or saved.raised_a_concern
    if planned.last_page:
        service_answers.save_closing(
            session, authority_id, number, planned.last_page, seen=audit.closing_revision, by=by, now=now
        )
    return planned, raised
