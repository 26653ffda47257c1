"""Adding to the log: one entry in the caller's transaction, or one in a transaction of its own."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as listening
from sqlmodel import Session

from audit_app import clock, database
from audit_app.history import chain, events, sealing
from audit_app.history.statements import statements_for
from audit_app.history.tables import FACTS_LENGTH, REFERENCE_LENGTH

FACT_LENGTH = 80
MOST_FACTS = FACTS_LENGTH - 80  # what an entry says of its seals needs room too
OUTCOME = re.compile(r"[a-z][a-z_-]{0,39}")
# Line breaks of every alphabet, other controls, and the marks that turn the direction of writing (LG-7).
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
MINIMUM_KEY_BYTES = 32

_facts_text = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class BadEntry(Exception):
    """The log was handed something it does not keep; the message says what."""


class LogNotReady(Exception):
    """The log cannot be written: its key or its head is missing; the message says which and what to do."""


@dataclass(frozen=True)
class Actor:
    """Who is at the other end of this session; set at the edge in `session.info["actor"]`."""

    person_id: int | None
    role: str
    session_hash: str
    address: str
    request_id: str


SYSTEM = Actor(None, "system", "", "", "")
WRITTEN = events.declare_event("seals.made", "{who} wrote rows of which the log tells nothing else: {rows}")


@dataclass(frozen=True)
class Head:
    """Where the chain ends."""

    sequence: int
    hash: str
    count: int


def key_from(config: Mapping[str, Any]) -> bytes:
    """The log's key as bytes, from the setting LOG_KEY.

    Raises:
        LogNotReady: it is missing or shorter than 32 bytes.
    """
    key = str(config.get("LOG_KEY") or "").encode()
    if len(key) < MINIMUM_KEY_BYTES:
        raise LogNotReady("LOG_KEY is missing or too short. Set AUDIT_LOG_KEY to at least 32 random characters.")
    return key


def note(
    session: Session,
    event: str,
    reference: str = "",
    *,
    by: int | None,
    authority_id: int | None = None,
    facts: Mapping[str, str | int] | None = None,
    outcome: str = "done",
    before: str | None = None,
    after: str | None = None,
    now: datetime,
) -> None:
    """Add one entry to the log in the session's own transaction, so that both are kept or neither (LG-2).

    Pending changes are flushed first: the head of the log is locked until the commit, so it is taken as late as can be.
    Rows of sealed tables that this transaction has written since the last entry are sealed with this one.

    Args:
        by: The person who did it; None for the product itself.
        facts: Codes, references, numbers and dates; the keys are those of the declared event.
        before: The text as it was; only a keyed hash of it is kept. `after` likewise.

    Raises:
        UnknownEvent: no feature declared the event.
        BadEntry: a fact, reference or outcome is not of the form the log keeps.
        LogNotReady: the session carries no key, or the log has no head.
    """
    key = key_of(session)
    _check(event, reference, outcome, facts, now)
    actor: Actor = session.info.get("actor") or SYSTEM
    session.flush()
    connection = session.connection()
    head = lock_head(connection)
    sequence = head.sequence + 1
    seals = sealing.seals_for(session, key, sequence)
    sealed = {sealing.SEALS: sealing.digest_of(key, sequence, seals)} if seals else {}
    fields = {
        "sequence": sequence,
        "at": chain.time_text(now),
        "authority_id": authority_id,
        "actor": by,
        "role": cleaned(actor.role, 40),
        "session_hash": cleaned(actor.session_hash, 64),
        "address": cleaned(actor.address, 64),
        "event": event,
        "reference": reference,
        "outcome": outcome,
        "request_id": cleaned(actor.request_id, 64),
        "before_hash": None if before is None else chain.value_hash(key, sequence, "before", before),
        "after_hash": None if after is None else chain.value_hash(key, sequence, "after", after),
        "facts": _facts_text({**(facts or {}), **sealed}),
        "previous_hash": head.hash,
    }
    fields["hash"] = chain.entry_hash(key, [fields[name] for name in chain.SEALED])
    _append(connection, key, fields, now, head.count + 1)
    if seals:
        sealing.add_seals(connection, seals)


@listening.listens_for(database.AuditSession, "before_commit")
def seal_what_is_left(session: Session) -> None:
    """Rows that were written after the last entry, or without any, are sealed with an entry of their own."""
    if session.in_nested_transaction():
        return
    session.flush()
    if sealing.are_waiting(session) and session.info.get("log_key"):
        actor: Actor = session.info.get("actor") or SYSTEM
        councils = {waiting.authority_id for waiting in session.info[sealing.WAITING].values()}
        authority_id = councils.pop() if len(councils) == 1 else None
        facts = {"rows": len(session.info[sealing.WAITING])}
        note(session, WRITTEN, by=actor.person_id, authority_id=authority_id or None, facts=facts, now=clock.now())


def note_apart(
    engine: sa.Engine,
    key: bytes,
    event: str,
    reference: str = "",
    *,
    actor: Actor | None = None,
    **more: Any,
) -> None:
    """The same as `note`, in a small transaction of its own: for refusals, sign-ins and the read log.

    Call it when the calling thread holds no open transaction on the same database: on SQLite it would wait for itself,
    whether that transaction reads or writes.
    """
    with database.session_for(engine, None) as session:
        session.info["log_key"] = key
        session.info["actor"] = actor
        note(session, event, reference, **more)


def lock_head(connection: sa.Connection) -> Head:
    """The head of the chain, locked until the transaction ends (on SQLite the transaction itself is the lock).

    Raises:
        LogNotReady: the log has no head, so the database was not migrated.
    """
    row = statements_for(connection).read_head.run(connection, {}).first()
    if row is None:
        raise LogNotReady("The history log has no head. Run: audit-app migrate")
    return Head(*row)


def cleaned(text: str, limit: int) -> str:
    """What came from outside, on one line and no longer than its column: a header must not stop a save."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)[:limit]


def _append(connection: sa.Connection, key: bytes, fields: dict[str, Any], now: datetime, count: int) -> None:
    known = statements_for(connection)
    # SQLite keeps times as the very text that is sealed; other databases have a type of their own for them.
    at = fields["at"] if connection.dialect.name == "sqlite" else now
    known.add_entry.run(connection, fields | {"at": at})
    sequence, hash_ = fields["sequence"], fields["hash"]
    moved = {"sequence": sequence, "hash": hash_, "count": count, "seal": chain.head_seal(key, sequence, hash_, count)}
    known.move_head.run(connection, moved)


def key_of(session: Session) -> bytes:
    """The log's key, which the edge has put on the session.

    Raises:
        LogNotReady: it is not there.
    """
    key = session.info.get("log_key")
    if not isinstance(key, bytes) or not key:
        raise LogNotReady('The session carries no log key. Put history.key_from(config) in session.info["log_key"].')
    return key


def _check(event: str, reference: str, outcome: str, facts: Mapping[str, str | int] | None, now: datetime) -> None:
    """Refuse whatever the caller gave that is not fit to keep for ever."""
    allowed = events.known(event).facts
    if now.tzinfo is None:
        raise BadEntry(f"{event}: the time has no zone. Give an aware time, from clock.now().")
    if not OUTCOME.fullmatch(outcome):
        raise BadEntry(f"{event}: the outcome {outcome!r} is not a code in small letters.")
    _one_line(event, "the reference", reference, REFERENCE_LENGTH)
    if not facts:
        return
    if not allowed.issuperset(facts):
        strange = ", ".join(sorted(set(facts) - allowed))
        raise BadEntry(f"{event} may not carry {strange}. Name it in the sentence or in the facts it is declared with.")
    for name, value in facts.items():
        _fit_to_keep(event, name, value)
    if len(_facts_text(facts)) > MOST_FACTS:
        raise BadEntry(f"{event}: the facts together are longer than {MOST_FACTS} characters.")


def _fit_to_keep(event: str, name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadEntry(f"{event}: {name} is a {type(value).__name__}. Facts are codes, references, numbers and dates.")
    if isinstance(value, str):
        _one_line(event, name, value, FACT_LENGTH)


def _one_line(event: str, what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise BadEntry(f"{event}: {what} is longer than {limit} characters. Texts are not kept in the log.")
    if UNSAFE.search(text):
        raise BadEntry(f"{event}: {what} holds a line break or another control character.")
