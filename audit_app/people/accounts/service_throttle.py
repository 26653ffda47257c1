"""Wrong tries, counted so that guessing is slow and nobody stays shut out for long (AU-4)."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.people.access.web_session import AHEAD
from audit_app.people.tables import WebSession, WrongTry


def account_hash(user_name: str) -> str:
    """What is kept of the name that was tried: names that do not exist count like those that do (AU-5)."""
    return hashlib.sha256(b"account:" + user_name.casefold().encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Wait:
    """Seconds until the account, and the address, may be tried again; 0 when they may be now."""

    account: int
    address: int


def is_known_here(session: Session, person_id: int, address: str, now: datetime, config: Mapping[str, Any]) -> bool:
    """Whether the person has signed in from this address lately.

    Many work behind one address. Who is known there is held to the limit of the account alone, so that one person's
    typing, or somebody guessing beside them, shuts none of them out; strangers there are held to the address's too.
    """
    since = now - timedelta(days=config["THROTTLE_KNOWN_DAYS"])
    statement = select(WebSession.id_hash).where(
        WebSession.person_id == person_id, WebSession.address == address[:60], col(WebSession.started_at) > since
    )
    return session.exec(statement.limit(1)).first() is not None


def record(session: Session, user_name: str, address: str, now: datetime) -> int:
    """Count this try as wrong before the password is looked at, so that many at once cannot slip through.

    An empty address counts against the account alone.

    Returns:
        The row's id, for `forget` when the password turns out right or the try is not evaluated.
    """
    row = WrongTry(account_hash=account_hash(user_name), address=address[:60], at=now)
    session.add(row)
    session.flush()
    return row.id


def forget(session: Session, row_id: int) -> None:
    """This try does not count."""
    session.exec(sa.delete(WrongTry).where(col(WrongTry.id) == row_id))


def wait_for(
    session: Session, user_name: str, address: str, row_id: int, *, now: datetime, config: Mapping[str, Any]
) -> Wait:
    """How long until this account and address may try again.

    Only evaluated tries are in the table, so a refused one never makes the wait longer. Tries that lie ahead were
    counted before the clock went back: they are left out, or somebody would wait until it has caught up.
    """
    window = timedelta(minutes=config["THROTTLE_WINDOW_MINUTES"])
    waits = []
    for condition, most in (
        (col(WrongTry.account_hash) == account_hash(user_name), config["THROTTLE_ACCOUNT_TRIES"]),
        (col(WrongTry.address) == address[:60], config["THROTTLE_ADDRESS_TRIES"]),
    ):
        earlier = session.exec(
            select(WrongTry.at)
            .where(condition, col(WrongTry.at) > now - window, col(WrongTry.at) <= now + AHEAD)
            .where(col(WrongTry.id) != row_id)
            .order_by(col(WrongTry.at).desc())
            .limit(most)
        ).all()
        full = len(earlier) >= most
        waits.append(math.ceil((earlier[-1] + window - now).total_seconds()) if full else 0)
    return Wait(*waits)


def clear_old(session: Session, now: datetime, config: Mapping[str, Any]) -> None:
    """Forget tries that no longer count."""
    before = now - timedelta(minutes=config["THROTTLE_WINDOW_MINUTES"])
    session.exec(sa.delete(WrongTry).where(sa.or_(col(WrongTry.at) < before, col(WrongTry.at) > now + AHEAD)))
