"""The worker as a real process: it works, stops politely, survives being killed, and is alone."""

import os
import signal
import sys
import time
from datetime import UTC, datetime

import pytest

from audit_app import jobs
from audit_app.jobs import JobState

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

WORKER = """
import json, os, sys, time
from pathlib import Path
from audit_app import jobs
from audit_app.config import DEFAULTS
from audit_app.database import make_engine

def slow(context, reference):
    (Path(os.environ["NOTES"]) / "begun").write_text(reference)
    while not (Path(os.environ["NOTES"]) / "go").exists():
        context.check()
        time.sleep(0.02)
    return "PCK-0002"

settings = dict(DEFAULTS)
for name in DEFAULTS:
    if "AUDIT_" + name in os.environ:
        settings[name] = json.loads(os.environ["AUDIT_" + name])
jobs.register_job("pack", slow)
try:
    queue = jobs.open_queue(settings, make_engine(settings["DATABASE_URL"]))
    jobs.run_worker(queue, beside_web="--beside-web" in sys.argv)
except jobs.WorkerRuns as refusal:
    sys.exit(str(refusal))
"""


PATIENCE_SECONDS = 180  # on a busy machine a worker takes long to start; waiting longer passes nothing that is wrong


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited for {PATIENCE_SECONDS} seconds in vain"
        time.sleep(0.02)
    return found


@pytest.fixture
def start(settings, tmp_path, monkeypatch):
    """Start a worker process; none outlives the test."""
    script = tmp_path / "worker.py"
    script.write_text(WORKER, "utf-8")
    monkeypatch.setenv("NOTES", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path or "." for path in sys.path))
    started = []

    def start_one():
        process = jobs.start_worker_process(settings, (str(script), "--beside-web"))
        started.append(process)
        return process

    yield start_one
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdin.close()


@pytest.fixture
def job(session, waiting_queue, registered):
    registered("pack", lambda context, reference: None)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    return job


def test_work_in_hand_is_finished_when_the_web_process_ends(start, job, stored, tmp_path):
    process = start()
    wait_for((tmp_path / "begun").exists)
    process.stdin.close()
    (tmp_path / "go").touch()
    assert process.wait(30) == 0
    assert (stored(job).state, stored(job).result) == (JobState.done, "PCK-0002")


@pytest.mark.proof("kills two processes; test_keeping kills one, test_running gives up without any")
def test_a_killed_worker_begins_the_job_anew_and_the_second_time_gives_up(start, job, stored, tmp_path):
    for starts in (1, 2):
        process = start()
        wait_for((tmp_path / "begun").exists)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (tmp_path / "begun").unlink()
        assert (stored(job).state, stored(job).starts) == (JobState.running, starts)
    last = start()
    wait_for(lambda: stored(job).state is JobState.failed)
    assert (
        stored(job).message
        == "The worker stopped twice while doing this, so it is not tried again. Tell whoever looks after this service."
    )
    assert jobs.stop_worker_process(last) == 0


def test_a_job_is_cancelled_while_it_runs_and_terminate_is_polite(start, session, job, stored, tmp_path):
    process = start()
    wait_for((tmp_path / "begun").exists)
    jobs.cancel(session, 1, job.id, NOW)
    session.commit()
    wait_for(lambda: stored(job).state is JobState.cancelled)
    process.terminate()
    assert process.wait(30) == 0


@pytest.mark.proof("starts two processes beside one another")
def test_a_second_worker_on_the_same_data_is_refused(start, job, tmp_path, capfd):
    start()
    wait_for((tmp_path / "begun").exists)
    second = start()
    assert second.wait(30) == 1
    assert "Another worker already serves this" in capfd.readouterr().err
