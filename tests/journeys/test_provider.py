"""Signing in through the council's own provider, a real one on another site, and signing out at both ends."""

import pytest

from audit_app.people.access import Role
from audit_app.people.accounts import passwords
from tests import builders, object_stores
from tests.audit_app.people.provider import real_provider
from tests.journeys.conftest import serve
from tests.journeys.visiting import NARROW, WIDE

ASHA, PASSWORD = "asha.khan@greenhaven.example", "three random words"


@pytest.fixture(scope="module")
def linked_house(tmp_path_factory):
    """The product at one site, its council's provider at another, and Asha with a password here."""
    folder, port = tmp_path_factory.mktemp("house"), object_stores.free_port()
    with (
        real_provider.running(folder, f"http://localhost:{port}") as provider,
        serve(folder, name="localhost", port=port, settings=provider.settings()) as house,
    ):
        with house.session() as session:
            kept = passwords.make_hash(house.app.config, PASSWORD)
            more = {"name": "Asha Khan", "user_name": ASHA, "password_hash": kept}
            builders.make_person(session, [Role.qa_manager], **more)
        house.provider = provider
        yield house


def at_the_provider(visitor, account="asha"):
    """What a person does on the provider's own page."""
    page = visitor.page
    page.wait_for_selector("text=Sign in there")
    page.get_by_label("Account").fill(account)
    page.get_by_label("with a second factor").check()
    page.get_by_role("button", name="Sign in there").click()


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)])
def test_linked_once_signed_in_there_and_signed_out_at_both_ends(linked_house, visit, width, scripts):
    asha = visit(linked_house, width=width, scripts=scripts)
    asha.others = (linked_house.provider.issuer + "/",)
    if scripts:  # the second time the account is linked already
        asha.go("/sign-in").see("Sign in", "Or with a password of this service")
        asha.write("E-mail address", ASHA).write("Password", PASSWORD, exact=True).press("Sign in", exact=True)
        asha.go("/your-account").see("Your account", "Not linked yet").press("Link your account to Greenhaven Council")
        at_the_provider(asha)
        asha.see("Is this you?", "Asha Khan (asha.khan@greenhaven.example)").press("Yes, link the two")
        asha.see("Your account", "Linked since")
        asha.press("Sign out").see("Sign in")
    asha.go("/greenhaven/notices").see("Sign in").press("Sign in with Greenhaven Council")
    if not scripts:  # the other window was left signed in at the provider, this one never was
        at_the_provider(asha)
    asha.page.wait_for_url("**/greenhaven/notices")
    asha.see("Notices")
    asha.press("Sign out")
    asha.page.get_by_role("button", name="Yes, sign me out").click()
    asha.see("You are signed out")
    asha.follow("Sign in again").see("Sign in").press("Sign in with Greenhaven Council")
    asha.page.wait_for_selector("text=Sign in there")  # nobody is signed in there any more: it asks


def test_the_provider_is_down_and_the_page_says_what_to_do(linked_house, visit):
    asha = visit(linked_house, width=NARROW)
    linked_house.app.extensions["provider"]._description = None
    linked_house.provider.between.down = True
    asha.go("/sign-in").press("Sign in with Greenhaven Council")
    asha.page.wait_for_selector("text=Greenhaven Council cannot be reached")
    asha.look()
    asha.faults = [fault for fault in asha.faults if "503" not in fault]
    asha.follow("Go to the sign-in page").see("Sign in")
    asha.write("E-mail address", ASHA).write("Password", PASSWORD, exact=True).press("Sign in", exact=True)
    asha.go("/your-account").see("Your account")
