"""Telling people things and reading what they were told, in the caller's own transaction; nothing is sent here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, desc, func, select

from audit_app import jobs
from audit_app.notices import wording
from audit_app.notices.smtp import NotSent, checked_address
from audit_app.notices.tables import PATH_LENGTH, MailState, MailTrouble, Notice, OutgoingMail
from findings.errors import Invalid
from findings.references import new_id

MAIL_TASK = "send-mail"
TOLD_FOR_DAYS = 14

WHY = {
    MailTrouble.no_server: "the mail server, or GOV.UK Notify, cannot be reached. Check its address in the settings",
    MailTrouble.no_encryption: "the mail server offers no encryption we can trust. Check its certificate",
    MailTrouble.no_sender: "no address to send from is set. Set AUDIT_MAIL_FROM",
    MailTrouble.refused_login: "the mail server, or GOV.UK Notify, refused our sign-in. Check its key in the settings",
    MailTrouble.refused_address: "the address does not exist, or refuses mail. Check the address of the person",
    MailTrouble.refused_message: "the message itself was refused. Check AUDIT_MAIL_FROM, or AUDIT_NOTIFY_TEMPLATE",
    MailTrouble.not_made: "something went wrong while it was written. The worker's log says where",
    MailTrouble.too_late: "the link in it stopped working before it could be sent. Send a new one",
}


@dataclass(frozen=True)
class NoticeLine:
    """A notice as a page shows it: a sentence and where it leads."""

    id: int
    sentence: str
    path: str
    at: datetime
    read: bool


def tell_once(
    session: Session, authority_id: int, person_id: int | None, code: str, reference: str, *, since: datetime,
    now: datetime,
) -> bool:  # fmt: skip
    """Tell a person something they were not told since a moment; whether they were told now. Nobody is told nothing."""
    if person_id is None:
        return False
    before = select(Notice.id).where(
        Notice.authority_id == authority_id, Notice.person_id == person_id, Notice.code == code,
        Notice.reference == reference, col(Notice.at) >= since,
    )  # fmt: skip
    if session.exec(before).first() is not None:
        return False
    tell(session, authority_id, person_id, code, reference, now)
    return True


def tell(  # noqa: PLR0917 - the order of every write here: where, whom, what, when
    session: Session, authority_id: int, person_id: int, code: str, reference: str, now: datetime
) -> Notice:
    """Tell a person something: shown in the app from the commit on, mailed by the worker when a server is set.

    Raises:
        Invalid: the reference is not a reference (a notice never carries text).
        ValueError: nobody registered the code.
    """
    if not wording.is_notice(code):
        raise ValueError(f"No notice with the code {code!r} is registered.")
    jobs.check_reference(reference)
    by_mail = wording.wording_of(code).by_mail
    notice = Notice(
        authority_id=authority_id,
        id=new_id(),
        person_id=person_id,
        code=code,
        reference=reference,
        at=now,
        next_try_at=now,
        mail_state=MailState.waiting if by_mail else MailState.not_needed,
    )
    session.add(notice)
    session.flush()
    if by_mail:
        jobs.soon(session, MAIL_TASK)
    return notice


def post(
    session: Session,
    authority_id: int,
    kind: str,
    to_address: str,
    *,
    council: str,
    path: str,
    valid_until: datetime,
    now: datetime,
) -> OutgoingMail:
    """Have the worker mail a link to an address. `path` may hold a token: it is blanked as soon as the mail is sent.

    Raises:
        Invalid: the address cannot be written to.
        ValueError: the path is no path on this service, or nobody registered this kind.
    """
    if not wording.is_post(kind):
        raise ValueError(f"No mail of the kind {kind!r} is registered.")
    wording.public_link({"PUBLIC_ADDRESS": ""}, path)
    if len(path) > PATH_LENGTH:
        raise ValueError(f"A path has at most {PATH_LENGTH} characters.")
    try:
        address = checked_address(to_address)
    except NotSent as refusal:
        raise Invalid("to_address", "Enter an e-mail address like name@example.gov.uk, without accents.") from refusal
    row = OutgoingMail(
        authority_id=authority_id,
        id=new_id(),
        kind=kind,
        to_address=address,
        council=council,
        path=path,
        at=now,
        valid_until=valid_until,
        next_try_at=now,
    )
    session.add(row)
    session.flush()
    jobs.soon(session, MAIL_TASK)
    return row


def list_notices(
    session: Session,
    authority_id: int,
    person_id: int,
    council: str,
    key: str,
    *,
    unread_only: bool = False,
    limit: int = 50,
) -> list[NoticeLine]:
    """What a person was told, newest first; `key` is the authority's first part of each address."""
    statement = select(Notice).where(col(Notice.authority_id) == authority_id, col(Notice.person_id) == person_id)
    if unread_only:
        statement = statement.where(col(Notice.read_at).is_(None))
    rows = session.exec(statement.order_by(desc(col(Notice.id))).limit(limit)).all()
    return [
        NoticeLine(
            id=row.id,
            sentence=wording.notice_sentence(row.code, row.reference, council),
            path=wording.notice_path(row.code, row.reference, key),
            at=row.at,
            read=row.read_at is not None,
        )
        for row in rows
    ]


def count_unread(session: Session, authority_id: int, person_id: int) -> int:
    """How many notices the person has not read."""
    mine = (col(Notice.authority_id) == authority_id, col(Notice.person_id) == person_id)
    return session.exec(select(func.count()).select_from(Notice).where(*mine, col(Notice.read_at).is_(None))).one()


def mark_read(session: Session, authority_id: int, person_id: int, now: datetime, notice_id: int | None = None) -> int:
    """Mark one of the person's notices as read, or all of them; returns how many were unread."""
    statement = sa.update(Notice).where(
        col(Notice.authority_id) == authority_id, col(Notice.person_id) == person_id, col(Notice.read_at).is_(None)
    )
    if notice_id is not None:
        statement = statement.where(col(Notice.id) == notice_id)
    result = session.execute(statement.values(read_at=now))
    return int(result.rowcount)  # type: ignore[attr-defined]


def figures(connection: sa.Connection) -> dict[str, float]:
    """For whoever watches: e-mails still to be sent, and those given up."""
    counts = {"mails_waiting": 0.0, "mails_failed": 0.0}
    for table in (Notice.__table__, OutgoingMail.__table__):  # type: ignore[attr-defined]
        state = table.c.mail_state
        for name, value in connection.execute(sa.select(state, func.count()).group_by(state)).all():
            if f"mails_{MailState(name).value}" in counts:
                counts[f"mails_{MailState(name).value}"] += value
    return counts


def trouble(session: Session, authority_id: int, now: datetime) -> list[str]:
    """What is wrong with an authority's e-mails, in plain sentences for the dashboard (ER-4)."""
    counts: dict[tuple[bool, MailTrouble], int] = {}
    for table in (Notice, OutgoingMail):
        columns = (col(table.mail_state), col(table.mail_trouble))
        statement = (
            select(*columns, func.count())
            .where(
                col(table.authority_id) == authority_id,
                col(table.mail_trouble) != MailTrouble.none,
                col(table.mail_state).in_([MailState.waiting, MailState.failed]),
                col(table.at) > now - timedelta(days=TOLD_FOR_DAYS),
            )
            .group_by(*columns)
        )
        for state, why, number in session.exec(statement).all():
            key = (state == MailState.failed, why)
            counts[key] = counts.get(key, 0) + number
    return [_sentence(failed, why, number) for (failed, why), number in sorted(counts.items())]


def _sentence(failed: bool, why: MailTrouble, number: int) -> str:
    mails = "1 e-mail" if number == 1 else f"{number} e-mails"
    if failed:
        return f"{mails} could not be sent: {WHY[why]}."
    waits = "waits" if number == 1 else "wait"
    return f"{mails} {waits} to be sent again: {WHY[why]}."
