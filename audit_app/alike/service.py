"""Leaving notes for the other servers of this database, and refusing to start unlike them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import clock, database
from audit_app.alike import marks, queries
from audit_app.alike.tables import ServerNote


def note(session: Session, name: str, text: str, now: datetime) -> None:
    """Leave a note, in place of the one before."""
    row = session.get(ServerNote, name) or ServerNote(name=name, text=text, noted_at=now)
    row.text, row.noted_at = text, now
    session.add(row)
    session.flush()


def refuse_unlike(engine: sa.Engine, config: Mapping[str, Any]) -> None:
    """Before this server serves or works: it has what the others have. The first one of all notes what it has.

    An SQLite database lies in the data folder beside everything else, so there is nothing to compare.

    Raises:
        Unlike: it has not; nothing was changed.
    """
    if engine.dialect.name != "postgresql":
        return
    here = marks.marks_of(config)
    with database.session_for(engine, None) as session:
        different = queries.differences(session, config)
        if different:
            raise marks.Unlike(". ".join([*different, marks.REMEDY]))
        for name, mark in here.items():
            if queries.noted(session, name) is None:
                note(session, name, mark, clock.now())


def accept(session: Session, config: Mapping[str, Any], now: datetime) -> None:
    """From now on what this server has is what all must have."""
    for name, mark in marks.marks_of(config).items():
        note(session, name, mark, now)


def forget_all(session: Session) -> None:
    """After a restore everything is elsewhere: the next server that starts notes what it has."""
    session.exec(sa.delete(ServerNote).where(col(ServerNote.name) != ""))
