"""A pack's own names for its audits: made with a key, so that they cannot be traced back from the pack (PR-4). Pure."""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Collection, Mapping

from audit_app.packs.disclosure.levels import INSPECTOR

SHORTEST = 6
NAME = re.compile(rf"\bR-[A-Z2-7]{{{SHORTEST},}}\b")


def new_key() -> str:
    """A random key: names made with two keys never match. Versions of a pack and packs of one inspection share one."""
    return secrets.token_hex(32)


def names_at(level: int, key: str, pack: str, references: Collection[str]) -> dict[str, str]:
    """What a pack calls each audit: its reference inside the council, a name of the pack's own for an inspector.

    A publishable pack names no audit at all.
    """
    if level > INSPECTOR:
        return {}
    return names_for(key, pack, references) if level == INSPECTOR else {name: name for name in references}


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


def key_list(names: Mapping[str, str]) -> dict[str, int]:
    """Each name with the number of its audit: kept beside the pack, never in it."""
    return {name: int(reference.partition("-")[2]) for reference, name in names.items()}


def write_key_list(keys: Mapping[str, int]) -> str:
    """The key list as text."""
    return json.dumps(dict(keys), sort_keys=True)


def read_key_list(written: str) -> dict[str, int]:
    """The key list as it was kept."""
    return dict(json.loads(written)) if written else {}
