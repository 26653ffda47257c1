"""Passkeys, answered by a device of our own: made to the standard by hand, so that nothing of the product is asked.

Each test of what is refused differs from a right answer in one thing.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import select

from audit_app import clock, database
from audit_app.people.access import system_scope
from audit_app.people.factors import challenges
from audit_app.people.factors.tables import Passkey
from audit_app.people.tables import AccountState, Person, WebSession

ADDRESS = "http://localhost"
PASSWORD = "three random words"
ASHA = "asha.khan@greenhaven.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text64(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes64(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """A security key in software (WebAuthn level 2, sections 5.8, 6.1 and 6.5): ES256, no attestation."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self)).encode()).digest()
        self.count = 0
        self.flags = PRESENT | VERIFIED
        self.origin, self.domain = ADDRESS, "localhost"

    def _client(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags, more=b""):
        self.count += 1
        domain = hashlib.sha256(self.domain.encode()).digest()
        return domain + bytes([flags]) + self.count.to_bytes(4, "big") + more

    def make(self, asked):
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        more = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        data = self._data(self.flags | ATTESTED, more)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": text64(client), "attestationObject": text64(attested)})

    def use(self, asked, kind="webauthn.get"):
        data, client = self._data(self.flags), self._client(kind, asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({name: text64(part) for name, part in parts.items()})

    def _answer(self, response):
        return json.dumps({"id": text64(self.id), "rawId": text64(self.id), "type": "public-key", "response": response})


def asked_in(page, which):
    return json.loads(page.seen.form(which).get("data-passkey-asked"))


@pytest.fixture(autouse=True)
def _named(app):
    """A name in the address, as passkeys need it."""
    app.config["PUBLIC_ADDRESS"] = ADDRESS


@pytest.fixture
def device():
    return Device()


@pytest.fixture
def asha(signed_in_as, town, device):
    """Asha's browser, with a passkey on her device."""
    page = signed_in_as(person_id=town.qa)
    page.get("/second-factor/passkey")
    page.submit({"label": "work laptop", "answer": device.make(asked_in(page, "second-factor"))})
    return page


def rows(engine, table):
    with database.session_for(engine, system_scope("looking")) as session:
        return session.exec(select(table)).all()


def first_step(page):
    page.get("/sign-in?next=/your-account")
    return page.submit({"user_name": ASHA, "password": PASSWORD}, form="/sign-in")


def test_a_passkey_is_made_and_is_the_second_step(page, asha, device, engine):
    assert first_step(page).h1 == "Check that it is you"
    answer = device.use(asked_in(page, "passkey"))
    assert page.submit({"answer": answer}, form="passkey").h1 == "Your account"
    (row,) = rows(engine, Passkey)
    assert (row.label, row.sign_count) == ("work laptop", 2)
    assert row.used_at is not None


def test_a_passkey_alone_signs_in(page, asha, device, engine):
    page.get("/sign-in?next=/your-account")
    answer = device.use(asked_in(page, "passkey"))
    assert page.submit({"answer": answer}, form="passkey").h1 == "Your account"
    whole = [row for row in rows(engine, WebSession) if row.factor == "passkey" and row.ended_at is None]
    assert len(whole) == 2


def test_a_passkey_proves_again_in_place_of_the_password(asha, device, engine):
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession)).all():
            row.proved_at -= timedelta(minutes=6)
            session.add(row)
    asha.get("/your-account/recovery-codes", status=303, follow=False)
    asha.get("/prove?next=/your-account/recovery-codes")
    assert asha.seen.h1 == "Enter your password again"
    answer = device.use(asked_in(asha, "passkey"))
    assert asha.submit({"answer": answer}, form="passkey").h1 == "Recovery codes"


def no_finger(device, asked):
    device.flags = PRESENT
    return device.use(asked)


def another_site(device, asked):
    device.origin = "https://evil.example"
    return device.use(asked)


def another_name(device, asked):
    device.domain = "evil.example"
    return device.use(asked)


def another_key(device, asked):
    device.key = ec.generate_private_key(ec.SECP256R1())
    return device.use(asked)


def as_if_made(device, asked):
    return device.use(asked, kind="webauthn.create")


def own_challenge(device, _asked):
    return device.use({"challenge": text64(bytes(54))})


def cloned(device, asked):
    device.count = -1
    return device.use(asked)


def unknown_id(device, asked):
    device.id = bytes(32)
    return device.use(asked)


def cut(device, asked):
    return device.use(asked)[:-30]


def no_answer(_device, _asked):
    return ""


def not_an_object(_device, _asked):
    return "[1, 2]"


WRONG = (
    no_finger, another_site, another_name, another_key, as_if_made, own_challenge, cloned, unknown_id, cut, no_answer,
    not_an_object,
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_an_answer_wrong_in_one_thing_opens_nothing(page, asha, device, wrong):
    page.get("/sign-in?next=/your-account")
    page.submit({"answer": wrong(device, asked_in(page, "passkey"))}, form="passkey", status=422)
    page.get("/your-account", status=303, follow=False)


@pytest.mark.parametrize("wrong", WRONG)
def test_nor_at_the_second_step(page, asha, device, wrong):
    first_step(page)
    page.submit({"answer": wrong(device, asked_in(page, "passkey"))}, form="passkey", status=422)
    assert page.get("/your-account", status=303, follow=False).location.startswith("/sign-in/second-step")


def test_an_answer_is_accepted_once(page, asha, device, app):
    page.get("/sign-in?next=/your-account")
    answer = device.use(asked_in(page, "passkey"))
    fields = {"csrf_token": page.seen.token, "answer": answer}
    before = page.client.get_cookie(app.config["SESSION_COOKIE"]).value
    page.post("/sign-in/passkey", fields)
    thief = type(page)(app.test_client())
    thief.client.set_cookie(app.config["SESSION_COOKIE"], before, domain="localhost", secure=True)
    thief.post("/sign-in/passkey", fields, status=422)


def test_an_answer_made_for_another_browser_is_refused(page, asha, device, app):
    other = type(page)(app.test_client())
    other.get("/sign-in")
    answer = device.use(asked_in(other, "passkey"))
    page.get("/sign-in")
    page.submit({"answer": answer}, form="passkey", status=422)


def test_the_passkey_of_somebody_else_is_no_second_step(page, asha, device, signed_in_as, town):
    other = signed_in_as(person_id=town.auditor)
    theirs = Device()
    other.get("/second-factor/passkey")
    other.submit({"label": "mine", "answer": theirs.make(asked_in(other, "second-factor"))})
    first_step(page)
    page.submit({"answer": theirs.use(asked_in(page, "passkey"))}, form="passkey", status=422)


def test_a_disabled_account_is_not_opened_by_its_passkey(page, asha, device, engine, town):
    with database.session_for(engine, system_scope("disabling")) as session:
        person = session.get(Person, town.qa)
        person.state = AccountState.disabled
        session.add(person)
    page.get("/sign-in")
    page.submit({"answer": device.use(asked_in(page, "passkey"))}, form="passkey", status=422)


def test_one_device_is_not_set_up_twice_nor_for_two_people(asha, device, signed_in_as, town, engine):
    asha.get("/second-factor/passkey")
    asked = asked_in(asha, "second-factor")
    assert [row["id"] for row in asked["excludeCredentials"]] == [text64(device.id)]
    asha.submit({"label": "again", "answer": device.make(asked)}, status=422)
    other = signed_in_as(person_id=town.auditor)
    other.get("/second-factor/passkey")
    other.submit({"label": "theirs", "answer": device.make(asked_in(other, "second-factor"))}, status=422)
    assert len(rows(engine, Passkey)) == 1


def test_nothing_the_device_keeps_tells_of_the_person(asha, town):
    asha.get("/second-factor/passkey")
    handle = bytes64(asked_in(asha, "second-factor")["user"]["id"])
    assert len(handle) == 32
    assert str(town.qa).encode() not in handle


def test_where_the_address_is_a_number_passkeys_are_not_offered(page, app, town):
    app.config["PUBLIC_ADDRESS"] = "http://127.0.0.1:8000"
    assert "passkey" not in page.get("/sign-in").html


def test_a_challenge_lasts_ten_minutes_and_is_for_one_purpose():
    now = clock.now()
    made = challenges.new_challenge("key", "token", "use", now)
    assert challenges.is_ours(["another", "key"], made, "token", "use", now)
    assert challenges.is_ours(["key"], made, "token", "use", now + timedelta(minutes=9, seconds=59))
    assert not challenges.is_ours(["key"], made, "token", "use", now + timedelta(minutes=10, seconds=1))
    assert not challenges.is_ours(["key"], made, "token", "use", now - timedelta(minutes=2))
    assert not challenges.is_ours(["key"], made, "token", "add", now)
    assert not challenges.is_ours(["key"], made, "other", "use", now)
    assert not challenges.is_ours(["key"], made, "", "use", now)
    assert not challenges.is_ours(["other"], made, "token", "use", now)
    assert not challenges.is_ours(["key"], made[:-1], "token", "use", now)
    assert not challenges.is_ours(["key"], made[:-1] + bytes([made[-1] ^ 1]), "token", "use", now)
