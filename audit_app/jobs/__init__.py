"""Long work outside the request, with progress: ask in a transaction, the worker does it after the commit.

Features call `register_job`, `register_periodic` when the app is made, and `ask`, `find`, `cancel`, `list_jobs`, `soon`
with a session. The app calls `open_queue` once and keeps what it returns. Commands call `run_worker`.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from audit_app.jobs import bell
from audit_app.jobs.bell import Queue, after_commit
from audit_app.jobs.keeping import KeptWorker
from audit_app.jobs.kinds import JobCancelled, JobFailed, place_of, register_job, register_periodic, use_scopes
from audit_app.jobs.lives import stopped_lately
from audit_app.jobs.periodic import PeriodicContext, figures, run_task, soon, tick, trouble
from audit_app.jobs.running import JobContext, run_job
from audit_app.jobs.service import ask, cancel, check_reference, find, get, list_jobs
from audit_app.jobs.tables import Job, JobState
from audit_app.jobs.worker import WorkerRuns, run_worker, start_worker_process, stop_worker_process

__all__ = [
    "Job",
    "JobCancelled",
    "JobContext",
    "JobFailed",
    "JobState",
    "KeptWorker",
    "PeriodicContext",
    "Queue",
    "WorkerRuns",
    "after_commit",
    "ask",
    "cancel",
    "check_reference",
    "figures",
    "find",
    "get",
    "list_jobs",
    "open_queue",
    "place_of",
    "register_job",
    "register_periodic",
    "run_worker",
    "soon",
    "start_worker_process",
    "stop_worker_process",
    "stopped_lately",
    "trouble",
    "use_scopes",
]


def open_queue(config: Mapping[str, Any], engine: sa.Engine) -> Queue:
    """The queue of an engine. Keep what is returned as long as the app lives: `app.extensions["jobs"]`."""
    queue = Queue(config, engine)
    queue.answers = {"job": run_job, "task": run_task, "tick": tick}
    bell.remember(queue)
    return queue
