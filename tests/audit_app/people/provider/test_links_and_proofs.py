"""One identity and one account: linked, taken away, opened by invitation, proved again; and who never may."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.people.access import system_scope
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn
from audit_app.people.tables import AccountState, Invitation, Person, WebSession
from tests.audit_app.people.provider import real_provider
from tests.audit_app.people.provider.test_not_believed import open_sessions, why
from tests.audit_app.people.provider.test_sign_in import comes_back, events, link, rows, sign_in_through

NEW = {"user_name": "nia.new@greenhaven.example", "name": "Nia New", "roles": ["auditor"]}


def time_passes(engine, **how):
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession)).all():
            row.proved_at -= timedelta(**how)
            session.add(row)


# --- linking ---


def test_one_identity_opens_one_account_and_one_account_has_one_identity(signed_in_as, town, there, engine):
    mine, theirs = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.auditor)
    link(mine, there)
    theirs.get("/your-account")
    seen = theirs.submit(form="/your-account/provider", status=200)
    seen = comes_back(theirs, there.go(real_provider.address_in(seen)), status=409)
    assert seen.h1 == "This sign-in at Greenhaven Council belongs to another account here"
    assert "Asha" not in seen.text.split("Sign out")[-1], "whose it is stays untold"
    assert [row.person_id for row in rows(engine, ProviderIdentity)] == [town.qa]


def test_a_link_is_confirmed_once_in_its_own_browser_by_its_own_person(signed_in_as, elsewhere, town, there, engine):
    mine, theirs = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.auditor)
    mine.get("/your-account")
    seen = mine.submit(form="/your-account/provider", status=200)
    comes_back(mine, there.go(real_provider.address_in(seen)))
    begun = mine.seen.form("/sign-in/provider/link").first("input", name="begun").get("value")
    for other in (theirs, elsewhere):
        other.get("/sign-in" if other is elsewhere else "/your-account")
        other.get(f"/sign-in/provider/link?begun={begun}", status=400)
        other.post("/sign-in/provider/link", {"begun": begun}, status=400)
    assert rows(engine, ProviderIdentity) == []
    mine.post("/sign-in/provider/link", {"begun": begun}, csrf=True)
    assert len(rows(engine, ProviderIdentity)) == 1
    mine.get("/your-account")
    mine.post("/sign-in/provider/link", {"begun": begun}, status=400)


def test_linking_asks_for_a_proof_and_ends_the_other_sessions(signed_in_as, town, there, engine):
    mine, other = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.qa)
    time_passes(engine, minutes=6)
    mine.get("/your-account")
    assert mine.submit(form="/your-account/provider", follow=False).location.startswith("/prove?")
    time_passes(engine, minutes=-6)
    link(mine, there)
    assert other.get("/your-account", status=303).location.startswith("/sign-in")
    assert mine.get("/your-account").h1 == "Your account"


def test_a_link_taken_away_opens_nothing(page, signed_in_as, town, there, engine):
    mine = signed_in_as(person_id=town.qa)
    link(mine, there)
    sign_in_through(page, there)
    mine.get("/your-account")
    assert "no longer linked" in mine.submit(form="provider/remove").text
    page.get("/your-account", status=303)
    sign_in_through(page, there, status=409)
    assert why(engine) == "unknown"
    assert "people.provider_unlinked" in events(engine)


# --- invitations ---


def invited(admin, home, **changed):
    admin.get(f"{home}/people/new")
    admin.submit({**NEW, **changed})
    return admin.get(f"{home}/people/invitations").text.split("/one-time-links/")[1].split()[0]


def test_an_invitation_opens_through_the_provider_without_a_password(page, admin, home, there, engine):
    token = invited(admin, home)
    page.get(f"/one-time-links/{token}")
    seen = page.submit(form=f"{token}/provider", status=200)
    seen = comes_back(page, there.go(real_provider.address_in(seen), "nia"))
    assert "Nia New (nia.new@greenhaven.example)" in seen.text
    assert [row.state for row in rows(engine, Person) if row.name == "Nia New"] == [AccountState.invited]
    page.submit(form="/sign-in/provider/link")
    (nia,) = [row for row in rows(engine, Person) if row.name == "Nia New"]
    assert (nia.state, nia.password_hash) == (AccountState.active, "")
    assert "None: you sign in through your council’s provider." in page.get("/your-account").text
    page.submit(form="provider/remove", status=409)
    page.get("/your-account/password", status=409)
    page.get(f"/one-time-links/{token}", status=410)
    page.post("/sign-out", {"csrf_token": page.get("/your-account").token}, follow=False)
    assert sign_in_through(page, there, "nia").h1 == "Your account"


def test_a_link_for_a_forgotten_password_is_no_way_to_the_provider(page, admin, town, home, there, engine):
    """Whoever reads the mail of somebody with a second factor must not walk round it with an identity of their own."""
    admin.get(f"{home}/people/{town.qa}")
    admin.submit(form="account", button="Make a link to reset the password")
    token = admin.seen.text.split("/one-time-links/")[1].split()[0]
    seen = page.get(f"/one-time-links/{token}")
    assert "Greenhaven Council" not in seen.text
    page.post(f"/one-time-links/{token}/provider", status=400)
    assert rows(engine, ProviderSignIn) == []


def test_an_invitation_used_meanwhile_links_nobody(page, elsewhere, admin, home, there, engine):
    token = invited(admin, home)
    page.get(f"/one-time-links/{token}")
    seen = page.submit(form=f"{token}/provider", status=200)
    comes_back(page, there.go(real_provider.address_in(seen), "nia"))
    begun = page.seen.form("/sign-in/provider/link").first("input", name="begun").get("value")
    elsewhere.get(f"/one-time-links/{token}")
    elsewhere.get(f"/sign-in/provider/link?begun={begun}", status=400)
    elsewhere.get(f"/one-time-links/{token}")
    elsewhere.submit({"new_password": "quite another set of words"}, form=1)
    assert page.submit(form="/sign-in/provider/link", status=400).h1 == "The link no longer works"
    assert rows(engine, ProviderIdentity) == []
    assert {row.used_at is None for row in rows(engine, Invitation)} == {False}


def test_an_account_opened_again_opens_through_the_provider(page, admin, home, there, engine):
    token = invited(admin, home)
    page.get(f"/one-time-links/{token}")
    seen = page.submit(form=f"{token}/provider", status=200)
    comes_back(page, there.go(real_provider.address_in(seen), "nia"))
    page.submit(form="/sign-in/provider/link")
    (nia,) = [row for row in rows(engine, Person) if row.name == "Nia New"]
    for button in ("Disable the account", "Enable the account again"):
        admin.get(f"{home}/people/{nia.id}")
        admin.submit(form="account", button=button)
    page.get("/your-account", status=303)
    assert sign_in_through(page, there, "nia").h1 == "Your account"


# --- proving again ---


@pytest.fixture
def proving(signed_in_as, town, there, engine, home):
    """Asha, linked, whose last proof is too old for a sensitive step."""
    mine = signed_in_as(person_id=town.qa)
    link(mine, there)
    time_passes(engine, minutes=6)
    mine.get("/second-factor", status=303)
    return mine


def proves(page, there, account="asha", status=303, **form):
    page.get("/prove?next=/second-factor")
    seen = page.submit(form="/prove/provider", status=200)
    return comes_back(page, there.go(real_provider.address_in(seen), account, **form), status=status)


def test_au_13_the_provider_asks_afresh_and_the_step_opens(proving, there, app):
    before = proving.client.get_cookie(app.config["SESSION_COOKIE"]).value
    assert proves(proving, there).h1 == "Set up a second factor"
    assert proving.client.get_cookie(app.config["SESSION_COOKIE"]).value != before


def test_au_13_somebody_else_at_the_provider_proves_nothing(proving, engine):
    seen = proves(proving, real_provider.Browser(), "owen", status=409)
    assert seen.h1 == "That was somebody else"
    assert proving.get("/second-factor", status=303).location.startswith("/prove")
    assert why(engine) == "somebody_else"


@pytest.mark.parametrize(
    ("auth_time", "reason"), [(None, "not_fresh"), (-300, "not_fresh"), ("soon", "token"), (True, "not_fresh")]
)
def test_au_13_a_session_left_open_at_the_provider_proves_nothing(proving, provider, there, engine, auth_time, reason):
    def change(claims):
        made = auth_time if not isinstance(auth_time, int) or auth_time is True else claims["auth_time"] + auth_time
        return {name: value for name, value in {**claims, "auth_time": made}.items() if value is not None}

    provider.resign(change)
    proves(proving, there, status=400)
    assert why(engine) == reason
    assert proving.get("/second-factor", status=303).location.startswith("/prove")


def test_a_proof_begun_in_a_session_that_ended_signs_nobody_in(proving, there, engine):
    proving.get("/prove?next=/second-factor")
    seen = proving.submit(form="/prove/provider", status=200)
    back = there.go(real_provider.address_in(seen))
    proving.post("/sign-out", {"csrf_token": proving.get("/your-account").token}, follow=False)
    comes_back(proving, back, status=400)
    assert open_sessions(engine) == []
