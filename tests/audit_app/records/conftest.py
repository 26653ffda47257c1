"""What tests of data protection share: people, asking and agreeing, and the worker’s part run now."""

from datetime import date

import pytest

from audit_app import create_app
from audit_app.jobs.periodic import PeriodicContext
from audit_app.people.access import system_scope
from audit_app.records.erasure import queries_listing, service, service_removing
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.tables import PackChoice, RemovalKind
from tests import builders
from tests.audit_app.records import planted
from tests.audit_app.records.planted import CASE, COUNCIL, NOW
from tests.conftest import TEST_SETTINGS
from tests.held_rows import idle_turns

TODAY = date(2026, 11, 2)


@pytest.fixture
def app(engine, tmp_path):
    """The application with a worker that is run when a test says so, and not at once."""
    settings = {**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data"), "JOBS_IMMEDIATE": False}
    made = create_app(settings, engine=engine)
    builders.begin_council(engine)
    return made


@pytest.fixture
def people(session, built_once):
    """A team with its auditor and two QA managers."""

    def build():
        made = planted.make_people(session)
        session.commit()
        return made

    return built_once("people of records", build)


@pytest.fixture
def work(app, engine):
    """The regular task, run now."""

    def carry_on():
        with idle_turns(engine) as idle:
            service_removing.carry_on(PeriodicContext(engine, app.config, system_scope("a test")))
        assert idle == []

    return carry_on


@pytest.fixture
def ask(session, people):
    """Ask for a record, or what is past its time, to be removed."""

    def asked(target=CASE, *, kind=RemovalKind.request, packs=PackChoice.every, **changed):
        wish = Wish(kind, target, packs)
        today = changed.get("today", TODAY)
        seen = queries_listing.work_out(session, COUNCIL, wish, today).fingerprint
        given = {"reason": "The family asked", "seen": seen, "by": people.first, "now": NOW, "today": today, **changed}
        row = service.ask(session, COUNCIL, wish, **given)
        session.commit()
        return row

    return asked


@pytest.fixture
def agree(session, people):
    """The second person agrees."""

    def agreed(row, **changed):
        given = {"seen": row.fingerprint, "by": people.second, "now": NOW, "today": TODAY, **changed}
        made = service.agree(session, COUNCIL, row.number, **given)
        session.commit()
        return made

    return agreed
