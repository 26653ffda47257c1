"""Placing a legal hold, changing its day of review, and lifting it with a reason."""

from datetime import date, datetime

from sqlmodel import Session, select

from audit_app import history
from audit_app.errors import Invalid, OutOfTurn, Stale
from audit_app.people.access.scope import widened
from audit_app.people.tables import Membership
from audit_app.records import events
from audit_app.records import queries as things
from audit_app.records.holds import queries
from audit_app.records.kinds import BY_CODE
from audit_app.records.tables import HOLD, HeldKind, LegalHold
from findings.numbering import next_number
from findings.references import reference


def place(
    session: Session,
    authority_id: int,
    *,
    held: HeldKind,
    target: str,
    reason: str,
    held_from: date,
    review_on: date,
    by: int,
    now: datetime,
) -> LegalHold:
    """Place a hold: from now on nothing it is on can be removed, by age, by request or on a pack’s own day.

    Raises:
        Invalid: it is on nothing that is here, or its reason or a date will not do.
    """
    with widened(session, "what a legal hold is on"):
        target = _known(session, authority_id, held, target.strip())
    if not reason.strip():
        raise Invalid("reason", "Say why it is held")
    if review_on <= held_from:
        raise Invalid("review_on", "The day of review must be after the day from which it is held")
    number = next_number(session, authority_id, HOLD)
    row = LegalHold(authority_id=authority_id, number=number, held=held, target=target, reason=reason.strip(),
                    held_from=held_from, review_on=review_on, placed_by=by, placed_at=now)  # fmt: skip
    session.add(row)
    facts: dict[str, str | int] = {"what": _loggable(held, target), "review_on": str(review_on)}
    history.note(session, events.HELD, reference(HOLD, number), by=by, authority_id=authority_id, facts=facts,
                 after=row.reason, now=now)  # fmt: skip
    return row


def _loggable(held: HeldKind, target: str) -> str:
    """What the log says a hold is on: never a case reference (LG-9)."""
    return "a case reference" if held is HeldKind.case else f"person {target}" if held is HeldKind.person else target


def _known(session: Session, authority_id: int, held: HeldKind, target: str) -> str:
    """What the hold is on, as it is kept.

    Raises:
        Invalid: there is no such thing here.
    """
    there = {
        HeldKind.thing: lambda: _thing(session, authority_id, target.upper()),
        HeldKind.case: lambda: target if things.audits_of_case(session, authority_id, target) else "",
        HeldKind.kind: lambda: target if target in BY_CODE else "",
        HeldKind.person: lambda: _person(session, authority_id, target),
    }[held]()
    if not there:
        raise Invalid("target", {
            HeldKind.thing: "Enter the reference of something that is here, like AUD-0042, EVD-0003 or INS-0001",
            HeldKind.case: "No audit of this case reference is here",
            HeldKind.kind: "Choose a kind of record",
            HeldKind.person: "Choose somebody",
        }[held])  # fmt: skip
    return there


def _thing(session: Session, authority_id: int, name: str) -> str:
    return name if things.find_thing(session, authority_id, name) else ""


def _person(session: Session, authority_id: int, target: str) -> str:
    if not target.isdigit():
        return ""
    belongs = select(Membership.id).where(Membership.authority_id == authority_id, Membership.person_id == int(target))
    return target if session.exec(belongs).first() is not None else ""


def change(
    session: Session, authority_id: int, number: int, *, reason: str, review_on: date, seen: int, by: int, now: datetime
) -> LegalHold:
    """Say anew why it is held and when it is to be looked at again.

    Raises:
        OutOfTurn: it was lifted.
        Stale: somebody has changed it since it was seen.
        Invalid: the reason or the date will not do.
    """
    row = _stands(session, authority_id, number)
    if seen != row.revision:
        raise Stale(row)
    if not reason.strip():
        raise Invalid("reason", "Say why it is held")
    if review_on <= row.held_from:
        raise Invalid("review_on", "The day of review must be after the day from which it is held")
    before, row.reason, row.review_on, row.revision = row.reason, reason.strip(), review_on, row.revision + 1
    session.add(row)
    facts: dict[str, str | int] = {"review_on": str(review_on)}
    history.note(session, events.HOLD_CHANGED, reference(HOLD, number), by=by, authority_id=authority_id, facts=facts,
                 before=before, after=row.reason, now=now)  # fmt: skip
    return row


def lift(session: Session, authority_id: int, number: int, *, reason: str, by: int, now: datetime) -> LegalHold:
    """Lift a hold. What it was on may be removed again, by two people as everything.

    Raises:
        OutOfTurn: it was lifted already.
        Invalid: no reason was given.
    """
    row = _stands(session, authority_id, number)
    if not reason.strip():
        raise Invalid("reason", "Say why it is lifted")
    row.lifted_by, row.lifted_at, row.lifted_reason = by, now, reason.strip()
    row.revision += 1
    session.add(row)
    history.note(session, events.LIFTED, reference(HOLD, number), by=by, authority_id=authority_id,
                 after=row.lifted_reason, now=now)  # fmt: skip
    return row


def _stands(session: Session, authority_id: int, number: int) -> LegalHold:
    row = queries.get_hold(session, authority_id, number)
    if row.lifted_at is not None:
        raise OutOfTurn("This hold was lifted already. Load the page again.")
    return row
