"""The worker's part: ask GOV.UK Notify, or the mailbox of the sender's address, what could not be delivered."""

import imaplib
import json
import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from audit_app import limits
from audit_app.jobs import PeriodicContext
from audit_app.notices import bounces, govuk_notify
from audit_app.notices.smtp import NotSent
from audit_app.notices.tables import MailState, MailTrouble, Notice, OutgoingMail

log = logging.getLogger("audit_app.notices")
TASK, MINUTES = "returned-mail", 15
TIMEOUT_SECONDS = 20
MOST_AT_ONCE = 200
LARGEST_BYTES = 200_000
TABLES = {"notice": Notice.__table__, "outgoing_mail": OutgoingMail.__table__}  # type: ignore[attr-defined]


def look(context: PeriodicContext) -> None:
    """Write down what came back since the last look; a mailbox that cannot be opened is tried again next time."""
    if govuk_notify.is_set(context.config):
        with govuk_notify.Notify(context.config) as service:
            try:
                returned = service.came_back()
            except NotSent as refusal:
                log.warning("GOV.UK Notify could not be asked what came back: %s", refusal.trouble.value)
                return
        keys = ((bounces.key_of(reference), trouble) for reference, trouble in returned)
        note_returned(context.engine, {key: trouble for key, trouble in keys if key is not None})
    elif context.config["BOUNCES_HOST"]:
        try:
            with mailbox(context.config) as box:
                for number in _unread(box):
                    _read(context.engine, box, number)
        except (imaplib.IMAP4.error, OSError) as problem:
            log.warning("The mailbox for returned mail could not be read: %s", type(problem).__name__)


def note_returned(engine: sa.Engine, returned: Mapping[bounces.Key, MailTrouble]) -> None:
    """These mails had been handed over and were not delivered; one that is noted already stays as it is.

    What came back is listed again at each look, so it is read first whether anything of it is new: nobody who saves
    then waits for this.
    """
    with engine.execution_options(reading=True).connect() as connection:
        new = [key for key in returned if connection.execute(sa.select(TABLES[key[0]].c.id).where(*_sent(key))).first()]
    if not new:
        return
    with engine.begin() as connection:
        for key in new:
            values = {"mail_state": MailState.failed, "mail_trouble": returned[key]}
            connection.execute(sa.update(TABLES[key[0]]).where(*_sent(key)).values(values))


def _sent(key: bounces.Key) -> tuple[Any, ...]:
    name, authority_id, row_id = key
    table = TABLES[name]
    return (table.c.authority_id == authority_id, table.c.id == row_id, table.c.mail_state == MailState.sent)


@contextmanager
def mailbox(config: Mapping[str, Any]) -> Iterator[imaplib.IMAP4]:
    """The inbox of the address mails are sent from, over TLS."""
    host, port = str(config["BOUNCES_HOST"]), int(config["BOUNCES_PORT"])
    context = ssl.create_default_context()
    box = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    try:
        box.login(str(config["BOUNCES_USER"]), str(config["BOUNCES_PASSWORD"]))
        box.select("INBOX")
        yield box
    finally:
        try:
            box.logout()
        except (imaplib.IMAP4.error, OSError):
            box.shutdown()


def _unread(box: imaplib.IMAP4) -> list[bytes]:
    _status, data = box.search(None, "UNSEEN", "SMALLER", str(LARGEST_BYTES))
    return (data[0] or b"").split()[:MOST_AT_ONCE]


def _read(engine: sa.Engine, box: imaplib.IMAP4, number: bytes) -> None:
    """One message: a report of ours is noted and marked as read; anything else is left for who reads the mailbox."""
    _status, data = box.fetch(number.decode(), "(BODY.PEEK[])")
    raw = next((part[1] for part in data if isinstance(part, tuple)), b"")
    answer = limits.run_limited("audit_app.notices.bounces", raw).output
    key = json.loads(answer) if answer else None
    if key is not None:
        note_returned(engine, {tuple(key): MailTrouble.refused_address})
        box.store(number.decode(), "+FLAGS", "\\Seen")
