"""What is refused is logged, what is too large is named, and no text no database keeps is asked of any."""

import io
from urllib.parse import urlencode

import pytest
from sqlmodel import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from audit_app import database
from audit_app.history import HistoryEntry
from audit_app.people.access import Role, system_scope
from tests import builders
from tests.pages import Seen

CSV = b"Kind,Came from,What was found\n" + b"x" * (5 * 1024 * 1024)


def logged(engine):
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        rows = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
        return [(row.event, row.actor, row.outcome) for row in rows]


def test_a_page_a_role_does_not_open_is_logged_lg_8(signed_in_as, engine):
    browser = signed_in_as(Role.auditor)
    browser.get("/greenhaven/people", status=403)
    assert logged(engine) == [("access.refused", browser.person_id, "refused")]


@pytest.mark.parametrize("token", ["0" * 64, "é", ""])
def test_a_form_without_its_token_is_logged_and_does_nothing_lg_8(signed_in_as, engine, token):
    browser = signed_in_as(Role.auditor)
    browser.get("/your-account")
    browser.post("/greenhaven/notices/read", {"csrf_token": token}, follow=False)
    assert logged(engine) == [("access.refused", browser.person_id, "refused")]


def test_a_form_from_another_site_is_logged_lg_8(signed_in_as, engine):
    browser = signed_in_as(Role.auditor)
    browser.get("/your-account")
    browser.post("/greenhaven/notices/read", status=403, headers={"Origin": "https://elsewhere.example"})
    assert [event for event, *_ in logged(engine)] == ["access.refused"]


def test_a_visitor_whose_form_has_no_token_is_logged_without_a_name_lg_8(page, engine):
    page.post("/sign-in", {"user_name": "a", "password": "b"}, status=400)
    assert logged(engine) == [("access.visitor_refused", None, "refused")]


def test_a_page_that_is_opened_is_not_logged_as_refused(signed_in_as, engine):
    """The control."""
    signed_in_as(Role.auditor).get("/greenhaven/audits")
    assert logged(engine) == []


def send(browser, address, data, name="findings.csv"):
    """Send a file; encoded here, because the test client would leave a temporary file open."""
    fields = {"csrf_token": browser.token, "file": FileStorage(io.BytesIO(data), name)}
    boundary, body = encode_multipart(MultiDict(fields))
    kind = f"multipart/form-data; boundary={boundary}"
    answer = browser.client.post(address, data=body, content_type=kind, base_url="http://localhost")
    return Seen(answer, address)


def test_an_upload_may_be_larger_than_a_page_in_1(signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get("/greenhaven/findings/imports")
    assert send(browser, "/greenhaven/findings/imports", CSV).status == 422


def test_beyond_its_limit_an_upload_is_refused_with_the_limit_in_1(app, signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get("/greenhaven/findings/imports")
    app.config["UPLOAD_CONTENT_LENGTH"] = 5 * 1024 * 1024
    seen = send(browser, "/greenhaven/findings/imports", CSV)
    assert seen.status == 413
    assert "5 MB" in seen.text


def test_a_page_takes_no_upload_of_that_size_in_1(signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    browser.get("/greenhaven/findings/imports")
    seen = send(browser, "/greenhaven/notices/read", CSV)
    assert seen.status == 413
    assert "4 MB" in seen.text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_1500_fields_and_two_megabytes_is_taken_in_2(signed_in_as, kind):
    browser = signed_in_as(Role.auditor)
    browser.get("/your-account")
    fields = {f"field{number}": "x" * 1_365 for number in range(1_500)}
    given = {**fields, "path": "/greenhaven/audits/AUD-0001/last-page", "csrf_token": browser.token}
    body = urlencode(given)
    if kind.startswith("multipart"):
        boundary, body = encode_multipart(MultiDict(given))
        kind = f"{kind}; boundary={boundary}"
    answer = browser.client.post("/greenhaven/drafts", data=body, content_type=kind, base_url="http://localhost")
    assert answer.status_code == 204


@pytest.mark.parametrize(
    "address",
    ["/greenhaven/findings?words=%00", "/greenhaven/audits/AUD-0001/domains/%00", "/greenhaven/log?reference=a%00b"],
)
def test_an_address_with_a_character_no_database_keeps_is_refused_in_4(signed_in_as, address):
    signed_in_as(Role.qa_manager, Role.auditor).get(address, status=400)


ODD = [
    "start=9999-12-31&end=9999-12-31",
    "end=9999-12-31",
    "page=99999999999999999999",
    "page=%C2%B2",
    "sort=password_hash",
    "before=99999999999999999999999",
    "team_id=-1",
    "since=0001-01-01",
    "search=" + "x" * 5_000,
    "person=1_0",
]


@pytest.mark.parametrize("page_name", ["audits", "findings", "changes", "log", "plan-actions", "gaps", "people"])
def test_odd_filters_never_break_a_list_in_9(signed_in_as, page_name):
    browser = signed_in_as(Role.qa_manager, Role.admin)
    for query in ODD:
        browser.get(f"/greenhaven/{page_name}?{query}")


def test_a_percent_sign_and_an_underscore_are_searched_for_as_they_are_in_9(session, signed_in_as):
    builders.make_person(session, (Role.auditor,), name="Fifty% Sure")
    builders.make_person(session, (Role.auditor,), name="Plain Name")
    session.commit()
    browser = signed_in_as(Role.admin)
    for sign in ("%25", "_"):
        assert "Plain Name" not in browser.get(f"/greenhaven/people?search={sign}").main.text


def test_what_was_typed_is_shown_back_with_a_refusal_er_1(signed_in_as, session):
    """A step that comes too late keeps nobody's words from them."""
    browser = signed_in_as(Role.qa_manager)
    browser.get("/your-account")
    typed = {"reason": "The words I thought about for an hour", "password": "never shown"}
    seen = browser.post("/greenhaven/findings/imports/" + "0" * 64, typed, status=409)
    assert "thought about for an hour" in seen.text
    assert "never shown" not in seen.html
