"""A long register is made by the worker for whoever asked: what comes at once, cell for cell, and theirs alone."""

import io
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import clock, database, evidence_store, jobs
from audit_app.history.tables import HistoryEntry
from audit_app.jobs.periodic import PeriodicContext
from audit_app.jobs.tables import Job
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.exports import kinds, queries, service_asking, service_making
from audit_app.people.exports.tables import LongExport
from audit_app.people.tables import Membership, WebSession
from tests import builders, builders_audits, builders_improvement, builders_plans

HOME = "/greenhaven"
ONE = f"{HOME}/exports/EXP-0001"
REGISTERS = {
    "findings": ("findings", "findings/register.xlsx?kind=area_for_improvement"),
    "areas": ("areas-for-improvement", "areas-for-improvement/register.xlsx"),
    "actions": ("plan-actions?status=open", "plan-actions/register.xlsx"),
    "audits": ("audits", "audits/register.xlsx?stage=allocated&sort=reference"),
}


@pytest.fixture
def council(app, engine, session, monkeypatch, built_once):
    """Three of each thing, and registers that are long from the third row on, read two rows at a time."""
    monkeypatch.setattr(kinds, "READ_AT_ONCE", 2)
    made = built_once("three of each thing to export", lambda: make_three(engine, session))
    app.config["EXPORT_ROWS_AT_ONCE"] = 2
    monkeypatch.setattr(app.extensions["jobs"], "ring", lambda *_references: None)  # the worker is `worked`
    return made


def make_three(engine, session):
    made = builders_plans.make_council(engine, areas=3)
    auditor = builders.make_person(session, [Role.auditor])
    for number in range(3):
        builders_plans.make_action(session, made, what=f"=Action {number}")
        builders_improvement.raise_finding(session, f"Plans do not say who does what ({number}).")
        builders_audits.make_audit(session, made.team, auditor.id, case_reference=f"G-{number}99999")
    session.commit()
    return made


@pytest.fixture
def worked(app, session):
    """Call it to have the worker do the newest job; its state."""

    def work():
        job_id = the_row(session).job_id
        jobs.run_job(app.extensions["jobs"], builders.AUTHORITY_ID, job_id)
        state = session.exec(select(Job.state).where(Job.id == job_id)).one()
        session.rollback()
        return state

    return work


def the_row(session):
    """The only export as it stands; nobody waits for this session."""
    row = session.exec(select(LongExport).execution_options(populate_existing=True)).one()
    session.expunge(row)
    session.rollback()
    return row


def sheet_of(data):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].values]


def ask(page, key="findings"):
    address, register = REGISTERS[key]
    page.get(f"{HOME}/{address}")
    if key == "actions":
        page.submit(form="register.xlsx", status=303)
    else:
        page.get(page.get(f"{HOME}/{register}", status=303).location)
    return page


def end_them(app, engine):
    service_making.end_exports(PeriodicContext(engine, app.config, system_scope("a test")))


@pytest.mark.parametrize("key", REGISTERS)
def test_what_the_worker_makes_is_what_comes_at_once(app, session, council, worked, signed_in_as, key):
    leader = signed_in_as(Role.qa_manager, Role.leader, name="Helen Tregarth")
    ask(leader, key)
    assert leader.h1 == "Have a long workbook made" and "3" in leader.text
    leader.submit()
    assert "Waiting to be made" in leader.text and worked() is jobs.JobState.done
    leader.get(ONE)
    leader.submit(form="workbook.xlsx", status=200)
    by_worker = leader.data
    app.config["EXPORT_ROWS_AT_ONCE"] = 3
    address, register = REGISTERS[key]
    leader.get(f"{HOME}/{address}")
    at_once = leader.submit(form="register.xlsx", status=200) if key == "actions" else leader.get(f"{HOME}/{register}")
    assert len(sheet_of(by_worker)) == 5 and sheet_of(by_worker) == sheet_of(at_once.data)
    about = {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(by_worker))["About this export"].values}
    before = {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(at_once.data))["About this export"].values}
    assert about["Export"] == "EXP-0001" and about["Rows"] == 3
    for what in ("What was chosen", "Exported by", "Redaction level"):
        assert about[what] == before[what]


def test_it_is_its_makers_alone_asked_for_and_taken_after_the_password_and_in_the_log(
    app, engine, session, council, worked, signed_in_as
):
    maker, other = signed_in_as(Role.qa_manager), signed_in_as(Role.qa_manager)
    ask(maker).submit()
    assert worked() is jobs.JobState.done
    told = session.exec(select(Notice.person_id, Notice.code, Notice.reference)).all()
    session.rollback()
    assert (maker.person_id, "people.export_ready", "EXP-0001") in told
    other.get(ONE, status=404)
    other.get(f"{HOME}/exports")
    assert "None yet" in other.text
    waits = "Take out EXP-0001"
    assert waits in maker.get(f"{HOME}/").text and waits not in other.get(f"{HOME}/").text
    over = the_row(session).expires_at
    assert queries.ready_for(session, builders.AUTHORITY_ID, maker.person_id, over - timedelta(minutes=1))
    assert not queries.ready_for(session, builders.AUTHORITY_ID, maker.person_id, over)
    session.rollback()
    maker.get(ONE)
    with database.session_for(engine, system_scope("time passes")) as aged:
        aged.exec(sa.update(WebSession).values(proved_at=clock.now() - timedelta(minutes=6)))
    maker.submit(form="workbook.xlsx", follow=False)
    assert maker.get(ONE) and the_row(session).taken_at is None
    with database.session_for(engine, system_scope("proved")) as proved:
        proved.exec(sa.update(WebSession).values(proved_at=clock.now()))
    maker.submit(form="workbook.xlsx", status=200)
    assert the_row(session).taken_at is not None and waits not in maker.get(f"{HOME}/").text
    noted = {entry.event: entry for entry in session.exec(select(HistoryEntry)).all()}
    assert {"people.register_exported", "people.export_made", "people.export_taken", "read"} <= noted.keys()
    assert "3" in noted["people.export_made"].facts


def test_who_may_see_less_than_then_does_not_get_what_was_made_then(engine, session, council, worked, signed_in_as):
    maker = signed_in_as(Role.qa_manager, Role.leader)
    ask(maker).submit()
    worked()
    with database.session_for(engine, system_scope("a role ends")) as ended:
        mine = (Membership.person_id == maker.person_id, Membership.role == Role.leader)
        ended.exec(sa.update(Membership).where(*mine).values(to_on=clock.today() - timedelta(days=1)))
    maker.get(ONE)
    maker.submit(form="workbook.xlsx", status=403)
    assert the_row(session).taken_at is None
    with database.session_for(engine, system_scope("the other too")) as ended:
        ended.exec(sa.delete(Membership).where(Membership.person_id == maker.person_id))
        row = ended.exec(select(LongExport)).one()
        row.made_at, row.sha256 = None, ""
        service_asking.make_again(ended, row, by=maker.person_id, now=clock.now())
    assert worked() is jobs.JobState.failed


def test_it_is_stopped_made_again_and_ends(app, engine, session, council, worked, signed_in_as):
    maker = signed_in_as(Role.qa_manager)
    ask(maker).submit()
    again = {"register": "findings", "kind": "area_for_improvement"}
    maker.post(f"{HOME}/exports/new", again, follow=False)
    assert the_row(session).number == 1  # pressed twice, asked for once
    maker.get(ONE)
    maker.submit(form="/stop")
    maker.get(ONE)
    assert "Stopped" in maker.text and worked() is jobs.JobState.cancelled
    maker.submit(form="/again")
    assert worked() is jobs.JobState.done
    sha256 = the_row(session).sha256
    end_them(app, engine)
    assert evidence_store.exists(app.config, sha256)
    with database.session_for(engine, system_scope("a week passes")) as later:
        later.exec(sa.update(LongExport).values(expires_at=clock.now() - timedelta(minutes=1)))
    maker.get(ONE)
    assert "Ended" in maker.text and "Take the workbook out" not in maker.text
    maker.post(f"{ONE}/workbook.xlsx", status=409, follow=False)
    end_them(app, engine)
    row = the_row(session)
    assert not evidence_store.exists(app.config, sha256) and (row.sha256, row.narrowed_to) == ("", "")
    maker.get(ONE)
    assert "No longer kept" in maker.text


def test_what_a_killed_worker_left_is_removed_and_one_is_made_whole(
    app, engine, session, council, worked, signed_in_as
):
    """Killed after the file was put down and before its row said so."""
    maker = signed_in_as(Role.qa_manager)
    ask(maker).submit()
    left = evidence_store.put(app.config, b"half a workbook")
    with database.session_for(engine, system_scope("killed")) as killed:
        killed.exec(sa.update(LongExport).values(sha256=left.sha256))
    assert worked() is jobs.JobState.done
    assert not evidence_store.exists(app.config, left.sha256)
    assert evidence_store.exists(app.config, the_row(session).sha256)


def test_a_removal_for_good_ends_every_workbook_also_the_one_in_hand(
    app, engine, session, council, worked, signed_in_as, monkeypatch
):
    maker = signed_in_as(Role.qa_manager)
    ask(maker).submit()
    written = service_making.sheets.write_long_xlsx

    def removed_meanwhile(*given, **more):
        rows = written(*given, **more)
        with database.session_for(engine, system_scope("a removal")) as removal:
            service_asking.end_all(removal, builders.AUTHORITY_ID, clock.now())
        return rows

    monkeypatch.setattr(service_making.sheets, "write_long_xlsx", removed_meanwhile)
    assert worked() is jobs.JobState.failed
    sha256 = the_row(session).sha256
    end_them(app, engine)
    assert sha256 and not evidence_store.exists(app.config, sha256)
    maker.get(ONE)
    assert "Take the workbook out" not in maker.text
