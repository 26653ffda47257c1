"""When the worker began and ended: one that ended without saying so was killed, and the state page tells it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import clock, words
from audit_app.jobs.kinds import place_of
from audit_app.jobs.tables import Job, JobState, PeriodicRun

log = logging.getLogger("audit_app.jobs")
run_table = PeriodicRun.__table__  # type: ignore[attr-defined]
job_table = Job.__table__  # type: ignore[attr-defined]

WORKER = "worker"  # since when the present one works; finished_at once it ended as it should
STOP = "worker-stop"  # when the last one that was killed was seen last, and when the next one began
LAST_SIGN = "tick"
TOLD_FOR = timedelta(days=1)


def note_start(engine: sa.Engine) -> None:
    """A worker begins: if the one before did not end as it should, that is written down and told."""
    now = clock.now()
    with engine.begin() as connection:
        before = _run(connection, WORKER)
        if before is not None and before.finished_at is None:
            seen = _last_seen(connection, before.started_at)
            earlier = _run(connection, STOP)
            times = 1 + (_times(earlier.message) if earlier and now - earlier.finished_at < TOLD_FOR else 0)
            log.error("The last worker stopped without warning after %s. A new one has begun.", seen.isoformat())
            _write(connection, STOP, {"started_at": seen, "finished_at": now, "message": str(times)})
        _write(connection, WORKER, {"started_at": now, "finished_at": None})


def note_end(engine: sa.Engine) -> None:
    """The worker ends as it should. If that cannot be written, the next one says that it was stopped: no harm."""
    try:
        with engine.begin() as connection:
            _write(connection, WORKER, {"finished_at": clock.now()})
    except sa.exc.DBAPIError as error:
        log.error("The worker's end could not be written down: %s", place_of(error))


def stopped_lately(session: Session, now: datetime) -> str:
    """That the worker was stopped without warning within the last day, in a sentence; empty when it was not."""
    run = session.get(PeriodicRun, STOP)
    if run is None or run.finished_at is None or now - run.finished_at > TOLD_FOR:
        return ""
    times = _times(run.message)
    often = "" if times < 2 else f" This was the last of {times} such stops: tell whoever runs the server."
    return (
        f"The background worker stopped without warning after {words.datetime_words(run.started_at)} and was started "
        f"again on {words.datetime_words(run.finished_at)}. What it had in hand was begun again; what stopped it twice "
        f"was given up, and whoever asked for it is told on its page.{often}"
    )


def _last_seen(connection: sa.Connection, began: datetime) -> datetime:
    """The last moment at which the worker before is known to have lived: its minute's sign, or a job it took up."""
    sign = _run(connection, LAST_SIGN)
    begun = sa.select(sa.func.max(job_table.c.started_at)).where(job_table.c.state == JobState.running)
    moments = [began, sign.started_at if sign else began, connection.execute(begun).scalar() or began]
    return max(moments)


def _times(message: str) -> int:
    return int(message) if message.isdecimal() else 0


def _run(connection: sa.Connection, name: str) -> Any:
    return connection.execute(sa.select(run_table).where(run_table.c.name == name)).first()


def _write(connection: sa.Connection, name: str, values: dict[str, Any]) -> None:
    changed = connection.execute(sa.update(run_table).where(run_table.c.name == name).values(values))
    if changed.rowcount == 0:
        row = {"name": name, "started_at": clock.now(), "message": "", **values}
        connection.execute(sa.insert(run_table).values(row))
