"""Asking for everything on somebody, and a second person who agrees; the file, and its end."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import history, jobs, notices
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.people import queries as people
from audit_app.people.tables import Role
from audit_app.records.subject_access import events, notice_words, queries
from audit_app.records.subject_access.needles import needle
from audit_app.records.subject_access.tables import REQUEST, SubjectKind, SubjectRequest
from findings.numbering import next_number
from findings.references import reference

JOB = "subject-copy"


def ask(
    session: Session, authority_id: int, *, subject: SubjectKind, sought: str, person_id: int | None, reason: str,
    by: int, now: datetime, today: date,
) -> SubjectRequest:  # fmt: skip
    """Ask for everything on somebody: nothing is gathered before another person has agreed (PE-4).

    Raises:
        Invalid: nobody is named, or no reason given.
    """
    if not reason.strip():
        raise Invalid("reason", "Say why it is asked for.")
    if subject is SubjectKind.account:
        if person_id not in {number for number, _name in queries.accounts(session, today)}:
            raise Invalid("person", "Choose somebody with an account in this council.")
        sought = ""
    elif sum(letter.isalnum() for letter in sought) < 3:
        raise Invalid("sought", "Type the whole case reference or code: at least three letters or digits.")
    else:
        person_id = None
        if needle(sought).is_in(reason):
            raise Invalid("reason", "Leave the reference out: the reason stays when the copy has ended.")
    row = SubjectRequest(
        authority_id=authority_id, number=next_number(session, authority_id, REQUEST), subject=subject,
        sought=sought.strip(), person_id=person_id, reason=reason.strip(), asked_by=by, asked_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, row, events.ASKED, by, now, after=row.reason)
    agreeing = people.list_people_with_role(session, Role.qa_manager, today)
    agreeing += people.list_people_with_role(session, Role.leader, today)
    for person_id in sorted({person.id for person in agreeing} - {by}):
        notices.tell(session, authority_id, person_id, notice_words.WAITS, reference(REQUEST, row.number), now)
    return row


def agree(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> None:
    """Agree, as a second person: the worker gathers the copy.

    Raises:
        NotAllowed: the same person asked.
        OutOfTurn: it does not wait for anybody.
    """
    row = _waiting(session, authority_id, number)
    if row.asked_by == by:
        raise NotAllowed("You asked for this copy. Somebody else must agree.")
    row.agreed_by, row.agreed_at = by, now
    _begin(session, row, by, now)
    _note(session, row, events.AGREED, by, now)


def make_again(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> None:
    """Have a copy made that was agreed to and could not be finished.

    Raises:
        OutOfTurn: it was not agreed to, or is being made, or was made.
    """
    row = queries.get_request(session, authority_id, number)
    if not queries.views(session, [row])[0].may_be_made_again:
        raise OutOfTurn("This copy was made, or is being made. Load the page again.")
    _begin(session, row, by, now)


def _begin(session: Session, row: SubjectRequest, by: int, now: datetime) -> None:
    row.job_id = jobs.ask(session, row.authority_id, JOB, reference(REQUEST, row.number), by, now).id
    session.add(row)


def refuse(session: Session, authority_id: int, number: int, *, reason: str, by: int, now: datetime) -> None:
    """Refuse a request, or take back one's own.

    Raises:
        Invalid: no reason was given.
        OutOfTurn: it does not wait for anybody.
    """
    row = _waiting(session, authority_id, number)
    if not reason.strip():
        raise Invalid("reason", "Say why it is refused.")
    row.refused_by, row.refused_at, row.refused_reason, row.sought = by, now, reason.strip(), ""
    session.add(row)
    _note(session, row, events.REFUSED, by, now, after=row.refused_reason)


def note_read(session: Session, row: SubjectRequest, *, by: int, now: datetime) -> None:
    """Note that somebody took the copy out."""
    _note(session, row, events.READ, by, now, facts={"sha256": row.sha256})


def remove(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> None:
    """End a copy before its time: its file goes as soon as this is committed.

    Raises:
        OutOfTurn: there is no copy.
    """
    row = queries.get_request(session, authority_id, number)
    if not row.sha256 or row.removed_at is not None:
        raise OutOfTurn("There is no copy any more.")
    row.removed_at, row.removed_by = now, by
    session.add(row)
    _note(session, row, events.REMOVED, by, now, facts={"sha256": row.sha256})


def _waiting(session: Session, authority_id: int, number: int) -> SubjectRequest:
    row = queries.get_request(session, authority_id, number)
    if row.agreed_at is not None or row.refused_at is not None:
        raise OutOfTurn("This request waits for nobody any more. Load the page again.")
    return row


def _note(session: Session, row: SubjectRequest, event: str, by: int | None, now: datetime, **more: Any) -> None:
    history.note(session, event, reference(REQUEST, row.number), by=by, authority_id=row.authority_id, now=now, **more)
