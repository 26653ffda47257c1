"""Reads of second factors: what somebody has, and who has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import alphabet
from audit_app.people.access.scope import has_joined
from audit_app.people.factors import codes
from audit_app.people.factors.tables import AuthenticatorApp, Passkey, RecoveryCode
from audit_app.people.provider.tables import ProviderIdentity
from audit_app.people.tables import AccountState, Authority, Membership, Person


@dataclass(frozen=True)
class PasskeyLine:
    """One passkey as its owner sees it."""

    id: int
    label: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What a person has beside the password."""

    app_since: datetime | None
    app_used_at: datetime | None
    passkeys: tuple[PasskeyLine, ...]
    codes_left: int
    codes_made_at: datetime | None

    @property
    def has_any(self) -> bool:
        """Whether a second step can follow the password; recovery codes alone are none."""
        return self.app_since is not None or bool(self.passkeys)


def factors_of(session: Session, person_id: int) -> Factors:
    """A person's second factors."""
    app = confirmed_app(session, person_id)
    keys = passkeys_of(session, person_id)
    papers = session.exec(select(RecoveryCode).where(RecoveryCode.person_id == person_id)).all()
    return Factors(
        app_since=app.confirmed_at if app else None,
        app_used_at=codes.time_of(app.last_step) if app else None,
        passkeys=tuple(PasskeyLine(row.id, row.label, row.made_at, row.used_at) for row in keys),
        codes_left=sum(row.used_at is None for row in papers),
        codes_made_at=papers[0].made_at if papers else None,
    )


def confirmed_app(session: Session, person_id: int) -> AuthenticatorApp | None:
    """The person's authenticator app, once a first code of it was right."""
    mine = select(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id)
    return session.exec(mine.where(col(AuthenticatorApp.confirmed_at).is_not(None))).first()


def unconfirmed_app(session: Session, person_id: int) -> AuthenticatorApp | None:
    """The app a person is setting up."""
    mine = select(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id)
    return session.exec(mine.where(col(AuthenticatorApp.confirmed_at).is_(None))).first()


def passkeys_of(session: Session, person_id: int) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    rows = select(Passkey).where(Passkey.person_id == person_id).order_by(col(Passkey.made_at), col(Passkey.id))
    return list(session.exec(rows).all())


def credential_ids(session: Session, person_id: int) -> list[str]:
    """The ids of a person's passkeys, as their devices know them."""
    return [row.credential_id for row in passkeys_of(session, person_id)]


def has_any(session: Session, person_id: int) -> bool:
    """Whether a second step follows this person's password."""
    return confirmed_app(session, person_id) is not None or bool(passkeys_of(session, person_id))


def find_passkey(session: Session, credential_id: str) -> tuple[Passkey, Person] | None:
    """A passkey with whose it is, if the account is open."""
    both = select(Passkey, Person).join(Person, col(Person.id) == Passkey.person_id)
    owned = session.exec(both.where(Passkey.credential_id == credential_id)).first()
    return (owned[0], owned[1]) if owned is not None and owned[1].state == AccountState.active else None


def codes_to_show(session: Session, person_id: int, *, now: datetime, config: Mapping[str, Any]) -> list[str]:
    """The recovery codes themselves, for some minutes after they were made; none afterwards or once one was used."""
    rows = session.exec(select(RecoveryCode).where(RecoveryCode.person_id == person_id)).all()
    if not rows or any(row.used_at is not None for row in rows) or now - rows[0].made_at > codes.SHOWN_FOR:
        return []
    kept = {row.code_hash for row in rows}
    papers = codes.recovery_codes(config["FACTOR_KEY"], person_id, rows[0].made_at)
    # Made with another key they would be words that open nothing.
    return papers if {codes.recovery_hash(code) for code in papers} == kept else []


@dataclass(frozen=True)
class Without:
    """Somebody with an open account and no second factor."""

    person_id: int
    name: str
    user_name: str
    council: str


def list_without(session: Session, on: date, authority_id: int | None = None) -> list[Without]:
    """Open accounts with a role on a day and no second factor, by council and name.

    Who is linked to the council's provider is not among them: it asks for one there, or this service does at once.
    Past the scope on purpose: it is asked at the start of the service, and by administrators of their own council.
    """
    person, held = Person.__table__.c, Membership.__table__.c  # type: ignore[attr-defined]
    council = Authority.__table__.c  # type: ignore[attr-defined]
    app, key = AuthenticatorApp.__table__.c, Passkey.__table__.c  # type: ignore[attr-defined]
    linked = ProviderIdentity.__table__.c  # type: ignore[attr-defined]
    statement = (
        sa.select(person.id, person.name, person.user_name, council.name)
        .distinct()
        .where(held.person_id == person.id, held.authority_id == council.id, person.state == AccountState.active)
        .where(held.from_on <= on, sa.or_(held.to_on.is_(None), held.to_on >= on))
        .where(has_joined(held.authority_id, held.person_id))
        .where(~sa.exists(sa.select(1).where(app.person_id == person.id, app.confirmed_at.is_not(None))))
        .where(~sa.exists(sa.select(1).where(key.person_id == person.id)))
        .where(~sa.exists(sa.select(1).where(linked.person_id == person.id)))
        .order_by(person.user_name)
    )
    if authority_id is not None:
        statement = statement.where(council.id == authority_id)
    without = alphabet.in_order(
        (Without(*row) for row in session.connection().execute(statement)), lambda each: each.name
    )
    return alphabet.in_order(without, lambda each: each.council)


def unreadable_apps(session: Session, config: Mapping[str, Any]) -> int:
    """Authenticator apps whose secret was enciphered with another key than this one: their codes cannot be checked."""
    count = 0
    for row in session.exec(select(AuthenticatorApp)).all():
        try:
            codes.decipher(row.secret, config["FACTOR_KEY"])
        except codes.KeyIsLost:
            count += 1
    return count
