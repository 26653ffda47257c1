"""Refusals in the security log: who was turned away, from which page and why (LG-8)."""

import logging

from flask import Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from audit_app import history
from audit_app.people.access import door

log = logging.getLogger("audit_app")

REFUSED = history.declare_event("access.refused", "{who} was refused the page {page}: {why}", kind="security")
VISITOR = history.declare_event(
    "access.visitor_refused", "A visitor was refused the page {page}: {why}", kind="security"
)
ROLE = "not_their_role"


def note_refusal(response: Response) -> None:
    """One line for a page the door or a view refused, in a transaction of its own; the refusal stands in any case."""
    why = g.get("why_refused") or (ROLE if response.status_code == 403 else "")
    if not why:
        return
    by = g.person.person_id if g.get("person") else None
    council = g.authority.id if g.get("authority") else None
    facts = {"page": (request.endpoint or "none")[:80], "why": why}
    try:
        with door.plumbing("the security log") as session:
            event = VISITOR if by is None else REFUSED
            history.note(session, event, by=by, authority_id=council, facts=facts, outcome="refused", now=g.now)
    except (SQLAlchemyError, OSError) as error:
        log.error("a refusal could not be logged: %s", type(error).__name__)
