"""Signing in through the provider: linked once and confirmed, then recognised by issuer and subject alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.history import HistoryEntry
from audit_app.people.access import system_scope
from audit_app.people.factors.tables import Factor
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn
from audit_app.people.tables import AccountState, Person, WebSession
from tests.audit_app.people.provider import real_provider

PASSWORD = "three random words"
ASHA = "asha.khan@greenhaven.example"


def rows(engine, table):
    with database.session_for(engine, system_scope("looking")) as session:
        return session.exec(select(table)).all()


def events(engine):
    return [row.event for row in sorted(rows(engine, HistoryEntry), key=lambda row: row.sequence)]


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def comes_back(page, address, status=303, follow=True):
    seen = page.get(path_of(address), status=status)
    return page._follow(seen) if follow and status == 303 else seen


def sign_in_through(page, there, account="asha", target="/your-account", status=303, **at_provider):
    page.get(f"/sign-in?next={target}")
    seen = page.submit(form="/sign-in/provider", status=200)
    back = there.go(real_provider.address_in(seen), account, **at_provider)
    return comes_back(page, back, status=status)


def link(page, there, account="asha"):
    """The account of whoever is signed in, linked through the pages."""
    page.get("/your-account")
    seen = page.submit(form="/your-account/provider", status=200)
    back = there.go(real_provider.address_in(seen), account)
    comes_back(page, back)
    return page.submit(form="/sign-in/provider/link")


def test_the_way_there_shows_a_challenge_and_keeps_no_secret(page, provider, engine):
    page.get("/sign-in")
    seen = page.submit(form="/sign-in/provider", status=200)
    address = urlsplit(real_provider.address_in(seen))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}" == provider.issuer
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "http://localhost/sign-in/provider/return"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    kept = str(rows(engine, ProviderSignIn)[0].model_dump())
    assert not [name for name in ("state", "nonce", "code_challenge") if asked[name] in kept]
    assert real_provider.SECRET not in seen.html


def test_linked_once_and_then_signed_in_where_one_wanted_to_go(page, signed_in_as, town, there, engine):
    mine = signed_in_as(person_id=town.qa)
    seen = link(mine, there)
    assert "Your account is linked to Greenhaven Council" in seen.text
    (identity,) = rows(engine, ProviderIdentity)
    assert (identity.person_id, identity.subject) == (town.qa, "asha")
    assert sign_in_through(page, there, target="/greenhaven/notices?all=yes").url == "/greenhaven/notices?all=yes"
    assert "people.signed_in_with_provider_factor" in events(engine)


def test_whom_nobody_linked_is_not_let_in_though_the_address_is_the_same(page, town, there, engine):
    """Asha has an account under exactly this address, with no link: the address alone is no proof."""
    seen = sign_in_through(page, there, status=409)
    assert seen.h1 == "Your sign-in at Greenhaven Council is not linked to an account here"
    assert not [row for row in rows(engine, WebSession) if row.ended_at is None]
    assert rows(engine, ProviderIdentity) == []
    assert events(engine)[-1] == "people.provider_refused"


def test_nothing_is_linked_before_the_person_says_so(signed_in_as, town, there, engine):
    mine = signed_in_as(person_id=town.qa)
    mine.get("/your-account")
    seen = mine.submit(form="/your-account/provider", status=200)
    seen = comes_back(mine, there.go(real_provider.address_in(seen), "owen"))
    assert seen.h1 == "Is this you?"
    assert "Owen Lewis (owen.lewis@greenhaven.example)" in seen.text
    assert "Asha Khan (asha.khan@greenhaven.example)" in seen.text
    assert rows(engine, ProviderIdentity) == []


def test_a_leaver_is_refused_whatever_the_provider_says(page, signed_in_as, town, there, engine):
    link(signed_in_as(person_id=town.qa), there)
    with database.session_for(engine, system_scope("a leaver")) as session:
        person = session.get(Person, town.qa)
        person.state = AccountState.disabled
        session.add(person)
    assert sign_in_through(page, there, status=409).h1 == "Your account here is closed"


def test_the_factor_of_the_provider_counts_and_its_password_alone_does_not(
    page, elsewhere, signed_in_as, town, there, app, engine
):
    link(signed_in_as(person_id=town.qa), there)
    app.config["SECOND_FACTOR"] = "required"
    assert sign_in_through(page, there).h1 == "Your account"
    newest = max(rows(engine, WebSession), key=lambda row: row.started_at)
    assert (newest.factor, newest.is_half) == (Factor.provider, False)
    seen = sign_in_through(elsewhere, real_provider.Browser(), amr=("pwd",))
    assert seen.h1 == "Set up a second factor"
    assert elsewhere.get("/your-account", status=303).location.startswith("/sign-in/second-step")
    assert events(engine)[-1] == "people.provider_right"


@pytest.mark.parametrize("settings", [{"OIDC_FACTOR_ACR": ["phr"]}])
def test_a_strength_that_was_asked_for_counts(page, signed_in_as, town, there, app, settings):
    link(signed_in_as(person_id=town.qa), there)
    app.config["SECOND_FACTOR"] = "required"
    assert sign_in_through(page, real_provider.Browser(), amr=("pwd",), acr="phr").h1 == "Your account"
