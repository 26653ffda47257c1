"""Two people, a reason, the password, a count and an end: how a copy is asked for and removed (PE-4, EX-6)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import clock, evidence_store, jobs
from audit_app.audits.tables import Answer
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.history.tables import HistoryEntry
from audit_app.jobs.periodic import PeriodicContext
from audit_app.people.access import system_scope
from audit_app.people.tables import Role
from audit_app.records.subject_access import service, service_making
from audit_app.records.subject_access.tables import SubjectKind, SubjectRequest
from tests import builders, builders_audits
from tests.audit_app.records.subject_access import planting
from tests.held_rows import idle_turns

PAGE = "/greenhaven/records/subject-access"
REASON = "A request of 2 November from the parent"


@pytest.fixture
def audit(session):
    """An answered audit of the record G-123456, and another of a record beside it."""
    team = builders.make_team(session)
    auditor = builders.make_person(session, roles=(Role.auditor,), name="Moira Sinclair")
    made = builders_audits.make_audit(session, team, auditor.id, case_reference="G-123456")
    builders_audits.answer_all(session, made)
    beside = builders_audits.make_audit(session, team, auditor.id, case_reference="G-654321")
    beside.strengths = "Another child, seen with G 123456 at school"
    beside.worries = "Nothing of the first one"
    session.commit()
    return made


def test_one_person_asks_another_agrees_and_the_copy_holds_what_the_rows_hold(
    app, engine, session, signed_in_as, audit
):
    first, second = signed_in_as(Role.qa_manager, name="Fiona Castle"), signed_in_as(Role.leader)
    first.get(f"{PAGE}/new")
    asked = {"subject": "case_reference", "sought": "g 123456", "person": "", "reason": REASON}
    first.submit({**asked, "reason": "G-123456 wants it all"}, status=422)
    assert "Leave the reference out" in first.text
    first.submit(asked)
    assert "Waits for a second person" in first.text and "/agree" not in first.html
    first.post(f"{PAGE}/SAR-0001/copy", status=410)
    first.get(f"{PAGE}/SAR-0001")
    second.get(f"{PAGE}/SAR-0001")
    second.post(f"{PAGE}/SAR-0001/agree", status=303)
    assert "is being made" in second.text
    job_id = session.exec(select(SubjectRequest.job_id)).one()
    session.rollback()
    with idle_turns(engine) as idle:
        jobs.run_job(app.extensions["jobs"], 1, job_id)
    assert idle == []
    second.get(f"{PAGE}/SAR-0001")
    assert "The copy is ready" in second.text and "Take the copy out" not in second.text
    row = session.exec(select(SubjectRequest)).one()
    assert row.agreed_by != row.asked_by and row.expires_at - row.made_at == timedelta(days=14)
    sheets, _names = planting.sheets_of(evidence_store.read_file(app.config, row.sha256))
    lines = sheets["Everything"][1:]
    counted = dict.fromkeys(("answer.text", "answer.code"), 0)
    for table, field, _what, places in sheets["Counts"][1:]:
        counted[f"{table}.{field}"] = places
    own = session.exec(select(Answer).where(Answer.audit_number == audit.number)).all()
    assert counted["answer.text"] == sum(answer.text != "" for answer in own)
    assert counted["answer.code"] == sum(answer.code != "" for answer in own)
    texts = [line[4] for line in lines]
    assert {answer.text for answer in own if answer.text} <= set(texts)
    assert "Another child, seen with G 123456 at school" in texts and "Nothing of the first one" not in texts
    assert {line[6] for line in lines if line[2] == "AUD-0001" and line[1].startswith("One answer")} == {
        "Who reads the record: Moira Sinclair"
    }
    assert all(cell in (None, "") for line in lines for cell in line[9:])
    events = [entry.event for entry in session.exec(select(HistoryEntry)).all() if entry.event.startswith("records.")]
    assert events == ["records.copy_asked", "records.copy_agreed", "records.copy_made"]


def test_the_copy_is_taken_out_by_a_qa_manager_with_the_password_and_counted(app, session, signed_in_as, audit):
    row = made(session, app)
    qa = signed_in_as(Role.qa_manager)
    qa.get(f"{PAGE}/SAR-0001")
    answer = qa.client.post(f"{PAGE}/SAR-0001/copy", data={"csrf_token": qa.token}, base_url="http://localhost")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/zip"
    assert len(answer.data) == row.size
    events = [entry.event for entry in session.exec(select(HistoryEntry)).all()]
    assert "people.register_exported" in events and "records.copy_read" in events
    session.rollback()
    leader = signed_in_as(Role.leader)
    leader.get(f"{PAGE}/SAR-0001")
    denied = leader.client.post(f"{PAGE}/SAR-0001/copy", data={"csrf_token": leader.token}, base_url="http://localhost")
    assert denied.status_code == 403
    signed_in_as(Role.admin, Role.auditor).get(PAGE, status=403)


def made(session, app):
    """A copy that two people asked for and that the worker made."""
    first, second = builders.make_person(session), builders.make_person(session)
    given = {"subject": SubjectKind.case_reference, "sought": "G-123456", "person_id": None, "reason": REASON}
    now = clock.now()
    row = service.ask(session, 1, **given, by=first.id, now=now, today=clock.today())
    with pytest.raises(NotAllowed):
        service.agree(session, 1, row.number, by=first.id, now=now)
    service.agree(session, 1, row.number, by=second.id, now=now)
    session.commit()
    jobs.run_job(app.extensions["jobs"], 1, row.job_id)
    session.refresh(row)
    session.commit()
    return row


def test_a_copy_ends_by_itself_and_whom_it_was_about_is_forgotten(app, engine, session, audit):
    row = made(session, app)
    sha256, work = row.sha256, PeriodicContext(engine, app.config, system_scope("a test"))
    service_making.end_copies(work)
    assert evidence_store.exists(app.config, sha256)
    session.execute(sa.update(SubjectRequest).values(expires_at=clock.now() - timedelta(minutes=1)))
    session.commit()
    service_making.end_copies(work)
    session.refresh(row)
    session.commit()
    assert not evidence_store.exists(app.config, sha256)
    assert (row.sha256, row.sought, row.removed_by) == ("", "", None) and row.removed_at is not None
    with pytest.raises(OutOfTurn):
        service.remove(session, 1, row.number, by=row.asked_by, now=clock.now())


def test_nothing_is_gathered_for_a_short_word_or_without_a_reason(session):
    person, given = builders.make_person(session).id, {"person_id": None, "now": clock.now(), "today": clock.today()}
    with pytest.raises(Invalid):
        service.ask(session, 1, subject=SubjectKind.staff_code, sought="-1-", reason=REASON, by=person, **given)
    with pytest.raises(Invalid):
        service.ask(session, 1, subject=SubjectKind.staff_code, sought="SW-123", reason=" ", by=person, **given)
    with pytest.raises(Invalid):
        service.ask(session, 1, subject=SubjectKind.account, sought="", reason=REASON, by=person, **given)
    row = service.ask(session, 1, subject=SubjectKind.staff_code, sought=" S-W1", reason=REASON, by=person, **given)
    assert row.sought == "S-W1"  # three are enough


def test_everything_on_an_account_tells_of_its_holder_and_of_no_other(app, session, audit):
    holder = builders.make_person(
        session, roles=(Role.auditor,), name="Zora Quill", user_name="zora@greenhaven.example"
    )
    audit = session.merge(audit)
    audit.worries = "Talk with Zora Quill about the plan"
    session.commit()
    first, second = builders.make_person(session), builders.make_person(session)
    given = {"subject": SubjectKind.account, "sought": "", "person_id": holder.id, "reason": REASON}
    row = service.ask(session, 1, **given, by=first.id, now=clock.now(), today=clock.today())
    service.agree(session, 1, row.number, by=second.id, now=clock.now())
    session.commit()
    jobs.run_job(app.extensions["jobs"], 1, row.job_id)
    session.refresh(row)
    session.commit()
    assert row.sha256, jobs.find(session, 1, row.job_id).message
    sheets, _names = planting.sheets_of(evidence_store.read_file(app.config, row.sha256))
    texts = [str(line[4]) for line in sheets["Everything"][1:]]
    assert "zora@greenhaven.example" in texts and "Talk with Zora Quill about the plan" in texts
    assert not any("Moira" in text for text in texts)
