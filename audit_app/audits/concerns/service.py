"""The writes of concerns: raised, added to, acknowledged, closed. People are told in the same transaction."""

from datetime import datetime

from sqlmodel import Session, col, select

from audit_app import clock, history, notices
from audit_app.audits import queries_case
from audit_app.audits.concerns import (
    events,  # noqa: F401  every write notes one of these events
    queries,
    rules,
    triggers,
)
from audit_app.audits.concerns.rules import MAY_CLOSE, Standing
from audit_app.audits.concerns.triggers import Effect, SetOff
from audit_app.audits.queries_case import CaseView
from audit_app.audits.tables import AUDIT, CONCERN_LENGTH, CaseAudit, Concern, ConcernTold
from audit_app.people.access.scope import scope_of
from audit_app.people.tables import Role
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from findings.metadata import TEXT_LENGTH
from findings.references import new_id, reference

SPOKEN_TO_LENGTH = 300


def raise_concern(
    session: Session,
    authority_id: int,
    audit_number: int,
    concern_words: str,
    spoken_to: str = "",
    *,
    from_answer: bool = False,
    by: int,
    now: datetime,
) -> Concern:
    """Raise a concern in an audit the person sees; the escalation contacts and the team's manager are told at once.

    Raises:
        NotFound: no such audit, or not this person's to see. Invalid: nothing was written, or too much.
    """
    _check_text("concern_words", concern_words, CONCERN_LENGTH, "Say what you have seen")
    _check_text("spoken_to", spoken_to, SPOKEN_TO_LENGTH)
    if not queries_case.sees_audit(session, authority_id, audit_number):
        raise NotFound("No such audit.")
    case = queries_case.case_of(session, authority_id, audit_number)
    concern = Concern(
        authority_id=authority_id,
        id=new_id(),
        audit_number=audit_number,
        raised_by=by,
        raised_at=now,
        from_answer=from_answer,
        concern_words=concern_words,
        spoken_to=spoken_to,
    )
    session.add(concern)
    session.flush()
    to_tell = queries.who_is_told(session, authority_id, case, by=by, on=clock.london_day(now))
    for person_id in to_tell:
        session.add(ConcernTold(authority_id=authority_id, concern_id=concern.id, person_id=person_id, told_at=now))
        notices.tell(session, authority_id, person_id, "concern.raised", case.reference, now)
    _note(session, concern, "concern.raised", by, now, told=len(to_tell))
    return concern


def after_safety_answer(session: Session, audit: CaseAudit, code: str, text: str, *, by: int, now: datetime) -> SetOff:
    """Raise a concern, add to the open one or do nothing, as a changed answer to the safety question asks for.

    Saving the answer calls this in its own transaction: there is no answer without its concern.

    Returns:
        What was done, and to which concern.
    """
    concern = _open_from_answer(session, audit.authority_id, audit.number)
    outcome = triggers.after_answer(code, text, concern.concern_words if concern else None, now=now)
    if outcome.effect == Effect.nothing:
        return SetOff()
    if concern is None or outcome.effect == Effect.raised or len(outcome.whole) > CONCERN_LENGTH:
        raised = raise_concern(
            session, audit.authority_id, audit.number, outcome.answer_words, from_answer=True, by=by, now=now
        )
        return SetOff(Effect.raised, raised.id)
    _add_to(session, concern, outcome.whole, by, now)
    return SetOff(Effect.added, concern.id)


def _add_to(session: Session, concern: Concern, whole: str, by: int, now: datetime) -> None:
    concern.concern_words = whole
    session.add(concern)
    about = reference(AUDIT, concern.audit_number)
    for row in _told(session, concern):
        if row.person_id != by:
            notices.tell(session, concern.authority_id, row.person_id, "concern.added_to", about, now)
    _note(session, concern, "concern.added_to", by, now)


def record_spoken_to(
    session: Session, authority_id: int, audit_number: int, concern_id: int, spoken_to: str, *, by: int, now: datetime
) -> Concern:
    """Say afterwards whom one has told by voice: whoever raised the concern, or a QA manager."""
    concern = _hold(session, authority_id, audit_number, concern_id)
    _check_open(concern)
    scope = scope_of(session, by, authority_id, clock.london_day(now))
    if by != concern.raised_by and not scope.has(Role.qa_manager):
        raise NotAllowed("Whoever raised the concern says whom they have spoken to.")
    _check_text("spoken_to", spoken_to, SPOKEN_TO_LENGTH, "Say whom you have spoken to")
    concern.spoken_to = spoken_to
    session.add(concern)
    _note(session, concern, "concern.spoken", by, now)
    return concern


def acknowledge_concern(
    session: Session, authority_id: int, audit_number: int, concern_id: int, *, by: int, now: datetime
) -> ConcernTold:
    """Somebody who was told says that they have read it; the first time counts.

    Raises:
        NotAllowed: they were not told.
    """
    concern = _hold(session, authority_id, audit_number, concern_id)
    mine = [row for row in _told(session, concern) if row.person_id == by]
    if not mine:
        raise NotAllowed("Only the people who were told of a concern acknowledge it.")
    if mine[0].acknowledged_at is None:
        mine[0].acknowledged_at = now
        session.add(mine[0])
        _note(session, concern, "concern.acknowledged", by, now)
    return mine[0]


def remind_told(
    session: Session, authority_id: int, audit_number: int, concern_id: int, *, by: int, now: datetime
) -> int:
    """Tell those again who have not acknowledged an open concern; returns how many. It acknowledges nothing."""
    concern = _hold(session, authority_id, audit_number, concern_id)
    _check_open(concern)
    silent = [row.person_id for row in _told(session, concern) if row.acknowledged_at is None and row.person_id != by]
    for person_id in silent:
        notices.tell(session, authority_id, person_id, "concern.reminder", reference(AUDIT, audit_number), now)
    if silent:
        _note(session, concern, "concern.reminded", by, now, told=len(silent))
    return len(silent)


def close_concern(
    session: Session,
    authority_id: int,
    audit_number: int,
    concern_id: int,
    outcome_words: str,
    *,
    child_is_safe: bool,
    by: int,
    now: datetime,
) -> Concern:
    """Close a concern with what was done, confirming that the child is safe.

    Raises:
        NotAllowed: the person is neither leader nor QA manager, manages the case's team, or raised it.
        OutOfTurn: it is closed. Invalid: what was done, or that the child is safe, is not said.
    """
    concern = _hold(session, authority_id, audit_number, concern_id)
    _check_open(concern)
    case = queries_case.case_of(session, authority_id, audit_number)
    refusal = rules.why_not_close(standing_in(session, authority_id, case, by=by, now=now), concern.raised_by)
    if refusal:
        raise NotAllowed(refusal)
    _check_text("outcome_words", outcome_words, TEXT_LENGTH, "Say what was done")
    if not child_is_safe:
        raise Invalid("child_is_safe", "Close the concern only when you can confirm that the child is safe")
    concern.closed_by, concern.closed_at, concern.outcome_words = by, now, outcome_words
    session.add(concern)
    session.flush()
    _note(session, concern, "concern.closed", by, now)
    for person_id in {concern.raised_by, *(row.person_id for row in _told(session, concern))} - {by}:
        notices.tell(session, authority_id, person_id, "concern.closed", case.reference, now)
    return concern


def standing_in(session: Session, authority_id: int, case: CaseView, *, by: int, now: datetime) -> Standing:
    """What a person is to the concerns of one audit today."""
    today = clock.london_day(now)
    managers = queries_case.team_managers(session, authority_id, case.team_id, today)
    scope = scope_of(session, by, authority_id, today)
    return Standing(person_id=by, may_close=scope.has(*MAY_CLOSE), manages_team=by in managers)


def _hold(session: Session, authority_id: int, audit_number: int, concern_id: int) -> Concern:
    """OB-4: a concern is reached through its own audit only."""
    statement = select(Concern).where(
        Concern.authority_id == authority_id, Concern.id == concern_id, Concern.audit_number == audit_number
    )
    concern = session.exec(statement.with_for_update().execution_options(populate_existing=True)).first()
    if concern is None:
        raise NotFound("No such concern.")
    return concern


def _open_from_answer(session: Session, authority_id: int, audit_number: int) -> Concern | None:
    statement = select(Concern).where(
        Concern.authority_id == authority_id,
        Concern.audit_number == audit_number,
        col(Concern.from_answer),
        col(Concern.closed_at).is_(None),
    )
    return session.exec(statement.order_by(col(Concern.id).desc())).first()


def _told(session: Session, concern: Concern) -> list[ConcernTold]:
    statement = select(ConcernTold).where(
        ConcernTold.authority_id == concern.authority_id, ConcernTold.concern_id == concern.id
    )
    return list(session.exec(statement.order_by(col(ConcernTold.person_id))).all())


def _check_open(concern: Concern) -> None:
    if concern.closed_at is not None:
        raise OutOfTurn("This concern is closed. If something new needs doing, raise another one.")


def _check_text(field: str, text: str, most: int, missing: str = "") -> None:
    if missing and not text.strip():
        raise Invalid(field, missing)
    if len(text) > most:
        raise Invalid(field, f"This must be {most:,} characters or fewer. It is {len(text) - most:,} too long")


def _note(session: Session, concern: Concern, event: str, by: int, now: datetime, **facts: str | int) -> None:
    facts["concern"] = concern.id
    about = reference(AUDIT, concern.audit_number)
    history.note(session, event, about, by=by, authority_id=concern.authority_id, facts=facts, now=now)
