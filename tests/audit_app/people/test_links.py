"""One-time links: invitations, resets, the first administrator (AU-10, AU-12, AU-15)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.drafts import KeptForm
from audit_app.notices.tables import OutgoingMail
from audit_app.people.access import Role, system_scope, web_session
from audit_app.people.accounts import service
from audit_app.people.tables import Invitation, InvitationPurpose, Person
from tests import builders

NEW = "blue kettle ferry"


@pytest.fixture
def make_link(app, engine):
    def make(person_id, purpose=InvitationPurpose.invitation, now=None):
        with database.session_for(engine, system_scope("a link")) as session:
            session.info["log_key"] = app.extensions["log_key"]
            return service.make_link(session, person_id, purpose, config=app.config, by=None, now=now or clock.now())

    return make


@pytest.fixture
def newcomer(engine, town):
    with database.session_for(engine, system_scope("a newcomer")) as session:
        person = builders.make_person(session, [Role.auditor], user_name="new@greenhaven.example", state="invited")
        return person.id


def test_an_invitation_sets_a_password_and_signs_in(page, make_link, newcomer, engine):
    token = make_link(newcomer)
    assert page.get(f"/one-time-links/{token}").h1 == "Choose your password"
    page.submit({"new_password": NEW}, follow=False)
    page.get("/your-account")
    assert "new@greenhaven.example" in page.text


def test_au_12_a_link_works_once(page, make_link, newcomer):
    token = make_link(newcomer)
    page.get(f"/one-time-links/{token}")
    page.submit({"new_password": NEW}, follow=False)
    assert page.get(f"/one-time-links/{token}", status=410).h1 == "This link no longer works"


@pytest.mark.parametrize(
    ("purpose", "hours"),
    [
        (InvitationPurpose.invitation, 72),
        (InvitationPurpose.first_administrator, 24),
        (InvitationPurpose.reset, 1),
    ],
)
def test_au_12_a_link_dies_after_its_hours(page, make_link, newcomer, purpose, hours):
    just_alive = make_link(newcomer, purpose, clock.now() - timedelta(hours=hours) + timedelta(minutes=1))
    page.get(f"/one-time-links/{just_alive}")
    dead = make_link(newcomer, purpose, clock.now() - timedelta(hours=hours, seconds=1))
    page.get(f"/one-time-links/{dead}", status=410)


def test_au_12_only_the_hash_is_kept_and_a_new_link_ends_the_old(page, make_link, newcomer, engine):
    first, second = make_link(newcomer), make_link(newcomer)
    with database.session_for(engine, system_scope("looking")) as session:
        kept = [row.token_hash for row in session.exec(select(Invitation)).all()]
    assert web_session.hash_of(first) in kept and first not in kept
    assert first != second
    page.get(f"/one-time-links/{first}", status=410)
    page.get(f"/one-time-links/{second}")


def test_a_guessed_link_is_dead(page, town):
    page.get("/one-time-links/guessed", status=410)


def test_au_2_a_weak_password_is_refused_on_the_page(page, make_link, newcomer):
    page.get(f"/one-time-links/{make_link(newcomer)}")
    page.submit({"new_password": "new@greenhaven.example"}, status=422)
    assert "must not contain your e-mail address" in page.text
    page.submit({"new_password": NEW}, follow=False)


def test_au_10_a_reset_ends_every_session_of_the_person(page, make_link, town, signed_in_as):
    asha = signed_in_as(person_id=town.qa)
    asha.get("/your-account")
    page.get(f"/one-time-links/{make_link(town.qa, InvitationPurpose.reset)}")
    page.submit({"new_password": NEW}, follow=False)
    asha.get("/your-account", status=303)


def test_au_5_asking_for_a_reset_tells_nobody_whether_there_is_an_account(app, page, town, engine):
    app.config.update(SMTP_HOST="mail.example", MAIL_FROM="noreply@greenhaven.example", JOBS_IMMEDIATE=False)
    answers = []
    for name in ("asha.khan@greenhaven.example", "nobody@greenhaven.example"):
        page.get("/forgotten-password")
        answers.append(page.submit({"user_name": name}, status=200).text)
    assert answers[0] == answers[1]


def test_au_15_the_mailed_link_is_made_from_the_setting(app, page, town, engine):
    app.config.update(SMTP_HOST="mail.example", MAIL_FROM="noreply@greenhaven.example")
    with database.session_for(engine, system_scope("a link")) as session:
        session.info["log_key"] = app.extensions["log_key"]
        token = service.make_link(
            session, town.qa, InvitationPurpose.reset, config=app.config, by=None, now=clock.now()
        )
        waiting = session.exec(select(OutgoingMail)).all()
        assert [(row.to_address, row.path) for row in waiting] == [
            ("asha.khan@greenhaven.example", f"/one-time-links/{token}")
        ]


def test_without_mail_the_page_says_whom_to_ask(page, town):
    page.get("/forgotten-password")
    assert "does not send e-mail" in page.text


def test_a_disabled_account_has_no_working_link(page, make_link, newcomer, engine):
    token = make_link(newcomer)
    with database.session_for(engine, system_scope("disabling")) as session:
        person = session.get(Person, newcomer)
        person.state = "disabled"
        session.add(person)
    page.get(f"/one-time-links/{token}", status=410)


def test_hd_2_pages_with_one_time_links_are_never_kept_by_a_browser(page, make_link, newcomer, signed_in_as, town):
    token = make_link(newcomer)
    assert page.get(f"/one-time-links/{token}").response.headers["Cache-Control"] == "no-store"
    page.submit({"new_password": NEW}, follow=False)
    assert page.get(f"/one-time-links/{token}", status=410).response.headers["Cache-Control"] == "no-store"
    admin = signed_in_as(person_id=town.admin)
    assert admin.get("/greenhaven/people/invitations").response.headers["Cache-Control"] == "no-store"


def test_a_used_link_says_when_it_was_used_and_what_to_do(page, make_link, newcomer):
    token = make_link(newcomer)
    page.get(f"/one-time-links/{token}")
    page.submit({"new_password": NEW}, follow=False)
    used = page.get(f"/one-time-links/{token}", status=410).text
    assert "It was used, or replaced by a newer one, on" in used and "tell whoever looks after accounts" in used
    late = make_link(newcomer, now=clock.now() - timedelta(hours=73))
    assert "Ask for a new link" in page.get(f"/one-time-links/{late}", status=410).text
    assert "Check that you copied all of it" in page.get("/one-time-links/guessed", status=410).text


def test_of_two_people_who_send_one_link_at_once_the_second_gets_410(app, page, make_link, newcomer, monkeypatch):
    """Both opened the page; the second has read the link as unused when the first uses it."""
    token = make_link(newcomer)
    second = type(page)(app.test_client())
    for browser in (page, second):
        browser.get(f"/one-time-links/{token}")
    real = service.read_link
    monkeypatch.setattr(service, "read_link", lambda session, given, now: _unused(real(session, given, now)))
    page.submit({"new_password": NEW}, follow=False)
    monkeypatch.setattr(service, "read_link", lambda session, given, now: _as_it_was(session, given))
    assert second.submit({"new_password": "another kettle ferry"}, status=410).h1 == "This link no longer works"


def _unused(link):
    assert link[0].used_at is None
    return link


def _as_it_was(session, token):
    row = session.get(Invitation, web_session.hash_of(token))
    return row, session.get(Person, row.person_id)


def test_the_address_of_a_one_time_link_is_never_kept_with_typed_text(
    app, make_link, newcomer, signed_in_as, town, engine
):
    """Signed in, with the form of an older session: the path would hold the secret."""
    token = make_link(newcomer)
    asha = signed_in_as(person_id=town.qa)
    asha.get(f"/one-time-links/{token}")
    asha.submit({"new_password": NEW, "csrf_token": "0" * 64})
    with database.session_for(engine, system_scope("looking")) as session:
        assert session.exec(select(KeptForm)).all() == []
