"""Passkeys as the browser and the WebAuthn standard know them: what we ask for, and whether an answer holds. Pure."""

import hashlib
import ipaddress
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from audit_app.people.factors import challenges
from audit_app.people.factors.tables import Passkey
from audit_app.people.tables import Person

LONGEST_ANSWER = 20_000
VERIFIED = UserVerificationRequirement.REQUIRED


class NotAccepted(Exception):
    """An answer of a browser that does not hold; its own words say why, for the log of the worker and for tests."""


@dataclass(frozen=True)
class Browser:
    """What a challenge is bound to: our keys, the cookie's token, the service's own address, and now."""

    keys: list[str]
    token: str
    public_address: str
    now: datetime

    @property
    def domain(self) -> str:
        """The name passkeys belong to."""
        return urlsplit(self.public_address).hostname or ""

    @property
    def origin(self) -> str:
        """Where an answer must come from."""
        parts = urlsplit(self.public_address)
        return f"{parts.scheme}://{parts.netloc}"


def are_possible(config: Mapping[str, Any]) -> bool:
    """Whether browsers make passkeys for this address: they need a name, and https unless it is this machine."""
    parts = urlsplit(str(config["PUBLIC_ADDRESS"]))
    name = parts.hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and (parts.scheme == "https" or name == "localhost")
    return False


def to_make(browser: Browser, person: Person, held: Sequence[str], *, service: str) -> str:
    """What the browser is asked for when somebody adds a passkey, as JSON.

    `held` are the ids of the passkeys there are already. The device has to check whose finger, face or PIN it is, so
    that a passkey by itself is two factors.
    """
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=browser.domain,
            rp_name=service,
            user_id=handle_of(person.id),
            user_name=person.user_name,
            user_display_name=person.name,
            challenge=challenges.new_challenge(browser.keys[0], browser.token, "add", browser.now),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED, user_verification=VERIFIED
            ),
            exclude_credentials=_described(held),
        )
    )


def to_use(browser: Browser, held: Sequence[str] = ()) -> str:
    """What the browser is asked for when somebody signs in, as JSON; without `held`, any passkey of this service."""
    return webauthn.options_to_json(
        webauthn.generate_authentication_options(
            rp_id=browser.domain,
            challenge=challenges.new_challenge(browser.keys[0], browser.token, "use", browser.now),
            allow_credentials=_described(held) or None,
            user_verification=VERIFIED,
        )
    )


def _described(held: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential_id)) for credential_id in held]


def handle_of(person_id: int) -> bytes:
    """What a device keeps to know whose passkey it is: nothing that tells of the person."""
    return hashlib.sha256(f"passkey:{person_id}".encode()).digest()


def credential_of(answer: str) -> str:
    """Which passkey answered, as its id in base64url.

    Raises:
        NotAccepted: it is no answer of a browser.
    """
    try:
        fields = json.loads(answer[:LONGEST_ANSWER])
        return bytes_to_base64url(base64url_to_bytes(fields["id"]))
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise NotAccepted("no answer of a browser") from wrong


def _challenge_in(answer: str, browser: Browser, purpose: str) -> bytes:
    """The challenge an answer says that it signed, if we made it for this browser; whether it did is checked after."""
    try:
        client = json.loads(base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"]))
        challenge = base64url_to_bytes(client["challenge"])
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise NotAccepted("no answer of a browser") from wrong
    if not challenges.is_ours(browser.keys, challenge, browser.token, purpose, browser.now):
        raise NotAccepted("a challenge we did not make for this browser, or one too old")
    return challenge


@dataclass(frozen=True)
class Made:
    """A new passkey, ready to be kept."""

    credential_id: str
    public_key: str
    sign_count: int


def made(answer: str, browser: Browser) -> Made:
    """The passkey a browser made.

    Raises:
        NotAccepted: the answer does not hold.
    """
    challenge = _challenge_in(answer, browser, "add")
    try:
        checked = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=browser.domain,
            expected_origin=browser.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as wrong:
        raise NotAccepted(type(wrong).__name__) from wrong
    names = bytes_to_base64url(checked.credential_id), bytes_to_base64url(checked.credential_public_key)
    return Made(names[0], names[1], checked.sign_count)


@dataclass(frozen=True)
class Used:
    """That a passkey was used: how often so far, and the mark of the challenge, which is accepted once."""

    sign_count: int
    challenge_mark: str


def used(answer: str, browser: Browser, kept: Passkey) -> Used:
    """Whether this passkey signed our challenge, with its owner checked by the device.

    Raises:
        NotAccepted: it did not.
    """
    challenge = _challenge_in(answer, browser, "use")
    try:
        checked = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=browser.domain,
            expected_origin=browser.origin,
            credential_public_key=base64url_to_bytes(kept.public_key),
            credential_current_sign_count=kept.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as wrong:
        raise NotAccepted(type(wrong).__name__) from wrong
    return Used(checked.new_sign_count, hashlib.sha256(challenge).hexdigest())
