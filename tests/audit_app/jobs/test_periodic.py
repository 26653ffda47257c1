"""Regular tasks: when they are due, how they fail, and what the dashboard says."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from audit_app import clock, jobs
from audit_app.jobs import JobState, bell, periodic
from audit_app.jobs.tables import PeriodicRun

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def set_run(engine, name, **values):
    with engine.begin() as connection:
        table = PeriodicRun.__table__
        connection.execute(sa.delete(table).where(table.c.name == name))
        connection.execute(sa.insert(table).values(name=name, message="", **values))


@pytest.mark.parametrize(("minutes_ago", "expected"), [(59, []), (60, ["anchor"]), (3000, ["anchor"])])
def test_a_task_is_due_when_its_minutes_have_passed_even_after_a_night_switched_off(
    engine, registered, minutes_ago, expected
):
    jobs.register_periodic("anchor", 60, lambda context: None)
    set_run(engine, "anchor", started_at=NOW - timedelta(minutes=minutes_ago))
    assert [task.name for task in periodic.due(engine, NOW)] == expected


def test_a_task_that_never_ran_is_due_at_once_and_then_not_again(queue):
    ran = []
    jobs.register_periodic("reminders", 1440, lambda context: ran.append(context.config["DATA_FOLDER"]))
    periodic.tick(queue)
    periodic.tick(queue)
    assert len(ran) == 1


def test_a_failing_task_is_told_without_its_own_words_and_told_no_more_once_it_works(queue, session):
    fails = [True]

    def remind(context):
        if fails:
            raise ValueError("the child said she was afraid")

    jobs.register_periodic("reminders", 1440, remind)
    periodic.tick(queue)
    (sentence,) = jobs.trouble(session, clock.now())
    assert sentence.startswith("The regular task “reminders” is failing (ValueError at test_periodic.py")
    assert "afraid" not in sentence
    session.rollback()
    fails.clear()
    periodic.run_task(queue, "reminders")
    assert jobs.trouble(session, clock.now()) == []


def test_one_failing_task_does_not_stop_the_others(queue):
    ran = []
    jobs.register_periodic("first", 5, lambda context: 1 / 0)
    jobs.register_periodic("second", 5, lambda context: ran.append(True))
    periodic.tick(queue)
    assert ran == [True]


def test_a_task_asked_for_soon_runs_after_the_commit(session, queue):
    ran = []
    jobs.register_periodic("mail", 1440, lambda context: ran.append(True))
    jobs.soon(session, "mail")
    jobs.soon(session, "mail")
    assert ran == []
    session.commit()
    assert ran == [True]


def test_a_job_whose_bell_was_lost_is_found_by_the_next_tick(session, waiting_queue, registered, stored):
    registered("pack", lambda context, reference: None)
    job = jobs.ask(session, 1, "pack", "PCK-0001", 7, NOW)
    session.info.pop(bell.WAITING_RINGS)
    session.commit()
    assert waiting_queue.huey.storage.queue_size() == 0
    periodic.tick(waiting_queue)
    waiting_queue.huey.execute(waiting_queue.huey.dequeue())
    assert stored(job).state is JobState.done


def test_a_worker_that_never_came_or_went_away_is_told(engine, session):
    assert jobs.trouble(session, NOW) == [
        "The background worker has not run yet, so packs are not built and e-mails are not sent."
    ]
    session.rollback()
    set_run(engine, "tick", started_at=NOW - timedelta(minutes=12))
    (sentence,) = jobs.trouble(session, NOW)
    assert sentence.startswith("The background worker was last seen 12 minutes ago")


def test_a_task_cannot_be_registered_for_less_than_a_minute_or_without_a_name(registered):
    with pytest.raises(ValueError, match="at most once a minute"):
        jobs.register_periodic("mail", 0, lambda context: None)
    with pytest.raises(ValueError, match="cannot name a job"):
        jobs.register_periodic("send the mail", 5, lambda context: None)
