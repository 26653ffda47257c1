"""How a job ends: done, failed in plain words, cut off, or out of time."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from huey.registry import Message

from audit_app import jobs
from audit_app.jobs import JobState, bell, running
from audit_app.jobs.tables import Job

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "the child said she was afraid"


def asked(session, kind="pack", reference="PCK-0001", authority_id=1):
    job = jobs.ask(session, authority_id, kind, reference, 7, NOW)
    session.commit()
    return job


def test_an_unforeseen_error_fails_the_job_without_the_errors_own_words(session, queue, registered, stored, caplog):
    def build(context, reference):
        raise KeyError(SECRET)

    registered("pack", build)
    job = asked(session)
    row = stored(job)
    assert row.state is JobState.failed
    assert (
        row.message
        == f"Something went wrong and this could not be finished. Ask again; if it fails again, quote JOB-{job.id}."
    )
    assert SECRET not in caplog.text
    assert "KeyError at test_running.py" in caplog.text


def test_a_foreseen_failure_tells_its_own_words(session, queue, registered, stored):
    def build(context, reference):
        raise jobs.JobFailed("There are no audits in this period. Choose another period.")

    registered("pack", build)
    assert stored(asked(session)).message == "There are no audits in this period. Choose another period."


def test_a_result_that_is_text_fails_the_job(session, queue, registered, stored):
    registered("pack", lambda context, reference: SECRET)
    row = stored(asked(session))
    assert (row.state, row.result) == (JobState.failed, "")


def test_a_job_past_its_seconds_is_stopped_with_a_readable_message(session, settings, engine, registered, stored):
    queue = jobs.open_queue({**settings, "JOBS_IMMEDIATE": True, "PACK_SECONDS": 0.0001}, engine)

    def build(context, reference):
        context.started -= 1
        context.check()

    registered("pack", build, seconds_setting="PACK_SECONDS")
    row = stored(asked(session))
    assert row.state is JobState.failed
    assert row.message.startswith("This took longer than 0.0001 seconds and was stopped.")
    queue.close()


def test_only_one_job_of_such_a_kind_runs_and_the_next_is_rung_for(session, waiting_queue, registered, stored):
    second_tries = []

    def build(context, reference):
        if reference == "PCK-0001":
            running.run_job(waiting_queue, 2, second.id)
            second_tries.append(stored(second).state)

    registered("pack", build, one_at_a_time=True)
    first, second = asked(session), asked(session, reference="PCK-0002", authority_id=2)
    waiting_queue.huey.storage.flush_queue()
    running.run_job(waiting_queue, 1, first.id)
    assert second_tries == [JobState.waiting]
    task = waiting_queue.huey.dequeue()
    assert task.args == (2, second.id)
    waiting_queue.huey.execute(task)
    assert stored(second).state is JobState.done


def test_two_threads_cannot_take_the_same_job(session, waiting_queue, registered):
    registered("pack", lambda context, reference: None)
    job = asked(session)
    taken = []
    threads = [
        threading.Thread(target=lambda: taken.append(running.claim(waiting_queue.engine, 1, job.id))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row is not None for row in taken) == [False, False, False, True]


def test_a_job_cut_off_is_tried_once_more_and_then_given_up(session, waiting_queue, registered, stored):
    registered("pack", lambda context, reference: None)
    job = asked(session)
    for state in (JobState.waiting, JobState.failed):
        assert running.claim(waiting_queue.engine, 1, job.id) is not None
        running.recover(waiting_queue.engine)
        assert stored(job).state is state
    assert (
        stored(job).message
        == "The worker stopped twice while doing this, so it is not tried again. Tell whoever looks after this service."
    )


def test_a_job_cut_off_after_somebody_asked_to_stop_it_is_not_tried_again(session, waiting_queue, registered, stored):
    registered("pack", lambda context, reference: None)
    job = asked(session)
    running.claim(waiting_queue.engine, 1, job.id)
    jobs.cancel(session, 1, job.id, NOW)
    session.commit()
    running.recover(waiting_queue.engine)
    assert stored(job).state is JobState.cancelled


def test_a_kind_of_a_newer_version_fails_with_words(session, waiting_queue, registered, stored):
    registered("pack", lambda context, reference: None)
    job = asked(session)
    running.kinds.kinds.clear()
    running.run_job(waiting_queue, 1, job.id)
    assert stored(job).message == "This version of the product does not know how to do this."


def test_a_job_has_the_scope_made_for_its_authority_and_asker(session, queue, registered):
    seen = []
    jobs.use_scopes(lambda engine, authority_id, asked_by, name: (authority_id, asked_by, name))
    registered("pack", lambda context, reference: seen.append(context.scope))
    asked(session, authority_id=3)
    assert seen == [(3, 7, "pack")]


def test_the_queue_holds_plain_references_and_refuses_anything_else(session, waiting_queue, registered):
    registered("pack", lambda context, reference: None)
    job = asked(session)
    (kept,) = waiting_queue.huey.storage.enqueued_items()
    assert bytes(kept).endswith(f'"audit_app.jobs.bell.job", [1, {job.id}]]'.encode())
    with pytest.raises(TypeError):
        bell.ReferencesOnly().serialize(Message(id="x", name="y", args=(), kwargs={"text": SECRET}))
    with pytest.raises(ValueError, match="decode"):
        bell.ReferencesOnly().deserialize(b"\x80\x04N.")


def test_the_job_database_keeps_what_it_is_told(waiting_queue, settings):
    if waiting_queue.engine.dialect.name != "sqlite":
        pytest.skip("the queue is on the server")
    connection = waiting_queue.huey.storage.conn
    assert connection.execute("pragma journal_mode").fetchone() == ("truncate",)
    assert connection.execute("pragma synchronous").fetchone() == (2,)
    assert (settings["DATA_FOLDER"] / "jobs" / "jobs.db").stat().st_mode & 0o777 == 0o600


def test_the_database_refuses_a_state_or_a_message_out_of_bounds(engine, session, registered):
    registered("pack", lambda context, reference: None)
    asked(session)
    for values in ({"message": "x" * 501}, {"done": -1}):
        with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
            connection.execute(sa.update(Job.__table__).values(values))
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.execute(sa.text("update job set state = 'lost'"))
