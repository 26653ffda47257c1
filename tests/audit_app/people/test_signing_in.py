"""Signing in and out through the pages: AU-3 to AU-5, AU-7, AU-8, AU-14, AU-15, HD-2."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.drafts import KeptForm
from audit_app.history import HistoryEntry
from audit_app.people.access import system_scope, web_session
from audit_app.people.accounts import passwords
from audit_app.people.tables import Person, WebSession, WrongTry

PASSWORD = "three random words"
ASHA = "asha.khan@greenhaven.example"


def rows(engine, table):
    with database.session_for(engine, system_scope("looking")) as session:
        return session.exec(select(table)).all()


def sign_in(page, user_name=ASHA, password=PASSWORD, status=303, target="", **more):
    page.get("/sign-in" + (f"?next={target}" if target else ""))
    return page.submit({"user_name": user_name, "password": password}, status=status, follow=False, **more)


def test_a_right_password_signs_in_and_leads_on(page, town):
    seen = sign_in(page, target="/your-account")
    assert seen.location == "/your-account"
    assert page.get("/your-account").h1 == "Your account"


def test_the_e_mail_address_may_be_typed_in_capitals(page, town):
    sign_in(page, user_name=" Asha.KHAN@greenhaven.example ")


def test_au_14_a_foreign_target_leads_home(page, town):
    assert sign_in(page, target="https://evil.example").location == "/"


def test_au_5_unknown_name_wrong_password_and_no_password_yet_answer_alike(page, town, engine, session):
    from tests import builders

    builders.make_person(session, user_name="invited@greenhaven.example", state="invited")
    session.commit()
    answers = []
    for name in (ASHA, "nobody@greenhaven.example", "invited@greenhaven.example"):
        seen = sign_in(page, user_name=name, password="a wrong password", status=422)
        answers.append(page.text.replace(name, ""))
        assert "The e-mail address or password is wrong" in seen.text
    assert len(set(answers)) == 1


def test_au_5_an_unknown_name_costs_the_same_hashing(page, town, monkeypatch):
    """Counted, not timed: each try verifies exactly one hash."""
    counted = []
    real = passwords.hasher

    def counting(config):
        counted.append(1)
        return real(config)

    monkeypatch.setattr(passwords, "hasher", counting)
    sign_in(page, user_name=ASHA, password="a wrong password", status=422)
    known = len(counted)
    counted.clear()
    sign_in(page, user_name="nobody@greenhaven.example", password="a wrong password", status=422)
    assert len(counted) == known == 1


def test_au_4_after_five_wrong_tries_even_the_right_password_waits(page, town, engine):
    for _ in range(5):
        sign_in(page, password="a wrong password", status=422)
    seen = sign_in(page, status=429)
    assert 0 < int(seen.response.headers["Retry-After"]) <= 300
    assert len(rows(engine, WrongTry)) == 5, "a try that is not evaluated does not prolong the wait"
    sign_in(page, user_name="owen.lewis@greenhaven.example")


def test_au_4_the_wait_ends_after_five_minutes(page, town, engine):
    for _ in range(5):
        sign_in(page, password="a wrong password", status=422)
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WrongTry)).all():
            row.at -= timedelta(minutes=5)
            session.add(row)
    sign_in(page)


def test_au_4_twenty_wrong_tries_from_an_address_wait_whatever_the_name(page, town):
    for number in range(20):
        sign_in(page, user_name=f"guess{number}@greenhaven.example", password="a wrong password", status=422)
    sign_in(page, user_name="another@greenhaven.example", status=429)


def test_au_7_the_cookie_is_random_strict_and_the_database_keeps_its_hash_alone(page, town, engine):
    seen = sign_in(page)
    cookie = seen.response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    assert len(token) >= 43
    kept = [row.id_hash for row in rows(engine, WebSession)]
    assert kept == [web_session.hash_of(token)]


def test_au_8_an_id_from_before_signing_in_signs_nobody_in(app, page, town):
    page.get("/sign-in")
    before = page.client.get_cookie("__Host-session").value
    sign_in(page)
    assert page.client.get_cookie("__Host-session").value != before
    stranger = type(page)(app.test_client())
    stranger.client.set_cookie("__Host-session", before, secure=True)
    assert "/sign-in" in stranger.get("/your-account", status=303).location


def test_au_3_the_hash_is_made_anew_when_the_settings_rise(app, page, town, engine):
    app.config["ARGON2_TIME"] = 2
    sign_in(page)
    kept = next(row.password_hash for row in rows(engine, Person) if row.user_name == ASHA)
    assert "t=2" in kept
    assert passwords.holds(app.config, kept, PASSWORD)


def test_signing_out_ends_the_session_and_clears_the_browser(app, page, town):
    sign_in(page)
    token = page.client.get_cookie("__Host-session").value
    page.get("/your-account")
    seen = page.post("/sign-out", follow=False)
    assert seen.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    again = type(page)(app.test_client())
    again.client.set_cookie("__Host-session", token, secure=True)
    assert "/sign-in" in again.get("/your-account", status=303).location


def test_lg_8_sign_ins_refusals_and_throttling_are_logged_without_the_name_tried(page, town, engine):
    for _ in range(5):
        sign_in(page, password="a wrong password", status=422)
    sign_in(page, status=429)
    sign_in(page, user_name="owen.lewis@greenhaven.example")
    entries = rows(engine, HistoryEntry)
    noted = [entry.event for entry in entries]
    assert noted.count("people.sign_in_refused") == 5
    assert noted.count("people.sign_in_throttled") == 1
    assert noted.count("people.signed_in") == 1
    assert not any("asha" in str(entry) for entry in entries)


def test_a_disabled_account_cannot_sign_in(page, town, engine):
    with database.session_for(engine, system_scope("disabling")) as session:
        person = session.get(Person, town.qa)
        person.state = "disabled"
        session.add(person)
    sign_in(page, status=422)


@pytest.mark.parametrize("field", ["user_name", "password"])
def test_an_empty_field_is_named(page, town, field):
    page.get("/sign-in")
    page.submit({"user_name": ASHA, "password": PASSWORD, field: ""}, status=422)
    assert page.title.startswith("Error:")


def test_au_15_a_foreign_host_is_refused(page):
    page.get("/sign-in", status=400, headers={"Host": "evil.example"})


def test_au_9_a_session_ends_when_idle_or_old(app, signed_in_as, town, engine):
    for column, age in (("seen_at", timedelta(minutes=31)), ("started_at", timedelta(hours=12, minutes=1))):
        me = signed_in_as(person_id=town.qa)
        me.get("/your-account")
        with database.session_for(engine, system_scope("time passes")) as session:
            for row in session.exec(select(WebSession)).all():
                setattr(row, column, clock.now() - age)
                session.add(row)
        assert "/sign-in" in me.get("/your-account", status=303).location


def test_au_4_one_persons_typing_does_not_shut_out_the_office_behind_the_same_address(app, page, town):
    """Asha works here. Somebody beside her types thirty names wrong; she signs in, and a stranger still waits."""
    sign_in(page)
    beside = type(page)(app.test_client())
    for number in range(20):
        sign_in(beside, user_name=f"guess{number}@greenhaven.example", password="a wrong password", status=422)
    for number in range(10):
        sign_in(beside, user_name=f"more{number}@greenhaven.example", password="a wrong password", status=429)
    sign_in(beside, user_name="owen.lewis@greenhaven.example", status=429)
    sign_in(type(page)(app.test_client()))


def test_au_4_and_5_guessing_at_somebody_known_here_stays_slow_and_tells_nothing(app, page, town):
    sign_in(page)
    beside = type(page)(app.test_client())
    for number in range(20):
        sign_in(beside, user_name=f"guess{number}@greenhaven.example", password="a wrong password", status=422)
    known = sign_in(beside, password="a wrong password", status=429)
    known_text = beside.text
    unknown = sign_in(beside, user_name="nobody@greenhaven.example", password="a wrong password", status=429)
    assert known_text == beside.text
    waits = [int(seen.response.headers["Retry-After"]) for seen in (known, unknown)]
    assert abs(waits[0] - waits[1]) <= 2
    for _ in range(4):
        sign_in(beside, password="a wrong password", status=429)
    sign_in(beside, status=429)  # five wrong ones: now even the right one waits, whoever is known


def test_au_4_wrong_proofs_and_asking_for_resets_do_not_count_against_the_address(app, page, town, engine):
    app.config.update(SMTP_HOST="mail.example", MAIL_FROM="noreply@greenhaven.example")
    for number in range(21):
        page.get("/forgotten-password")
        page.submit({"user_name": f"nobody{number}@greenhaven.example"}, status=429 if number == 20 else 200)
    sign_in(page)
    for _ in range(5):
        page.get("/prove")
        page.submit({"password": "a wrong password"}, status=422)
    assert {row.address for row in rows(engine, WrongTry)} == {"reset:127.0.0.1", ""}


def test_au_4_tries_counted_before_the_clock_went_back_keep_nobody_out(page, town, engine):
    for _ in range(5):
        sign_in(page, password="a wrong password", status=422)
    with database.session_for(engine, system_scope("the clock goes back")) as session:
        for row in session.exec(select(WrongTry)).all():
            row.at += timedelta(hours=9)
            session.add(row)
    sign_in(page)
    assert rows(engine, WrongTry) == []


@pytest.mark.parametrize("columns", [("seen_at",), ("started_at", "seen_at", "proved_at")])
def test_au_9_a_clock_that_goes_back_lengthens_no_session(app, signed_in_as, town, engine, columns):
    """The rows lie ahead of the clock, as after it was put back by an hour: how long they have stood cannot be told."""
    me = signed_in_as(person_id=town.qa)
    me.get("/your-account")
    with database.session_for(engine, system_scope("the clock goes back")) as session:
        for row in session.exec(select(WebSession)).all():
            for column in columns:
                setattr(row, column, clock.now() + timedelta(hours=1))
            session.add(row)
    assert "/sign-in" in me.get("/your-account", status=303).location
    assert [row.end_reason for row in rows(engine, WebSession)] == ["ran_out"]


def test_au_9_seconds_between_two_servers_end_no_session(app, signed_in_as, town, engine):
    me = signed_in_as(person_id=town.qa)
    with database.session_for(engine, system_scope("a server a little ahead")) as session:
        row = session.exec(select(WebSession)).one()
        row.started_at = row.seen_at = row.proved_at = clock.now() + timedelta(seconds=20)
        session.add(row)
    me.get("/your-account")


def test_au_8_a_second_sign_in_from_the_same_browser_ends_the_first_session(app, page, town, engine):
    sign_in(page)
    first = page.client.get_cookie("__Host-session").value
    page.get("/your-account")
    form = page.form_data(-1)
    page.post("/sign-in", {**form, "user_name": "owen.lewis@greenhaven.example", "password": PASSWORD}, follow=False)
    assert "owen.lewis" in page.get("/your-account").text
    ended = {row.person_id: row.end_reason for row in rows(engine, WebSession)}
    assert ended == {town.qa: "replaced", town.auditor: ""}
    again = type(page)(app.test_client())
    again.client.set_cookie("__Host-session", first, secure=True)
    assert "/sign-in" in again.get("/your-account", status=303).location


def test_a_sign_in_page_left_open_in_another_tab_says_who_is_signed_in_and_keeps_nothing(page, town, engine):
    page.get("/sign-in")
    stale = page.form_data(-1)
    sign_in(page)
    page.post("/sign-in", {**stale, "user_name": ASHA, "password": PASSWORD})
    page.get("/your-account")
    assert rows(engine, KeptForm) == []


def test_au_2_the_councils_own_words_are_refused_as_a_password(page, town, engine, session):
    sign_in(page)
    for guess in ("Greenhaven2026!", "greenhavencouncil", "Duty Team 2026!!", "Court-Duty-Team"):
        page.get("/your-account/password")
        page.submit({"current_password": PASSWORD, "new_password": guess}, status=422)
        assert "anyone could guess of this service" in page.text, guess
    page.get("/your-account/password")
    page.submit({"current_password": PASSWORD, "new_password": "kettle orchard lantern"})
    assert "Your password has changed" in page.text
