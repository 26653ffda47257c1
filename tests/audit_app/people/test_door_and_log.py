"""The door and what it leaves in the log: how much may be sent where, who asked, and reads that were shown."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import g, redirect, request
from sqlmodel import select

from audit_app import clock, database, drafts, words
from audit_app.errors import NotFound
from audit_app.history import HistoryEntry
from audit_app.people.access import Role, allow, door, log_read, system_scope, web_session
from audit_app.people.access.outside import outside_transaction
from audit_app.people.tables import WebSession

MB = 1024 * 1024
HERE = "/greenhaven"


@pytest.fixture
def add(app):
    """Call with a name and a view to add its page at the council's address."""

    def added(name, view, methods=("GET", "POST")):
        app._got_first_request = False
        app.add_url_rule(f"/<authority:authority>/{name}", name, view, methods=list(methods))

    return added


@pytest.fixture
def asha(signed_in_as, town):
    return signed_in_as(person_id=town.qa)


def send(browser, name, **more):
    return browser.client.post(f"{HERE}/{name}", base_url="http://localhost", **more)


def kept(engine, table):
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        rows = list(session.exec(select(table)).all())
        session.expunge_all()
        return rows


def test_up_2_each_page_takes_as_much_as_it_needs_and_no_more(add, asha):
    seen = {}

    def page(name, **marks):
        @allow(Role.qa_manager, **marks)
        def view():
            seen[name] = (request.max_content_length, g.oversize)
            return "ok"

        add(name, view)

    page("plain")
    page("files", uploads=True)
    page("zips", uploads=True, large_uploads=True)
    page("told", uploads=True, tells_oversize=True)
    for name in ("plain", "files", "zips", "told"):
        asha.client.get(f"{HERE}/{name}", base_url="http://localhost")
    assert seen == {
        "plain": (4 * MB, False),
        "files": (30 * MB, False),
        "zips": (202 * MB, False),
        "told": (30 * MB, False),
    }
    large = {"environ_overrides": {"CONTENT_LENGTH": str(30 * MB + 1)}}
    for name, shown in (("told", (64 * MB, True)), ("files", (30 * MB, False))):
        asha.client.get(f"{HERE}/{name}", base_url="http://localhost", **large)
        assert seen[name] == shown
    asha.client.get(f"{HERE}/told", base_url="http://localhost", environ_overrides={"CONTENT_LENGTH": str(30 * MB)})
    assert seen["told"] == (30 * MB, False)


def test_ob_10_a_read_is_logged_once_and_only_when_the_page_was_shown(add, asha, engine):
    @allow(Role.qa_manager)
    def shown():
        for reference in ("AUD-0001", "AUD-0002", "AUD-0001"):
            log_read(reference)
        return "a case"

    @allow(Role.qa_manager)
    def not_found():
        log_read("AUD-0003")
        raise NotFound("No such audit.")

    add("shown", shown)
    add("not-found", not_found)
    before = len(kept(engine, HistoryEntry))
    asha.get("/your-account")
    assert len(kept(engine, HistoryEntry)) == before  # a page that shows no case leaves nothing
    for name in ("shown", "not-found"):
        asha.client.get(f"{HERE}/{name}", base_url="http://localhost")
    lines = kept(engine, HistoryEntry)[before:]
    assert [(line.event, line.reference, line.authority_id) for line in lines] == [
        ("read", "AUD-0001", 1),
        ("read", "AUD-0002", 1),
    ]
    session = kept(engine, WebSession)[0]
    for line in lines:
        assert (line.actor, line.role, line.address) == (asha.person_id, "qa_manager", "127.0.0.1")
        assert line.session_hash == session.id_hash[:16]
        assert len(line.request_id) == 16
    assert lines[0].request_id == lines[1].request_id


def test_lg_8_a_refusal_names_the_page_as_far_as_the_log_has_room(add, asha, engine):
    @allow(Role.admin)
    def view():
        return "never"

    name = "p" * 100
    add(name, view)
    before = len(kept(engine, HistoryEntry))
    assert asha.client.get(f"{HERE}/{name}", base_url="http://localhost").status_code == 403
    [line] = kept(engine, HistoryEntry)[before:]
    facts = json.loads(line.facts)
    assert (line.event, line.actor, line.outcome) == ("access.refused", asha.person_id, "refused")
    assert (facts["page"], facts["why"]) == ("p" * 80, "not_their_role")


def test_fo_4_a_form_sent_again_while_something_slow_is_done_is_done_once(add, asha, app, engine, session):
    sent = []

    @allow(Role.qa_manager)
    def slow():
        with outside_transaction():
            sent.append("read")
            if request.form["meanwhile"]:
                with database.session_for(engine, system_scope("the same form, sent again")) as other:
                    drafts.use_key(other, request.form["once"], g.person.person_id, g.now)
        sent.append("saved")
        return "ok"

    add("slow", slow)
    token = asha.client.get_cookie(app.config["SESSION_COOKIE"], domain="localhost").value
    form = {"csrf_token": web_session.csrf_token(app.config["SECRET_KEY"], token)}
    assert send(asha, "slow", data={**form, "once": "first", "meanwhile": ""}).status_code == 200
    assert sent == ["read", "saved"]
    refused = send(asha, "slow", data={**form, "once": "second", "meanwhile": "yes"})
    assert refused.status_code == 409 and b"You had already submitted this" in refused.data
    assert sent == ["read", "saved", "read"]
    assert send(asha, "slow", data={**form, "once": "first", "meanwhile": ""}).status_code == 303
    assert sent == ["read", "saved", "read"]


def test_fo_4_only_what_makes_something_new_is_made_once(add, asha, app):
    done = []

    def page(name, **marks):
        @allow(Role.qa_manager, **marks)
        def view():
            done.append(name)
            return redirect("/your-account", 303)

        add(name, view)

    token = asha.client.get_cookie(app.config["SESSION_COOKIE"], domain="localhost").value
    form = {"csrf_token": web_session.csrf_token(app.config["SECRET_KEY"], token), "words": "the same"}
    for name, marks in (("changes", {}), ("makes", {"creates": True}), ("types", {"creates": True, "autosave": True})):
        page(name, **marks)
        for _ in range(2):
            assert send(asha, name, data=form).status_code == 303
    send(asha, "makes", data={**form, "words": "others"})
    assert done == ["changes", "changes", "makes", "types", "types", "makes"]


FAULTS = {"the disk": OSError("no space left"), "the database": sa.exc.OperationalError("INSERT", {}, OSError())}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_was_decided_stands_though_it_cannot_be_written_down(add, asha, engine, fault):
    """A refusal refuses, what was done is done, who only reads may read; but a case is not shown unlogged."""
    failing = []

    @allow(Role.admin)
    def closed():
        return "never"

    @allow(Role.qa_manager)
    def done():
        door.say("Done.")
        return redirect("/your-account", 303)

    @allow(Role.qa_manager)
    def case():
        log_read("AUD-0001")
        return "the words of a case"

    for name, view in (("closed", closed), ("done", done), ("case", case)):
        add(name, view)

    def fail(_connection, _cursor, statement, *_more):
        if any(statement.startswith(start) for start in failing):
            raise fault

    sa.event.listen(engine, "before_cursor_execute", fail)
    for name, what, status in (
        ("closed", "INSERT INTO history_entry", 403),
        ("case", "INSERT INTO history_entry", 500),
        ("done", "UPDATE web_session", 303),
    ):
        failing[:] = [what]
        answer = asha.client.get(f"{HERE}/{name}", base_url="http://localhost")
        assert answer.status_code == status, name
        assert b"the words of a case" not in answer.data
    failing[:] = []
    with database.session_for(engine, system_scope("half an hour passes")) as session:
        session.exec(select(WebSession)).one().seen_at = clock.now() - timedelta(minutes=20)
    failing[:] = ["UPDATE web_session"]
    asha.get("/your-account")


def test_a_sentence_of_ours_waits_as_one_and_what_somebody_typed_does_not(app):
    with app.test_request_context("/"):
        g.waiting, g.messages = [("success ours", "Saved."), ("notice", "Typed.")], []
        door.say(words.Ours("Done."))
        told = [(kind, str(text), isinstance(text, words.Ours)) for kind, text in door.waiting_messages()]
    assert told == [("success", "Saved.", True), ("notice", "Typed.", False), ("success", "Done.", True)]


def test_a_view_for_everybody_has_no_person_to_ask_for(app):
    with app.test_request_context("/sign-in"):
        g.person = None
        with pytest.raises(door.NotAllowed, match="Sign in first"):
            door.person()


def test_text_with_a_character_no_database_keeps_is_refused_wherever_it_stands(asha):
    for address in (f"{HERE}/people%00", "/your-account?next=%00"):
        assert asha.client.get(address, base_url="http://localhost").status_code == 400


def test_a_key_that_was_used_is_told_to_its_owner_alone_and_is_new_again_only_after_its_time(session, town, now):
    assert drafts.use_key(session, "key", town.qa, now) is None
    drafts.remember_location(session, "key", "/there")
    session.flush()
    assert drafts.use_key(session, "key", town.qa, now) == "/there"
    assert drafts.use_key(session, "key", town.auditor, now) == ""
    quarter = timedelta(minutes=15)
    assert drafts.use_key(session, "key", town.qa, now + quarter, again_after=quarter) == "/there"
    assert drafts.use_key(session, "key", town.qa, now + quarter + timedelta(seconds=1), again_after=quarter) is None


def test_the_day_is_the_council_s_own(asha, add):
    seen = []

    @allow(Role.qa_manager)
    def view():
        seen.append(g.scope.today)
        return "ok"

    add("day", view)
    asha.client.get(f"{HERE}/day", base_url="http://localhost")
    assert seen == [clock.today()]
