"""Doing one job: claim it, run its function with a context, write down how it ended. Only the worker calls this."""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from audit_app import clock, disk
from audit_app.jobs import kinds
from audit_app.jobs.bell import Queue
from audit_app.jobs.kinds import JobCancelled, JobFailed, Kind, place_of
from audit_app.jobs.service import check_reference
from audit_app.jobs.tables import MESSAGE_LENGTH, Job, JobState

log = logging.getLogger("audit_app.jobs")
job_table = Job.__table__  # type: ignore[attr-defined]
_claiming = threading.Lock()
unwritten_ends: dict[tuple[int, int], dict[str, Any]] = {}

LOOK_EVERY_SECONDS = 0.5
STARTS_ALLOWED = 2
STOPPED = "The worker stopped twice while doing this, so it is not tried again. Tell whoever looks after this service."
BROKEN = "Something went wrong and this could not be finished. Ask again; if it fails again, quote JOB-{id}."
UNKNOWN_KIND = "This version of the product does not know how to do this."
TOO_LONG = "This took longer than {seconds} seconds and was stopped. Ask for a shorter period or fewer records."


@dataclass
class JobContext:
    """What a job's function is given. It opens its own sessions with `session_for(context.engine, context.scope)`.

    Report progress between transactions, not inside one: on SQLite an open transaction makes others wait.
    """

    engine: sa.Engine
    scope: Any
    config: Mapping[str, Any]
    authority_id: int
    id: int
    kind: Kind
    by: int | None
    started: float = field(default_factory=time.monotonic)
    looked: float = 0.0
    told_at: float = 0.0
    stop_asked: bool = False

    def progress(self, done: int, total: int = 0, message: str = "") -> None:
        """Say how far it is, and of how much where that is known.

        Told at most twice a second, but for the end; a progress line that cannot be written is let go.
        """
        at_its_end = 0 < total <= done
        if time.monotonic() - self.told_at < LOOK_EVERY_SECONDS and not at_its_end:
            return
        self.told_at = time.monotonic()
        values: dict[str, Any] = {"done": max(done, 0), "total": max(total, 0)}
        if message:
            values["message"] = message[:MESSAGE_LENGTH]
        try:
            with self.engine.begin() as connection:
                connection.execute(sa.update(job_table).where(_is(self.authority_id, self.id)).values(values))
        except sa.exc.DBAPIError as error:
            log.warning("Progress of job %s was not written: %s", self.id, place_of(error))

    def cancelled(self) -> bool:
        """Whether somebody asked to stop this job."""
        if not self.stop_asked and time.monotonic() - self.looked >= LOOK_EVERY_SECONDS:
            self.looked = time.monotonic()
            wanted = sa.select(job_table.c.cancel_asked).where(_is(self.authority_id, self.id))
            with self.engine.execution_options(reading=True).connect() as connection:
                self.stop_asked = bool(connection.execute(wanted).scalar())
        return self.stop_asked

    def check(self) -> None:
        """Call this often: it ends the job when somebody asked to stop it or its time is up.

        Raises:
            JobCancelled: somebody asked to stop.
            JobFailed: the kind's time is up; the message says so.
        """
        if self.cancelled():
            raise JobCancelled
        seconds = self.config[self.kind.seconds_setting] if self.kind.seconds_setting else 0
        if seconds and time.monotonic() - self.started > seconds:
            raise JobFailed(TOO_LONG.format(seconds=seconds))


def _is(authority_id: int, job_id: int) -> Any:
    return sa.and_(job_table.c.authority_id == authority_id, job_table.c.id == job_id)


def run_job(queue: Queue, authority_id: int, job_id: int) -> None:
    """Claim the job and do it; afterwards ring for the next one of a kind that runs one at a time."""
    if disk.room_left(queue.config) != disk.Room.enough:
        return  # it waits: the worker looks for waiting jobs again and again
    job = claim(queue.engine, authority_id, job_id)
    if job is None:
        return
    state, message, result = _outcome(queue, job)
    _finish(queue.engine, job, {"state": state, "message": message, "result": result})
    kind = kinds.kinds.get(job.kind)
    following = next_waiting(queue.engine, job.kind) if kind and kind.one_at_a_time else None
    if following is not None and not queue.huey.immediate:
        queue.ring("job", following.authority_id, following.id)


def claim(engine: sa.Engine, authority_id: int, job_id: int) -> Any:
    """Make a waiting job ours; None when another has it, it was stopped, or one of its kind is running already.

    One worker process serves a database (see worker.py), so a lock between its threads is enough.
    """
    with _claiming, engine.begin() as connection:
        job = connection.execute(sa.select(job_table).where(_is(authority_id, job_id))).one_or_none()
        if job is None or job.state is not JobState.waiting:
            return None
        kind = kinds.kinds.get(job.kind)
        running = sa.select(job_table.c.id).where(job_table.c.state == JobState.running, job_table.c.kind == job.kind)
        if kind and kind.one_at_a_time and connection.execute(running.limit(1)).first():
            return None
        changes = {"state": JobState.running, "started_at": clock.now(), "starts": job.starts + 1, "message": ""}
        taken = sa.update(job_table).where(_is(authority_id, job_id), job_table.c.state == JobState.waiting)
        return job if connection.execute(taken.values(changes)).rowcount == 1 else None


def _outcome(queue: Queue, job: Any) -> tuple[JobState, str, str]:
    """Run the function and put how it ended into a state and plain words; no exception leaves here."""
    kind = kinds.kinds.get(job.kind)
    if kind is None:
        return JobState.failed, UNKNOWN_KIND, ""
    try:
        scope = kinds.make_scope(queue.engine, job.authority_id, job.asked_by, job.kind)
        context = JobContext(queue.engine, scope, queue.config, job.authority_id, job.id, kind, job.asked_by)
        result = kind.function(context, job.reference) or ""
        if result:
            check_reference(result, "result")
    except JobCancelled:
        return JobState.cancelled, "Stopped.", ""
    except JobFailed as failure:
        return JobState.failed, str(failure)[:MESSAGE_LENGTH], ""
    except Exception as error:
        log.error("Job %s (%s %s) failed: %s", job.id, job.kind, job.reference, place_of(error))
        return JobState.failed, BROKEN.format(id=job.id), ""
    return JobState.done, "", result


def _finish(engine: sa.Engine, job: Any, changes: dict[str, Any]) -> None:
    """Write the end down, trying again while the database is busy: a lost end would leave the job running for ever.

    Where it cannot be written at all, as on a full disk, it is kept here and written by the first tick that can.
    """
    changes["finished_at"] = clock.now()
    for pause in (0.5, 2.0, 8.0, None):
        try:
            _write_end(engine, job.authority_id, job.id, changes)
            return
        except sa.exc.DBAPIError as error:
            if pause is None:
                log.error("The end of job %s could not be written yet: %s", job.id, place_of(error))
                unwritten_ends[job.authority_id, job.id] = changes
                return
            time.sleep(pause)


def _write_end(engine: sa.Engine, authority_id: int, job_id: int, changes: dict[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(job_table).where(_is(authority_id, job_id)).values(changes))


def write_ends(engine: sa.Engine) -> None:
    """Write down how jobs ended that could not be written when they did."""
    for (authority_id, job_id), changes in list(unwritten_ends.items()):
        _write_end(engine, authority_id, job_id, changes)
        del unwritten_ends[authority_id, job_id]


def next_waiting(engine: sa.Engine, kind: str) -> Any:
    """The job of a kind that has waited longest, whichever authority it is of."""
    waiting = sa.select(job_table.c.authority_id, job_table.c.id).where(
        job_table.c.kind == kind, job_table.c.state == JobState.waiting
    )
    with engine.execution_options(reading=True).connect() as connection:
        return connection.execute(waiting.order_by(job_table.c.id).limit(1)).first()


def recover(engine: sa.Engine) -> None:
    """At the start of a worker what says it is running was cut off: it is tried once more, then given up."""
    running = job_table.c.state == JobState.running
    ended = {"finished_at": clock.now()}
    with engine.begin() as connection:
        stopped = {"state": JobState.cancelled, "message": "Stopped.", **ended}
        connection.execute(sa.update(job_table).where(running, job_table.c.cancel_asked).values(stopped))
        failed = {"state": JobState.failed, "message": STOPPED, **ended}
        connection.execute(sa.update(job_table).where(running, job_table.c.starts >= STARTS_ALLOWED).values(failed))
        connection.execute(sa.update(job_table).where(running).values(state=JobState.waiting, done=0, total=0))


def ring_waiting(queue: Queue, limit: int = 100) -> None:
    """Ring for every job that waits: the process that asked may have died between its commit and its ring."""
    waiting = sa.select(job_table.c.authority_id, job_table.c.id).where(job_table.c.state == JobState.waiting)
    with queue.engine.execution_options(reading=True).connect() as connection:
        rows = connection.execute(waiting.order_by(job_table.c.id).limit(limit)).all()
    for authority_id, job_id in rows:
        queue.ring("job", authority_id, job_id)
