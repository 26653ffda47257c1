"""A pack's own names for its audits: made with a key, so that they cannot be traced back from the pack (PR-4). Pure."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection

SHORTEST = 6


def new_key() -> str:
    """A random key for one pack: names in two packs never match."""
    return secrets.token_hex(32)


def names_for(key: str, pack: str, references: Collection[str]) -> dict[str, str]:
    """Each reference with its name in this pack, such as R-K7M2QX; no two alike."""
    length = SHORTEST
    while True:
        made = {reference: f"R-{_digest(key, pack, reference)[:length]}" for reference in sorted(set(references))}
        if len(set(made.values())) == len(made):
            return made
        length += 1


def _digest(key: str, pack: str, reference: str) -> str:
    sealed = hmac.new(bytes.fromhex(key), f"{pack}\n{reference}".encode(), hashlib.sha256).digest()
    return base64.b32encode(sealed).decode("ascii").rstrip("=")
