"""Asking for work, following it and stopping it."""

import math
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from audit_app import jobs
from audit_app.jobs import JobState, running
from audit_app.jobs.tables import Job
from findings.errors import Invalid, NotFound, OutOfTurn

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_a_job_is_done_after_the_commit_and_never_before(session, queue, registered, stored):
    seen = []
    registered("pack", lambda context, reference: seen.append(reference))
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    assert seen == []
    session.commit()
    assert seen == ["PCK-0001"]
    assert (stored(job).state, stored(job).asked_by, stored(job).asked_at) == (JobState.done, 7, NOW)


def test_a_rolled_back_request_asks_for_nothing(session, queue, registered):
    seen = []
    registered("pack", lambda context, reference: seen.append(reference))
    jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.rollback()
    session.exec(sa.text("select 1"))
    session.commit()
    assert seen == []


def test_a_savepoint_within_the_request_does_not_start_the_job_early(session, queue, registered):
    seen = []
    registered("pack", lambda context, reference: seen.append(reference))
    with session.begin_nested():
        jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    assert seen == []
    session.commit()
    assert seen == ["PCK-0001"]


def test_the_result_and_the_progress_of_a_job_are_kept(session, queue, registered, stored):
    def build(context, reference):
        context.progress(3, 3, "Three of three areas written.")
        return "PCK-0009"

    registered("pack", build)
    job = jobs.ask(session, 1, "pack", "spring-2026", None, NOW)
    session.commit()
    assert (stored(job).result, stored(job).done, stored(job).total) == ("PCK-0009", 3, 3)


def test_progress_is_written_now_and_then_and_always_at_the_end_whether_or_not_anybody_knows_of_how_much(
    session, queue, registered, stored
):
    """Each line written takes the turn to write from people: a pack of 300 pages must not ask for it 300 times."""
    kept = []

    def build(context, reference):
        for just_told, given in ((False, (1,)), (True, (2,)), (True, (3, 9)), (True, (9, 9)), (False, (4,))):
            context.told_at = math.inf if just_told else -math.inf
            context.progress(*given)
            kept.append((stored(job).done, stored(job).total))

    registered("pack", build)
    job = jobs.ask(session, 1, "pack", "spring-2026", None, NOW)
    session.commit()
    assert kept == [(1, 0), (1, 0), (1, 0), (9, 9), (4, 0)]


@pytest.mark.parametrize("reference", ["", "a mother told us", "AUD-0042\nx", "x" * 121, "=cmd", "Łukasz"])
def test_a_job_carries_a_reference_and_no_text(session, registered, reference):
    registered("pack", lambda context, reference: None)
    with pytest.raises(Invalid):
        jobs.ask(session, 1, "pack", reference, 7, NOW)


def test_a_kind_that_nobody_registered_cannot_be_asked_for(session, registered):
    with pytest.raises(ValueError, match="unheard-of"):
        jobs.ask(session, 1, "unheard-of", "PCK-0001", 7, NOW)


def test_a_job_of_another_authority_is_not_found(session, registered):
    registered("pack", lambda context, reference: None)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    assert jobs.find(session, 2, job.id) is None
    with pytest.raises(NotFound):
        jobs.cancel(session, 2, job.id, NOW)


def test_a_waiting_job_is_stopped_at_once_and_then_never_runs(session, waiting_queue, registered, stored):
    registered("pack", lambda context, reference: pytest.fail("it ran"))
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    jobs.cancel(session, 1, job.id, NOW)
    session.commit()
    running.run_job(waiting_queue, 1, job.id)
    assert stored(job).state is JobState.cancelled


def test_a_running_job_stops_where_it_looks(session, waiting_queue, registered, stored):
    def build(context, reference):
        with waiting_queue.engine.begin() as connection:
            connection.execute(sa.update(Job.__table__).values(cancel_asked=True))
        context.check()
        pytest.fail("it went on")

    registered("pack", build)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    running.run_job(waiting_queue, 1, job.id)
    assert (stored(job).state, stored(job).message) == (JobState.cancelled, "Stopped.")


def test_what_has_ended_cannot_be_stopped(session, queue, registered):
    registered("pack", lambda context, reference: None)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    with pytest.raises(OutOfTurn):
        jobs.cancel(session, 1, job.id, NOW)


def test_jobs_are_listed_newest_first_for_one_authority(session, registered):
    registered("pack", lambda context, reference: None)
    first = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    second = jobs.ask(session, 1, "pack", "PCK-0002", 8, NOW)
    jobs.ask(session, 2, "pack", "PCK-0001", 7, NOW)
    assert [job.id for job in jobs.list_jobs(session, 1)] == [second.id, first.id]
    assert [job.id for job in jobs.list_jobs(session, 1, by=7)] == [first.id]
    assert [job.id for job in jobs.list_jobs(session, 1, reference="PCK-0002", kind="pack")] == [second.id]


def test_a_row_waits_even_when_no_queue_was_opened(session, registered, stored):
    registered("pack", lambda context, reference: pytest.fail("it ran"))
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.commit()
    assert stored(job).state is JobState.waiting
