"""Sending by a real mail server: what arrives, what is tried again, and what is kept of it."""

import shutil
import subprocess
from datetime import timedelta

import pytest
import sqlalchemy as sa

from audit_app import clock, notices
from audit_app.notices import sending
from audit_app.notices.tables import MailState, MailTrouble

TOKEN_PATH = "/invitations/8f3a-secret-token"


def told(session, person_id=7, reference="AUD-0042"):
    notice = notices.tell(session, 1, person_id, "audit_assigned", reference, clock.now())
    session.commit()
    session.expunge(notice)
    return notice


def posted(session, address="new@example.gov.uk", valid=timedelta(hours=72)):
    now = clock.now()
    mail = notices.post(
        session, 1, "invitation", address, council="Łambeth & Co", path=TOKEN_PATH, valid_until=now + valid, now=now
    )
    session.commit()
    session.expunge(mail)
    return mail


def row(engine, thing):
    table = type(thing).__table__
    with engine.execution_options(reading=True).connect() as connection:
        return connection.execute(sa.select(table).where(table.c.id == thing.id)).one_or_none()


def hasten(engine, thing, **values):
    """Let time pass for one row."""
    table = type(thing).__table__
    with engine.begin() as connection:
        values = values or {"next_try_at": clock.now()}
        connection.execute(sa.update(table).where(table.c.id == thing.id).values(values))


def test_a_notice_arrives_as_plain_words_with_one_link(session, engine, words, send, server):
    notice = told(session)
    send()
    (message,) = server.messages
    assert message["To"] == "auditor@example.gov.uk"
    assert message["From"] == "Audit service <audits@example.gov.uk>"
    assert message["Subject"] == "AUD-0042 is yours to audit"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().split("\n\n") == [
        "You have been asked to audit AUD-0042 for Greenwich Council.",
        "Open it here:",
        "https://audits.example.gov.uk/greenwich/audits/AUD-0042",
        "This e-mail holds no details of any case. Do not reply to it: nobody\nreads the replies.\n",
    ]
    assert row(engine, notice).mail_state is MailState.sent
    send()
    assert len(server.messages) == 1


def test_an_invitation_arrives_whole_and_its_link_is_then_nowhere(session, engine, words, send, server, settings):
    mail = posted(session)
    send()
    (message,) = server.messages
    assert message["Subject"] == "Your account at Łambeth & Co"
    assert f"https://audits.example.gov.uk{TOKEN_PATH}\n" in message.get_content()
    assert (row(engine, mail).mail_state, row(engine, mail).path) == (MailState.sent, "")
    session.close()
    engine.dispose()
    assert b"secret-token" not in (settings["DATA_FOLDER"] / "database" / "audit.db").read_bytes()


def test_nobody_is_mailed_about_what_they_have_read_or_when_they_have_no_address(session, engine, words, send, server):
    read, gone = told(session), told(session, person_id=8)
    notices.mark_read(session, 1, 7, clock.now())
    session.commit()
    send()
    assert server.messages == []
    assert {row(engine, read).mail_state, row(engine, gone).mail_state} == {MailState.not_needed}


def test_without_a_mail_server_nothing_waits_and_no_link_is_kept(session, engine, words, send):
    notice, mail = told(session), posted(session)
    send(SMTP_HOST="")
    assert row(engine, notice).mail_state is MailState.not_needed
    assert row(engine, mail) is None
    assert notices.trouble(session, 1, clock.now()) == []


def test_a_server_that_is_away_is_tried_again_each_half_hour_for_four_days_and_shown(session, engine, words, send):
    notice = told(session)
    pauses = []
    for tried in range(7):
        if tried == 6:
            hasten(engine, notice, at=clock.now() - timedelta(days=4, minutes=1))
        send(SMTP_PORT=1)
        now_row = row(engine, notice)
        pauses.append(round((now_row.next_try_at - clock.now()) / timedelta(minutes=1)))
        if now_row.mail_state is MailState.waiting:
            (sentence,) = notices.trouble(session, 1, clock.now())
            assert sentence.startswith(
                "1 e-mail waits to be sent again: the mail server, or GOV.UK Notify, cannot be reached."
            )
            session.rollback()
            hasten(engine, notice)
    assert pauses[:6] == [5, 30, 30, 30, 30, 30]
    assert (now_row.mail_state, now_row.attempts) == (MailState.failed, 7)
    (sentence,) = notices.trouble(session, 1, clock.now())
    assert sentence.startswith("1 e-mail could not be sent: the mail server, or GOV.UK Notify, cannot be reached.")
    assert notices.trouble(session, 2, clock.now()) == []


def test_what_a_server_refuses_for_now_is_tried_five_times_with_growing_pauses():
    pauses = [sending.pause_before_next(MailTrouble.refused_login, tried, timedelta(0)) for tried in range(1, 6)]
    assert [pause and pause / timedelta(minutes=1) for pause in pauses] == [5, 30, 120, 480, None]


def test_a_mail_whose_time_has_not_come_is_left_alone(session, engine, words, send, server):
    notice = told(session)
    send(SMTP_PORT=1)
    send()
    assert server.messages == []
    assert row(engine, notice).attempts == 1


def test_an_address_the_server_refuses_is_given_up_at_once_and_the_others_go(session, engine, words, send, server):
    refused, fine = posted(session, "nobody@example.gov.uk"), posted(session)
    send()
    assert [message["To"] for message in server.messages] == ["new@example.gov.uk"]
    assert (row(engine, refused).mail_state, row(engine, refused).path) == (MailState.failed, "")
    assert row(engine, refused).mail_trouble is MailTrouble.refused_address
    assert row(engine, fine).mail_state is MailState.sent


def test_a_server_that_hangs_up_after_two_mails_gets_the_rest_over_a_new_connection(session, words, send, server):
    server.hang_up_after = 2
    for number in range(5):
        told(session, reference=f"AUD-{number:04d}")
    send()
    assert len(server.messages) == 5


def test_one_mail_that_cannot_be_made_holds_up_no_other(session, engine, words, send, server):
    broken, fine = told(session, person_id=9), told(session)
    notices.use_directory(lambda session, authority, person: words[person])
    send()
    assert len(server.messages) == 1
    assert (row(engine, broken).mail_state, row(engine, broken).mail_trouble) == (
        MailState.waiting,
        MailTrouble.not_made,
    )
    assert row(engine, fine).mail_state is MailState.sent


def test_a_link_that_has_stopped_working_is_not_sent(session, engine, words, send, server):
    mail = posted(session, valid=timedelta(seconds=-1))
    send()
    assert server.messages == []
    assert row(engine, mail).mail_trouble is MailTrouble.too_late


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"SMTP_STARTTLS": True}, MailTrouble.no_encryption),
        ({"MAIL_FROM": ""}, MailTrouble.no_sender),
        ({"MAIL_FROM": "a@example.org\nBcc: b@example.org"}, MailTrouble.no_sender),
        ({"SMTP_USER": "us", "SMTP_PASSWORD": "test-only", "SMTP_HOST": "127.1"}, MailTrouble.no_encryption),
    ],
)
def test_nothing_is_sent_in_the_clear_or_without_a_sender(session, engine, words, send, server, changed, trouble):
    notice = told(session)
    send(**changed)
    assert server.messages == []
    assert row(engine, notice).mail_trouble is trouble


def test_rows_older_than_a_day_hold_no_link(session, engine, words, send):
    sent, stuck, tried, ancient = (posted(session) for _ in range(4))
    old = clock.now() - timedelta(hours=25)
    hasten(engine, sent, at=old, mail_state=MailState.sent, path="")
    hasten(engine, stuck, at=old)
    hasten(engine, tried, at=old, mail_trouble=MailTrouble.no_server, attempts=3)
    hasten(engine, ancient, at=clock.now() - timedelta(days=8))
    sending.forget_secrets(engine, clock.now())
    assert row(engine, sent) is None
    assert row(engine, ancient) is None
    assert (row(engine, stuck).path, row(engine, stuck).mail_trouble) == ("", MailTrouble.too_late)
    assert (row(engine, tried).path, row(engine, tried).mail_trouble) == ("", MailTrouble.no_server)


def test_the_database_refuses_to_keep_a_link_once_it_is_no_longer_needed(session, engine, words):
    mail = posted(session)
    with pytest.raises(sa.exc.IntegrityError):
        hasten(engine, mail, mail_state=MailState.sent)


def test_a_subject_of_two_lines_never_leaves(settings, server):
    with pytest.raises(notices.NotSent):
        notices.mail(settings, "a@example.org", "Hello\r\nBcc: b@example.org", "Body")
    assert server.recipients == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is needed to make a certificate")
def test_mail_goes_encrypted_to_a_server_whose_certificate_is_trusted_and_to_no_other(
    settings, server, tmp_path, monkeypatch
):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=DNS:localhost"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server.offer_encryption(certificate, key)
    encrypted = {**settings, "SMTP_HOST": "localhost", "SMTP_STARTTLS": True, "SMTP_USER": ""}
    with pytest.raises(notices.NotSent) as refusal:
        notices.mail(encrypted, "a@example.org", "Hello", "Body")
    assert refusal.value.trouble is MailTrouble.no_encryption
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    notices.mail(encrypted, "a@example.org", "Hello", "Body")
    assert [message["Subject"] for message in server.messages] == ["Hello"]
