"""Writes about the provider: accounts linked to it and not, accounts made for whom it names, roles by its groups."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from audit_app import clock, history
from audit_app.errors import NotAllowed, OutOfTurn
from audit_app.people import events  # noqa: F401  registers the sentences of what is noted here
from audit_app.people.access import web_session
from audit_app.people.access.scope import system_scope
from audit_app.people.accounts import service as accounts
from audit_app.people.directory import service as directory
from audit_app.people.directory.addresses import why_no_address
from audit_app.people.directory.queries_rows import memberships_on
from audit_app.people.joining import queries as joining
from audit_app.people.joining import service as joining_service
from audit_app.people.provider import queries
from audit_app.people.provider.tables import ProviderIdentity, ProviderRole
from audit_app.people.provider.tokens import Named
from audit_app.people.provider.trust import NotAccepted, Reason
from audit_app.people.tables import AccountState, Authority, Person, Role

ONLY_WAY = "This is the only way into your account. Set a password first: sign out and press “I have forgotten”."


def link(session: Session, person_id: int, issuer: str, subject: str, *, now: datetime) -> ProviderIdentity:
    """From now on whom the provider calls this opens the account.

    Raises:
        NotAccepted: it opens another account already, or this account is linked to somebody else there.
    """
    there = queries.find_identity(session, issuer, subject)
    if there is not None and there.person_id == person_id:
        return there
    if there is not None or any(row.issuer == issuer for row in queries.identities_of(session, person_id)):
        raise NotAccepted(Reason.linked_already)
    row = ProviderIdentity(person_id=person_id, issuer=issuer, subject=subject, made_at=now, used_at=now)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:  # linked elsewhere in the same moment
        raise NotAccepted(Reason.linked_already) from None
    history.note(session, "people.provider_linked", by=person_id, now=now)
    return row


def unlink(session: Session, person_id: int, *, by: int | None, now: datetime, keeping: str | None = None) -> None:
    """Take a person's links away, and end their other sessions (AU-10).

    Raises:
        OutOfTurn: there is none, or it is one's own and the only way in.
    """
    rows = queries.identities_of(session, person_id)
    if not rows:
        raise OutOfTurn("This account is not linked to a provider.")
    person = accounts.get_person(session, person_id)
    if by == person_id and not person.password_hash:
        raise OutOfTurn(ONLY_WAY)
    for row in rows:
        session.delete(row)
    if not person.password_hash and person.state == AccountState.active:
        person.state = AccountState.invited  # nothing opens it now until a new link is made
        session.add(person)
    session.flush()
    web_session.end_others(session, person_id, but=keeping, now=now, reason="factors_changed")
    history.note(session, "people.provider_unlinked", by=by, facts={"person": person_id}, now=now)


def make_account(session: Session, named: Named, *, now: datetime) -> Person | None:
    """An account for somebody nobody knows here, linked at once; None where the address is not fit or is taken.

    An account that is there already under the address is never linked to: whoever has the address is not the proof.
    """
    user_name = address_in(named.claims)
    name = " ".join(str(named.claims.get("name") or user_name).split())[: directory.LONGEST_NAME]
    if why_no_address(user_name) or accounts.find_account(session, user_name) is not None:
        return None
    person = Person(user_name=user_name, name=name, state=AccountState.active, made_at=now)
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError:  # made in the same moment
        return None
    history.note(session, "people.provider_account", by=None, facts={"person": person.id}, now=now)
    link(session, person.id, named.issuer, named.subject, now=now)
    return person


def address_in(claims: Mapping[str, Any]) -> str:
    """The address the provider vouches for, else the name it signs the person in by, lower case; empty: none.

    An address that it says is not verified is nobody's: mail to it would go to a stranger.
    """
    email, signs_in_as = (str(claims.get(key) or "").strip().casefold() for key in ("email", "preferred_username"))
    if claims.get("email_verified") is True:
        return email
    if re.fullmatch(r"[^@\s]+@[^@\s]+", signs_in_as):
        return signs_in_as
    return email if "email_verified" not in claims else ""


def follow_groups(
    session: Session, person_id: int, wanted: Mapping[str, frozenset[Role]], *, now: datetime
) -> tuple[int, int]:
    """Give the roles that the groups stand for and end those that came from groups before; how many of each.

    A role given by hand stays. The last administrator of a council stays one: it must not lock itself out by a change
    at the provider.
    """
    given = ended = 0
    before = session.info["scope"]
    for key in sorted(wanted):
        council = session.exec(select(Authority).where(Authority.key == key)).first()
        if council is None:
            continue
        session.info["scope"] = system_scope("roles by groups at the provider", council.id)
        try:
            given += _give(session, council.id, person_id, wanted[key], now)
            ended += _end(session, council.id, person_id, wanted[key], now)
        finally:
            session.info["scope"] = before
    if given or ended:
        facts: dict[str, int | str] = {"person": person_id, "given": given, "ended": ended}
        history.note(session, "people.provider_roles", by=None, facts=facts, now=now)
    return given, ended


def _give(session: Session, authority_id: int, person_id: int, wanted: frozenset[Role], now: datetime) -> int:
    today = clock.london_day(now)
    held = {row.role for row in memberships_on(session, person_id, today)}
    if wanted and not held and joining.known_elsewhere(session, person_id):
        # Another council may hold the account's password: the roles rest until the person has joined, as for anybody.
        joining_service.ask(session, person_id, by=None, now=now)
    for role in sorted(wanted - held):
        directory.give_role(session, person_id, role, from_on=today, by=None, now=now, known=True)
        row = next(row for row in memberships_on(session, person_id, today) if row.role == role)
        if session.get(ProviderRole, (authority_id, row.id)) is None:
            session.add(ProviderRole(authority_id=authority_id, membership_id=row.id, made_at=now))
    session.flush()
    return len(wanted - held)


def _end(session: Session, authority_id: int, person_id: int, wanted: frozenset[Role], now: datetime) -> int:
    today, ended = clock.london_day(now), 0
    for row in memberships_on(session, person_id, today):
        by_group = row.given_by is None and session.get(ProviderRole, (authority_id, row.id)) is not None
        if row.role in wanted or not by_group:
            continue
        try:
            directory.end_role(session, person_id, row.role, last_day=today - directory.DAY, by=None, now=now)
            ended += 1
        except NotAllowed:  # the last administrator
            continue
    return ended
