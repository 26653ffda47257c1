"""A real mail server on this machine, and a database with the tables of notices in it."""

import socketserver
import ssl
import threading
from email import message_from_bytes, policy

import pytest

from audit_app import notices
from audit_app.config import DEFAULTS
from audit_app.database import make_engine, session_for
from audit_app.jobs import PeriodicContext
from audit_app.notices import sending, wording
from audit_app.notices.tables import Notice, OutgoingMail
from audit_app.people.access import system_scope

TABLES = [Notice.__table__, OutgoingMail.__table__]


class Conversation(socketserver.StreamRequestHandler):
    """Enough of RFC 5321 to take mail, refuse an address, hang up, or offer encryption."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.taken = 0
        self.say("220 here")
        while raw := self.rfile.readline():
            verb = raw[:4].decode("ascii", "replace").upper().strip()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "STAR":
                self.say("220 go")
                self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            elif self.answer(verb, raw) is False:
                return

    def finish(self):
        super().finish()
        self.connection.close()

    def answer(self, verb, raw):
        server = self.server
        if verb == "EHLO":
            self.say("250-here")
            self.say("250-AUTH PLAIN")
            self.say("250 STARTTLS" if server.tls else "250 8BITMIME")
        elif verb == "AUTH":
            self.say("235 welcome")
        elif verb == "RCPT":
            server.recipients.append(raw)
            self.say("550 unknown" if b"nobody@" in raw else "250 ok")
        elif verb == "DATA":
            if server.hang_up_after is not None and self.taken >= server.hang_up_after:
                return False
            self.say("354 go on")
            lines = []
            for line in iter(self.rfile.readline, b".\r\n"):
                lines.append(line)
            server.raw.append(b"".join(lines))
            self.taken += 1
            self.say("250 taken")
        else:
            self.say("250 ok")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it was given."""

    daemon_threads = True
    tls = None
    hang_up_after = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.raw, self.recipients = [], []

    def handle_error(self, request, client_address):
        """A client that breaks off is what some tests are about."""

    @property
    def messages(self):
        return [message_from_bytes(raw.replace(b"\r\n", b"\n"), policy=policy.default) for raw in self.raw]

    def offer_encryption(self, certificate, key):
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)


@pytest.fixture
def server():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path, server):
    (tmp_path / "database").mkdir()
    return {
        **DEFAULTS,
        "DATA_FOLDER": tmp_path,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'database' / 'audit.db'}",
        "PUBLIC_ADDRESS": "https://audits.example.gov.uk/",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": server.server_address[1],
        "SMTP_STARTTLS": False,
        "MAIL_FROM": "Audit service <audits@example.gov.uk>",
    }


@pytest.fixture
def engine(settings):
    engine = make_engine(settings["DATABASE_URL"])
    Notice.metadata.create_all(engine, tables=TABLES)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with session_for(engine, system_scope("a test")) as session:
        yield session


@pytest.fixture
def words():
    """Two wordings and a directory in which person 7 has an address; all forgotten afterwards."""
    before = dict(wording._notices), dict(wording._posts), list(sending._directory)
    notices.register_notice(
        "audit_assigned",
        "{reference} is yours to audit",
        ["You have been asked to audit {reference} for {council}.", "Open it here:", "{link}"],
        path="/{authority}/audits/{reference}",
    )
    notices.register_post("invitation", "Your account at {council}", ["Choose a password:", "{link}", "Until {until}."])
    people = {7: notices.Recipient("auditor@example.gov.uk", "Greenwich Council", "greenwich")}
    notices.use_directory(lambda session, authority_id, person_id: people.get(person_id))
    yield people
    for kept, then in zip((wording._notices, wording._posts), before[:2], strict=True):
        kept.clear()
        kept.update(then)
    sending._directory[:] = before[2]


@pytest.fixture
def send(engine, settings):
    """One round of the worker, with settings changed if so wished."""

    def one_round(**changed):
        notices.send_waiting(PeriodicContext(engine, {**settings, **changed}, None))

    return one_round
