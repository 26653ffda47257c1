"""New links for everybody who has not used theirs: sent where e-mail is set, else given back once to be printed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, history
from audit_app.errors import OutOfTurn
from audit_app.people import queries as shared
from audit_app.people.accounts import one_time_links
from audit_app.people.directory import service as directory
from audit_app.people.joining import queries as joining
from audit_app.people.slips import queries
from audit_app.people.slips.contents import Slip, Slips
from audit_app.people.tables import Joining, Person


def renew_all(session: Session, *, config: Mapping[str, Any], by: int, now: datetime) -> Slips:
    """A new link for each person who waits for one; what was sent or printed for them before stops working.

    Raises:
        OutOfTurn: nobody waits.
    """
    waiting = [person for person in queries.list_waiting(session, clock.london_day(now)) if person.id != by]
    if not waiting:
        raise OutOfTurn("Nobody is waiting for a link: everybody has signed up.")
    slips = tuple(_renew(session, person, config=config, by=by, now=now) for person in waiting)
    council = shared.authority_settings(session)
    facts = {"count": len(slips)}
    history.note(session, "people.links_together", by=by, authority_id=council.id, facts=facts, now=now)
    return Slips(council.name, slips, now)


def _renew(session: Session, person: Person, *, config: Mapping[str, Any], by: int, now: datetime) -> Slip:
    asked: Joining | None = joining.find_waiting(session, person.id)
    token = directory.send_link(session, person.id, config=config, by=by, now=now)
    path = one_time_links.joining_path(token) if asked else one_time_links.path_of(token)
    address = one_time_links.link(config, path)
    until = asked.expires_at if asked else one_time_links.runs_out_at(person, config, now)
    return Slip(person.name, person.user_name, asked is not None, address, until)
