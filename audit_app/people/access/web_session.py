"""Sessions kept on the server: the browser holds only a random id, the database only its hash (AU-7 to AU-11)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import server_mode
from audit_app.people.tables import AccountState, Person, WebSession

SEEN_EVERY = timedelta(minutes=1)
# Requests of one moment and servers side by side differ by seconds. What lies further ahead was written before the
# clock went back: how long it has stood cannot be told then, so it is over.
AHEAD = timedelta(minutes=1)
# What of a session's row decides whom it signs in.
OF_SESSION = (
    "id_hash", "person_id", "started_at", "seen_at", "proved_at", "ended_at", "end_reason", "factor", "is_half",
    "identity_id", "messages",
)  # fmt: skip


@dataclass(frozen=True)
class SignedIn:
    """The person behind a valid session."""

    person_id: int
    name: str
    id_hash: str
    proved_at: datetime
    started_at: datetime
    seen_at: datetime
    through_provider: bool = False


@dataclass(frozen=True)
class Through:
    """That a session began at the council's provider: with which identity, and what its session is called there."""

    identity_id: int | None = None
    sid: str = ""


HERE = Through()  # a password or a passkey of our own


def new_token() -> str:
    """A session id of 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(key: str, token: str) -> str:
    """The form token that belongs to a session id; nothing is stored for it."""
    return hmac.new(key.encode(), b"csrf:" + token.encode(), hashlib.sha256).hexdigest()


def csrf_holds(keys: list[str], token: str, given: str) -> bool:
    """Whether a form's token belongs to this session id, under the key of today or an older one."""
    return any(hmac.compare_digest(csrf_token(key, token).encode(), given.encode("utf-8", "replace")) for key in keys)


def start(
    session: Session,
    person_id: int,
    *,
    now: datetime,
    address: str,
    browser: str,
    factor: str = "",
    is_half: bool = False,
    through: Through = HERE,
) -> str:
    """Begin a session and return the id to put into the cookie; a half one waits for the second step."""
    token = new_token()
    session.add(
        WebSession(
            id_hash=hash_of(token),
            person_id=person_id,
            started_at=now,
            seen_at=now,
            proved_at=now,
            address=address[:60],
            browser=browser[:120],
            factor=factor,
            is_half=is_half,
            identity_id=through.identity_id,
            provider_sid=through.sid,
        )
    )
    session.flush()
    return token


def through_of(session: Session, id_hash: str) -> Through:
    """Where a session began, for the one that takes its place."""
    row = session.get(WebSession, id_hash)
    return Through(row.identity_id, row.provider_sid) if row is not None else HERE


@dataclass(frozen=True)
class Visitor:
    """What a cookie led to: a signed-in person, one before the second step, one whose session ran out, or nothing."""

    person: SignedIn | None = None
    half: SignedIn | None = None
    ran_out: int | None = None
    just_ran_out: bool = False
    has_messages: bool = False
    id_hash: str = ""


def find(connection: sa.Connection, token: str, *, now: datetime, config: Mapping[str, Any]) -> Visitor:
    """Who this cookie signs in; or, where it did so until lately, whose it was.

    Read past the classes, since every request asks before it has a scope: neither table is a council's own.
    """
    held = connection.execute(_of_cookie(), {"cookie": hash_of(token)}).first()
    if held is None or held.state != AccountState.active:
        return Visitor()
    row: Any = held
    by_provider = row.identity_id is not None
    times = row.proved_at, row.started_at, row.seen_at
    person = SignedIn(row.person_id, row.name, row.id_hash, *times, through_provider=by_provider)
    if waits_for_factor(row, config):
        return Visitor(half=person) if _may_go_on(row, now, config) else Visitor()
    if row.ended_at is not None:
        return Visitor(ran_out=row.person_id if row.end_reason == "ran_out" else None)
    if has_run_out(row, now, config):
        return Visitor(ran_out=row.person_id, just_ran_out=True, id_hash=row.id_hash)
    return Visitor(person, has_messages=row.messages != "[]", id_hash=row.id_hash)


@cache
def _of_cookie() -> Any:
    """A session and whose it is, written once: every request asks it."""
    held, person = _columns(WebSession), _columns(Person)
    both = sa.select(*(held[name] for name in OF_SESSION), person.name, person.state)
    both = both.select_from(held.id_hash.table.join(person.id.table, person.id == held.person_id))
    return both.where(held.id_hash == sa.bindparam("cookie"))


def _columns(table: Any) -> Any:
    return table.__table__.c


def has_run_out(row: Any, now: datetime, config: Mapping[str, Any]) -> bool:
    """AU-9: idle too long, or too long in all; a clock that went back lengthens neither."""
    idle = timedelta(minutes=min(max(config["SESSION_IDLE_MINUTES"], 5), 60))
    whole = timedelta(hours=min(config["SESSION_HOURS"], 20))
    latest = max(row.seen_at, row.started_at)
    return latest - now > AHEAD or now - row.seen_at > idle or now - row.started_at > whole


def waits_for_factor(row: Any, config: Mapping[str, Any]) -> bool:
    """Whether a session opens nothing yet: the second step is before it, or one is demanded since it began (AU-6)."""
    return row.is_half or (server_mode.factor_is_required(config) and not row.factor)


def _may_go_on(row: Any, now: datetime, config: Mapping[str, Any]) -> bool:
    """Whether the second step may still follow; afterwards nothing is kept for anybody from this browser."""
    late = row.is_half and now - row.started_at > timedelta(minutes=config["SECOND_STEP_MINUTES"])
    return row.ended_at is None and not late and not has_run_out(row, now, config)


def end(session: Session, id_hash: str, *, now: datetime, reason: str) -> None:
    """End one session."""
    session.exec(
        sa.update(WebSession)
        .where(col(WebSession.id_hash) == id_hash, col(WebSession.ended_at).is_(None))
        .values(ended_at=now, end_reason=reason)
    )


def end_those_of_provider(session: Session, identity_id: int, *, sid: str, now: datetime) -> int:
    """End the sessions that began with an identity at the provider, or the one its session there has this name; how
    many those were."""
    theirs = sa.update(WebSession).where(col(WebSession.identity_id) == identity_id, col(WebSession.ended_at).is_(None))
    if sid:
        theirs = theirs.where(col(WebSession.provider_sid) == sid)
    ended = theirs.values(ended_at=now, end_reason="provider_ended").returning(col(WebSession.id_hash))
    return len(session.execute(ended).all())


def end_others(session: Session, person_id: int, *, but: str | None, now: datetime, reason: str) -> None:
    """AU-10: end every other session of a person, from the next request on."""
    statement = sa.update(WebSession).where(
        col(WebSession.person_id) == person_id,
        col(WebSession.ended_at).is_(None),
        col(WebSession.id_hash) != (but or ""),
    )
    session.exec(statement.values(ended_at=now, end_reason=reason))


def of_person(session: Session, person_id: int, *, now: datetime, config: Mapping[str, Any]) -> list[WebSession]:
    """A person's sessions that are still open, newest first."""
    rows = session.exec(
        select(WebSession)
        .where(WebSession.person_id == person_id, col(WebSession.ended_at).is_(None))
        .order_by(col(WebSession.seen_at).desc())
    ).all()
    return [row for row in rows if not has_run_out(row, now, config)]


def mark_seen(session: Session, id_hash: str, now: datetime) -> None:
    """Move the idle limit: called at most once a minute, never by an automatic save."""
    session.exec(sa.update(WebSession).where(col(WebSession.id_hash) == id_hash).values(seen_at=now))


def leave_message(session: Session, id_hash: str, kind: str, text: str) -> None:
    """Keep a sentence for the person's next page."""
    row = session.get(WebSession, id_hash)
    if row is not None:
        waiting = [*json.loads(row.messages), [kind, text]][-5:]
        row.messages = json.dumps(waiting)
        session.add(row)


def take_messages(session: Session, id_hash: str) -> list[tuple[str, str]]:
    """The sentences waiting for this session, once."""
    row = session.get(WebSession, id_hash)
    if row is None or row.messages == "[]":
        return []
    waiting = json.loads(row.messages)
    row.messages = "[]"
    session.add(row)
    return [(kind, text) for kind, text in waiting]
