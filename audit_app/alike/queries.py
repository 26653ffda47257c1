"""What the servers of this database have noted for one another."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from audit_app.alike import marks
from audit_app.alike.tables import ServerNote

note_table = ServerNote.__table__  # type: ignore[attr-defined]


def noted(session: Session, name: str) -> tuple[str, datetime] | None:
    """A note and when it was left; None when nobody has left one."""
    row = session.exec(select(ServerNote).where(ServerNote.name == name)).first()
    return (row.text, row.noted_at) if row else None


def noted_on(connection: sa.Connection, name: str) -> str:
    """The text of a note, empty where there is none, for whoever has no session."""
    return connection.execute(sa.select(note_table.c.text).where(note_table.c.name == name)).scalar_one_or_none() or ""


def differences(session: Session, config: Mapping[str, Any]) -> list[str]:
    """What this server has unlike the others, in sentences."""
    known = {row.name: row.text for row in session.exec(select(ServerNote)).all()}
    return marks.unlike(marks.marks_of(config), known)
