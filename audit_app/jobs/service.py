"""Asking for long work, following it and stopping it; for pages and commands, inside their own transaction."""

import re
from datetime import datetime

from sqlalchemy import desc
from sqlmodel import Session, col, select

from audit_app.jobs import bell
from audit_app.jobs.kinds import kinds
from audit_app.jobs.tables import REFERENCE_LENGTH, Job, JobState
from findings.errors import Invalid, NotFound, OutOfTurn
from findings.references import new_id

UNFINISHED = (JobState.waiting, JobState.running)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:-]*")


def ask(  # noqa: PLR0917 - the order of every write here: where, what, who, when
    session: Session, authority_id: int, kind: str, reference: str, by: int | None, now: datetime
) -> Job:
    """Ask for a job: a row in this transaction; the worker hears of it only once the transaction is committed.

    Raises:
        Invalid: the reference is not a reference (a job never carries text).
        ValueError: nobody registered this kind of job.
    """
    if kind not in kinds:
        raise ValueError(f"No job of the kind {kind!r} is registered.")
    check_reference(reference)
    job = Job(authority_id=authority_id, id=new_id(), kind=kind, reference=reference, asked_by=by, asked_at=now)
    session.add(job)
    session.flush()
    bell.ring_after_commit(session, "job", authority_id, job.id)
    return job


def check_reference(reference: str, field: str = "reference") -> None:
    """A reference is letters, digits and a few marks: enough to name a thing, too little to tell about it."""
    if len(reference) > REFERENCE_LENGTH or not _REFERENCE.fullmatch(reference):
        raise Invalid(field, "This is not a reference. A reference is letters, digits and dashes, such as AUD-0042.")


def find(session: Session, authority_id: int, job_id: int) -> Job | None:
    """The job as it now stands in the database, or None."""
    statement = select(Job).where(col(Job.authority_id) == authority_id, col(Job.id) == job_id)
    return session.exec(statement.execution_options(populate_existing=True)).one_or_none()


def get(session: Session, authority_id: int, job_id: int) -> Job:
    """The job.

    Raises:
        NotFound: this authority has no such job.
    """
    job = find(session, authority_id, job_id)
    if job is None:
        raise NotFound("There is no such job.")
    return job


def list_jobs(
    session: Session, authority_id: int, *, kind: str = "", reference: str = "", by: int | None = None, limit: int = 20
) -> list[Job]:
    """The newest jobs of an authority, of one kind, about one thing or asked by one person if so wished."""
    statement = select(Job).where(col(Job.authority_id) == authority_id)
    if kind:
        statement = statement.where(col(Job.kind) == kind)
    if reference:
        statement = statement.where(col(Job.reference) == reference)
    if by is not None:
        statement = statement.where(col(Job.asked_by) == by)
    statement = statement.order_by(desc(col(Job.id))).limit(limit)
    return list(session.exec(statement.execution_options(populate_existing=True)).all())


def cancel(session: Session, authority_id: int, job_id: int, now: datetime) -> Job:
    """Stop a job: at once if it has not begun, else at the next point where it looks.

    Raises:
        NotFound: this authority has no such job.
        OutOfTurn: the job has ended already.
    """
    statement = select(Job).where(col(Job.authority_id) == authority_id, col(Job.id) == job_id).with_for_update()
    job = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if job is None:
        raise NotFound("There is no such job.")
    if job.state not in UNFINISHED:
        raise OutOfTurn("This has ended already, so it cannot be stopped.")
    job.cancel_asked = True
    if job.state is JobState.waiting:
        job.state = JobState.cancelled
        job.finished_at = now
        job.message = "Stopped before it began."
    session.add(job)
    session.flush()
    return job
