"""The worker's part: send what waits, try again with growing pauses, and leave no usable link behind."""

import logging
import smtplib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import clock, jobs
from audit_app.database import session_for
from audit_app.jobs import PeriodicContext
from audit_app.notices import bounces, govuk_notify, smtp, wording
from audit_app.notices.smtp import NotSent
from audit_app.notices.tables import MailState, MailTrouble, Notice, OutgoingMail

log = logging.getLogger("audit_app.notices")
notice_table = Notice.__table__  # type: ignore[attr-defined]
outgoing_table = OutgoingMail.__table__  # type: ignore[attr-defined]

PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
# A server that cannot be reached is not the mail's fault: tried again all over a long weekend. Links end before that.
AWAY_PAUSE, AWAY_FOR = timedelta(minutes=30), timedelta(days=4)
AT_ONCE = 200
SECRET_FOR = timedelta(hours=24)
FAILURE_KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Recipient:
    """Where a person's notices are mailed to: their address, their council's name, and its part of each address.

    `say` puts a text of ours into the words of that council.
    """

    email: str
    council: str
    key: str
    say: Callable[[str], str] = str


Directory = Callable[[Session, int, int], Recipient | None]
_directory: list[Directory] = []


def use_directory(look_up: Directory) -> None:
    """Say how a person's address is found: `look_up(session, authority_id, person_id)`, None when not to be mailed."""
    _directory[:] = [look_up]


def send_waiting(context: PeriodicContext) -> None:
    """Send every mail whose time has come; without a mail server, write down that none is needed."""
    now = clock.now()
    forget_secrets(context.engine, now)
    if not smtp.mail_is_set(context.config):
        _settle_without_server(context.engine)
        return
    post_office = (
        govuk_notify.Notify(context.config) if govuk_notify.is_set(context.config) else PostOffice(context.config)
    )
    with post_office:
        for table, compose in ((outgoing_table, _post_message), (notice_table, _notice_message)):
            for row in _due(context.engine, table, now):
                _send_one(context, post_office, table, row, compose)


class PostOffice:
    """One connection for one round; when the server fails once, the rest of the round does not wait for it again."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config
        self._stack = ExitStack()
        self._server: smtplib.SMTP | None = None
        self._closed: NotSent | None = None

    def __enter__(self) -> "PostOffice":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand a message over, connecting first where needed.

        Raises:
            NotSent: it was not taken.
        """
        if self._server is not None:
            try:
                smtp.deliver(self._server, message)
                return
            except NotSent as refusal:
                if refusal.trouble is not MailTrouble.no_server:
                    raise
                # Many servers hang up after a number of messages: that is no reason to leave the rest unsent.
                self._server = None
        smtp.deliver(self._connection(), message)

    def _connection(self) -> smtplib.SMTP:
        if self._closed is not None:
            raise self._closed
        try:
            self._server = self._stack.enter_context(smtp.connected(self.config))
        except NotSent as refusal:
            self._closed = refusal
            raise
        return self._server


def _due(engine: sa.Engine, table: sa.Table, now: datetime) -> Any:
    waiting = sa.select(table).where(table.c.mail_state == MailState.waiting, table.c.next_try_at <= now)
    with engine.execution_options(reading=True).connect() as connection:
        return connection.execute(waiting.order_by(table.c.id).limit(AT_ONCE)).all()


def _send_one(
    context: PeriodicContext,
    post_office: PostOffice | govuk_notify.Notify,
    table: sa.Table,
    row: Any,
    compose: Callable[[PeriodicContext, Any], EmailMessage | None],
) -> None:
    """Send one mail and write down how it went; no transaction is open while the server is spoken to."""
    now = clock.now()
    try:
        message = compose(context, row)
        if message is not None:
            post_office.deliver(message)
    except NotSent as refusal:
        _note_failure(context.engine, table, row, refusal, now)
        return
    except Exception as error:
        # One mail that cannot be made must not hold up the others.
        log.error("A mail (%s %s) could not be made: %s", table.name, row.id, jobs.place_of(error))
        _note_failure(context.engine, table, row, NotSent(MailTrouble.not_made), now)
        return
    state = MailState.not_needed if message is None else MailState.sent
    values = {"mail_state": state, "mail_trouble": MailTrouble.none, "mailed_at": now, "attempts": row.attempts + 1}
    _note(context.engine, table, row, values)


def _note_failure(engine: sa.Engine, table: sa.Table, row: Any, refusal: NotSent, now: datetime) -> None:
    tried = row.attempts + 1
    log.warning("A mail (%s %s) was not sent, try %s: %s", table.name, row.id, tried, refusal.trouble.value)
    values: dict[str, Any] = {"attempts": tried, "mail_trouble": refusal.trouble}
    pause = None if refusal.for_good else pause_before_next(refusal.trouble, tried, now - row.at)
    if pause is None:
        values["mail_state"] = MailState.failed
    else:
        values["next_try_at"] = now + pause
    _note(engine, table, row, values)


def pause_before_next(trouble: MailTrouble, tried: int, age: timedelta) -> timedelta | None:
    """How long until a mail of this age, tried so often, is tried again; None when it is given up."""
    if trouble is MailTrouble.no_server:
        return min(PAUSES[min(tried, len(PAUSES)) - 1], AWAY_PAUSE) if age < AWAY_FOR else None
    return PAUSES[tried - 1] if tried <= len(PAUSES) else None


def _note(engine: sa.Engine, table: sa.Table, row: Any, values: dict[str, Any]) -> None:
    if table is outgoing_table and values.get("mail_state", MailState.waiting) is not MailState.waiting:
        values["path"] = ""
    with engine.begin() as connection:
        this = sa.and_(table.c.authority_id == row.authority_id, table.c.id == row.id)
        connection.execute(sa.update(table).where(this).values(values))


def _notice_message(context: PeriodicContext, row: Any) -> EmailMessage | None:
    """The mail of a notice; None when it was read already or its person is not to be mailed."""
    if row.read_at is not None or not _directory:
        return None
    with session_for(context.engine, context.scope, reading=True) as session:
        recipient = _directory[0](session, row.authority_id, row.person_id)
    if recipient is None or not recipient.email:
        return None
    council, first_word = recipient.council, recipient.key
    subject, body = wording.notice_mail(context.config, row.code, row.reference, council, first_word, say=recipient.say)
    key = bounces.idstring("notice", row.authority_id, row.id)
    return smtp.message_of(context.config, recipient.email, subject, body, key=key)


def _post_message(context: PeriodicContext, row: Any) -> EmailMessage:
    if row.valid_until <= clock.now():
        raise NotSent(MailTrouble.too_late, for_good=True)
    if not wording.is_post(row.kind):
        raise NotSent(MailTrouble.refused_message, for_good=True)
    subject, body = wording.post_mail(context.config, row.kind, row.council, row.path, row.valid_until)
    key = bounces.idstring("outgoing_mail", row.authority_id, row.id)
    return smtp.message_of(context.config, row.to_address, subject, body, key=key)


def _settle_without_server(engine: sa.Engine) -> None:
    """No server: people read their notices in the app, and whoever invites hands the link over. Nothing is kept."""
    with engine.begin() as connection:
        waiting = notice_table.c.mail_state == MailState.waiting
        connection.execute(sa.update(notice_table).where(waiting).values(mail_state=MailState.not_needed))
        connection.execute(sa.delete(outgoing_table).where(outgoing_table.c.mail_state == MailState.waiting))


def forget_secrets(engine: sa.Engine, now: datetime) -> None:
    """After 24 hours no row holds a link, and what was sent is gone; a failure stays a week without its link."""
    old = outgoing_table.c.at <= now - SECRET_FOR
    waiting = outgoing_table.c.mail_state == MailState.waiting
    given_up = {"mail_state": MailState.failed, "path": "", "mail_trouble": _last_trouble()}
    with engine.begin() as connection:
        connection.execute(sa.update(outgoing_table).where(old, waiting).values(given_up))
        connection.execute(sa.delete(outgoing_table).where(old, outgoing_table.c.mail_state == MailState.sent))
        connection.execute(sa.delete(outgoing_table).where(outgoing_table.c.at <= now - FAILURE_KEPT_FOR))


def _last_trouble() -> Any:
    """The trouble already noted, or `too_late` where no try was ever made."""
    column = outgoing_table.c.mail_trouble
    return sa.case((column == MailTrouble.none, sa.literal(MailTrouble.too_late, column.type)), else_=column)
