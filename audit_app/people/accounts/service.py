"""Writes of accounts: trying a password, one-time links, changing passwords, ending sessions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import Invalid, NotAllowed, NotFound, Stale
from audit_app.people import events  # noqa: F401  registers the sentences of what is noted here
from audit_app.people.access import web_session
from audit_app.people.accounts import one_time_links
from audit_app.people.accounts import service_mail as mail
from audit_app.people.accounts.leavers import is_emptied
from audit_app.people.provider import queries as identities
from audit_app.people.tables import AccountState, Invitation, InvitationPurpose, Person, WebSession

HOURS = {
    InvitationPurpose.first_administrator: "FIRST_ADMINISTRATOR_HOURS",
    InvitationPurpose.invitation: "INVITATION_HOURS",
    InvitationPurpose.reset: "RESET_HOURS",
}


LONGEST_NAME = 120
SIGNED_IN = {
    "app": "people.signed_in_with_app",
    "passkey": "people.signed_in_with_passkey",
    "recovery": "people.signed_in_with_recovery",
    "provider": "people.signed_in_with_provider_factor",
}


class LinkIsDead(NotFound):
    """A one-time link that does not work: `used` or `ran_out` at a moment, `another` person's, or `never` one."""

    def __init__(self, why: str, at: datetime | None = None) -> None:
        """Keep the reason for the page."""
        super().__init__("This link no longer works.")
        self.why, self.at = why, at


def find_account(session: Session, user_name: str) -> Person | None:
    """The person with this e-mail address, capitals or not."""
    return session.exec(select(Person).where(Person.user_name == user_name.strip().casefold())).first()


def begin_session(
    session: Session,
    person_id: int,
    *,
    now: datetime,
    address: str,
    browser: str,
    new_hash: str = "",
    factor: str = "",
    is_half: bool = False,
    through: web_session.Through = web_session.HERE,
) -> str:
    """Start a session for somebody whose password was right, or whom the provider named; returns the id for the cookie
    (AU-8).

    `new_hash` replaces the kept hash when the settings have risen since it was made (AU-3).
    """
    if new_hash:
        person = get_person(session, person_id)
        person.password_hash = new_hash
        session.add(person)
    token = web_session.start(
        session,
        person_id,
        now=now,
        address=address,
        browser=browser,
        factor=factor,
        is_half=is_half,
        through=through,
    )
    if is_half:
        event = "people.password_right" if through == web_session.HERE else "people.provider_right"
        history.note(session, event, by=person_id, now=now)
    else:
        note_signed_in(session, person_id, factor, now=now, through=through)
    return token


def note_signed_in(
    session: Session, person_id: int, factor: str, *, now: datetime, through: web_session.Through = web_session.HERE
) -> None:
    """One line of the security log: by what somebody signed in."""
    alone = "people.signed_in" if through == web_session.HERE else "people.signed_in_with_provider"
    event = SIGNED_IN.get(factor, alone)
    history.note(session, event, by=person_id, now=now)


def replace_session(session: Session, id_hash: str, *, now: datetime) -> None:
    """End the session that a browser held before somebody signed in there again."""
    row = session.get(WebSession, id_hash)
    if row is not None and row.ended_at is None:
        web_session.end(session, id_hash, now=now, reason="replaced")
        history.note(session, "people.signed_out", by=row.person_id, now=now)


def end_session(session: Session, id_hash: str, *, by: int, now: datetime) -> None:
    """Sign out."""
    web_session.end(session, id_hash, now=now, reason="signed_out")
    history.note(session, "people.signed_out", by=by, now=now)


def end_sessions(
    session: Session, person_id: int, *, only: str | None = None, but: str | None = None, by: int, now: datetime
) -> None:
    """End one or all sessions of a person (AU-11); `but` is the one to go on with."""
    if only is None:
        web_session.end_others(session, person_id, but=but, now=now, reason="ended")
    else:
        row = session.get(WebSession, only)
        if row is None or row.person_id != person_id:
            raise NotFound("No such session.")
        web_session.end(session, only, now=now, reason="ended")
    history.note(session, "people.sessions_ended", by=by, facts={"person": person_id}, now=now)


def renew_session(session: Session, id_hash: str, *, now: datetime, factor: str = "") -> str:
    """Give a session a new id after the password was proved again; the old id is refused from now on (AU-8).

    `factor` is the second one, where it was set up or used just now.
    """
    old = session.get(WebSession, id_hash)
    if old is None:
        raise NotFound("No such session.")
    token = web_session.start(
        session,
        old.person_id,
        now=now,
        address=old.address,
        browser=old.browser,
        factor=factor or old.factor,
        through=web_session.through_of(session, id_hash),
    )
    new = session.get(WebSession, web_session.hash_of(token))
    if new is not None:
        new.started_at, new.messages = old.started_at, old.messages
        session.add(new)
    web_session.end(session, id_hash, now=now, reason="renewed")
    history.note(session, "people.proved", by=old.person_id, now=now)
    return token


def make_link(
    session: Session,
    person_id: int,
    purpose: InvitationPurpose,
    *,
    config: Mapping[str, Any],
    by: int | None,
    now: datetime,
    authority_id: int | None = None,
) -> str:
    """A one-time link's token, mailed where mail is on; earlier unused links of the person stop working (AU-12)."""
    for earlier in session.exec(select(Invitation).where(Invitation.person_id == person_id)).all():
        if earlier.used_at is None:
            earlier.used_at = now
            session.add(earlier)
    row = Invitation(token_hash="", person_id=person_id, purpose=purpose, made_at=now, expires_at=now)
    row.expires_at = now + timedelta(hours=config[HOURS[purpose]])
    token = one_time_links.token_of(row, config)
    row.token_hash = web_session.hash_of(token)
    session.add(row)
    session.flush()
    history.note(session, "people.invited", by=by, authority_id=authority_id, facts={"person": person_id}, now=now)
    if one_time_links.is_on(config):
        mail.send_link(session, get_person(session, person_id), row, token, authority_id)
    return token


def read_link(session: Session, token: str, now: datetime) -> tuple[Invitation, Person]:
    """The link and whose it is.

    Raises:
        LinkIsDead: it was used or replaced, has run out, never was, or its account is disabled.
    """
    return _read(session, web_session.hash_of(token), now)


def _read(session: Session, token_hash: str, now: datetime) -> tuple[Invitation, Person]:
    row = session.get(Invitation, token_hash)
    person = session.get(Person, row.person_id) if row else None
    if row is None or person is None or person.state == AccountState.disabled:
        raise LinkIsDead("never")
    if row.used_at is not None:
        raise LinkIsDead("used", row.used_at)
    if row.expires_at <= now:
        raise LinkIsDead("ran_out", row.expires_at)
    return row, person


def use_link(session: Session, token: str, password_hash: str, now: datetime) -> int:
    """Set the password a link was made for; ends every session of the person. Returns the person's id.

    Raises:
        LinkIsDead: of two people who send it at once, the second finds it used.
    """
    row, person = read_link(session, token, now)
    _use_up(session, row, now)
    person.password_hash, person.state = password_hash, AccountState.active
    session.add(person)
    web_session.end_others(session, person.id, but=None, now=now, reason="password_set")
    history.note(session, "people.password_set", by=person.id, now=now)
    return person.id


def use_invitation(session: Session, token_hash: str, now: datetime) -> int:
    """Open an account by its invitation without a password: its owner comes through the provider.

    Raises:
        LinkIsDead: the link was used, has run out, or is none to open an account with.
    """
    row, person = _read(session, token_hash, now)
    if not opens_through_provider(row, person):
        raise LinkIsDead("never")
    _use_up(session, row, now)
    person.state = AccountState.active
    session.add(person)
    return person.id


def opens_through_provider(row: Invitation, person: Person) -> bool:
    """Whether a link may open an account through the provider.

    Not one for a forgotten password, which goes to whoever reads the mail: an account with a password and a second
    factor of its own must not be opened by somebody else's at the provider.
    """
    return row.purpose != InvitationPurpose.reset and not person.password_hash


def _use_up(session: Session, row: Invitation, now: datetime) -> None:
    taken = session.execute(
        sa.update(Invitation)
        .where(col(Invitation.token_hash) == row.token_hash, col(Invitation.used_at).is_(None))
        .values(used_at=now)
        .returning(col(Invitation.person_id))
    ).first()
    if taken is None:
        raise LinkIsDead("used", now)


def change_password(session: Session, person_id: int, new_hash: str, *, keeping: str, now: datetime) -> None:
    """Keep a new password and end the person's other sessions (AU-10)."""
    person = get_person(session, person_id)
    person.password_hash = new_hash
    person.revision += 1
    session.add(person)
    web_session.end_others(session, person_id, but=keeping, now=now, reason="password_changed")
    history.note(session, "people.password_changed", by=person_id, now=now)


def change_own_name(session: Session, name: str, seen_revision: int, *, by: int, now: datetime) -> None:
    """A person changes how they are called, in every council; refused when it was changed meanwhile (FO-1)."""
    person, name = get_person(session, by), " ".join(name.split())
    if person.revision != seen_revision:
        raise Stale(person)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid("name", f"Enter a name of 1 to {LONGEST_NAME} characters")
    person.name, person.revision = name, person.revision + 1
    session.add(person)
    history.note(session, "people.renamed", by=by, facts={"person": by}, now=now)


def disable(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Shut an account and end its sessions from the next request on."""
    if by == person_id:
        raise NotAllowed("You cannot disable your own account. Another administrator can.")
    person = get_person(session, person_id)
    person.state, person.disabled_at = AccountState.disabled, now
    session.add(person)
    web_session.end_others(session, person_id, but=None, now=now, reason="disabled")
    history.note(session, "people.disabled", by=by, facts={"person": person_id}, now=now)


def enable(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Open an account again: as it was, or as invited when no password was ever set and no provider is linked."""
    person = get_person(session, person_id)
    if person.state != AccountState.disabled:
        raise Invalid("state", "This account is not disabled.")
    if is_emptied(person.user_name):
        raise Invalid("state", "The address of this account was removed when its time had come. Add the person anew.")
    opens = bool(person.password_hash) or identities.is_linked(session, person_id)
    person.state = AccountState.active if opens else AccountState.invited
    person.disabled_at = None
    session.add(person)
    history.note(session, "people.enabled", by=by, facts={"person": person_id}, now=now)


def get_person(session: Session, person_id: int) -> Person:
    """The account with this id."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("No such person.")
    return person
