"""How an entry is turned into bytes and sealed: the arithmetic of the chain, without a database."""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

# In the order they are sealed; the previous entry's hash is the last of them.
SEALED = (
    "sequence",
    "at",
    "authority_id",
    "actor",
    "role",
    "session_hash",
    "address",
    "event",
    "reference",
    "outcome",
    "request_id",
    "before_hash",
    "after_hash",
    "facts",
    "previous_hash",
)


# Made once: json.dumps with these settings would build an encoder for every hash of every save.
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
decoded = json.JSONDecoder().decode


def time_text(at: datetime) -> str:
    """A moment as the log seals it: UTC to the microsecond, written as SQLite keeps it."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def sealed(key: bytes, purpose: str, fields: Sequence[Any]) -> str:
    """HMAC-SHA256 of the purpose and the fields as a JSON list in ASCII, which no two lists of fields share."""
    return hmac.digest(key, _encode([purpose, *fields]).encode("ascii"), "sha256").hex()


def entry_hash(key: bytes, fields: Sequence[Any]) -> str:
    """The hash of one entry; `fields` in the order of SEALED, the time already as text."""
    return sealed(key, "entry", fields)


def head_seal(key: bytes, sequence: int, hash_: str, count: int) -> str:
    """What only the holder of the key can put on a head; the head of an empty log has none."""
    return sealed(key, "head", (sequence, hash_, count)) if sequence else ""


def value_hash(key: bytes, sequence: int, side: str, text: str) -> str:
    """A text as the log holds it: salted by the entry's own number, so that equal texts do not look equal (LG-9)."""
    return sealed(key, "value", (sequence, side, text))


def same(first: str, second: str) -> bool:
    """Whether two hashes are equal, in constant time; whatever is not a hash is not equal."""
    return isinstance(first, str) and hmac.compare_digest(first.encode(), second.encode())
