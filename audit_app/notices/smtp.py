"""Plain-text e-mail over the council's own mail server: encrypted, one line per header, and never in a request."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from audit_app import clock
from audit_app.notices.tables import ADDRESS_LENGTH, MailTrouble

TIMEOUT_SECONDS = 20
TLS_PORT = 465
SUBJECT_LENGTH = 200
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_{}~-][A-Za-z0-9!#$%&'*+/=?^_{}~.-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class NotSent(Exception):
    """The mail was not taken; `trouble` says why, `for_good` whether another try could help."""

    def __init__(self, trouble: MailTrouble, *, for_good: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.for_good = for_good


def mail_is_set(config: Mapping[str, Any]) -> bool:
    """Whether a mail server, or GOV.UK Notify, is named in the settings."""
    return bool(config["SMTP_HOST"] or config["NOTIFY_API_KEY"])


def checked_address(given: str) -> str:
    """One plain address, or NotSent: nothing that could begin another header or name a second recipient."""
    address = given.strip()
    if len(address) > ADDRESS_LENGTH or ".." in address or not _ADDRESS.fullmatch(address):
        raise NotSent(MailTrouble.refused_address, for_good=True)
    return address


def sender_of(config: Mapping[str, Any]) -> Address:
    """The setting MAIL_FROM, with or without a name: `Audit service <audits@example.gov.uk>`."""
    given = str(config["MAIL_FROM"])
    name, address = parseaddr(given)
    if not given.isprintable():
        raise NotSent(MailTrouble.no_sender)
    try:
        return Address(display_name=name, addr_spec=checked_address(address))
    except (NotSent, ValueError) as error:
        raise NotSent(MailTrouble.no_sender) from error


def message_of(config: Mapping[str, Any], to: str, subject: str, body: str, *, key: str | None = None) -> EmailMessage:
    """The message, its headers checked; with `key` in its Message-ID it is known again when it comes back.

    Raises:
        NotSent: an address or the subject is not one line of plain text.
    """
    if len(subject) > SUBJECT_LENGTH or not subject.isprintable():
        raise NotSent(MailTrouble.refused_message, for_good=True)
    message = EmailMessage()
    message["From"] = sender_of(config)
    message["To"] = Address(addr_spec=checked_address(to))
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    host = urlsplit(str(config["PUBLIC_ADDRESS"])).hostname or "localhost"
    # The same at each try: a mail whose answer was lost on the line can be seen to be the same by who has it already.
    message["Message-ID"] = f"<mail.{key}@{host}>" if key else make_msgid(domain=host)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


@contextmanager
def connected(config: Mapping[str, Any]) -> Iterator[smtplib.SMTP]:
    """A connection to the mail server, encrypted and signed in as the settings say.

    Raises:
        NotSent: the server cannot be reached, offers no encryption, or refuses the sign-in.
    """
    with _named_trouble():
        server = _open(config)
    try:
        yield server
    finally:
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


def _open(config: Mapping[str, Any]) -> smtplib.SMTP:
    host, port = str(config["SMTP_HOST"]), int(config["SMTP_PORT"])
    if port == TLS_PORT:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
        encrypted = True
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        encrypted = False
    try:
        if config["SMTP_STARTTLS"] and not encrypted:
            server.starttls(context=ssl.create_default_context())
            encrypted = True
        if config["SMTP_USER"]:
            if not encrypted and host not in LOOPBACK:
                raise NotSent(MailTrouble.no_encryption)
            server.login(str(config["SMTP_USER"]), str(config["SMTP_PASSWORD"]))
    except BaseException:
        server.close()
        raise
    return server


def deliver(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand one message over.

    Raises:
        NotSent: the server did not take it.
    """
    with _named_trouble():
        server.send_message(message)


def mail(config: Mapping[str, Any], to: str, subject: str, body: str) -> None:
    """Send one plain-text mail now; for the worker and for commands, never inside a request.

    Raises:
        NotSent: it was not taken.
    """
    message = message_of(config, to, subject, body)
    with connected(config) as server:
        deliver(server, message)


@contextmanager
def _named_trouble() -> Iterator[None]:
    """What smtplib raises, as one of our words: a server's own words may quote addresses."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        for_good = all(code >= 500 for code, _ in refusal.recipients.values())
        raise NotSent(MailTrouble.refused_address, for_good=for_good) from None
    except smtplib.SMTPAuthenticationError:
        raise NotSent(MailTrouble.refused_login) from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLError):
        raise NotSent(MailTrouble.no_encryption) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError):
        raise NotSent(MailTrouble.no_server) from None
    except smtplib.SMTPException:
        raise NotSent(MailTrouble.refused_message) from None
    except OSError:
        raise NotSent(MailTrouble.no_server) from None
