"""The second step of signing in, through the pages: AU-4, AU-6, AU-8, AU-10 and who may set a factor up."""

import re
from datetime import timedelta

import pyotp
import pytest
import segno
from sqlmodel import select

from audit_app import clock, database
from audit_app.drafts import KeptForm
from audit_app.history import HistoryEntry
from audit_app.people.access import system_scope
from audit_app.people.factors import queries
from audit_app.people.factors.tables import AuthenticatorApp, RecoveryCode
from audit_app.people.tables import WebSession, WrongTry

PASSWORD = "three random words"
ASHA = "asha.khan@greenhaven.example"


def rows(engine, table):
    with database.session_for(engine, system_scope("looking")) as session:
        return session.exec(select(table)).all()


def events(engine):
    return [row.event for row in sorted(rows(engine, HistoryEntry), key=lambda row: row.sequence)]


def first_step(page, user_name=ASHA, target="/your-account"):
    page.get(f"/sign-in?next={target}")
    return page.submit({"user_name": user_name, "password": PASSWORD})


def code_of(secret, steps=0):
    """What an app shows that has this secret: worked out by an app of our own, not by the product."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


def set_up_app(page):
    """Set an app up through the pages; gives its secret as the page shows it."""
    page.get("/second-factor")
    seen = page.submit(form="app")
    secret = seen.text.split("Key: ")[1].split(" Code")[0].replace(" ", "")[:32]
    page.submit({"code": code_of(secret)})
    return secret


def later(engine, **how):
    """Time passes for codes: the newest accepted one lies further back, and tries no longer count."""
    with database.session_for(engine, system_scope("time passes")) as session:
        for app in session.exec(select(AuthenticatorApp)).all():
            app.last_step -= 10
            session.add(app)
        for row in session.exec(select(WrongTry)).all():
            row.at -= timedelta(**how or {"minutes": 6})
            session.add(row)


@pytest.fixture
def asha(signed_in_as, town, engine):
    """Asha's browser and her app's secret."""
    made = signed_in_as(person_id=town.qa)
    secret = set_up_app(made)
    later(engine)
    return made, secret


def test_au_6_a_password_alone_opens_nothing_once_an_app_is_set_up(page, asha, home):
    seen = first_step(page)
    assert seen.h1 == "Check that it is you"
    for address in ("/your-account", f"{home}/", "/your-account/second-factor", "/"):
        assert page.get(address, status=303, follow=False).location.startswith("/sign-in/second-step?next=")
    assert "Asha Khan" not in page.get("/sign-in/second-step").text


def test_au_6_a_code_opens_and_is_accepted_once(page, asha, app, engine):
    _browser, secret = asha
    first_step(page)
    assert page.submit({"code": code_of(secret)}, form="second-step").h1 == "Your account"
    other = type(page)(app.test_client())
    first_step(other)
    assert "used before" in other.submit({"code": code_of(secret)}, form="second-step", status=422).text
    assert other.submit({"code": code_of(secret, 1)}, form="second-step").h1 == "Your account"
    assert events(engine).count("people.signed_in_with_app") == 2


def test_a_code_is_right_one_step_early_or_late_and_no_more(page, asha, engine):
    _browser, secret = asha
    first_step(page)
    for steps in (-3, 3):
        page.submit({"code": code_of(secret, steps)}, form="second-step", status=422)
    page.submit({"code": f" {code_of(secret, -1)[:3]} {code_of(secret, -1)[3:]} "}, form="second-step")
    assert page.get("/your-account").h1 == "Your account"


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "١٢٣٤٥٦", "000 000 000"])
def test_what_is_no_code_is_refused_and_counted(page, asha, engine, typed):
    first_step(page)
    page.submit({"code": typed}, form="second-step", status=422)
    assert len(rows(engine, WrongTry)) == 1


def test_au_4_after_five_wrong_codes_even_the_right_one_waits(page, asha, engine):
    _browser, secret = asha
    first_step(page)
    for _ in range(5):
        page.submit({"code": "000000"}, form="second-step", status=422)
    page.get("/sign-in/second-step")
    seen = page.submit({"code": code_of(secret)}, form="second-step", status=429)
    assert 0 < int(seen.response.headers["Retry-After"]) <= 300
    later(engine)
    page.get("/sign-in/second-step")
    page.submit({"code": code_of(secret)}, form="second-step")


def test_au_8_the_id_changes_at_the_second_step_and_the_half_one_is_dead(page, asha, app):
    _browser, secret = asha
    first_step(page)
    before = page.client.get_cookie(app.config["SESSION_COOKIE"]).value
    page.submit({"code": code_of(secret)}, form="second-step")
    assert page.client.get_cookie(app.config["SESSION_COOKIE"]).value != before
    thief = type(page)(app.test_client())
    thief.client.set_cookie(app.config["SESSION_COOKIE"], before, domain="localhost", secure=True)
    assert thief.get("/your-account", status=303, follow=False).location.startswith("/sign-in?")


def test_the_second_step_waits_ten_minutes_and_no_longer(page, asha, engine):
    first_step(page)
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession).where(WebSession.is_half)).all():
            row.started_at -= timedelta(minutes=11)
            session.add(row)
    assert page.get("/sign-in/second-step", status=303, follow=False).location.startswith("/sign-in?")


@pytest.mark.parametrize("minutes", [11, 45])
def test_nothing_is_kept_for_somebody_by_a_browser_that_never_took_the_second_step(page, asha, engine, home, minutes):
    """A stolen password must not leave text on its owner's pages."""
    first_step(page)
    token = page.seen.token
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession).where(WebSession.is_half)).all():
            row.started_at -= timedelta(minutes=minutes)
            row.seen_at -= timedelta(minutes=minutes)
            session.add(row)
    fields = {"csrf_token": token, "title": "Planted"}
    seen = page.post(f"{home}/findings/raise", fields, status=303, follow=False)
    assert seen.location.startswith("/sign-in?")
    assert rows(engine, KeptForm) == []


def test_who_has_a_factor_cannot_add_another_with_the_password_alone(page, asha, engine):
    """Without this guard a stolen password would set up the thief's own app."""
    first_step(page)
    token = page.seen.token
    for address in ("/second-factor", "/second-factor/app/code", "/second-factor/passkey"):
        assert page.get(address, status=303, follow=False).location.startswith("/sign-in/second-step"), address
    for address in ("/second-factor/app", "/second-factor/app/code", "/second-factor/passkey"):
        seen = page.post(address, {"csrf_token": token, "code": "000000"}, status=303, follow=False)
        assert seen.location.startswith("/sign-in/second-step"), address
    assert len(rows(engine, AuthenticatorApp)) == 1


def test_au_13_another_factor_needs_a_fresh_proof(asha, engine):
    browser, _secret = asha
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession)).all():
            row.proved_at -= timedelta(minutes=6)
            session.add(row)
    for address in ("/second-factor", "/your-account/recovery-codes"):
        assert browser.get(address, status=303, follow=False).location.startswith("/prove?"), address
    browser.get("/your-account/second-factor")
    assert browser.submit(form="remove", follow=False).location.startswith("/prove?")
    assert len(rows(engine, AuthenticatorApp)) == 1


def test_au_10_a_new_factor_ends_the_other_sessions(signed_in_as, town, page):
    elsewhere, here = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.qa)
    set_up_app(here)
    elsewhere.get("/your-account", status=303, follow=False)
    assert here.get("/your-account").h1 == "Your account"


def test_recovery_codes_are_shown_once_work_once_and_are_kept_as_hashes(page, asha, engine):
    browser, _secret = asha
    seen = browser.get("/your-account/recovery-codes")
    papers = [word for word in seen.text.split() if word.count("-") == 3 and len(word) == 19]
    assert len(set(papers)) == 10
    assert not {row.code_hash for row in rows(engine, RecoveryCode)} & set(papers)
    first_step(page)
    page.get("/sign-in/recovery-code")
    seen = page.submit({"code": papers[3].upper().replace("-", " ")}, form="recovery")
    assert "9 recovery codes are left" in seen.text
    assert papers[0] not in browser.get("/your-account/recovery-codes").text, "shown after one was used"
    page.post("/sign-out", {"csrf_token": page.seen.token})
    first_step(page)
    page.get("/sign-in/recovery-code")
    page.submit({"code": papers[3]}, form="recovery", status=422)
    assert "people.signed_in_with_recovery" in events(engine)


def test_recovery_codes_of_an_earlier_set_and_of_somebody_else_are_worth_nothing(page, asha, town, signed_in_as):
    browser, _secret = asha
    seen = browser.get("/your-account/recovery-codes")
    old = next(word for word in seen.text.split() if word.count("-") == 3 and len(word) == 19)
    other = signed_in_as(person_id=town.auditor)
    set_up_app(other)
    seen = other.get("/your-account/recovery-codes")
    foreign = next(word for word in seen.text.split() if word.count("-") == 3 and len(word) == 19)
    token = browser.get("/your-account/second-factor").token
    browser.post("/your-account/recovery-codes", {"csrf_token": token})
    first_step(page)
    page.get("/sign-in/recovery-code")
    for code in (old, foreign):
        page.submit({"code": code}, form="recovery", status=422)


def test_recovery_codes_vanish_after_a_quarter_of_an_hour(asha, town, app, engine):
    made_at = rows(engine, RecoveryCode)[0].made_at
    with database.session_for(engine, system_scope("time passes"), reading=True) as session:
        for minutes, count in ((15, 10), (15.1, 0)):
            moment = made_at + timedelta(minutes=minutes)
            assert len(queries.codes_to_show(session, town.qa, now=moment, config=app.config)) == count
    app.config["FACTOR_KEY"] = "another key altogether"
    seen = asha[0].get("/your-account/recovery-codes")
    assert "10 recovery codes" in seen.text
    assert not [word for word in seen.text.split() if word.count("-") == 3 and len(word) == 19]


def test_the_app_is_taken_away_and_the_password_alone_opens_again(page, asha, engine):
    browser, _secret = asha
    browser.get("/your-account/second-factor")
    browser.submit(form="remove")
    assert first_step(page).h1 == "Your account"
    assert rows(engine, RecoveryCode) == [], "codes that stood in for it end with it"


def test_an_app_begun_and_not_finished_counts_for_nothing(page, signed_in_as, town):
    browser = signed_in_as(person_id=town.qa)
    browser.get("/second-factor")
    seen = browser.submit(form="app")
    assert "The code is wrong" in browser.submit({"code": "000000"}, status=422).text
    assert seen.h1 == "Set up your authenticator app"
    assert first_step(page).h1 == "Your account"


def test_a_lost_key_is_said_and_recovery_codes_still_open(page, asha, app, engine):
    browser, secret = asha
    papers = [word for word in browser.get("/your-account/recovery-codes").text.split() if word.count("-") == 3]
    app.config["FACTOR_KEY"] = "another key altogether, as after a lost disk"
    first_step(page)
    for _try in range(6):  # none of them counts as a guess
        assert "has lost the key" in page.submit({"code": code_of(secret)}, form="second-step", status=422).text
    page.get("/sign-in/recovery-code")
    assert page.submit({"code": papers[0]}, form="recovery").h1 == "Second factor"


def test_somebody_else_may_sign_in_instead(page, asha, engine):
    first_step(page)
    page.submit(form="leave")
    assert page.get("/sign-in").h1 == "Sign in"
    assert not [row for row in rows(engine, WebSession) if row.is_half and row.ended_at is None]


# --- where a second factor is required ---


@pytest.fixture
def required(app):
    """Every account needs one, as in server mode."""
    app.config["SECOND_FACTOR"] = "required"


def test_au_6_where_it_is_required_the_first_page_sets_one_up(page, town, required, engine):
    seen = first_step(page)
    assert seen.h1 == "Set up a second factor"
    assert page.get("/your-account", status=303, follow=False).location.startswith("/sign-in/second-step")
    set_up_app(page)
    assert page.get("/your-account").h1 == "Your account"
    assert events(engine).count("people.signed_in_with_app") == 1


def test_au_6_a_session_from_before_it_was_required_opens_nothing(signed_in_as, town, required):
    browser = signed_in_as(person_id=town.qa)
    assert browser.get("/your-account", status=303, follow=False).location.startswith("/sign-in/second-step")


def test_au_6_a_one_time_link_does_not_go_round_the_second_step(page, asha, admin, town, home):
    seen = admin.get(f"{home}/people/{town.qa}")
    admin.submit(form="account", button="Make a link to reset the password")
    link = admin.seen.text.split("/one-time-links/")[1].split()[0]
    page.get(f"/one-time-links/{link}")
    seen = page.submit({"new_password": "quite another set of words"})
    assert seen.h1 == "Check that it is you"


def test_the_last_factor_stays_where_one_is_required(asha, required, engine):
    browser, _secret = asha
    browser.get("/your-account/second-factor")
    seen = browser.submit(form="remove", status=409)
    assert "this is your only one" in seen.text
    assert len(rows(engine, AuthenticatorApp)) == 1


def test_an_administrator_takes_lost_factors_away_and_the_person_is_told(page, asha, admin, town, home, engine):
    browser, _secret = asha
    assert "Second factor Set up" in admin.get(f"{home}/people/{town.qa}").text
    admin.submit(form="account", button="Take the second factor away")
    browser.get("/your-account", status=303, follow=False)
    assert first_step(page).h1 == "Your account"
    assert "Your second factor was taken away" in page.get(f"{home}/notices").text
    assert "people.factors_removed" in events(engine)


def test_nobody_takes_their_own_away_as_an_administrator(admin, town, home):
    set_up_app(admin)
    token = admin.get(f"{home}/people/{town.admin}").token
    admin.post(f"{home}/people/{town.admin}/account", {"csrf_token": token, "step": "factors"}, status=403)


def test_the_square_is_whole_and_says_what_the_key_says(signed_in_as, town):
    """Read back as a picture would be: each black module of the drawing against a square made from the key alone."""
    browser = signed_in_as(person_id=town.qa)
    browser.get("/second-factor")
    seen = browser.submit(form="app")
    secret = seen.text.split("Key: ")[1].split(" Code")[0].replace(" ", "")[:32]
    account, service = ASHA.replace("@", "%40"), "Inspection%20readiness"
    address = f"otpauth://totp/{service}:{account}?secret={secret}&issuer={service}"
    expected = [list(row) for row in segno.make(address, error="m").matrix_iter(border=4)]
    side = len(expected)
    assert f'viewBox="0 0 {side} {side}"' in seen.html
    drawn = [[0] * side for _row in range(side)]
    x = y = 0.0
    for move, dx, dy in re.findall(
        r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", seen.html.split('stroke="#000" d="')[1].split('"')[0]
    ):
        if move == "h":
            for step in range(int(dx)):
                drawn[int(y)][int(x) + step] = 1
            x += float(dx)
        else:
            x, y = (float(dx), float(dy)) if move == "M" else (x + float(dx), y + float(dy))
    assert drawn == [[int(bool(module)) for module in row] for row in expected]


def test_who_gave_the_right_password_and_no_more_shows_among_ones_sessions(page, asha):
    """So that its owner sees that somebody else has the password."""
    browser, _secret = asha
    first_step(page)
    assert browser.get("/your-account").text.count("before the second step") == 1
