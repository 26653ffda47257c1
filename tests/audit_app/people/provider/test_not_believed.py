"""What is not believed: each case differs in one thing from a sign-in that holds, and the log says which.

Real failures come from the certified provider itself; what it would never send, a server in front of it sends.
"""

import json
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlmodel import select

from audit_app import clock, database
from audit_app.history import HistoryEntry
from audit_app.people.access import system_scope
from audit_app.people.provider.tables import ProviderSignIn
from audit_app.people.tables import WebSession
from tests.audit_app.people.provider import real_provider
from tests.audit_app.people.provider.test_sign_in import comes_back, link, rows


def begin(page):
    page.get("/sign-in?next=/your-account")
    return real_provider.address_in(page.submit(form="/sign-in/provider", status=200))


def why(engine):
    """The reason in the newest refusal of the log."""
    refused = [row for row in rows(engine, HistoryEntry) if row.event == "people.provider_refused"]
    return json.loads(max(refused, key=lambda row: row.sequence).facts)["why"]


def open_sessions(engine):
    return [row for row in rows(engine, WebSession) if row.ended_at is None]


@pytest.fixture
def linked(signed_in_as, town, there, engine):
    """Asha's account is linked; her browser is signed in at the provider, and nobody is here."""
    mine = signed_in_as(person_id=town.qa)
    link(mine, there)
    mine.post("/sign-out", {"csrf_token": mine.get("/your-account").token}, follow=False)
    assert open_sessions(engine) == []


def shifted(name, seconds):
    return lambda claims: {**claims, name: claims[name] + seconds}


def ago(name, seconds):
    return lambda claims: {**claims, name: int(clock.now().timestamp()) - seconds}


def other(**changed):
    return lambda claims: {name: value for name, value in {**claims, **changed}.items() if value is not None}


CLIENT = real_provider.CLIENT
WRONG_CLAIMS = {
    "nonce of another sign-in": (other(nonce="x" * 43), "nonce"),
    "no nonce": (other(nonce=None), "nonce"),
    "another issuer": (other(iss="https://login.elsewhere.example"), "issuer"),
    "no issuer": (other(iss=None), "issuer"),
    "for another service": (other(aud="payroll"), "audience"),
    "for another service that authorised us": (other(aud="payroll", azp=CLIENT), "audience"),
    "for two, the other one authorised": (other(aud=[CLIENT, "payroll"], azp="payroll"), "audience"),
    "for two, nobody authorised": (other(aud=["payroll", CLIENT]), "audience"),
    "authorised another": (other(azp="payroll"), "audience"),
    "run out": (ago("exp", 200), "clock"),
    "no end": (other(exp=None), "token"),
    "made in ten minutes": (shifted("iat", 600), "clock"),
    "made ten minutes ago": (shifted("iat", -600), "clock"),
    "not to be used yet": (lambda claims: {**claims, "nbf": claims["iat"] + 600}, "clock"),
    "nobody named": (other(sub=None), "token"),
    "an access token of another": (other(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "token"),
}


def test_each_claim_that_is_wrong_signs_nobody_in(page, linked, provider, there, engine):
    for case, (change, reason) in WRONG_CLAIMS.items():
        provider.resign(change)
        comes_back(page, there.go(begin(page)), status=400)
        assert why(engine) == reason, case
    assert open_sessions(engine) == []
    # Dated back by five minutes, as Entra does it, and for two with us authorised: both hold.
    for change in (shifted("iat", -300), other(aud=[CLIENT, "payroll"], azp=CLIENT)):
        provider.resign(change)
        assert comes_back(page, there.go(begin(page))).h1 == "Your account"
        page.post("/sign-out", follow=False)


def test_each_signature_that_is_wrong_signs_nobody_in(page, linked, provider, there, engine):
    stranger, unknown = real_provider.new_key("first"), real_provider.new_key("unknown")
    secret = OctKey.import_key(real_provider.SECRET)
    cases = {
        "another key under the same name": lambda c: jwt.encode({"alg": "RS256", "kid": "first"}, c, stranger),
        "a key nobody knows": lambda c: jwt.encode({"alg": "RS256", "kid": "unknown"}, c, unknown),
        "no signature": lambda c: real_provider.unsigned(c, {"alg": "none", "kid": "first"}),
        "no signature, in capitals": lambda c: real_provider.unsigned(c, {"alg": "NONE"}),
        "the secret both sides know": lambda c: jwt.encode({"alg": "HS256", "kid": "first"}, c, secret),
        "a token that is none": lambda c: "a.b",
        "a signature taken off": lambda c: real_provider.unsigned(c, {"alg": "RS256", "kid": "first"}),
        "nothing": lambda c: None,
    }
    for case, make in cases.items():
        provider.replace_token(make)
        comes_back(page, there.go(begin(page)), status=400)
        assert why(engine) == "signature", case
    provider.resign(lambda claims: claims, header={"typ": "logout+jwt"})
    comes_back(page, there.go(begin(page)), status=400)
    assert why(engine) == "token"
    assert open_sessions(engine) == []


def test_keys_are_changed_by_the_provider_and_people_still_come_in(page, linked, provider, there, app):
    provider.restart_with(real_provider.new_key("second"))
    known = app.extensions["provider"]
    moment = known.clock()
    known.clock = lambda: moment + 31
    assert comes_back(page, real_provider.Browser().go(begin(page))).h1 == "Your account"
    asked = provider.between.asked.count("/jwks")
    provider.resign(lambda claims: claims, key=real_provider.new_key("third"))
    for _try in range(3):  # a name nobody knows does not make us ask again and again
        page.post("/sign-out", follow=False)
        comes_back(page, real_provider.Browser().go(begin(page)), status=400)
    assert provider.between.asked.count("/jwks") == asked


@pytest.mark.parametrize("seconds", [600, -600])
def test_a_provider_whose_clock_is_ten_minutes_off(page, linked, provider, engine, seconds):
    provider.control(clock=seconds)
    seen = comes_back(page, real_provider.Browser().go(begin(page)), status=400)
    assert seen.h1 == "The clocks do not agree"
    assert why(engine) == "clock"
    provider.control(clock=seconds // 6)
    assert comes_back(page, real_provider.Browser().go(begin(page))).h1 == "Your account"


def test_a_code_that_ran_out_or_was_used_is_refused_by_the_provider(page, linked, provider, there, engine):
    provider.control(codeSeconds=1)
    back = there.go(begin(page))
    time.sleep(2.1)
    comes_back(page, back, status=400)
    assert why(engine) == "code"
    provider.control(codeSeconds=60)
    back = there.go(begin(page))
    code = parse_qs(urlsplit(back).query)["code"][0]
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://localhost/sign-in/provider/return",
    }
    stolen = requests.post(f"{provider.issuer}/token", fields, auth=(CLIENT, real_provider.SECRET), timeout=10)
    assert stolen.status_code == 400, "who stole the code has no verifier (PKCE)"
    provider.between.twice = True
    comes_back(page, back, status=400)
    assert why(engine) == "code"
    assert open_sessions(engine) == []


def test_what_comes_back_belongs_to_one_browser_and_one_beginning(page, elsewhere, linked, there, engine):
    elsewhere.get("/sign-in")
    back = there.go(begin(page))
    assert comes_back(elsewhere, back, status=400).h1 == "Begin again"
    assert why(engine) == "not_begun"
    for query in ("", "code=x", "code=x&state=y", "error=access_denied", "state=" + "z" * 5000):
        elsewhere.get(f"/sign-in/provider/return?{query}", status=400)
    assert comes_back(page, back).h1 == "Your account", "another browser's try does not use it up"
    comes_back(page, back, status=400)
    assert why(engine) == "not_begun"


def test_after_ten_minutes_it_is_too_late(page, linked, there, engine):
    back = there.go(begin(page))
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(ProviderSignIn)).all():
            row.made_at -= timedelta(minutes=10, seconds=1)
            session.add(row)
    comes_back(page, back, status=400)
    assert why(engine) == "not_begun"


def changed_query(back, **changed):
    parts = urlsplit(back)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query = {name: value for name, value in {**query, **changed}.items() if value is not None}
    return parts._replace(query=urlencode(query)).geturl()


def test_the_answer_names_its_provider_or_is_not_taken(page, linked, there, engine):
    """RFC 9207: of two providers one must not pass off the other's answer as its own."""
    for name in ("https://login.elsewhere.example", None, ""):
        comes_back(page, changed_query(there.go(begin(page)), iss=name), status=400)
        assert why(engine) == "issuer", name


def test_who_cancels_there_is_told_so(page, linked, engine):
    back = real_provider.Browser().go(begin(page), cancel="yes")
    assert "was cancelled" in comes_back(page, back, status=400).text
    assert why(engine) == "cancelled"
    comes_back(page, back, status=400)
    assert why(engine) == "not_begun", "what failed is used up as well"


@pytest.mark.parametrize("settings", [{"OIDC_SECONDS": 1}])
def test_a_provider_that_is_down_or_slow_is_said_and_a_password_still_opens(
    page, linked, provider, there, app, settings
):
    back = there.go(begin(page))
    provider.between.wait = 1.5
    began = time.monotonic()
    seen = comes_back(page, back, status=503)
    assert time.monotonic() - began < 4
    assert seen.h1 == "Greenhaven Council cannot be reached"
    provider.between.reset()
    back = there.go(begin(page))
    provider.between.down = True
    comes_back(page, back, status=503)
    app.extensions["provider"]._description = None  # a process that has just started knows nothing of it yet
    page.get("/sign-in")
    assert page.submit(form="/sign-in/provider", status=503).h1 == "Greenhaven Council cannot be reached"
    asked = len(provider.between.asked)
    page.get("/sign-in")
    page.submit(form="/sign-in/provider", status=503)
    assert len(provider.between.asked) == asked, "asked again at once"
    page.click("sign-in page")
    right = {"user_name": "asha.khan@greenhaven.example", "password": "three random words"}
    page.submit(right, form=1)
    assert page.get("/your-account").h1 == "Your account"


def test_nothing_that_leads_elsewhere_or_goes_on_for_ever_is_followed(page, linked, provider, there, app, engine):
    provider.between.redirect = "/token"
    comes_back(page, there.go(begin(page)), status=503)
    assert "/elsewhere" not in provider.between.asked
    provider.between.reset()
    provider.between.change = lambda path, answer: b" " * 600_000 if path == "/token" else answer
    comes_back(page, there.go(begin(page)), status=503)
    cases = {
        "jwks_uri": "http://keys.elsewhere.example/jwks",
        "token_endpoint": "file:///etc/passwd",
        "authorization_endpoint": None,
        "issuer": "https://login.elsewhere.example",
    }
    for name, value in cases.items():
        app.extensions["provider"]._description = None
        provider.between.change = lambda path, answer, name=name, value=value: (
            {**answer, name: value} if "openid-configuration" in path else answer
        )
        page.get("/sign-in")
        seen = page.submit(form="/sign-in/provider", status=400)
        assert "does not describe itself" in seen.text, name
    assert open_sessions(engine) == []
