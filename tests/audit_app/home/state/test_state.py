"""The state page on certificate, clock and versions, and what administrators are told when something goes wrong."""

import ssl
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import select

from audit_app import clock, history, jobs, migrations
from audit_app.home.state import certificate, notice_words, queries, service, topics
from audit_app.jobs.periodic import TICK
from audit_app.jobs.tables import PeriodicRun
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from tests import builders
from tests.conftest import ON_POSTGRESQL
from tests.held_rows import idle_turns

HERE = builders.AUTHORITY_ID
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def about(session, app, what, now=NOON, **settings):
    return [line for line in queries.states(session, HERE, {**app.config, **settings}, now) if line.about == what]


@pytest.fixture
def shown(tmp_path):
    """Call with the day a certificate ends on: a server on this machine shows one; its https address."""
    servers = []

    def show(ends_at):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "audits.example")])
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(7).not_valid_before(ends_at - timedelta(days=90)).not_valid_after(ends_at)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        pem = tmp_path / f"shown-{len(servers)}.pem"
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        encoding = serialization.Encoding.PEM
        pem.write_bytes(key.private_bytes(encoding, form, plain) + made.public_bytes(encoding))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server = create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=answer_once, args=(server, context), daemon=True).start()
        return f"https://127.0.0.1:{server.getsockname()[1]}"

    yield show
    certificate._asked.cache_clear()
    for server in servers:
        server.close()


def answer_once(server, context):
    with closing(server.accept()[0]) as line:
        context.wrap_socket(line, server_side=True).close()


@pytest.mark.parametrize(
    ("days", "trouble", "words"),
    [
        (90, False, "90 more days"), (21, False, "21 more days"), (20, True, "should have been renewed"),
        (-1, True, "ran out on"),
    ],
)  # fmt: skip
def test_how_long_the_certificate_is_good_for_is_read_off_the_server_itself(session, app, shown, days, trouble, words):
    ends_at = NOON + timedelta(days=days, hours=1)
    (line,) = about(session, app, topics.CERTIFICATE, PUBLIC_ADDRESS=shown(ends_at))
    assert line.trouble is trouble
    assert words in line.sentence
    assert f"{ends_at:%-d %B %Y}" in line.sentence


def test_a_server_that_cannot_be_asked_is_no_trouble_and_http_has_no_certificate(session, app):
    (line,) = about(session, app, topics.CERTIFICATE, PUBLIC_ADDRESS="https://127.0.0.1:1")
    assert (line.trouble, "could not be read from here" in line.sentence) == (False, True)
    assert about(session, app, topics.CERTIFICATE, PUBLIC_ADDRESS="http://127.0.0.1:1") == []
    assert about(session, app, topics.CERTIFICATE) == []


def test_a_clock_that_went_back_is_known_by_the_log(session, app):
    now = clock.now()  # on PostgreSQL the database's own clock is asked too
    history.note(session, "people.signed_in", by=None, now=now)
    session.commit()
    (right,) = about(session, app, topics.CLOCK, now - timedelta(minutes=4))
    assert not right.trouble
    (wrong,) = about(session, app, topics.CLOCK, now - timedelta(minutes=6))
    assert wrong.trouble
    assert "which is yet to come" in wrong.sentence


@pytest.mark.skipif(not ON_POSTGRESQL, reason="an SQLite database has no clock of its own")
def test_a_clock_apart_from_the_databases_is_told_by_how_much(session, app):
    (ahead,) = about(session, app, topics.CLOCK, clock.now() + timedelta(minutes=9, seconds=30))
    assert "9 minutes ahead of that of the database server" in ahead.sentence
    assert ahead.trouble


def test_the_versions_are_those_that_run(session, app):
    (line,) = about(session, app, "Versions")
    assert f"step {migrations.head()}" in line.sentence
    assert session.get_bind().dialect.name.lower() in line.sentence.lower()


def test_administrators_are_told_of_a_trouble_once_a_week_and_nobody_else_is(session, app, engine, tmp_path):
    admin = builders.make_person(session, roles=[Role.admin]).id
    builders.make_person(session, roles=[Role.qa_manager])
    history.note(session, "people.signed_in", by=None, now=NOON + timedelta(days=3650))
    session.commit()
    context = jobs.PeriodicContext(engine, app.config, system_scope("a test"))
    now = clock.now()

    def notices():
        wanted = select(Notice.person_id, Notice.code).where(Notice.code == notice_words.CODES[topics.CLOCK])
        rows = [tuple(row) for row in session.exec(wanted)]
        session.rollback()  # whoever writes next must not wait for this
        return rows

    service.tell_administrators(context, HERE, now)
    assert notices() == [(admin, "state.clock")]
    service.tell_administrators(context, HERE, now + timedelta(days=7, seconds=-1))
    assert len(notices()) == 1
    service.tell_administrators(context, HERE, now + timedelta(days=7, seconds=1))
    assert len(notices()) == 2


def test_every_administrator_is_told_of_what_is_wrong_and_of_nothing_else(session, app, engine):
    """The worker of this installation has not run yet, and the rest of it is well."""
    first, second = (builders.make_person(session, roles=[Role.admin]).id for _ in range(2))
    session.commit()
    context = jobs.PeriodicContext(engine, app.config, system_scope("a test"))
    now = clock.now()  # on PostgreSQL the database's own clock is asked too
    assert service.tell_administrators(context, HERE, now) == 2
    service.look(context)  # told already
    notices = session.exec(select(Notice)).all()
    assert sorted((row.person_id, row.code) for row in notices) == sorted(
        (person, "state.background_work") for person in (first, second)
    )
    for row in notices:
        session.delete(row)
    session.commit()
    service.look(context)
    assert len(session.exec(select(Notice)).all()) == 2
    session.rollback()
    assert service.tell_administrators(context, HERE, now) == 0


def test_of_an_installation_that_is_well_nobody_is_told(session, app, engine):
    builders.make_person(session, roles=[Role.admin])
    now = clock.now()
    session.add(PeriodicRun(name=TICK, started_at=now, finished_at=now))
    session.commit()
    context = jobs.PeriodicContext(engine, app.config, system_scope("a test"))
    with idle_turns(engine) as idle:
        assert service.tell_administrators(context, HERE, now) == 0
        service.look(context)
    assert idle == []
    assert session.exec(select(Notice)).all() == []


def test_every_trouble_of_the_installation_has_its_words():
    assert set(notice_words.CODES) == set(topics.OF_THE_INSTALLATION)
