"""Trying a password, using a link, asking for a reset: steps that are each several small transactions of their own.

A wrong try must be kept though the page fails, and the slow hashing must hold no lock; so these do not use the session
of the request but open short ones on the engine they are given.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import clock, database, history, notices, server_mode
from audit_app.errors import OutOfTurn
from audit_app.people.access.scope import system_scope
from audit_app.people.access.web_session import HERE, Through
from audit_app.people.accounts import one_time_links, passwords, service
from audit_app.people.accounts import service_throttle as throttle
from audit_app.people.councils import service_naming as naming
from audit_app.people.councils import unnamed
from audit_app.people.factors import queries as factors
from audit_app.people.provider import break_glass
from audit_app.people.provider import queries as identities
from audit_app.people.tables import AccountState, InvitationPurpose, Person


@dataclass(frozen=True)
class Edge:
    """What the step needs to know of the request it happens in."""

    engine: sa.Engine
    log_key: bytes
    actor: history.Actor
    config: Mapping[str, Any]
    address: str
    browser: str
    now: datetime
    replaces: str = ""  # the session that this browser holds already: a new one takes its place


@dataclass(frozen=True)
class Outcome:
    """How a try ended: a session's id, or how long to wait, or neither when it was wrong."""

    token: str = ""
    wait_seconds: int = 0


@contextmanager
def transaction(edge: Edge, reason: str) -> Iterator[Session]:
    """One small transaction that may note history."""
    with database.session_for(edge.engine, system_scope(reason)) as session:
        session.info["log_key"], session.info["actor"] = edge.log_key, edge.actor
        yield session


def try_to_enter(edge: Edge, user_name: str, password: str) -> Outcome:
    """Evaluate one try to sign in: throttled, counted, and the same work for names that do not exist (AU-4, AU-5).

    Where strangers at this address have to wait, a wrong try of somebody known there is answered like theirs, so that
    nobody learns from the page who works there; a right one opens all the same.
    """
    with transaction(edge, "looking up an account") as session:
        person = service.find_account(session, user_name)
        active = person is not None and person.state == AccountState.active
        known = person is not None and throttle.is_known_here(session, person.id, edge.address, edge.now, edge.config)
    row_id, waits = _count_try(edge, user_name, counted_at="" if known else edge.address)
    wait = waits.account if known else max(waits.account, waits.address)
    if wait:
        _forget(edge, row_id)
        note_refused(edge, "people.sign_in_throttled")
        return Outcome(wait_seconds=wait)
    opens = active and break_glass.may_enter_here(edge.config, user_name)
    kept = person.password_hash if person is not None and opens else ""
    if not passwords.holds(edge.config, kept, password) or person is None:
        note_refused(edge, "people.sign_in_refused")
        return Outcome(wait_seconds=waits.address)
    new_hash = passwords.make_hash(edge.config, password) if passwords.is_outdated(edge.config, kept) else ""
    with transaction(edge, "signing in") as session:
        throttle.forget(session, row_id)
        throttle.clear_old(session, edge.now, edge.config)
        return Outcome(token=begin(session, edge, person.id, new_hash))


def begin(
    session: Session, edge: Edge, person_id: int, new_hash: str = "", *, factor: str = "", through: Through = HERE
) -> str:
    """A session for somebody who proved who they are: whole, or half where the second step is still to come (AU-6)."""
    if edge.replaces:
        service.replace_session(session, edge.replaces, now=edge.now)
    required = server_mode.factor_is_required(edge.config)
    is_half = not factor and (required or factors.has_any(session, person_id))
    if not is_half:
        tell_of_emergency(session, edge, person_id, through)
    return service.begin_session(
        session,
        person_id,
        now=edge.now,
        address=edge.address,
        browser=edge.browser,
        new_hash=new_hash,
        factor=factor,
        is_half=is_half,
        through=through,
    )


def may_enter_here(session: Session, edge: Edge, person_id: int) -> bool:
    """Whether this account opens without the council's provider."""
    return break_glass.may_enter_here(edge.config, service.get_person(session, person_id).user_name)


def tell_of_emergency(session: Session, edge: Edge, person_id: int, through: Through) -> None:
    """That an account kept for emergencies signed in: a line of the log, and administrators are told."""
    user_name = service.get_person(session, person_id).user_name
    if through != HERE or not break_glass.is_kept_for_emergencies(edge.config, user_name):
        return
    history.note(session, "people.emergency_account", by=person_id, now=edge.now)
    for authority_id, administrator in identities.administrators_of(session, person_id, clock.london_day(edge.now)):
        notices.tell(session, authority_id, administrator, "people.emergency_account", "council", edge.now)


def prove_again(edge: Edge, person_id: int, password: str) -> Outcome:
    """Whether somebody signed in knows their password; throttled like signing in (AU-13). `token` is "right" then."""
    with transaction(edge, "proving again") as session:
        person = service.get_person(session, person_id)
    row_id, waits = _count_try(edge, person.user_name, counted_at="")
    if waits.account:
        _forget(edge, row_id)
        note_refused(edge, "people.sign_in_throttled", by=person_id)
        return Outcome(wait_seconds=waits.account)
    if not passwords.holds(edge.config, person.password_hash, password):
        note_refused(edge, "people.proof_refused", by=person_id)
        return Outcome()
    with transaction(edge, "a right password") as session:
        throttle.forget(session, row_id)
    return Outcome(token="right")  # noqa: S106 (not a secret)


@dataclass(frozen=True)
class Named:
    """Who the first administrator is, and which council it is, where the one-time link was made without knowing."""

    council: str
    name: str
    address: str


def use_link(edge: Edge, token: str, password: str, named: Named | None = None) -> str:
    """Set a password by a one-time link and sign its owner in; of the first link of all, say first who that is.

    Raises:
        Invalid: a name or the address cannot be used.
    """
    hashed = passwords.make_hash(edge.config, password)
    with transaction(edge, "using a one-time link") as session:
        _invitation, person = service.read_link(session, token, edge.now)
        if unnamed.is_unnamed(person.user_name):
            _name(session, person, named, edge.now)
        if not break_glass.may_enter_here(edge.config, person.user_name):
            raise OutOfTurn("Passwords open no account here. Sign in through your council’s provider.")
        person_id = service.use_link(session, token, hashed, edge.now)
        return begin(session, edge, person_id)


def _name(session: Session, person: Person, named: Named | None, now: datetime) -> None:
    if named is None:
        raise OutOfTurn("Open the link again and say who you are.")
    council, name, address = named.council, named.name, named.address
    authority_id = naming.name_the_first(session, person, council=council, name=name, address=address, now=now)
    history.note(session, "people.first_named", by=person.id, authority_id=authority_id, now=now)


def ask_for_reset(edge: Edge, user_name: str) -> int:
    """Send a link to whoever has this address; seconds to wait when too many were asked for. The caller cannot tell
    whether there is such an account (AU-5)."""
    row_id, waits = _count_try(replace(edge, address=f"reset:{edge.address}"), f"reset:{user_name}")
    wait = max(waits.account, waits.address)
    if wait:
        _forget(edge, row_id)
        note_refused(edge, "people.sign_in_throttled")
        return wait
    with transaction(edge, "a forgotten password") as session:
        history.note(session, "people.reset_asked", by=None, now=edge.now)
        person = service.find_account(session, user_name)
        # Somebody merely invited may ask as well: the letter goes to the address, so it proves whose it is, whoever
        # was first to invite it.
        open_account = person is not None and person.state != AccountState.disabled
        open_account = open_account and break_glass.may_enter_here(edge.config, user_name)
        if person is not None and open_account and one_time_links.is_on(edge.config):
            purpose = InvitationPurpose.reset
            service.make_link(session, person.id, purpose, config=edge.config, by=None, now=edge.now)
    return 0


@dataclass(frozen=True)
class Counted:
    """A try that was counted before it was evaluated, and how long it has to wait."""

    row_id: int
    wait_seconds: int

    def forget(self, session: Session) -> None:
        """It was right: it does not count as a wrong one."""
        throttle.forget(session, self.row_id)


def count_try(edge: Edge, what: str) -> Counted:
    """Count a try against what is guessed alone, no address; one that has to wait is not counted."""
    row_id, waits = _count_try(edge, what, counted_at="")
    if waits.account:
        _forget(edge, row_id)
    return Counted(row_id, waits.account)


def _count_try(edge: Edge, user_name: str, counted_at: str | None = None) -> tuple[int, throttle.Wait]:
    """Count the try first and commit, then look: of many at once, each sees all that came before it."""
    with transaction(edge, "counting a try") as session:
        row_id = throttle.record(session, user_name, edge.address if counted_at is None else counted_at, edge.now)
    with transaction(edge, "may this try be evaluated") as session:
        return row_id, throttle.wait_for(session, user_name, edge.address, row_id, now=edge.now, config=edge.config)


def _forget(edge: Edge, row_id: int) -> None:
    """A try that was not evaluated does not count."""
    with transaction(edge, "a try that was not evaluated") as session:
        throttle.forget(session, row_id)


def note_refused(edge: Edge, event: str, by: int | None = None) -> None:
    """One line of the security log, in a transaction of its own."""
    with transaction(edge, "the security log") as session:
        history.note(session, event, by=by, outcome="refused", now=edge.now)
