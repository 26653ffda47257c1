"""GOV.UK Notify as the way mails go, against a server that checks each request as its documentation says."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlmodel import select

from audit_app import clock, notices
from audit_app.jobs import PeriodicContext
from audit_app.notices import bounces, coming_back
from audit_app.notices.tables import MailState, MailTrouble, Notice, OutgoingMail

SERVICE, SECRET = "0f54ab00-1111-4222-8333-444455556666", "9c1d7e3a-aaaa-4bbb-8ccc-ddddeeeeffff"
KEY = f"a-key-with-dashes-{SERVICE}-{SECRET}"


class Answers(BaseHTTPRequestHandler):
    """What Notify checks: the token's signature, issuer and age; then the template and what fills it."""

    def log_message(self, *_words):
        """Nothing on the screen."""

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def may_enter(self):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            read = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
        except Exception:
            return False
        return read.claims["iss"] == SERVICE and abs(read.claims["iat"] - time.time()) <= 30

    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        if not self.may_enter():
            self.answer(403, {"errors": [{"error": "AuthError"}]})
        elif server.status != 201:
            self.answer(server.status, {"errors": [{"error": "Planted"}]})
        elif sent["template_id"] != "a-template" or set(sent["personalisation"]) != {"subject", "body"}:
            self.answer(400, {"errors": [{"error": "BadRequestError"}]})
        else:
            server.taken.append(sent)
            self.answer(201, {"id": "x", "reference": sent["reference"]})

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        if not self.may_enter():
            self.answer(403, {})
            return
        listed = [
            {"reference": reference, "status": status}
            for reference, status in self.server.returned
            if status in asked["status"]
        ]
        self.answer(200, {"notifications": listed})


@pytest.fixture
def notify():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.taken, server.returned, server.status = [], [], 201
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def over_notify(notify):
    """The settings that send mails that way."""
    address = f"http://127.0.0.1:{notify.server_port}"
    return {"SMTP_HOST": "", "NOTIFY_API_KEY": KEY, "NOTIFY_TEMPLATE": "a-template", "NOTIFY_ADDRESS": address}


def told(session):
    notices.tell(session, 1, 7, "audit_assigned", "AUD-0042", clock.now())
    session.commit()


def test_a_mail_goes_whole_and_with_nothing_beside_it(notify, over_notify, session, words, send):
    told(session)
    send(**over_notify)
    (mail,) = notify.taken
    assert mail["email_address"] == "auditor@example.gov.uk"
    assert mail["personalisation"]["subject"] == "AUD-0042 is yours to audit"
    assert "https://audits.example.gov.uk/greenwich/audits/AUD-0042" in mail["personalisation"]["body"]
    assert set(mail) == {"email_address", "template_id", "personalisation", "reference"}
    row = session.exec(select(Notice)).one()
    assert (row.mail_state, bounces.key_of(mail["reference"])) == (MailState.sent, ("notice", 1, row.id))


@pytest.mark.parametrize(
    ("status", "changed", "trouble"),
    [
        (500, {}, MailTrouble.no_server),
        (429, {}, MailTrouble.no_server),
        (201, {"NOTIFY_API_KEY": f"x-{SERVICE}-{SECRET[::-1].replace('f', '0')}"}, MailTrouble.refused_login),
        (201, {"NOTIFY_TEMPLATE": "another"}, MailTrouble.refused_message),
        (201, {"NOTIFY_ADDRESS": "http://127.0.0.1:1"}, MailTrouble.no_server),
    ],
)
def test_what_is_not_taken_waits_and_is_tried_again(
    notify, over_notify, session, words, send, status, changed, trouble
):
    told(session)
    notify.status = status
    send(**{**over_notify, **changed})
    row = session.exec(select(Notice)).one()
    assert (row.mail_state, row.mail_trouble, notify.taken) == (MailState.waiting, trouble, [])


def test_what_came_back_is_told_and_only_of_mails_of_ours_that_were_sent(
    notify, over_notify, session, engine, settings, words, send
):
    told(session)
    notices.post(
        session, 1, "invitation", "new@example.gov.uk", council="Greenwich", path="/invitation/abc",
        valid_until=clock.now().replace(year=2100), now=clock.now(),
    )  # fmt: skip
    session.commit()
    send(**over_notify)
    sent = {bounces.key_of(mail["reference"])[0]: mail["reference"] for mail in notify.taken}
    assert set(sent) == {"notice", "outgoing_mail"}
    notify.returned = [
        (sent["outgoing_mail"], "permanent-failure"), ("somebody else's", "permanent-failure"),
        (None, "technical-failure"),
        (sent["notice"].replace(".notice.1.", ".notice.2."), "temporary-failure"),  # of another council
    ]  # fmt: skip
    coming_back.look(PeriodicContext(engine, {**settings, **over_notify}, None))
    session.expire_all()
    returned = session.exec(select(OutgoingMail)).one()
    assert (returned.mail_state, returned.mail_trouble) == (MailState.failed, MailTrouble.refused_address)
    assert session.exec(select(Notice)).one().mail_state == MailState.sent
    (sentence,) = notices.trouble(session, 1, clock.now())
    assert sentence.startswith("1 e-mail could not be sent: the address does not exist, or refuses mail.")
    session.rollback()
    # The same list again is only read: whoever saves meanwhile is not waited for.
    with engine.begin():
        coming_back.look(PeriodicContext(engine, {**settings, **over_notify}, None))
    # A fault on Notify's side is not told as one of the address.
    notify.returned.append((sent["notice"], "technical-failure"))
    coming_back.look(PeriodicContext(engine, {**settings, **over_notify}, None))
    assert session.exec(select(Notice.mail_state, Notice.mail_trouble)).one() == (
        MailState.failed, MailTrouble.no_server,
    )  # fmt: skip
