"""Where a second factor is required: from the first link to signing in again, with a passkey and with an app."""

import re
from contextlib import contextmanager

import pyotp
import pytest

from tests.journeys.conftest import serve
from tests.journeys.test_first_day import PASSWORD, link_for_the_first_administrator
from tests.journeys.visiting import NARROW

EMAIL = "ada@millbrook.example"


@pytest.fixture
def strict_house(tmp_path):
    """The product as a server has it: nobody opens anything with a password alone."""
    with serve(tmp_path, council=False, name="localhost") as served:
        served.app.config["SECOND_FACTOR"] = "required"
        yield served


@contextmanager
def device_of(visitor):
    """A device that keeps passkeys and knows its owner, as the browser's own test tools make one."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    yield lambda verified: tools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": verified}
    )
    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})


def chooses_a_password(visitor, link):
    visitor.go(link).see("Choose your password")
    visitor.write("New password", PASSWORD).press("Save and sign in")
    visitor.see("Set up a second factor", "a password alone does not open it")


def signs_out(visitor):
    visitor.press("Sign out").see("Sign in")


def test_a_passkey_from_the_first_link_to_the_next_morning(strict_house, visit):
    ada = visit(strict_house)
    chooses_a_password(ada, link_for_the_first_administrator(strict_house))
    with device_of(ada) as verify:
        ada.press("Set up a passkey").see("Set up a passkey")
        ada.press("Set up the passkey").see("Recovery codes", "Each works once")
        papers = ada.page.locator(".app-codes li").all_inner_texts()
        assert len(set(papers)) == 10
        ada.press("I have kept them").see("Council set-up")
        signs_out(ada)
        ada.press("Sign in with a passkey").see("Council set-up")
        signs_out(ada)
        ada.write("E-mail address", EMAIL).write("Password", PASSWORD, exact=True)
        ada.press("Sign in", exact=True).see("Check that it is you", "Use your passkey")
        verify(False)
        ada.press("Use your passkey")
        ada.see("Check that it is you", "Nothing was done")
        verify(True)
        ada.press("Use your passkey").see("Council set-up")
        signs_out(ada)
    ada.write("E-mail address", EMAIL).write("Password", PASSWORD, exact=True).press("Sign in", exact=True)
    ada.see("Check that it is you").follow("I cannot do this").see("Use a recovery code")
    ada.write("Recovery code", papers[0]).press("Continue").see("Second factor", "9 recovery codes are left")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_app_on_a_narrow_screen_and_without_scripts(strict_house, visit, scripts):
    ada = visit(strict_house, width=NARROW, scripts=scripts)
    chooses_a_password(ada, link_for_the_first_administrator(strict_house))
    ada.press("Set up an authenticator app").see("Set up your authenticator app")
    secret = re.sub(r"\s", "", ada.page.locator(".app-key").inner_text())
    ada.write("Code from your authenticator app", "12345").press("Continue")
    ada.see("Set up your authenticator app", "The code is wrong")
    ada.write("Code from your authenticator app", pyotp.TOTP(secret).now()).press("Continue").see("Recovery codes")
    ada.press("I have kept them").see("Council set-up")
    signs_out(ada)
    ada.write("E-mail address", EMAIL).write("Password", PASSWORD, exact=True).press("Sign in", exact=True)
    ada.see("Check that it is you", "One more step")
    ada.write("Code from your authenticator app", "000000").press("Continue").see("Check that it is you", "wrong")
    ada.press("Sign in as somebody else").see("Sign in")
