"""What a passkey is to sign: bound to this browser and to what it is for, good for some minutes. Pure.

Nothing is kept for it: the challenge carries its time and our mark. Whoever accepts it remembers that it was used.
"""

import hmac
import secrets
from datetime import datetime, timedelta

GOOD_FOR = timedelta(minutes=10)
AHEAD = timedelta(minutes=1)
TIME_BYTES, RANDOM_BYTES, MARK_BYTES = 6, 16, 32


def new_challenge(key: str, token: str, purpose: str, now: datetime) -> bytes:
    """A challenge for the browser that holds this token, for one purpose."""
    body = int(now.timestamp()).to_bytes(TIME_BYTES, "big") + secrets.token_bytes(RANDOM_BYTES)
    return body + _mark(key, token, purpose, body)


def is_ours(keys: list[str], challenge: bytes, token: str, purpose: str, now: datetime) -> bool:
    """Whether we made this challenge for this browser and purpose, within the last minutes."""
    body, mark = challenge[:-MARK_BYTES], challenge[-MARK_BYTES:]
    if len(body) != TIME_BYTES + RANDOM_BYTES or not token:
        return False
    if not any(hmac.compare_digest(_mark(key, token, purpose, body), mark) for key in keys):
        return False
    age = now.timestamp() - int.from_bytes(body[:TIME_BYTES], "big")
    return -AHEAD.total_seconds() <= age <= GOOD_FOR.total_seconds()


def _mark(key: str, token: str, purpose: str, body: bytes) -> bytes:
    return hmac.digest(key.encode(), f"passkey:{purpose}:{token}:".encode() + body, "sha256")
