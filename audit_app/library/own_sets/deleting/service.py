"""Deletes a question or a domain from a draft."""

from datetime import datetime

from sqlmodel import Session

from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.own_sets.deleting import hanging, queries
from findings.errors import NotFound, OutOfTurn

PUBLISHED = (
    "This was in a published version, and audits may have been made with it, so it stays in the set. "
    "Retire it instead: then new audits no longer ask it."
)


def delete(
    session: Session, authority_id: int, number: int, domain: str, question: str, *, seen: int, by: int, now: datetime
) -> None:
    """Take a question, or a domain and all in it, out of a draft.

    Raises:
        OutOfTurn: it was in a published version, or there is no draft.
        NotFound: the draft has no such question or domain.
        Stale: somebody saved the draft since it was read.
    """
    line = own_sets.get_set(session, authority_id, number).open_version
    if line is None:
        raise OutOfTurn("This set has no draft. Start a new version to change it.")
    own = own_sets.document_of(session, authority_id, number, line.version)
    key = f"{domain}/{question}" if question else domain
    if key not in hanging.keys_of(own):
        raise NotFound("The set has no such domain or question.")
    if key not in hanging.deletable(own, queries.published_keys(session, authority_id, number)):
        raise OutOfTurn(PUBLISHED)
    changed, what = hanging.without(own, domain, question), f"{key} deleted"
    own_set_service.save_draft(session, authority_id, number, changed, seen=seen, what=what, by=by, now=now)
