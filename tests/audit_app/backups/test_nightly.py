"""The worker's part: when it is time, what is told to whom, and that the state page says it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database, jobs
from audit_app.backups import journal, night, service_nightly
from audit_app.backups.journal import Line, What
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from tests import builders

NIGHT = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)  # two o'clock in London, in summer
HOUR = timedelta(hours=1)
BEGUN = Line(What.begun, NIGHT - 23 * HOUR)


@pytest.mark.parametrize(
    ("written", "now", "due"),
    [
        ([], NIGHT, False),
        ([BEGUN], NIGHT, True),
        ([BEGUN], NIGHT - HOUR / 60, False),  # begun after the night before
        ([Line(What.begun, NIGHT + HOUR)], NIGHT + 2 * HOUR, False),
        ([BEGUN, Line(What.made, NIGHT)], NIGHT + 20 * HOUR, False),
        ([BEGUN, Line(What.made, NIGHT)], NIGHT + 24 * HOUR, True),
        ([BEGUN, Line(What.made, NIGHT - HOUR)], NIGHT, True),  # by hand in the evening
        ([BEGUN, Line(What.failed, NIGHT)], NIGHT + HOUR / 2, False),
        ([BEGUN, Line(What.failed, NIGHT)], NIGHT + HOUR, True),
    ],
)
def test_one_is_due_each_night_and_after_a_failure_in_an_hour(written, now, due):
    assert night.is_due(written, 2, now) is due


def test_the_hour_is_londons_and_a_setting_that_is_none_is_told():
    assert night.last_turn(2, datetime(2026, 1, 10, 1, 59, tzinfo=UTC)) == datetime(2026, 1, 9, 2, tzinfo=UTC)
    assert night.last_turn(2, datetime(2026, 1, 10, 2, 0, tzinfo=UTC)) == datetime(2026, 1, 10, 2, tzinfo=UTC)
    hours = {given: night.hour_of({"BACKUP_HOUR": given}) for given in (0, "23", "", 24, "two", -1)}
    assert hours == {0: 0, "23": 23, "": None, 24: None, "two": None, -1: None}
    assert [given for given in hours if night.is_no_hour({"BACKUP_HOUR": given})] == [24, "two", -1]


@pytest.fixture
def worker(app, engine):
    return jobs.PeriodicContext(engine, {**app.config, "BACKUP_HOUR": ""}, system_scope("a test"))


def codes_told(engine, person_id):
    with database.session_for(engine, system_scope("a test", builders.AUTHORITY_ID), reading=True) as session:
        return sorted(session.exec(select(Notice.code).where(Notice.person_id == person_id)).all())


def test_administrators_are_told_once_until_there_is_a_good_one_again(worker, session, engine):
    admin, other = (builders.make_person(session, [role]).id for role in (Role.admin, Role.qa_manager))
    session.commit()
    folder, now = worker.config["DATA_FOLDER"], clock.now()
    journal.add(folder, Line(What.made, now - 27 * HOUR, "audit-a.tar.age"))
    journal.add(folder, Line(What.failed, now - HOUR, words="The disk is full."))
    service_nightly.look(worker)
    service_nightly.look(worker)
    assert codes_told(engine, admin) == ["backups.failed", "backups.late"]
    journal.add(folder, Line(What.made, now + HOUR / 2, "audit-b.tar.age"))
    assert service_nightly.tell_administrators(worker, now) == 0
    journal.add(folder, Line(What.failed, now + HOUR, words="The disk is full."))
    assert service_nightly.tell_administrators(worker, now + HOUR) == 1
    assert codes_told(engine, admin) == ["backups.failed", "backups.failed", "backups.late"]
    assert codes_told(engine, other) == []


def test_nobody_is_told_where_somebody_else_sees_to_backups(worker, session, engine):
    admin = builders.make_person(session, [Role.admin]).id
    session.commit()
    journal.add(worker.config["DATA_FOLDER"], Line(What.begun, clock.now() - 900 * HOUR))
    worker.config["BACKUP_LATE_HOURS"] = 0
    assert service_nightly.tell_administrators(worker, clock.now()) == 0
    worker.config["BACKUP_LATE_HOURS"] = 26  # the control
    assert service_nightly.tell_administrators(worker, clock.now()) == 1
    assert codes_told(engine, admin) == ["backups.late"]


def test_the_first_look_of_a_new_installation_only_begins_to_count(worker):
    service_nightly.look(worker)
    (line,) = journal.lines(worker.config["DATA_FOLDER"])
    assert line.what is What.begun


def test_the_state_page_says_how_it_stands_with_the_backups(app, signed_in_as):
    page = signed_in_as(Role.admin)
    journal.add(app.config["DATA_FOLDER"], Line(What.failed, clock.now(), words="The disk is full, as a test says."))
    page.get("/greenhaven/state")
    assert "The backup of just now failed: The disk is full, as a test says." in page.text
    assert "No backup was made yet" in page.text
