"""The second step of signing in, and signing in with a passkey alone: small transactions of their own, as the first.

A wrong try must be kept though the page fails; so these open short sessions on the engine they are given.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import drafts, history
from audit_app.people.access import web_session
from audit_app.people.access.web_session import SignedIn
from audit_app.people.accounts import service
from audit_app.people.accounts import service_entering as entering
from audit_app.people.accounts.service_entering import Edge, Outcome
from audit_app.people.factors import codes, passkeys, queries
from audit_app.people.factors.passkeys import Browser, NotAccepted
from audit_app.people.factors.tables import AuthenticatorApp, Factor, Passkey, RecoveryCode

Check = Callable[[Session], bool]


def try_app(edge: Edge, half: SignedIn, code: str) -> Outcome:
    """A code of the authenticator app after the right password; it is accepted once (AU-6).

    Raises:
        KeyIsLost: nobody's codes can be checked until the key is back.
    """
    return _try(edge, half, Factor.app, lambda session: _use_step(session, edge, half.person_id, code))


def _use_step(session: Session, edge: Edge, person_id: int, code: str) -> bool:
    app = queries.confirmed_app(session, person_id)
    if app is None:
        return False
    secret = codes.decipher(app.secret, edge.config["FACTOR_KEY"])
    step = codes.matching_step(secret, code, edge.now, after=app.last_step)
    if step is None:
        return False
    return _one_row(
        session,
        sa.update(AuthenticatorApp)
        .where(col(AuthenticatorApp.id) == app.id, col(AuthenticatorApp.last_step) < step)
        .values(last_step=step)
        .returning(col(AuthenticatorApp.id)),
    )


def try_recovery(edge: Edge, half: SignedIn, code: str) -> Outcome:
    """A recovery code in place of the factor that is not at hand; it is used up."""
    return _try(edge, half, Factor.recovery, lambda session: _use_up(session, edge, half.person_id, code))


def _use_up(session: Session, edge: Edge, person_id: int, code: str) -> bool:
    return _one_row(
        session,
        sa.update(RecoveryCode)
        .where(col(RecoveryCode.code_hash) == codes.recovery_hash(code), col(RecoveryCode.person_id) == person_id)
        .where(col(RecoveryCode.used_at).is_(None))
        .values(used_at=edge.now)
        .returning(col(RecoveryCode.person_id)),
    )


def _one_row(session: Session, statement: Any) -> bool:
    """Whether this very statement changed the row: of two at once, the second changes none."""
    return session.execute(statement).first() is not None


def _try(edge: Edge, half: SignedIn, factor: Factor, holds: Check) -> Outcome:
    """One try, throttled by a count of its own: whoever has the password may not guess codes without end (AU-4)."""
    counted = entering.count_try(edge, f"second-step:{half.person_id}")
    if counted.wait_seconds:
        entering.note_refused(edge, "people.sign_in_throttled", by=half.person_id)
        return Outcome(wait_seconds=counted.wait_seconds)
    try:
        with entering.transaction(edge, "the second step") as session:
            if holds(session):
                counted.forget(session)
                return Outcome(token=make_whole(session, edge, half, factor))
    except codes.KeyIsLost:
        # Nothing was guessed: the recovery code that follows must not have to wait for it.
        with entering.transaction(edge, "a try that was not evaluated") as session:
            counted.forget(session)
        raise
    entering.note_refused(edge, "people.second_step_refused", by=half.person_id)
    return Outcome()


def try_passkey(edge: Edge, half: SignedIn, browser: Browser, answer: str) -> Outcome:
    """A passkey after the right password."""
    with entering.transaction(edge, "the second step") as session:
        if _passkey_holds(session, edge, browser, answer, of=half.person_id) is not None:
            return Outcome(token=make_whole(session, edge, half, Factor.passkey))
    entering.note_refused(edge, "people.second_step_refused", by=half.person_id)
    return Outcome()


def enter_with_passkey(edge: Edge, browser: Browser, answer: str) -> Outcome:
    """A passkey in place of both: the device has checked whose finger, face or PIN it was."""
    with entering.transaction(edge, "signing in with a passkey") as session:
        person_id = _passkey_holds(session, edge, browser, answer)
        if person_id is not None and entering.may_enter_here(session, edge, person_id):
            return Outcome(token=entering.begin(session, edge, person_id, factor=Factor.passkey))
    entering.note_refused(edge, "people.passkey_refused")
    return Outcome()


def passkey_proves(edge: Edge, person_id: int, browser: Browser, answer: str) -> bool:
    """Whether somebody signed in proves once more with a passkey of theirs that it is them (AU-13)."""
    with entering.transaction(edge, "proving again") as session:
        if _passkey_holds(session, edge, browser, answer, of=person_id) is not None:
            return True
    entering.note_refused(edge, "people.proof_refused", by=person_id)
    return False


def _passkey_holds(session: Session, edge: Edge, browser: Browser, answer: str, of: int | None = None) -> int | None:
    """Whose passkey answered, if it holds, is that person's, and its challenge was never answered before."""
    try:
        owned = queries.find_passkey(session, passkeys.credential_of(answer))
        if owned is None or (of is not None and owned[1].id != of):
            return None
        row, person = owned
        used = passkeys.used(answer, browser, row)
    except NotAccepted:
        return None
    if drafts.use_key(session, used.challenge_mark, person.id, edge.now) is not None:
        return None
    _note_use(session, row, used.sign_count, edge)
    return person.id


def _note_use(session: Session, row: Passkey, sign_count: int, edge: Edge) -> None:
    row.sign_count, row.used_at = sign_count, edge.now
    session.add(row)
    session.flush()


def make_whole(session: Session, edge: Edge, half: SignedIn, factor: Factor) -> str:
    """The session opens what the person may see, under a new id (AU-8)."""
    through = web_session.through_of(session, half.id_hash)
    web_session.end(session, half.id_hash, now=edge.now, reason="second_step")
    token = web_session.start(
        session,
        half.person_id,
        now=edge.now,
        address=edge.address,
        browser=edge.browser,
        factor=factor,
        through=through,
    )
    service.note_signed_in(session, half.person_id, factor, now=edge.now, through=through)
    entering.tell_of_emergency(session, edge, half.person_id, through)
    return token


def left_unfinished(edge: Edge, half: SignedIn) -> None:
    """Somebody goes back to the first step instead."""
    with entering.transaction(edge, "leaving the second step") as session:
        web_session.end(session, half.id_hash, now=edge.now, reason="signed_out")
        history.note(session, "people.signed_out", by=half.person_id, now=edge.now)
