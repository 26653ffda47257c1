"""Regular tasks of the whole installation: which are due, running them, and telling when they fail."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from audit_app import clock
from audit_app.jobs import bell, kinds
from audit_app.jobs.bell import Queue
from audit_app.jobs.kinds import Periodic, place_of
from audit_app.jobs.running import ring_waiting, write_ends
from audit_app.jobs.tables import Job, JobState, PeriodicRun

log = logging.getLogger("audit_app.jobs")
run_table = PeriodicRun.__table__  # type: ignore[attr-defined]
job_table = Job.__table__  # type: ignore[attr-defined]
_locks: dict[str, threading.Lock] = {}

TICK = "tick"
SILENT_MINUTES = 5


@dataclass(frozen=True)
class PeriodicContext:
    """What a regular task is given; its scope covers every authority of the installation."""

    engine: sa.Engine
    config: Mapping[str, Any]
    scope: Any


def tick(queue: Queue) -> None:
    """Each minute: a sign of life, a ring for every waiting job, and whatever regular task is due."""
    _note(queue.engine, TICK, {"started_at": clock.now()})
    write_ends(queue.engine)
    ring_waiting(queue)
    for task in due(queue.engine, clock.now()):
        run_task(queue, task.name)


def due(engine: sa.Engine, now: datetime) -> list[Periodic]:
    """The tasks whose minutes have passed since they last started; one that never ran is due at once."""
    with engine.execution_options(reading=True).connect() as connection:
        rows = connection.execute(sa.select(run_table.c.name, run_table.c.started_at)).all()
    started = {row.name: row.started_at for row in rows}
    return [
        task
        for name, task in kinds.periodics.items()
        if name not in started or started[name] + timedelta(minutes=task.minutes) <= now
    ]


def run_task(queue: Queue, name: str) -> None:
    """Run one task, unless it is running now. A failure is written down and the task comes round again."""
    lock = _locks.setdefault(name, threading.Lock())
    if name not in kinds.periodics or not lock.acquire(blocking=False):
        return
    try:
        _note(queue.engine, name, {"started_at": clock.now()})
        scope = kinds.make_scope(queue.engine, None, None, name)
        kinds.periodics[name].function(PeriodicContext(queue.engine, queue.config, scope))
        _note(queue.engine, name, {"finished_at": clock.now(), "failing_since": None, "message": ""})
    except Exception as error:
        log.error("The regular task %s failed: %s", name, place_of(error))
        _note_failure(queue.engine, name, place_of(error))
    finally:
        lock.release()


def _note(engine: sa.Engine, name: str, values: dict[str, Any]) -> None:
    """Write to the task's row, making it when it is not there."""
    with engine.begin() as connection:
        changed = connection.execute(sa.update(run_table).where(run_table.c.name == name).values(values))
        if changed.rowcount == 0:
            row = {"name": name, "started_at": clock.now(), "message": "", **values}
            connection.execute(sa.insert(run_table).values(row))


def _note_failure(engine: sa.Engine, name: str, message: str) -> None:
    now = clock.now()
    since = sa.func.coalesce(run_table.c.failing_since, now)
    _note(engine, name, {"finished_at": now, "message": message[:500], "failing_since": since})


def soon(session: Session, name: str) -> None:
    """Have the worker run a regular task as soon as this session has committed, without waiting for its turn."""
    bell.ring_after_commit(session, "task", name)


def figures(connection: sa.Connection, now: datetime) -> dict[str, float]:
    """For whoever watches: seconds since the worker was seen (-1: never), jobs waiting and in hand, tasks failing."""
    seen = connection.execute(sa.select(run_table.c.started_at).where(run_table.c.name == TICK)).scalar_one_or_none()
    failing = sa.select(sa.func.count()).where(run_table.c.failing_since.is_not(None))
    counted = connection.execute(sa.select(job_table.c.state, sa.func.count()).group_by(job_table.c.state)).all()
    states = {JobState(state): number for state, number in counted}
    return {
        "worker_seen_seconds": (now - seen).total_seconds() if seen is not None else -1.0,
        "jobs_waiting": states.get(JobState.waiting, 0),
        "jobs_running": states.get(JobState.running, 0),
        "tasks_failing": connection.execute(failing).scalar_one(),
    }


def trouble(session: Session, now: datetime) -> list[str]:
    """What is wrong with the worker, in plain sentences for the dashboard (ER-4); empty when all is well."""
    runs = {run.name: run for run in session.exec(select(PeriodicRun)).all()}
    seen = runs.get(TICK)
    sentences = []
    if seen is None:
        sentences.append("The background worker has not run yet, so packs are not built and e-mails are not sent.")
    elif seen.started_at < now - timedelta(minutes=SILENT_MINUTES):
        minutes = int((now - seen.started_at).total_seconds() // 60)
        sentences.append(
            f"The background worker was last seen {minutes} minutes ago, so packs are not built "
            "and e-mails are not sent. Start it with: audit-app worker"
        )
    for run in runs.values():
        if run.failing_since is not None:
            sentences.append(f"The regular task “{run.name}” is failing ({run.message}). It will be tried again.")
    return sentences
