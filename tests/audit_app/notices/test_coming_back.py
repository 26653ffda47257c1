"""Delivery reports in the sender's mailbox: read over IMAP and TLS, and only reports about mails of ours count."""

import shlex
import shutil
import socketserver
import ssl
import subprocess
import threading

import pytest
from sqlmodel import select

from audit_app import clock, notices
from audit_app.jobs import PeriodicContext
from audit_app.notices import coming_back
from audit_app.notices.tables import MailState, MailTrouble, Notice

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is needed to make a certificate")

REPORT = """From: MAILER-DAEMON@mail.example
To: audits@example.gov.uk
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="=x"
MIME-Version: 1.0

--=x
Content-Type: text/plain

It could not be delivered.

--=x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; auditor@example.gov.uk
Action: {action}
Status: 5.1.1

--=x
Content-Type: {returned}

From: audits@example.gov.uk
Message-ID: {message_id}
Subject: AUD-0042 is yours to audit

--=x--
"""
OUT_OF_OFFICE = "From: auditor@example.gov.uk\r\nSubject: Away\r\nIn-Reply-To: {message_id}\r\n\r\nBack on Monday.\r\n"


class Box(socketserver.StreamRequestHandler):
    """As much of IMAP as is needed to open a mailbox, look for what is unread, read it and mark it."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server = self.server
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, *words = shlex.split(line)
            if command == "LOGIN" and words[:2] != ["audits", "open sesame"]:
                self.say(f"{tag} NO wrong")
                continue
            if command == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif command == "SELECT":
                self.say(f"* {len(server.messages)} EXISTS")
            elif command == "SEARCH":
                unread = [str(at + 1) for at in range(len(server.messages)) if at + 1 not in server.seen]
                self.say("* SEARCH " + " ".join(unread))
            elif command == "FETCH":
                data = server.messages[int(words[0]) - 1]
                self.wfile.write(f"* {words[0]} FETCH (BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n")
            elif command == "STORE":
                server.seen.add(int(words[0]))
            self.say(f"{tag} OK done")
            if command == "LOGOUT":
                return


class BoxServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def get_request(self):
        line, address = super().get_request()
        return self.tls.wrap_socket(line, server_side=True), address


@pytest.fixture
def box(tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=DNS:localhost"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with BoxServer(("127.0.0.1", 0), Box) as server:
        server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.tls.load_cert_chain(certificate, key)
        server.messages, server.seen = [], set()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def look(engine, settings, box):
    given = {
        "BOUNCES_HOST": "localhost", "BOUNCES_PORT": box.server_address[1], "BOUNCES_USER": "audits",
        "BOUNCES_PASSWORD": "open sesame",
    }  # fmt: skip

    def once(**changed):
        coming_back.look(PeriodicContext(engine, {**settings, **given, **changed}, None))

    return once


@pytest.fixture
def sent(session, words, send, server):
    """A mail that the mail server took; its Message-ID."""
    notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", clock.now())
    session.commit()
    send()
    return server.messages[0]["Message-ID"]


def state(session):
    row = tuple(session.exec(select(Notice.mail_state, Notice.mail_trouble)).one())
    session.rollback()  # the next look must not wait for this one
    return row


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_that_it_failed_is_noted_and_read_once(session, sent, box, look, returned):
    box.messages.append(REPORT.format(action="failed", returned=returned, message_id=sent).encode())
    look()
    assert state(session) == (MailState.failed, MailTrouble.refused_address)
    assert box.seen == {1}


def test_anything_else_in_the_mailbox_is_left_unread(session, sent, box, look):
    box.messages += [
        REPORT.format(action="delayed", returned="message/rfc822", message_id=sent).encode(),
        REPORT.format(action="failed", returned="message/rfc822", message_id="<1.2@elsewhere>").encode(),
        OUT_OF_OFFICE.format(message_id=sent).encode(),
        b"\xff\xfe not a message",
    ]
    look()
    assert state(session) == (MailState.sent, MailTrouble.none)
    assert box.seen == set()


def test_a_mailbox_that_cannot_be_opened_stops_nothing(session, sent, box, look, caplog):
    box.messages.append(REPORT.format(action="failed", returned="message/rfc822", message_id=sent).encode())
    look(BOUNCES_PASSWORD="wrong")
    look(BOUNCES_PORT=1)
    assert state(session) == (MailState.sent, MailTrouble.none)
    assert len(caplog.records) == 2
    look()
    assert state(session)[0] == MailState.failed
