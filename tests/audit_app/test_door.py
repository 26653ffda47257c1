"""The door and the edge: who comes in, what is kept when something goes wrong, what every response carries."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import g, redirect, render_template_string
from sqlmodel import func, select

from audit_app import clock, database, wiring
from audit_app.drafts import KeptForm, UsedKey
from audit_app.people.access import Role, allow, door, open_to_all, scope, system_scope, web_session
from audit_app.people.tables import Service, WebSession
from tests import builders

FORM = """{% extends "base.html" %}{% block heading %}A form{% endblock %}{% block content %}<h1>A form</h1>
<form method="post" novalidate>{{ csrf() }}<input type="hidden" name="once" value="{{ once }}">
{% set kept = dict(g.kept[0]).get("name", "") if g.kept else "" %}
<label for="name">Name</label><input id="name" name="name" value="{{ kept }}">
<button class="govuk-button">Save</button></form>{% endblock %}"""
ADDRESS = "/greenhaven/test-form"
BEFORE_OUR_TIME = timedelta(hours=13)


@pytest.fixture
def form_page(app):
    """A page for QA managers with a form that adds a service of the typed name."""
    app._got_first_request = False

    @allow(Role.qa_manager)
    def form():
        from flask import request

        if request.method == "POST":
            name = request.form["name"]
            g.session.add(Service(authority_id=g.authority.id, name=name, from_on=builders.LONG_AGO))
            g.session.flush()
            if name == "fails":
                raise RuntimeError("a fault with the secret word swordfish in it")
            return redirect(ADDRESS, 303)
        return render_template_string(FORM, once=web_session.new_token())

    app.add_url_rule("/<authority:authority>/test-form", "test_form", form, methods=["GET", "POST"])
    return app


def services(engine):
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        return session.exec(select(func.count()).select_from(Service)).one()


def end_every_session(engine, by):
    with database.session_for(engine, system_scope("a test")) as session:
        moment = clock.now() - by
        session.exec(sa.update(WebSession).values(seen_at=moment, started_at=moment))


def test_a_saved_form_answers_303_and_is_kept_fo_5(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    browser.submit({"name": "Early help"})
    assert services(engine) == 1


def test_a_role_that_may_not_enter_is_refused_and_an_outsider_finds_nothing(form_page, signed_in_as):
    signed_in_as(Role.auditor).get(ADDRESS, status=403)
    elsewhere = signed_in_as()
    elsewhere.get(ADDRESS, status=404)


def test_a_page_that_nobody_opened_is_closed_to_all(app, signed_in_as):
    app._got_first_request = False
    app.add_url_rule("/<authority:authority>/forgotten", "forgotten", lambda: "of one child")
    for browser in (signed_in_as(Role.admin), signed_in_as(*Role)):
        assert "of one child" not in browser.get("/greenhaven/forgotten", status=403).text


def test_get_changes_nothing(form_page, engine, signed_in_as):
    form_page._got_first_request = False

    @allow(Role.qa_manager)
    def careless():
        g.session.connection(execution_options={"reading": False})
        g.session.add(Service(authority_id=1, name="by GET", from_on=builders.LONG_AGO))
        g.session.flush()
        return "done"

    form_page.add_url_rule("/<authority:authority>/careless", "careless", careless)
    signed_in_as(Role.qa_manager).client.get("/greenhaven/careless", base_url="http://localhost")
    assert services(engine) == 0


def test_a_fault_shows_the_typed_text_and_a_reference_but_no_insides_er_1(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    seen = browser.submit({"name": "fails"}, status=500)
    assert "fails" in seen.text
    assert "reference" in seen.text
    assert "swordfish" not in seen.html
    assert "Traceback" not in seen.html
    assert services(engine) == 0
    assert browser.get(ADDRESS).form_data(-1)["name"] == "fails"


def test_a_failed_commit_is_never_called_saved_du_3(form_page, engine, signed_in_as, monkeypatch):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)

    monkeypatch.setattr(database.AuditSession, "commit", full_disk)
    seen = browser.submit({"name": "Lost"}, status=500)
    monkeypatch.undo()
    assert "Lost" in seen.text
    assert services(engine) == 0
    assert browser.get(ADDRESS).form_data(-1)["name"] == "Lost"


def full_disk(session):
    """Only the business commit fails; plumbing's own go on."""
    if session.info["scope"].roles:
        raise sa.exc.OperationalError("COMMIT", {}, OSError("no space left"))
    super(database.AuditSession, session).commit()


def test_text_typed_when_the_session_had_run_out_comes_back_after_signing_in_fo_3(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    end_every_session(engine, BEFORE_OUR_TIME)
    seen = browser.submit({"name": "Typed for an hour"}, follow=False)
    assert "/sign-in?next=" in seen.location
    assert services(engine) == 0
    again = signed_in_as(person_id=browser.person_id)
    assert again.get(ADDRESS).form_data(-1)["name"] == "Typed for an hour"
    again.submit()
    assert services(engine) == 1
    assert again.get(ADDRESS).form_data(-1)["name"] == ""


def test_kept_text_is_its_authors_alone_and_holds_no_password(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    end_every_session(engine, BEFORE_OUR_TIME)
    browser.submit({"name": "Private", "password": "hunter22hunter22"}, follow=False)
    assert signed_in_as(Role.qa_manager).get(ADDRESS).form_data(-1)["name"] == ""
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        assert "hunter22" not in session.exec(select(KeptForm.values)).one()


def test_a_form_of_an_older_sign_in_keeps_its_text_and_is_not_saved_unasked_fo_3(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    seen = browser.submit({"name": "Old form", "csrf_token": "0" * 64})
    assert services(engine) == 0
    assert "We kept what you typed" in seen.text
    assert seen.form_data(-1)["name"] == "Old form"


def test_five_equal_posts_make_one_record_and_get_the_same_answer_fo_4(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    data = {**browser.get(ADDRESS).form_data(-1), "name": "Once"}
    answers = [browser.post(ADDRESS, data, follow=False) for _ in range(5)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, ADDRESS)}
    assert services(engine) == 1
    assert "already submitted" in browser.get(ADDRESS).text


def test_a_refused_form_does_not_use_up_its_key_fo_4(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    data = {**browser.get(ADDRESS).form_data(-1), "name": "fails"}
    browser.post(ADDRESS, data, status=500)
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        assert session.exec(select(func.count()).select_from(UsedKey)).one() == 0
    browser.post(ADDRESS, {**data, "name": "works"})
    assert services(engine) == 1


def test_a_form_sent_from_another_site_is_refused(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    data = {**browser.get(ADDRESS).form_data(-1), "name": "Forged"}
    browser.post(ADDRESS, data, status=403, headers={"Origin": "https://elsewhere.example"})
    assert services(engine) == 0


CHECKS = [(door, "scope_of"), (web_session, "csrf_holds"), (web_session, "find"), (door.drafts, "use_key")]


@pytest.mark.parametrize(("module", "name"), CHECKS, ids=[name for _, name in CHECKS])
def test_a_check_that_breaks_means_no_er_3(form_page, engine, signed_in_as, monkeypatch, module, name):
    browser = signed_in_as(Role.qa_manager)
    data = {**browser.get(ADDRESS).form_data(-1), "name": "Slipped in"}

    def broken(*_given, **_named):
        raise RuntimeError("the check broke")

    monkeypatch.setattr(module, name, broken)
    browser.post(ADDRESS, data, status=500)
    monkeypatch.undo()
    assert services(engine) == 0


def test_a_role_taken_away_counts_from_the_next_request_pe_7(form_page, engine, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get(ADDRESS)
    with database.session_for(engine, system_scope("a test")) as session:
        session.exec(sa.delete(scope.Membership))
    browser.submit({"name": "Too late"}, status=404)
    assert services(engine) == 0


def test_a_foreign_host_and_a_forwarded_request_get_400_au_15(app):
    client = app.test_client()
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400
    for name in ("X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-port", "X-Forwarded-By", "Forwarded"):
        assert client.get("/sign-in", base_url="http://localhost", headers={name: "x"}).status_code == 400
    assert client.get("/sign-in", base_url="http://localhost").status_code == 200


@pytest.fixture
def responses(form_page, signed_in_as):
    """One response of each kind."""
    form_page._got_first_request = False
    form_page.add_url_rule("/broken", "broken", open_to_all(lambda: 1 / 0))
    client = signed_in_as(Role.qa_manager).client
    ask = {"base_url": "http://localhost"}
    return {
        "200": client.get(ADDRESS, **ask),
        "303": form_page.test_client().get(ADDRESS, **ask),
        "404": client.get("/nowhere/at/all", **ask),
        "400": client.get("/sign-in", base_url="http://evil.example"),
        "405": client.delete(ADDRESS, **ask),
        "413": client.post("/sign-in", data=b"x" * (5 * 1024 * 1024), content_type="text/plain", **ask),
        "500": client.get("/broken", **ask),
        "static": client.get("/static/app.css", buffered=True, **ask),
    }


def test_every_response_carries_the_security_headers_hd_1(responses):
    for kind, response in responses.items():
        headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], kind
        assert headers["X-Content-Type-Options"] == "nosniff", kind
        assert headers["Referrer-Policy"] == "same-origin", kind
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin", kind
        assert "camera=()" in headers["Permissions-Policy"], kind
        assert not {"Server", "X-Powered-By"} & set(headers.keys()), kind


def test_pages_behind_sign_in_are_not_kept_by_the_browser_hd_2(responses):
    assert responses["200"].headers["Cache-Control"] == "no-store"
    assert responses["500"].headers["Cache-Control"] == "no-store"


def test_each_kind_of_failure_has_its_own_page(responses):
    expected = {"404": 404, "400": 400, "405": 405, "413": 413, "500": 500}
    assert {kind: responses[kind].status_code for kind in expected} == expected
    assert b"4 MB" in responses["413"].data


def test_a_number_that_no_database_holds_is_no_such_page_in_5(app, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    for number in ("9" * 30, str(2**63)):
        browser.get(f"/greenhaven/audits/AUD-0001/concerns/{number}/closing", status=404)
        browser.get(f"/greenhaven/audits/AUD-0001/versions/{number}", status=404)


def test_a_one_time_key_on_a_page_with_transactions_of_its_own_makes_nobody_wait(app, signed_in_as):
    """Found by throwing made-up fields at every form: the key held the database while the password was looked at."""
    browser = signed_in_as(Role.qa_manager)
    browser.get("/prove")
    browser.submit({"password": "not the right one", "once": "0x10"}, status=422)


def test_unsaved_text_past_its_time_is_forgotten_and_newer_text_is_kept_fo_3(app, engine):
    now = clock.now()
    with database.session_for(engine, system_scope("a test")) as session:
        for person_id, age in ((7, 25), (8, 23)):
            kept_at = now - timedelta(hours=age)
            session.add(
                KeptForm(authority_id=1, person_id=person_id, path="/x", reason="typing", values="[]", kept_at=kept_at)
            )
    wiring.clear_kept_text(SimpleNamespace(engine=engine, config=app.config, scope=system_scope("a task")))
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        assert session.exec(select(KeptForm.person_id)).all() == [8]
