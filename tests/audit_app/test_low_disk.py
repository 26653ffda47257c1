"""DU-10: read-only before saving fails, and pages about children closed while nobody could note who read them."""

import shutil

import pytest
from sqlmodel import select

from audit_app import clock, database, disk, jobs
from audit_app.drafts import KeptForm
from audit_app.jobs.running import run_job
from audit_app.jobs.tables import Job, JobState
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts import passwords
from audit_app.people.tables import Person
from findings.tables import Finding
from tests import builders, builders_audits
from tests.conftest import ON_POSTGRESQL

HOME = f"/{builders.AUTHORITY_KEY}"
PASSWORD = "three random words"
TYPED = "Plans do not say what is to change, by when, or who sees to it."
MB = 1024 * 1024


@pytest.fixture
def auditor(session, signed_in_as, app):
    """An auditor who is a QA manager too, with an audit in hand."""
    team = builders.make_team(session)
    kept = passwords.make_hash(app.config, PASSWORD)
    roles = [Role.auditor, Role.qa_manager]
    person_id = builders.make_person(session, roles, user_name="ash@greenhaven.example", password_hash=kept).id
    builders_audits.make_audit(session, team, person_id)
    session.commit()
    return signed_in_as(person_id=person_id)


@pytest.fixture
def little(app):
    """The limit is set just above what is free, so that too little is: the disk itself is as it is."""
    app.config["LOW_DISK_MB"] = shutil.disk_usage(app.config["DATA_FOLDER"]).free // MB + 100_000


@pytest.fixture
def none(app, little):
    app.config["NO_DISK_MB"] = app.config["LOW_DISK_MB"]


def rows(engine, table):
    with database.session_for(engine, system_scope("looking", builders.AUTHORITY_ID)) as session:
        return session.exec(select(table)).all()


def test_the_three_states_at_their_edges(tmp_path):
    free = shutil.disk_usage(tmp_path).free // MB
    wide = 50_000  # others use the disk meanwhile
    for low, no, expected in (
        (free - wide, 0, disk.Room.enough),
        (free + wide, 0, disk.Room.little),
        (free + wide, free + wide, disk.Room.none),
    ):
        config = {"DATA_FOLDER": tmp_path, "LOW_DISK_MB": low, "NO_DISK_MB": no}
        if low > 0:
            assert disk.room_left(config) == expected
    assert disk.room_left({"DATA_FOLDER": tmp_path / "gone", "LOW_DISK_MB": 0, "NO_DISK_MB": 0}) == disk.Room.little


def test_with_little_room_nothing_is_changed_and_what_was_typed_is_kept(auditor, little, engine, app):
    page = f"{HOME}/audits/AUD-0001/domains/record"
    assert "read-only at present" in auditor.get(page).text
    seen = auditor.submit({"rationale": TYPED, "grade": "good"}, status=503)
    assert "nothing can be changed" in seen.text
    assert TYPED in seen.text
    (kept,) = rows(engine, KeptForm)
    assert TYPED in kept.values
    app.config["LOW_DISK_MB"] = 0
    assert TYPED in auditor.get(page).html, "the page starts from what was typed"
    auditor.submit()
    assert TYPED in auditor.get(page).html


def test_new_things_are_not_made_either(auditor, little, engine):
    auditor.get(f"{HOME}/findings/raise")
    auditor.submit({"title": TYPED, "kind": "area_for_improvement"}, status=503)
    assert rows(engine, Finding) == []


def test_signing_out_and_in_goes_on(auditor, page, little):
    auditor.get("/your-account")
    auditor.post("/sign-out", {"csrf_token": auditor.seen.token})
    page.get("/sign-in?next=/your-account")
    assert page.submit({"user_name": "ash@greenhaven.example", "password": PASSWORD}).h1 == "Your account"


def test_a_proof_is_given_with_little_room_and_a_name_is_not_changed(auditor, little, engine):
    auditor.get("/prove?next=/your-account")
    auditor.submit({"password": PASSWORD})
    auditor.get("/your-account/password")
    words = {"current_password": PASSWORD, "new_password": "quite another set of words"}
    auditor.submit(words, status=503)
    assert PASSWORD not in auditor.seen.html
    assert rows(engine, KeptForm) == [], "a password is never kept"
    assert {person.revision for person in rows(engine, Person)} == {1}


def test_with_none_pages_about_children_close_and_say_why(auditor, none):
    seen = auditor.get(f"{HOME}/audits/AUD-0001", status=503)
    assert "closed until there is more" in seen.text
    auditor.get("/your-account")


@pytest.mark.skipif(ON_POSTGRESQL, reason="what the worker does is the same on both")
def test_jobs_wait_until_there_is_room(app, engine, session, little):
    jobs.register_job("low-disk-test", lambda _context, _reference: None)
    job = jobs.ask(session, builders.AUTHORITY_ID, "low-disk-test", "AUD-0001", by=None, now=clock.now())
    session.commit()
    queue = app.extensions["jobs"]
    queue.config = app.config
    run_job(queue, builders.AUTHORITY_ID, job.id)
    assert [row.state for row in rows(engine, Job)] == [JobState.waiting]
    app.config["LOW_DISK_MB"] = 0
    run_job(queue, builders.AUTHORITY_ID, job.id)
    assert [row.state for row in rows(engine, Job)] == [JobState.done]
