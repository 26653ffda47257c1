"""How a pack ends: withdrawn by one, destroyed by two or on its date; what stays is the register's line and the log."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from audit_app import clock, evidence_store
from audit_app.checking import evidence
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.history.tables import HistoryEntry
from audit_app.jobs.periodic import PeriodicContext
from audit_app.packs.endings import service
from audit_app.people.access import system_scope
from audit_app.people.tables import Role
from tests import builders, builders_packs

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
PACK = "/greenhaven/packs/PCK-0001"
FILES = ("pdf_sha256", "workbook_sha256", "archive_sha256")


@pytest.fixture
def second(session):
    """Another QA manager."""
    person = builders.make_person(session, roles=(Role.qa_manager,)).id
    session.commit()
    return person


@pytest.fixture
def work(app, engine):
    """The regular task, run now."""
    return lambda: service.destroy_what_is_due(PeriodicContext(engine, app.config, system_scope("a test")))


def hashes(row):
    return [getattr(row, name) for name in FILES]


def ended(session, event):
    return session.exec(select(HistoryEntry).where(HistoryEntry.event == event)).all()


def test_a_withdrawn_pack_says_so_everywhere_and_is_read_nowhere(signed_in_as, build):
    build()
    qa = signed_in_as(Role.qa_manager)
    qa.get(PACK)
    qa.click("Withdraw it")
    qa.submit({"reason": ""}, status=422)
    assert "Say why the pack is withdrawn" in qa.text
    qa.submit({"reason": "A share in it was wrong"})
    assert "PCK-0001 was withdrawn on" in qa.text and "A share in it was wrong." in qa.text
    assert "Read the pack" not in qa.text and "Withdraw it" not in qa.text
    for page in ("read", "files/pdf", "files/xlsx", "files/zip", "charts/1", "key-list", "withdraw"):
        answer = qa.client.get(f"{PACK}/{page}", base_url="http://localhost")
        assert answer.status_code == 410, page
        assert "A share in it was wrong" in answer.get_data(as_text=True)
    qa.get("/greenhaven/packs")
    assert "Withdrawn" in qa.text


def test_only_a_pack_that_stands_is_withdrawn_and_with_a_reason(build, session, year):
    row = build()
    given = {"by": year.people.manager, "now": NOW}
    with pytest.raises(Invalid):
        service.withdraw(session, COUNCIL, row.number, reason=" ", **given)
    service.withdraw(session, COUNCIL, row.number, reason="Wrong", **given)
    with pytest.raises(OutOfTurn):
        service.withdraw(session, COUNCIL, row.number, reason="Again", **given)
    assert [entry.actor for entry in ended(session, "packs.withdrawn")] == [year.people.manager]


def test_two_people_destroy_a_pack_and_nothing_of_it_is_left_pe_4(app, engine, build, session, year, second, work):
    row = build(level=2)
    kept, fingerprint = hashes(row), row.fingerprint
    assert all(evidence_store.exists(app.config, sha256) for sha256 in kept)
    session.commit()
    service.ask_to_destroy(session, COUNCIL, row.number, reason="Too old", by=year.people.manager, now=NOW)
    with pytest.raises(NotAllowed, match="Somebody else"):
        service.destroy(session, COUNCIL, row.number, by=year.people.manager, now=NOW)
    service.destroy(session, COUNCIL, row.number, by=second, now=NOW)
    session.commit()
    work()
    session.expire_all()
    session.refresh(row)
    assert (row.contents, row.key_list, row.pseudonym_key, hashes(row)) == ("", "", "", ["", "", ""])
    assert (row.title, row.fingerprint) == ("Evidence pack, October 2026", fingerprint)
    assert not any(evidence_store.exists(app.config, sha256) for sha256 in kept)
    events = ("packs.destruction_asked", "packs.destroyed", "packs.files_removed")
    actors = [[entry.actor for entry in ended(session, event)] for event in events]
    assert actors == [[year.people.manager], [second], [None]]
    session.commit()
    work()  # again: it changes nothing
    assert len(ended(session, "packs.files_removed")) == 1
    session.commit()
    with engine.connect() as connection:
        assert [line for line in evidence.damaged_files(connection, app.config) if isinstance(line, str)] == []
    with pytest.raises(OutOfTurn):
        service.destroy(session, COUNCIL, row.number, by=second, now=NOW)


def test_a_file_that_another_pack_names_stays(app, build, session, year, second, work):
    first, other = build(), build()
    for name in FILES:
        setattr(other, name, getattr(first, name))
    session.add(other)
    session.commit()
    kept = hashes(first)
    service.ask_to_destroy(session, COUNCIL, first.number, reason="Too old", by=year.people.manager, now=NOW)
    service.destroy(session, COUNCIL, first.number, by=second, now=NOW)
    session.commit()
    work()
    assert all(evidence_store.exists(app.config, sha256) for sha256 in kept)


def test_a_pack_is_destroyed_on_its_date_and_not_a_day_before(app, build, session, work):
    today = clock.today()
    due, later, never = build(destroy_on=today), build(destroy_on=today + timedelta(days=1)), build(destroy_on=None)
    kept = hashes(due)
    session.commit()
    work()
    for row in (due, later, never):
        session.refresh(row)
    assert due.destroyed_at is not None and due.destroyed_by is None and due.contents == ""
    assert later.destroyed_at is None and never.destroyed_at is None
    assert hashes(due) == ["", "", ""] and not evidence_store.exists(app.config, kept[0])
    entry = ended(session, "packs.destroyed_on_date")[0]
    assert (entry.reference, entry.actor) == ("PCK-0001", None)
    assert today.isoformat() in entry.facts


def test_what_was_asked_can_be_refused_and_the_pack_stays(build, session, year, second):
    row = build()
    service.ask_to_destroy(session, COUNCIL, row.number, reason="Too old", by=year.people.manager, now=NOW)
    with pytest.raises(OutOfTurn):
        service.ask_to_destroy(session, COUNCIL, row.number, reason="Too old", by=second, now=NOW)
    service.keep_after_all(session, COUNCIL, row.number, by=second, now=NOW)
    assert row.contents and row.destroy_asked_at is None
    with pytest.raises(OutOfTurn):
        service.destroy(session, COUNCIL, row.number, by=second, now=NOW)


def test_destroying_through_the_pages_takes_two(signed_in_as, build):
    build()
    qa = signed_in_as(Role.qa_manager)
    qa.get(PACK)
    qa.click("Ask for it to be destroyed")
    qa.submit({"reason": "The inspection is over"})
    assert "Somebody else must agree" in qa.text and "The inspection is over" in qa.text
    leader = signed_in_as(Role.leader)
    leader.get(PACK)
    leader.submit(form="/destroy/agree")
    assert "PCK-0001 was destroyed on" in leader.text
    answer = leader.client.get(f"{PACK}/read", base_url="http://localhost")
    assert answer.status_code == 410


def test_a_publishable_pack_is_not_marked_as_if_it_were_secret(signed_in_as, session, year):
    with pytest.raises(Invalid, match="cannot be marked"):
        builders_packs.ask(session, year.people, marking="Official - Sensitive")
    assert builders_packs.ask(session, year.people, level=1, marking="OFFICIAL-SENSITIVE").marking
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/packs/new")
    seen = qa.submit({"marking": "OFFICIAL-SENSITIVE", "circulation": "All"}, status=422)
    assert "A publishable pack cannot be marked OFFICIAL-SENSITIVE" in seen.text


def test_the_form_offers_a_day_of_destruction(signed_in_as, app, year):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/packs/new")
    offered = qa.form_data(None, None)
    on = date(*(int(offered[f"destroy_on-{part}"]) for part in ("year", "month", "day")))
    assert on == clock.today() + timedelta(days=app.config["PACK_KEEP_DAYS"])
