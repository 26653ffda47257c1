"""Writes of second factors: setting them up, taking them away. Each ends the person's other sessions (AU-10)."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.people.access import web_session
from audit_app.people.factors import codes, queries
from audit_app.people.factors.passkeys import Made
from audit_app.people.factors.tables import LONGEST_LABEL, AuthenticatorApp, Factor, Passkey, RecoveryCode

MOST_PASSKEYS = 20
LAST = "A second factor is required here, and this is your only one. Set up another before you take this one away."
WRONG_CODE = "The code is wrong or has run out. Enter the one your app shows now"


def begin_app(session: Session, person_id: int, *, key: str, now: datetime) -> None:
    """Make the secret of an authenticator app; one that was begun before and never finished is forgotten."""
    begun = queries.unconfirmed_app(session, person_id)
    if begun is not None:
        session.delete(begun)
        session.flush()
    secret = codes.encipher(codes.new_secret(), key)
    session.add(AuthenticatorApp(person_id=person_id, secret=secret, made_at=now))
    session.flush()


def confirm_app(session: Session, person_id: int, code: str, *, key: str, keeping: str, now: datetime) -> None:
    """The first right code: from now on the app counts, and an earlier one no longer.

    Raises:
        OutOfTurn: no app is being set up.
        Invalid: the code is wrong.
    """
    begun = queries.unconfirmed_app(session, person_id)
    if begun is None:
        raise OutOfTurn("No authenticator app is being set up. Begin again.")
    step = codes.matching_step(codes.decipher(begun.secret, key), code, now, after=0)
    if step is None:
        raise Invalid("code", WRONG_CODE)
    earlier = queries.confirmed_app(session, person_id)
    if earlier is not None:
        session.delete(earlier)
    begun.confirmed_at, begun.last_step = now, step
    session.add(begun)
    _changed(session, person_id, "people.factor_added", Factor.app, keeping=keeping, by=person_id, now=now)


def add_passkey(session: Session, person_id: int, made: Made, label: str, *, keeping: str, now: datetime) -> None:
    """Keep a passkey that a browser made.

    Raises:
        Invalid: the name is empty or too long, or it is somebody's passkey already.
    """
    label = " ".join(label.split())
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise Invalid("label", f"Enter a name for the passkey, of at most {LONGEST_LABEL} characters")
    held = queries.passkeys_of(session, person_id)
    if len(held) >= MOST_PASSKEYS:
        raise Invalid("label", f"You have {MOST_PASSKEYS} passkeys. Take one away first")
    if session.exec(select(Passkey).where(Passkey.credential_id == made.credential_id)).first() is not None:
        raise Invalid("label", "This passkey is set up already")
    session.add(
        Passkey(
            person_id=person_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            label=label,
            made_at=now,
        )
    )
    session.flush()
    _changed(session, person_id, "people.factor_added", Factor.passkey, keeping=keeping, by=person_id, now=now)


def make_recovery_codes(session: Session, person_id: int, *, key: str, now: datetime) -> None:
    """A fresh set of recovery codes; those of an earlier set stop working.

    Raises:
        OutOfTurn: there is no factor that they could stand in for.
    """
    if not queries.has_any(session, person_id):
        raise OutOfTurn("Set up an authenticator app or a passkey first.")
    session.exec(sa.delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    for code in codes.recovery_codes(key, person_id, now):
        session.add(RecoveryCode(code_hash=codes.recovery_hash(code), person_id=person_id, made_at=now))
    session.flush()
    history.note(session, "people.recovery_codes_made", by=person_id, now=now)


def remove_app(session: Session, person_id: int, *, required: bool, keeping: str, now: datetime) -> None:
    """Take the person's own authenticator app away.

    Raises:
        NotFound: there is none.
        OutOfTurn: it is the only factor, and one is required.
    """
    app = queries.confirmed_app(session, person_id)
    if app is None:
        raise NotFound("There is no authenticator app.")
    if required and not queries.passkeys_of(session, person_id):
        raise OutOfTurn(LAST)
    session.delete(app)
    _removed(session, person_id, Factor.app, keeping=keeping, now=now)


def remove_passkey(
    session: Session, person_id: int, passkey_id: int, *, required: bool, keeping: str, now: datetime
) -> None:
    """Take one of the person's own passkeys away.

    Raises:
        NotFound: it is not theirs.
        OutOfTurn: it is the only factor, and one is required.
    """
    held = queries.passkeys_of(session, person_id)
    row = next((each for each in held if each.id == passkey_id), None)
    if row is None:
        raise NotFound("There is no such passkey.")
    if required and len(held) == 1 and queries.confirmed_app(session, person_id) is None:
        raise OutOfTurn(LAST)
    session.delete(row)
    _removed(session, person_id, Factor.passkey, keeping=keeping, now=now)


def _removed(session: Session, person_id: int, factor: Factor, *, keeping: str, now: datetime) -> None:
    session.flush()
    if not queries.has_any(session, person_id):
        # What stands in for a factor ends with the last of them.
        session.exec(sa.delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    _changed(session, person_id, "people.factor_removed", factor, keeping=keeping, by=person_id, now=now)


def remove_all(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Take every factor of somebody away who lost them, and end their sessions: the password alone is left.

    Raises:
        OutOfTurn: there is none.
    """
    if not queries.has_any(session, person_id):
        raise OutOfTurn("This account has no second factor.")
    for table in (AuthenticatorApp, Passkey, RecoveryCode):
        session.exec(sa.delete(table).where(col(table.person_id) == person_id))
    web_session.end_others(session, person_id, but=None, now=now, reason="factors_removed")
    history.note(session, "people.factors_removed", by=by, facts={"person": person_id}, now=now)


def _changed(
    session: Session, person_id: int, event: str, factor: Factor, *, keeping: str, by: int, now: datetime
) -> None:
    web_session.end_others(session, person_id, but=keeping, now=now, reason="factors_changed")
    history.note(session, event, by=by, facts={"factor": factor.value}, now=now)
