"""A worker that is killed is started again, tells it, and what it had in hand is taken up or given up."""

import os
import signal
import sys
import time
from datetime import timedelta

import pytest

from audit_app import clock, database, jobs
from audit_app.jobs import JobState, keeping, lives, running
from tests.audit_app.jobs.test_worker import NOW, WORKER, wait_for


@pytest.fixture
def script(tmp_path, monkeypatch):
    path = tmp_path / "worker.py"
    path.write_text(WORKER, "utf-8")
    monkeypatch.setenv("NOTES", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(part or "." for part in sys.path))
    return path


@pytest.fixture
def keep(settings, script):
    """Keep a worker; none outlives the test."""
    kept, told = [], []

    def start(*command):
        words = command or (str(script), "--beside-web")
        kept.append(keeping.KeptWorker(settings, words, told.append, first_pause=0.1))
        return kept[-1], told

    yield start
    for each in kept:
        each.process.kill()
        each.stop()


def told_on_state_page(engine):
    with database.session_for(engine, None, reading=True) as session:
        return jobs.stopped_lately(session, clock.now())


def ask(session, registered):
    registered("pack", lambda context, reference: None)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    return job


def test_a_killed_worker_is_started_again_and_finishes_what_it_had_in_hand(
    keep, session, waiting_queue, registered, stored, engine, tmp_path
):
    job = ask(session, registered)
    kept, told = keep()
    wait_for((tmp_path / "begun").exists)
    (tmp_path / "begun").unlink()
    first = kept.process.pid
    os.kill(first, signal.SIGKILL)
    wait_for((tmp_path / "begun").exists)
    (tmp_path / "go").touch()
    wait_for(lambda: stored(job).state is JobState.done)
    assert kept.process.pid != first
    assert told == ["The background worker ended (killed by SIGKILL). It is started again in 0.1 seconds."]
    assert "stopped without warning after" in told_on_state_page(engine)
    assert kept.stop() == 0
    assert len(told) == 1


@pytest.mark.proof("kills two processes; test_worker sees one give up")
def test_a_job_that_kills_its_worker_twice_is_given_up_and_its_person_told(
    keep, session, waiting_queue, registered, stored, engine, tmp_path
):
    job = ask(session, registered)
    kept, told = keep()
    for _time in range(2):
        wait_for((tmp_path / "begun").exists)
        (tmp_path / "begun").unlink()
        os.kill(kept.process.pid, signal.SIGKILL)
    wait_for(lambda: stored(job).state is JobState.failed)
    assert "stopped twice while doing this" in stored(job).message
    assert len(told) == 2
    assert "the last of 2 such stops" in told_on_state_page(engine)


def test_a_worker_that_cannot_live_is_tried_less_and_less_often(keep):
    _kept, told = keep("-c", "import sys; sys.exit(3)")
    wait_for(lambda: len(told) >= 3)
    pauses = [float(line.split(" in ")[1].split()[0]) for line in told[:3]]
    assert pauses == [0.1, 0.2, 0.4]
    assert "exit code 3" in told[0]


def test_a_worker_that_was_stopped_properly_is_not_called_killed(engine):
    lives.note_start(engine)
    lives.note_end(engine)
    lives.note_start(engine)
    assert told_on_state_page(engine) == ""
    lives.note_start(engine)
    assert "stopped without warning" in told_on_state_page(engine)
    with database.session_for(engine, None, reading=True) as session:
        assert jobs.stopped_lately(session, clock.now() + timedelta(days=2)) == ""


def test_an_end_that_could_not_be_written_is_written_when_it_can_be(
    queue, session, registered, stored, engine, monkeypatch
):
    registered("pack", lambda context, reference: "PCK-0001")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON job WHEN NEW.state = 'done' BEGIN SELECT RAISE(ABORT, 'full'); END"
    if engine.dialect.name != "sqlite":
        pytest.skip("a trigger of SQLite stands for a disk that is full")
    with engine.begin() as connection:
        connection.exec_driver_sql(refuse)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    assert stored(job).state is JobState.running
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER refuse")
    running.write_ends(engine)
    assert (stored(job).state, running.unwritten_ends) == (JobState.done, {})
