"""Signing out at both ends, and accounts kept for emergencies while everybody else must come through the provider."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt

from audit_app import clock
from audit_app.people.tables import WebSession
from tests.audit_app.people.factors.test_passkeys import Device, asked_in
from tests.audit_app.people.provider import real_provider
from tests.audit_app.people.provider.test_not_believed import open_sessions
from tests.audit_app.people.provider.test_sign_in import ASHA, PASSWORD, events, link, rows, sign_in_through

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def entered(page, signed_in_as, town, there, engine):
    """Asha, signed in through the provider and nowhere else."""
    mine = signed_in_as(person_id=town.qa)
    link(mine, there)
    mine.post("/sign-out", {"csrf_token": mine.get("/your-account").token}, follow=False)
    sign_in_through(page, there)
    return page


def logout_token(provider, key=None, header=None, **changed):
    now = int(clock.now().timestamp())
    claims = {
        "iss": provider.issuer, "aud": real_provider.CLIENT, "iat": now, "exp": now + 120, "jti": "once-1",
        "events": {LOGOUT: {}}, "sub": "asha",
    }  # fmt: skip
    claims = {name: value for name, value in {**claims, **changed}.items() if value is not None}
    signed = {"alg": "RS256", "kid": provider.key.kid, "typ": "logout+jwt", **(header or {})}
    return jwt.encode(signed, claims, key or provider.key)


def tells(app, token):
    """The provider's own server asks ours: no browser, no cookie."""
    return app.test_client().post("/sign-out/provider", data={"logout_token": token}).status_code


# --- signing out ---


def test_signing_out_here_leads_on_to_signing_out_there(entered, there, engine):
    entered.post("/sign-out", {"csrf_token": entered.get("/your-account").token})
    assert entered.h1 == "Signing you out"
    assert open_sessions(engine) == []
    address = real_provider.address_in(entered.seen)
    asked = parse_qs(urlsplit(address).query)
    assert asked == {
        "client_id": [real_provider.CLIENT], "post_logout_redirect_uri": ["http://localhost/sign-out/done"],
    }  # fmt: skip
    page = there.session.get(address, timeout=10)
    assert page.status_code == 200, page.text
    assert entered.get("/sign-out/done").h1 == "You are signed out"


def test_signing_out_here_does_not_wait_for_a_provider_that_is_down(entered, provider, app, engine):
    app.extensions["provider"]._description = None
    provider.between.down = True
    seen = entered.post("/sign-out", {"csrf_token": entered.get("/your-account").token})
    assert open_sessions(engine) == []
    assert seen.h1 == "You are signed out"
    assert "could not be reached" in seen.text


def test_who_came_with_a_password_is_not_sent_to_the_provider(signed_in_as, town):
    mine = signed_in_as(person_id=town.qa)
    seen = mine.post("/sign-out", {"csrf_token": mine.get("/your-account").token}, follow=False)
    assert seen.location == "/sign-in"


def test_a_session_that_ends_there_ends_here(entered, elsewhere, provider, app, engine, town, signed_in_as):
    (mine,) = open_sessions(engine)
    sign_in_through(elsewhere, real_provider.Browser())
    assert mine.provider_sid, "the provider named its session"
    local = signed_in_as(person_id=town.qa)
    assert tells(app, logout_token(provider, sub=None, sid="another")) == 200
    assert entered.get("/your-account").h1 == "Your account"
    assert tells(app, logout_token(provider, sub=None, sid=mine.provider_sid, jti="once-2")) == 200
    assert entered.get("/your-account", status=303).location.startswith("/sign-in")
    assert elsewhere.get("/your-account").h1 == "Your account", "another session there goes on"
    assert tells(app, logout_token(provider, jti="once-3")) == 200
    assert elsewhere.get("/your-account", status=303).location.startswith("/sign-in")
    assert local.get("/your-account").h1 == "Your account", "a session that began here is none of the provider's"
    assert "people.provider_ended" in events(engine)


def test_what_is_no_logout_token_ends_nothing(entered, provider, app, engine):
    stranger = real_provider.new_key(provider.key.kid)
    past = int((clock.now() - timedelta(minutes=10)).timestamp())
    wrong = {
        "signed by another": logout_token(provider, stranger),
        "for another service": logout_token(provider, aud="payroll"),
        "from another provider": logout_token(provider, iss="https://login.elsewhere.example"),
        "run out": logout_token(provider, exp=past),
        "no end": logout_token(provider, exp=None),
        "made in ten minutes": logout_token(provider, iat=past + 1200),
        "no event": logout_token(provider, events=None),
        "another event": logout_token(provider, events={"about": {}}),
        "an event that says nothing": logout_token(provider, events={LOGOUT: 1}),
        "with a nonce, as id tokens have": logout_token(provider, nonce="x"),
        "about nobody": logout_token(provider, sub=None),
        "sent without a name of its own": logout_token(provider, jti=None),
        "an id token": logout_token(provider, header={"typ": "at+jwt"}),
        "nothing": "",
    }
    for case, token in wrong.items():
        assert tells(app, token) == 400, case
    assert len(open_sessions(engine)) == 1
    token = logout_token(provider)
    assert tells(app, token) == 200
    assert open_sessions(engine) == []
    assert tells(app, token) == 400, "the same a second time"


def test_the_name_of_the_session_there_goes_on_with_every_new_id(entered, engine):
    (before,) = open_sessions(engine)
    entered.get("/prove?next=/your-account")
    entered.submit({"password": PASSWORD}, form=3)
    (after,) = open_sessions(engine)
    assert after.id_hash != before.id_hash
    assert (after.provider_sid, after.identity_id) == (before.provider_sid, before.identity_id)


# --- emergencies ---

ONLY = {"OIDC_ONLY": True, "OIDC_BREAK_GLASS": ["Ada.Admin@greenhaven.example"]}


def with_password(page, user_name, status=303):
    page.get("/sign-in?next=/your-account")
    return page.submit({"user_name": user_name, "password": PASSWORD}, form=1, status=status)


@pytest.mark.parametrize("settings", [ONLY])
def test_only_accounts_kept_for_emergencies_have_a_password_here(page, town, engine, signed_in_as, home, settings):
    seen = with_password(page, ASHA, status=422)
    wrong = seen.text
    assert with_password(page, "nobody@greenhaven.example", status=422).text == wrong.replace(
        ASHA, "nobody@greenhaven.example"
    )
    assert open_sessions(engine) == []
    assert with_password(page, "ada.admin@greenhaven.example").h1 == "Your account"
    assert events(engine).count("people.emergency_account") == 1
    second = signed_in_as(person_id=town.second_admin)
    assert "An account kept for emergencies was used" in second.get(f"{home}/notices").text
    auditor = signed_in_as(person_id=town.auditor)
    assert "emergencies" not in auditor.get(f"{home}/notices").text


@pytest.mark.parametrize("settings", [ONLY])
def test_no_link_and_no_forgotten_password_goes_round_the_provider(page, admin, town, home, engine, settings):
    admin.get(f"{home}/people/{town.qa}")
    admin.submit(form="account", button="Make a link to reset the password")
    token = admin.seen.text.split("/one-time-links/")[1].split()[0]
    seen = page.get(f"/one-time-links/{token}")
    assert "Passwords open no account here" in seen.text
    page.get("/sign-in")
    page.post(f"/one-time-links/{token}", {"new_password": "quite another set of words"}, status=409)
    assert [row for row in open_sessions(engine) if row.person_id == town.qa] == []


@pytest.mark.parametrize("settings", [ONLY])
@pytest.mark.parametrize(("who", "status"), [("qa", 422), ("admin", 303)])
def test_a_passkey_opens_only_accounts_kept_for_emergencies(page, signed_in_as, town, engine, settings, who, status):
    device, mine = Device(), signed_in_as(person_id=getattr(town, who))
    mine.get("/second-factor/passkey")
    mine.submit({"label": "laptop", "answer": device.make(asked_in(mine, "second-factor"))})
    page.get("/sign-in?next=/your-account")
    page.submit({"answer": device.use(asked_in(page, "passkey"))}, form="passkey", status=status)
    assert events(engine).count("people.emergency_account") == (status == 303)


@pytest.mark.parametrize("settings", [ONLY])
def test_the_second_step_after_the_provider_is_no_emergency(page, signed_in_as, town, there, engine, app, settings):
    mine = signed_in_as(person_id=town.admin)
    link(mine, there, "owen")
    app.config["SECOND_FACTOR"] = "required"
    sign_in_through(page, real_provider.Browser(), "owen", amr=("pwd",))
    assert page.h1 == "Set up a second factor"
    assert "people.emergency_account" not in events(engine)
    assert [row.factor for row in rows(engine, WebSession) if row.is_half] == [""]
