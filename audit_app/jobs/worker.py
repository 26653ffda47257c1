"""The worker process: does the jobs and regular tasks, one such process to a database, on Linux and on Windows."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from huey.consumer import Consumer

from audit_app.config import DEFAULTS, KEY_FILES
from audit_app.jobs import lives, running
from audit_app.jobs.bell import Queue
from audit_app.turns.alone import hold_alone

log = logging.getLogger("audit_app.jobs")

THREADS = 2
STOP_SECONDS = 20
LOCK_NUMBER = 7_325_901  # any number of our own: it names the lock on a PostgreSQL server
WORKER_COMMAND = ("-m", "audit_app.commands", "worker", "--beside-web")


class WorkerRuns(Exception):
    """Another worker serves this database already; the message says what to do."""


class QuietConsumer(Consumer):
    """Huey's consumer with our own way to stop: huey restarts itself on a hang-up and drops work on terminate."""

    def _set_signal_handlers(self) -> None:
        """Signals are ours, see `stop_on_signals`."""


def run_worker(
    queue: Queue, *, stop: threading.Event | None = None, beside_web: bool = False, threads: int = THREADS
) -> None:
    """Serve the queue until told to stop: Ctrl-C, terminate, the event, or (beside the web) the web process's end.

    Raises:
        WorkerRuns: another worker serves this database.
    """
    stop = stop or threading.Event()
    with only_worker(queue) as still_ours:
        lives.note_start(queue.engine)
        running.recover(queue.engine)
        running.ring_waiting(queue)
        stop_on_signals(stop)
        if beside_web:
            threading.Thread(target=stop_at_end_of_input, args=(stop,), daemon=True).start()
        consumer = QuietConsumer(
            queue.huey, workers=threads, max_delay=1.0, shutdown_timeout=STOP_SECONDS, scheduler_interval=5
        )
        consumer.start()
        log.info("The worker is ready.")
        while not stop.wait(1.0):
            consumer.check_worker_health()
            if not still_ours():
                log.error("The worker lost its hold on the database and stops.")
                break
        log.info("The worker stops when the work in hand is done, at the latest in %s seconds.", STOP_SECONDS)
        consumer.stop(graceful=True)
        lives.note_end(queue.engine)
        queue.close()


def stop_on_signals(stop: threading.Event) -> None:
    """Ctrl-C and terminate set the event; only the main thread of a process may say so."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: stop.set())


def stop_at_end_of_input(stop: threading.Event) -> None:
    """The web process holds the other end of our input: when it ends, however it ends, so do we."""
    # Not sys.stdin.read: a thread that waits in there makes Python abort when another reason ends the process first.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()


@contextmanager
def only_worker(queue: Queue) -> Iterator[Any]:
    """Hold the place of the one worker; yields a function that tells whether we still hold it.

    Raises:
        WorkerRuns: another process holds it.
    """
    postgres = queue.engine.dialect.name == "postgresql"
    with _hold_on_server(queue.engine) if postgres else _hold_on_file(queue.config) as still_ours:
        yield still_ours


@contextmanager
def _hold_on_file(config: Mapping[str, Any]) -> Iterator[Any]:
    """By a file in the data folder, which lasts as long as this process."""
    with hold_alone(Path(config["DATA_FOLDER"]) / "jobs" / "worker.lock") as ours:
        if not ours:
            raise WorkerRuns("Another worker already serves this data folder. Stop that one first.")
        yield lambda: True


@contextmanager
def _hold_on_server(engine: sa.Engine) -> Iterator[Any]:
    """A lock of PostgreSQL that lasts as long as the connection that took it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = connection.execute(sa.select(sa.func.pg_try_advisory_lock(LOCK_NUMBER))).scalar()
        if not taken:
            raise WorkerRuns("Another worker already serves this database. Stop that one first.")

        def still_ours() -> bool:
            try:
                connection.execute(sa.text("SELECT 1"))
            except sa.exc.DBAPIError:
                return False
            return True

        try:
            yield still_ours
        finally:
            if not connection.invalidated:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(LOCK_NUMBER)))


def start_worker_process(
    config: Mapping[str, Any], command: Sequence[str] = WORKER_COMMAND
) -> "subprocess.Popen[bytes]":
    """Start the worker beside the web process, with the same settings; it ends when this process ends."""
    environment = dict(os.environ)
    for name, default in DEFAULTS.items():
        given = config.get(name, default)
        value = str(given) if isinstance(given, Path) else given
        if name not in KEY_FILES and value != default:
            environment[f"AUDIT_{name}"] = json.dumps(value)
    # Ctrl-C is for us: the worker stops when we close its input, and finishes what it has in hand.
    apart = os.name == "posix"
    return subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE, env=environment, start_new_session=apart)


def stop_worker_process(process: "subprocess.Popen[bytes]", seconds: float = STOP_SECONDS + 5) -> int:
    """Ask it to stop by closing its input, then firmly; returns its exit code."""
    if process.stdin is not None:
        process.stdin.close()
    for insist in (process.terminate, process.kill):
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            insist()
    return process.wait()
