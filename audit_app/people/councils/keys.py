"""What stands first in a council's addresses: made from its name, or refused. Pure."""

import re

from audit_app.people import defaults

LONGEST = 60
KEY = re.compile(r"[a-z][a-z0-9-]{1,59}")
_ENDINGS = re.compile(r"(-(city|county|borough|metropolitan|council|of))+$")


def why_no_key(key: str) -> str:
    """Why this cannot stand first in a council's addresses; empty when it can."""
    if not KEY.fullmatch(key) or key.endswith("-") or "--" in key:
        return "A key has 2 to 60 small letters, figures and dashes, and begins with a letter, like greenhaven"
    if key in defaults.RESERVED_KEYS:
        return f"{key} is a word this service uses itself. Choose another key"
    return ""


def key_from(council: str) -> str:
    """greenhaven from Greenhaven Council."""
    dashed = re.sub(r"[^a-z0-9]+", "-", council.casefold()).strip("-")
    short = _ENDINGS.sub("", dashed)
    chosen = short if len(short) > 2 else dashed
    return chosen[:LONGEST].strip("-") if re.match(r"[a-z][a-z0-9]", chosen) else "council"
