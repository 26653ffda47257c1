"""Wrong tries, counted so that guessing is slow and nobody stays shut out for long (AU-4)."""

import hashlib
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.people.tables import WrongTry


def account_hash(user_name: str) -> str:
    """What is kept of the name that was tried: names that do not exist count like those that do (AU-5)."""
    return hashlib.sha256(b"account:" + user_name.casefold().encode("utf-8", "replace")).hexdigest()


def record(session: Session, user_name: str, address: str, now: datetime) -> int:
    """Count this try as wrong before the password is looked at, so that many at once cannot slip through.

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


def wait_seconds(
    session: Session, user_name: str, address: str, row_id: int, *, now: datetime, config: Mapping[str, Any]
) -> int:
    """How long until this account and address may try again; 0 when this try may be evaluated.

    Only evaluated tries are in the table, so a refused one never makes the wait longer.
    """
    window = timedelta(minutes=config["THROTTLE_WINDOW_MINUTES"])
    waits = [0.0]
    for condition, most in (
        (col(WrongTry.account_hash) == account_hash(user_name), config["THROTTLE_ACCOUNT_TRIES"]),
        (col(WrongTry.address) == address[:60], config["THROTTLE_ADDRESS_TRIES"]),
    ):
        earlier = session.exec(
            select(WrongTry.at)
            .where(condition, col(WrongTry.at) > now - window, col(WrongTry.id) != row_id)
            .order_by(col(WrongTry.at).desc())
            .limit(most)
        ).all()
        if len(earlier) >= most:
            waits.append((earlier[-1] + window - now).total_seconds())
    return math.ceil(max(waits))


def clear_old(session: Session, now: datetime, config: Mapping[str, Any]) -> None:
    """Forget tries that no longer count."""
    before = now - timedelta(minutes=config["THROTTLE_WINDOW_MINUTES"])
    session.exec(sa.delete(WrongTry).where(col(WrongTry.at) < before))
