"""Asking for things to be removed for good, and agreeing to it: two people, who saw the same list (PE-4, AU-13)."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import history, jobs
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.records import events
from audit_app.records.erasure import queries, queries_listing
from audit_app.records.erasure.listing import RemovalList, write_stays
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.tables import REMOVAL, Removal, RemovalKind, RemovalLine, RemovalState
from findings.numbering import next_number
from findings.references import reference

TASK = "remove-records"
NOTHING = "Nothing is past its time by the periods that are set, or all of it is held."
CHANGED = (
    "The list is not the one that was asked for any more: something was added, changed, held or removed meanwhile. "
    "Look at it as it is now and ask for it anew; then somebody else agrees."
)


def ask(
    session: Session,
    authority_id: int,
    wish: Wish,
    *,
    reason: str,
    seen: str,
    by: int,
    now: datetime,
    today: date,
) -> Removal:
    """Ask for things to be removed. Nothing goes before somebody else has agreed to this very list.

    Args:
        seen: The fingerprint of the list the person was shown.

    Raises:
        Invalid: no reason, a reason that names the record, nothing of that name, or nothing that may go.
        OutOfTurn: the list is not the one that was seen.
    """
    worked_out = queries_listing.work_out(session, authority_id, wish, today)
    if not worked_out.items:
        raise Invalid("reason", NOTHING if wish.kind is RemovalKind.retention else "A legal hold keeps all of this.")
    _refuse_bad_reason(reason, wish)
    if worked_out.fingerprint != seen:
        raise OutOfTurn("Something changed while you read the list. Look at it again before you ask.")
    row = Removal(
        authority_id=authority_id,
        number=next_number(session, authority_id, REMOVAL),
        kind=wish.kind,
        target=wish.target,
        packs=wish.packs,
        reason=reason.strip(),
        fingerprint=worked_out.fingerprint,
        stays=write_stays(worked_out.stays),
        asked_by=by,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    _write_lines(session, row, worked_out)
    facts: dict[str, str | int] = {
        "count": len(worked_out.items), "kind": row.kind.value, "fingerprint": row.fingerprint,
    }  # fmt: skip
    history.note(session, events.ASKED, reference(REMOVAL, row.number), by=by, authority_id=authority_id, facts=facts,
                 after=row.reason, now=now)  # fmt: skip
    return row


def _refuse_bad_reason(reason: str, wish: Wish) -> None:
    """The reason stands on the certificate for good, so it may not name the record.

    Raises:
        Invalid: there is none, or it does.
    """
    if not reason.strip():
        raise Invalid("reason", "Say why it is to be removed")
    if wish.target and wish.target.casefold() in reason.casefold():
        raise Invalid(
            "reason", "The reason stays on the certificate when the record is gone. Do not name the record in it"
        )


def _write_lines(session: Session, row: Removal, worked_out: RemovalList) -> None:
    lines: Iterable[RemovalLine] = (
        RemovalLine(
            authority_id=row.authority_id,
            removal_number=row.number,
            position=position,
            reference=item.reference,
            kind=item.kind,
            counted_on=item.counted_on,
            figures_on=item.figures_on,
            counts=item.counts_text(),
            file_count=item.files,
        )
        for position, item in enumerate(worked_out.items, start=1)
    )
    session.add_all(lines)
    session.flush()


def wish_of(row: Removal) -> Wish:
    """What was asked for, as it is worked out again."""
    return Wish(row.kind, row.target, row.packs)


def list_now(session: Session, row: Removal, today: date) -> RemovalList:
    """What the removal would take today; empty where what was asked for is here no more."""
    try:
        return queries_listing.work_out(session, row.authority_id, wish_of(row), today)
    except Invalid:
        return RemovalList(())


def ask_anew(
    session: Session, authority_id: int, number: int, *, seen: str, by: int, now: datetime, today: date
) -> Removal:
    """Ask for the list as it is now, in place of one that has changed; whoever asks anew cannot agree.

    Raises:
        OutOfTurn: it has ended or was agreed to, the list has not changed, or it changed again while it was read.
    """
    row = _waiting(session, authority_id, number)
    worked_out = list_now(session, row, today)
    if worked_out.fingerprint == row.fingerprint:
        raise OutOfTurn("The list has not changed. Somebody else can agree to it.")
    if worked_out.fingerprint != seen:
        raise OutOfTurn("Something changed while you read the list. Look at it again before you ask.")
    if not worked_out.items:
        raise OutOfTurn("Nothing of it may go any more. Keep it.")
    session.exec(
        sa.delete(RemovalLine).where(
            col(RemovalLine.authority_id) == authority_id, col(RemovalLine.removal_number) == number
        )
    )
    row.fingerprint, row.stays = worked_out.fingerprint, write_stays(worked_out.stays)
    row.asked_by, row.asked_at, row.revision = by, now, row.revision + 1
    session.add(row)
    session.flush()
    session.expunge_all()
    _write_lines(session, row, worked_out)
    facts: dict[str, str | int] = {"count": len(worked_out.items), "fingerprint": row.fingerprint}
    history.note(session, events.ASKED_ANEW, reference(REMOVAL, number), by=by, authority_id=authority_id, facts=facts,
                 now=now)  # fmt: skip
    return row


def agree(
    session: Session, authority_id: int, number: int, *, seen: str, by: int, now: datetime, today: date
) -> Removal:
    """Agree to the list: the worker removes what stands on it, one thing after the other.

    Args:
        seen: The fingerprint of the list this person was shown.

    Raises:
        NotAllowed: the same person asked (PE-4).
        OutOfTurn: it has ended or was agreed to, or the list is not the one that was asked for.
    """
    row = _waiting(session, authority_id, number)
    if row.asked_by == by:
        raise NotAllowed("You asked for this to be removed. Somebody else must agree.")
    worked_out = list_now(session, row, today)
    if worked_out.fingerprint != row.fingerprint or seen != row.fingerprint:
        raise OutOfTurn(CHANGED)
    row.state, row.agreed_by, row.agreed_at, row.revision = RemovalState.agreed, by, now, row.revision + 1
    session.add(row)
    facts: dict[str, str | int] = {"fingerprint": row.fingerprint}
    history.note(session, events.AGREED, reference(REMOVAL, number), by=by, authority_id=authority_id, facts=facts,
                 now=now)  # fmt: skip
    jobs.soon(session, TASK)
    return row


def keep(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> Removal:
    """Take back, or refuse, what somebody asked: everything stays.

    Raises:
        OutOfTurn: it has ended or was agreed to.
    """
    row = _waiting(session, authority_id, number)
    row.state, row.kept_by, row.kept_at, row.revision = RemovalState.kept, by, now, row.revision + 1
    if queries.names_a_case(row.target):
        row.target = ""
    session.add(row)
    history.note(session, events.KEPT, reference(REMOVAL, number), by=by, authority_id=authority_id, now=now)
    return row


def _waiting(session: Session, authority_id: int, number: int) -> Removal:
    row = queries.get_removal(session, authority_id, number)
    if row.state is not RemovalState.asked:
        raise OutOfTurn("Nobody is asking for this any more, or it was agreed to already. Load the page again.")
    return row
