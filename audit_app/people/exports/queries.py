"""Long exports as their pages show them: one's own alone, by the guard."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import jobs
from audit_app.errors import NotFound
from audit_app.people.exports import kinds
from audit_app.people.exports.tables import EXPORT, LongExport
from findings.references import reference

RUNNING = (jobs.JobState.waiting, jobs.JobState.running)
MOST_LISTED = 100


@dataclass(frozen=True)
class ExportView:
    """One long export, how far it is, and what may be done with it."""

    row: LongExport
    register: kinds.Register
    job: jobs.Job | None
    is_there: bool

    @property
    def reference(self) -> str:
        """EXP-0001."""
        return reference(EXPORT, self.row.number)

    @property
    def is_running(self) -> bool:
        """Whether the worker has it in hand, or will."""
        return self.job is not None and self.job.state in RUNNING

    @property
    def may_be_made_again(self) -> bool:
        """Whether it was stopped or failed."""
        return self.row.made_at is None and not self.is_running and self.row.removed_at is None

    @property
    def standing(self) -> str:
        """How it stands, in some words."""
        if self.is_there:
            return "Ready"
        if self.row.made_at is not None or self.row.removed_at is not None:
            return "Ended"
        if self.is_running:
            return "Being made" if self.job and self.job.state is jobs.JobState.running else "Waiting to be made"
        return "Stopped" if self.job and self.job.state is jobs.JobState.cancelled else "Not made"


def get_export(session: Session, authority_id: int, number: int) -> LongExport:
    """One long export.

    Raises:
        NotFound: there is none, or somebody else asked for it.
    """
    asked = select(LongExport).where(LongExport.authority_id == authority_id, LongExport.number == number)
    row = session.exec(asked).first()
    if row is None:
        raise NotFound("No such export.")
    return row


def view_of(session: Session, row: LongExport, now: datetime) -> ExportView:
    """An export with its job."""
    job = jobs.find(session, row.authority_id, row.job_id) if row.job_id else None
    # A making that was cut off may have named its file; only what was made whole is there to be taken out.
    made_whole = row.made_at is not None and bool(row.sha256)
    in_time = row.expires_at is None or row.expires_at > now
    is_there = made_whole and row.removed_at is None and in_time
    return ExportView(row, kinds.register_of(row.kind), job, is_there)


def list_exports(session: Session, authority_id: int, now: datetime) -> list[ExportView]:
    """The newest of one's own."""
    asked = select(LongExport).where(LongExport.authority_id == authority_id)
    rows = session.exec(asked.order_by(col(LongExport.number).desc()).limit(MOST_LISTED)).all()
    return [view_of(session, row, now) for row in rows]


def ready_for(session: Session, authority_id: int, person_id: int | None, now: datetime) -> list[LongExport]:
    """What was made for somebody, is still there and was not taken out yet; the first to end first."""
    asked = select(LongExport).where(
        LongExport.authority_id == authority_id,
        LongExport.asked_by == person_id,
        LongExport.sha256 != "",
        col(LongExport.taken_at).is_(None),
        col(LongExport.removed_at).is_(None),
        sa.or_(col(LongExport.expires_at).is_(None), col(LongExport.expires_at) > now),
    )
    return list(session.exec(asked.order_by(col(LongExport.expires_at), col(LongExport.number)).limit(MOST_LISTED)))


def given_in(row: LongExport) -> dict[str, str]:
    """What a long export was narrowed to, as its address carried it."""
    given: dict[str, str] = json.loads(row.narrowed_to or "{}")
    return given


def narrowing(given: Mapping[str, Any], register: kinds.Register) -> dict[str, str]:
    """What narrows a register and is no mere order: with nothing of it, the whole register leaves (EX-6)."""
    return {name: value for name, value in register.narrowed(given).items() if name not in register.order}
