"""Sealing begins in a database that an earlier version has filled: what is there is sealed as it is found, once."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from audit_app.history import events, sealing
from audit_app.history.checking_seals import CARRIES
from audit_app.history.tables import ENTRY
from audit_app.history.writing import note

events.declare_event(sealing.BEGAN, "{who} sealed {rows} rows of an earlier version as they were found")


def begin_sealing(session: Session, now: datetime) -> int:
    """Seal every row as it is found, unless the log says that anything was ever sealed here; gives how many.

    The log is asked, not the seals: whoever empties their table must not get new ones for what was changed meanwhile.
    """
    sealed = session.connection().execute(sa.select(ENTRY.c.sequence).where(ENTRY.c.facts.like(CARRIES)).limit(1))
    if sealed.first() is not None:
        return 0
    rows = sealing.all_wait(session)
    if rows:
        note(session, sealing.BEGAN, by=None, facts={"rows": rows}, now=now)
    return rows
