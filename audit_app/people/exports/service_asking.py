"""Asking for a long export, stopping it, taking it out and ending it; the file itself is the worker's (`making`)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import history, jobs
from audit_app.errors import OutOfTurn
from audit_app.people.exports import events, queries
from audit_app.people.exports.kinds import Register, register_of
from audit_app.people.exports.tables import EXPORT, LongExport
from findings.numbering import next_number
from findings.references import reference

JOB = "register-export"
TASK = "end-exports"


def ask(  # noqa: PLR0917 - the order of every write here: where, what, who, when
    session: Session, authority_id: int, register: Register, narrowed: Mapping[str, str], rows: int, by: int,
    now: datetime,
) -> LongExport:  # fmt: skip
    """Ask for a register as a workbook: the worker begins after the commit. It was counted before."""
    row = LongExport(
        authority_id=authority_id, number=next_number(session, authority_id, EXPORT), kind=register.key,
        narrowed_to=json.dumps(dict(narrowed), ensure_ascii=False), asked_by=by, asked_at=now, rows=rows,
    )  # fmt: skip
    _begin(session, row, by, now)
    return row


def make_again(session: Session, row: LongExport, *, by: int, now: datetime) -> None:
    """Have one made that was stopped or failed.

    Raises:
        OutOfTurn: it was made, is being made, or has ended.
    """
    if not queries.view_of(session, row, now).may_be_made_again:
        raise OutOfTurn("This workbook was made, or is being made. Load the page again.")
    _begin(session, row, by, now)


def _begin(session: Session, row: LongExport, by: int, now: datetime) -> None:
    row.job_id = jobs.ask(session, row.authority_id, JOB, reference(EXPORT, row.number), by, now).id
    session.add(row)
    session.flush()


def stop(session: Session, row: LongExport, *, by: int, now: datetime) -> None:
    """Stop the making.

    Raises:
        OutOfTurn: it has ended already.
    """
    if row.job_id is None:
        raise OutOfTurn("This workbook is not being made.")
    jobs.cancel(session, row.authority_id, row.job_id, now)
    _note(session, row, events.STOPPED, by, now, facts=_what(row))


def note_taken(session: Session, row: LongExport, *, by: int, now: datetime) -> None:
    """Note that its maker took it out.

    Raises:
        OutOfTurn: there is no file any more, or not yet.
    """
    if not queries.view_of(session, row, now).is_there:
        raise OutOfTurn("This workbook has ended. Go back to the register and ask for a new one.")
    row.taken_at = row.taken_at or now
    session.add(row)
    _note(session, row, events.TAKEN, by, now, facts={**_what(row), "rows": row.rows})


def remove(session: Session, row: LongExport, *, by: int, now: datetime) -> None:
    """End one before its time: its file goes as soon as this is committed.

    Raises:
        OutOfTurn: there is no file.
    """
    if not queries.view_of(session, row, now).is_there:
        raise OutOfTurn("There is no workbook any more.")
    row.removed_at = now
    session.add(row)
    _note(session, row, events.REMOVED, by, now)
    jobs.soon(session, TASK)


def end_all(session: Session, authority_id: int, now: datetime) -> None:
    """End every workbook of a council, those being made too: what was removed for good must not stay in one."""
    standing = (col(LongExport.authority_id) == authority_id, col(LongExport.removed_at).is_(None))
    session.exec(sa.update(LongExport).where(*standing).values(removed_at=now, narrowed_to=""))
    jobs.soon(session, TASK)


def _what(row: LongExport) -> dict[str, str | int]:
    return {"what": register_of(row.kind).what}


def _note(session: Session, row: LongExport, event: str, by: int | None, now: datetime, **more: Any) -> None:
    history.note(session, event, reference(EXPORT, row.number), by=by, authority_id=row.authority_id, now=now, **more)
