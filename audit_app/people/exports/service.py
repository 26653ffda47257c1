"""Counts the registers a person takes out, and tells QA managers when whole ones become many (EX-6)."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from audit_app import clock, history, notices
from audit_app.history import declare_event
from audit_app.people import queries
from audit_app.people.tables import Person, RegisterExport, Role

HOUR = timedelta(hours=1)
EXPORTED = declare_event("people.register_exported", "{who} took out the register of {what} as a workbook", "security")
ON_PAPER = declare_event("people.paper_taken_out", "{who} took out {what} on paper, export {export_id}", "security")
STOPPED = declare_event(
    "people.export_stopped", "{who} was refused a workbook of the register of {what}: too many in an hour", "security"
)
MANY_WHOLE = "people.many_whole_exports"

notices.register_notice(
    MANY_WHOLE,
    "Many whole registers were taken out in one day: {reference}",
    (
        "Somebody in {council} has taken out more whole registers as workbooks today than is usual.",
        "The log says who, which and when. Ask them why, if you do not know:",
        "{link}",
    ),
    path="/{authority}/log",
)


def count_export(
    session: Session,
    what: str,
    *,
    is_whole: bool,
    config: Mapping[str, Any],
    by: int,
    now: datetime,
    export_id: str = "",
) -> int:
    """Count one export of the session's council; with an id it is one on paper, else a register as a workbook.

    Returns:
        0 when it may go on; else the seconds to wait, and nothing was counted.
    """
    authority_id = queries.authority_of(session)
    # Two presses at once are counted one after the other.
    session.exec(select(Person.id).where(Person.id == by).with_for_update()).first()
    earlier = session.exec(
        select(RegisterExport.at)
        .where(RegisterExport.authority_id == authority_id, RegisterExport.person_id == by)
        .where(col(RegisterExport.at) > now - HOUR, col(RegisterExport.at) <= now + HOUR)
        .order_by(col(RegisterExport.at).desc())
        .limit(config["EXPORTS_PER_HOUR"])
    ).all()
    if len(earlier) >= config["EXPORTS_PER_HOUR"]:
        facts = {"what": what}
        history.note(session, STOPPED, by=by, authority_id=authority_id, facts=facts, outcome="refused", now=now)
        return max(1, min(math.ceil((earlier[-1] + HOUR - now).total_seconds()), int(HOUR.total_seconds())))
    session.add(RegisterExport(authority_id=authority_id, person_id=by, what=what, is_whole=is_whole, at=now))
    event, named = (ON_PAPER, {"export_id": export_id}) if export_id else (EXPORTED, {})
    history.note(session, event, by=by, authority_id=authority_id, facts={"what": what, **named}, now=now)
    if is_whole:
        _tell_when_many(session, authority_id, config["WHOLE_EXPORTS_PER_DAY"], by=by, now=now)
    return 0


def _tell_when_many(session: Session, authority_id: int, most: int, *, by: int, now: datetime) -> None:
    """Once a day and person, with the first that is one too many."""
    today = clock.london_day(now)
    whole = select(RegisterExport.at).where(
        RegisterExport.authority_id == authority_id,
        RegisterExport.person_id == by,
        col(RegisterExport.is_whole),
        col(RegisterExport.at) > now - timedelta(days=1, hours=1),
    )
    if sum(clock.london_day(at) == today for at in session.exec(whole).all()) != most + 1:
        return
    watching = {person.id for person in queries.list_people_with_role(session, Role.qa_manager, today)}
    if watching <= {by}:
        # The only QA manager does not watch alone over what the QA manager takes out.
        watching |= {person.id for person in queries.list_people_with_role(session, Role.leader, today)}
    for person_id in sorted(watching):
        notices.tell(session, authority_id, person_id, MANY_WHOLE, f"REGISTERS-{today:%Y%m%d}", now)
