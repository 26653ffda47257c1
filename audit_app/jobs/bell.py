"""The queue as a doorbell: after a commit it tells the worker which row to look at; the row itself is the job."""

import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import psycopg
import sqlalchemy as sa
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from audit_app import database, server_mode
from audit_app.database import AuditSession
from audit_app.jobs.kinds import place_of

log = logging.getLogger("audit_app.jobs")
WAITING_RINGS = "rings"
DUE_RINGS = "rings that are due"


class ReferencesOnly(Serializer):
    """Messages as plain JSON: huey's own way is pickle, which would run whatever somebody put into the queue."""

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message) or data.kwargs:
            raise TypeError("Only a task and its references go into the queue.")
        return json.dumps([data.id, data.name, list(data.args)]).encode("ascii")

    def _deserialize(self, data: bytes) -> Message:
        task_id, name, args = json.loads(bytes(data))
        return Message(id=task_id, name=name, args=tuple(args), kwargs={})


class Queue:
    """One queue for one engine. Whoever makes it keeps it: `app.extensions["jobs"] = jobs.open_queue(...)`."""

    def __init__(self, config: Mapping[str, Any], engine: sa.Engine) -> None:
        self.config = config
        self.engine = engine
        self.huey = make_huey(config)
        self.answers: dict[str, Callable[..., None]] = {}
        self._tasks = {
            "job": self.huey.task(name="job")(self._answer_job),
            "task": self.huey.task(name="task")(self._answer_task),
            "tick": self.huey.periodic_task(crontab(), name="tick")(self._answer_tick),
        }

    def ring(self, name: str, *references: Any) -> None:
        """Tell the worker; in immediate mode, do it here and now."""
        self._tasks[name](*references)

    def close(self) -> None:
        """Close the queue's own connection."""
        self.huey.storage.close()

    def _answer_job(self, authority_id: int, job_id: int) -> None:
        self._answer("job", authority_id, job_id)

    def _answer_task(self, name: str) -> None:
        self._answer("task", name)

    def _answer_tick(self) -> None:
        self._answer("tick")

    def _answer(self, name: str, *references: Any) -> None:
        """Whatever goes wrong here ends here: huey would print the error's own words, which may quote a case."""
        try:
            self.answers[name](self, *references)
        except Exception as error:
            log.error("Answering %s %s failed: %s", name, references, place_of(error))


_queues: WeakValueDictionary[int, Queue] = WeakValueDictionary()


def remember(queue: Queue) -> None:
    """Sessions of this engine, and of its variants with other options, ring this queue (they share one dialect)."""
    _queues[id(queue.engine.dialect)] = queue


def queue_of(session: Session) -> Queue | None:
    """The queue that belongs to the session's engine."""
    return _queues.get(id(session.get_bind().dialect))


def make_huey(config: Mapping[str, Any]) -> Huey:
    """Huey on SQLite in the data folder, or on the PostgreSQL server when the database is there (DU-1)."""
    shared = {"results": False, "immediate": bool(config["JOBS_IMMEDIATE"]), "serializer": ReferencesOnly()}
    address = server_mode.database_address(str(config["DATABASE_URL"] or "sqlite://"))
    if address.get_backend_name() == "postgresql":
        dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            return PostgresHuey("audit", dsn=dsn, **shared)
        except psycopg.Error as error:
            raise database.Unreachable(
                f"The database does not answer ({str(error).splitlines()[0]}). Nothing was done. Start it, or mend "
                "AUDIT_DATABASE_URL; a service that its server starts again by itself goes on then."
            ) from None
    path = Path(config["DATA_FOLDER"]) / "jobs" / "jobs.db"
    if not shared["immediate"]:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return SqliteHuey("audit", filename=str(path), journal_mode="truncate", fsync=True, timeout=15, **shared)


def ring_after_commit(session: Session, name: str, *references: Any) -> None:
    """Ring once this session has committed; a roll-back forgets it."""
    rings = session.info.setdefault(WAITING_RINGS, [])
    if (name, *references) not in rings:
        rings.append((name, *references))


@event.listens_for(AuditSession, "after_commit")
def mark_committed(session: Session) -> None:
    """From here on the rings of this session are due; the connection is given back first, see `ring_at_the_end`."""
    if not session.in_nested_transaction():
        session.info[DUE_RINGS] = [*session.info.get(DUE_RINGS, []), *session.info.pop(WAITING_RINGS, [])]


@event.listens_for(AuditSession, "after_transaction_end")
def ring_at_the_end(session: Session, transaction: SessionTransaction) -> None:
    """Only now has the session let go of its turn to write, which a job done at once would wait for in vain."""
    if transaction.parent is None:
        after_commit(session)


def after_commit(session: Session) -> None:
    """Ring for what this session asked. If that fails nothing is lost: the worker also looks for waiting rows."""
    rings = session.info.pop(DUE_RINGS, [])
    queue = queue_of(session) if rings else None
    if queue is None:
        return
    for ring in rings:
        try:
            queue.ring(*ring)
        except Exception as error:
            log.error("The worker could not be told of %s: %s", ring, place_of(error))


@event.listens_for(AuditSession, "after_rollback")
def after_rollback(session: Session) -> None:
    """What was asked in a transaction that did not happen was not asked."""
    if not session.in_nested_transaction():
        session.info.pop(WAITING_RINGS, None)
