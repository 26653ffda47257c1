"""`/metrics`: only with the token, with the true figures, and nothing of anybody in it."""

import json
import re
import shutil
from datetime import timedelta

import pytest

from audit_app import clock, create_app, database, jobs
from audit_app.jobs.tables import PeriodicRun
from audit_app.people.access import Role, web_session
from tests import builders
from tests.conftest import TEST_SETTINGS

TOKEN = "a token of more than twenty characters"
HOME = f"/{builders.AUTHORITY_KEY}"


@pytest.fixture
def app(engine, tmp_path):
    """The application with a token for its figures."""
    settings = {**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data"), "METRICS_TOKEN": TOKEN}
    made = create_app(settings, engine=engine)
    builders.begin_council(engine)
    return made


def scrape(app, token=TOKEN, status=200):
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status
    return answer.text


def figure(text, name):
    return float(re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)[1])


def test_without_the_token_nothing_is_told_and_without_a_setting_there_is_no_page(app, engine, tmp_path):
    assert scrape(app, token="another", status=401) == "token needed\n"
    assert app.test_client().get("/metrics").status_code == 401
    assert "audit_requests_total" not in app.test_client().get("/metrics").text
    plain = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "other")}, engine=engine)
    scrape(plain, token="", status=308)  # as any word that is no council's


def test_requests_are_counted_by_view_and_status_and_name_nobody(app, page, signed_in_as):
    page.get("/sign-in")
    page.get("/sign-in")
    browser = signed_in_as(Role.qa_manager, name="Rosalind Quenneville")
    browser.get(f"{HOME}/audits/AUD-4711", status=404)
    text = scrape(app)
    assert figure(text, 'audit_requests_total{method="GET",status="200",view="people.sign_in"}') == 2
    assert figure(text, 'audit_request_seconds_count{method="GET"}') == 3
    for word in ("Rosalind", "Quenneville", "4711", builders.AUTHORITY_KEY):
        assert word not in text


def test_the_figures_of_the_installation_are_those_of_the_rows(app, engine, session):
    app.config["LOW_DISK_MB"] = 10**9  # so that they wait
    jobs.register_job("metrics-test", lambda _context, _reference: None)
    for number in range(3):
        jobs.ask(session, builders.AUTHORITY_ID, "metrics-test", f"AUD-{number}", by=None, now=clock.now())
    now = clock.now()
    session.add(PeriodicRun(name="tick", started_at=now - timedelta(seconds=90), message=""))
    session.add(PeriodicRun(name="send-mail", started_at=now, failing_since=now, message="no server"))
    person_id = builders.make_person(session, [Role.auditor]).id
    for minutes in (1, 29, 31):
        web_session.start(session, person_id, now=now - timedelta(minutes=minutes), address="", browser="")
    session.commit()
    text = scrape(app)
    assert figure(text, "audit_jobs_waiting") == 3
    assert 90 <= figure(text, "audit_worker_seen_seconds") < 120
    assert figure(text, "audit_tasks_failing") == 1
    assert figure(text, "audit_open_sessions") == 2
    assert figure(text, "audit_mails_waiting") == 0
    assert figure(text, "audit_backup_age_seconds") == -1
    line = {"what": "made", "at": (now - timedelta(hours=3)).isoformat(), "name": "audit-1.tar.age", "size": 9}
    journal = app.config["DATA_FOLDER"] / "backups" / "backups.jsonl"
    journal.write_text(json.dumps(line) + "\n", "utf-8")
    assert 10_800 <= figure(scrape(app), "audit_backup_age_seconds") < 10_860
    free = shutil.disk_usage(app.config["DATA_FOLDER"]).free
    assert abs(figure(text, "audit_disk_free_bytes") - free) < 2 * 1024**3


def test_a_database_that_cannot_be_read_says_so_in_its_figures(app):
    app.extensions["engine"].dispose()
    app.extensions["engine"] = database.make_engine("sqlite:////nowhere/at/all.db")
    text = scrape(app)
    assert figure(text, "audit_jobs_waiting") == -1
    assert figure(text, "audit_disk_free_bytes") > 0
