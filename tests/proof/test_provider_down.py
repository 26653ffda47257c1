"""The provider killed while people sign in through it: whoever is in stays in, and an emergency account gets in.

Ten people are at every step of a sign-in when the provider's process gets SIGKILL. Each is told in words and none is
half signed in; those signed in before read on; the account kept for emergencies signs in with its password, logged and
told; when the provider is back, people come in again. The control, in which the provider lives, must let all ten in:
else nothing would have been shown.
"""

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from audit_app import create_app, database, migrations, tables
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts import passwords
from audit_app.people.provider.tables import ProviderIdentity
from audit_app.people.tables import WebSession
from tests import builders
from tests.audit_app.people.provider import real_provider
from tests.audit_app.people.provider.test_sign_in import path_of
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS
from tests.pages import Page

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the file is this test's own")
HERE, PASSWORD, PEOPLE = "http://localhost", "three random words", 10
EMERGENCY = "emergency@greenhaven.example"
ACCOUNTS = {f"p{n}": {"name": f"Person {n}", "email": f"p{n}@greenhaven.example"} for n in range(2 * PEOPLE)}


class Service:
    """The product on a file of its own, with everybody linked to the provider."""

    def __init__(self, folder, provider):
        tables.load()
        self.engine = database.make_engine(f"sqlite:///{folder / 'proof.db'}")
        migrations.create_all(self.engine)
        given = {**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), "PUBLIC_ADDRESS": HERE}
        only = {"OIDC_ONLY": True, "OIDC_BREAK_GLASS": [EMERGENCY], "OIDC_SECONDS": 2}
        self.app = create_app({**given, **provider.settings(**only)}, engine=self.engine)
        with database.session_for(self.engine, system_scope("a council for a proof")) as session:
            session.add(builders.make_authority())
            session.flush()
            kept = passwords.make_hash(self.app.config, PASSWORD)
            builders.make_person(session, [Role.admin], user_name=EMERGENCY, name="Emergency", password_hash=kept)
            self.admin = builders.make_person(session, [Role.admin], name="Ada Admin").id
            for name in ACCOUNTS:
                person = builders.make_person(session, [Role.auditor], name=f"Person {name}")
                made_at = person.made_at
                session.add(
                    ProviderIdentity(person_id=person.id, issuer=provider.issuer, subject=name, made_at=made_at)
                )

    def rows(self, table):
        with database.session_for(self.engine, system_scope("looking")) as session:
            return session.exec(select(table)).all()

    def open_sessions(self):
        return [row for row in self.rows(WebSession) if row.ended_at is None]


def begins(service):
    page = Page(service.app.test_client())
    page.get("/sign-in?next=/your-account")
    return page, real_provider.address_in(page.submit(form="/sign-in/provider", status=200))


def comes_back(page, address):
    """Status and heading of the page that a way back ends on."""
    seen = page.get(path_of(address), status=(303, 400, 409, 503))
    return (303, page.get("/your-account").h1) if seen.status == 303 else (seen.status, seen.h1)


def signed_in(service, name):
    page, address = begins(service)
    assert comes_back(page, real_provider.Browser().go(address, name)) == (303, "Your account")
    return page


@pytest.fixture
def provider(tmp_path):
    with real_provider.running(tmp_path, HERE) as started:
        started.control(accounts=ACCOUNTS)
        yield started


def kill(provider):
    """No word, no time to tidy up."""
    provider.process.send_signal(signal.SIGKILL)
    provider.process.wait()


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "control"])
def test_the_provider_dies_while_ten_people_sign_in(tmp_path, provider, killed):
    service = Service(tmp_path, provider)
    inside = [signed_in(service, f"p{n}") for n in range(PEOPLE)]
    at_it = [begins(service) for _ in range(PEOPLE)]
    backs = [real_provider.Browser().go(address, f"p{PEOPLE + n}") for n, (_page, address) in enumerate(at_it)]
    provider.between.wait = 0.4  # each answer is on its way when the process dies
    with ThreadPoolExecutor(PEOPLE) as pool:
        coming = [pool.submit(comes_back, page, back) for (page, _a), back in zip(at_it, backs, strict=True)]
        if killed:
            time.sleep(0.2)
            kill(provider)
        ended = [each.result(60) for each in coming]
    provider.between.wait = 0.0
    if not killed:
        assert ended == [(303, "Your account")] * PEOPLE
        assert len(service.open_sessions()) == 2 * PEOPLE
        return
    assert set(ended) == {(503, "Greenhaven Council cannot be reached")}
    assert len(service.open_sessions()) == PEOPLE, "nobody is half signed in, and nobody lost a session"
    assert {page.get("/greenhaven/notices").status for page in inside} == {200}
    _enter_in_an_emergency(service)
    provider.stop()
    provider.start()
    provider.control(accounts=ACCOUNTS)
    service.app.extensions["provider"]._failed_at = None  # five seconds later, without waiting for them
    signed_in(service, f"p{PEOPLE}")


def _enter_in_an_emergency(service):
    page = Page(service.app.test_client())
    page.get("/sign-in?next=/your-account")
    began = time.monotonic()
    assert page.submit({"user_name": EMERGENCY, "password": PASSWORD}, form=1).h1 == "Your account"
    assert time.monotonic() - began < 5, "a dead provider makes nobody wait who does not need it"
    logged = [json.loads(row.facts) for row in service.rows(HistoryEntry) if row.event == "people.emergency_account"]
    told = [row.person_id for row in service.rows(Notice) if row.code == "people.emergency_account"]
    assert (len(logged), told) == (1, [service.admin])
