"""Second factors that somebody lost: an administrator of the council that looks after the account takes them away."""

from datetime import datetime

from sqlmodel import Session

from audit_app import clock, notices
from audit_app.errors import NotAllowed
from audit_app.people import queries
from audit_app.people.directory import service
from audit_app.people.directory.queries_rows import get_person
from audit_app.people.factors import service as factors
from audit_app.people.provider import service as identities


def take_link_away(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """Of somebody whose identity at the provider is another now, or was linked in error; they are told.

    Raises:
        NotAllowed: it is one's own, or the account is not this council's alone to look after.
        OutOfTurn: there is no link.
    """
    get_person(session, person_id)
    if by == person_id:
        raise NotAllowed("Take your own link away on your account page.")
    remedy = "Whoever runs this service takes it away with: audit-app people remove-provider-link"
    service.refuse_unless_looked_after(session, person_id, clock.london_day(now), remedy)
    identities.unlink(session, person_id, by=by, now=now)
    notices.tell(session, queries.authority_of(session), person_id, "people.link_removed", "provider", now)


def take_factors_away(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """Of somebody who lost a phone and has no recovery code: the password alone is left, and they are told (AU-10).

    Raises:
        NotAllowed: it is one's own, or the account is not this council's alone to look after.
        OutOfTurn: there is no second factor.
    """
    get_person(session, person_id)
    if by == person_id:
        raise NotAllowed("Take your own second factor away on your account page.")
    remedy = "Whoever runs this service takes it away with: audit-app people remove-factors"
    service.refuse_unless_looked_after(session, person_id, clock.london_day(now), remedy)
    factors.remove_all(session, person_id, by=by, now=now)
    notices.tell(session, queries.authority_of(session), person_id, "people.factors_removed", "second-factor", now)
