"""Passwords: which are refused and why, and how the others are kept (AU-2, AU-3). Pure but for the hashing."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from audit_app.people.accounts import well_known

SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5


@lru_cache(maxsize=8)
def _hasher(memory_kib: int, passes: int, lanes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)


def hasher(config: Mapping[str, Any]) -> PasswordHasher:
    """Argon2id with the costs of the settings."""
    return _hasher(config["ARGON2_MEMORY_KIB"], config["ARGON2_TIME"], config["ARGON2_LANES"])


@lru_cache(maxsize=8)
def _dummy(maker: PasswordHasher) -> str:
    return maker.hash("nobody has this password")


def holds(config: Mapping[str, Any], kept: str, given: str) -> bool:
    """Whether a password is the one kept; with nothing kept, the same work is done and the answer is no (AU-5)."""
    maker = hasher(config)
    try:
        return maker.verify(kept or _dummy(maker), given[: LONGEST * 4]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def make_hash(config: Mapping[str, Any], password: str) -> str:
    """What is kept of a password."""
    return hasher(config).hash(password)


def is_outdated(config: Mapping[str, Any], kept: str) -> bool:
    """Whether the settings have risen since this hash was made."""
    return hasher(config).check_needs_rehash(kept)


def why_refused(password: str, user_name: str, local_words: tuple[str, ...] = ()) -> str:
    """Why a new password is refused, as a sentence that says what to do; empty when it is accepted.

    Any Unicode is accepted and nothing is trimmed or changed (AU-2).
    """
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more. Three random words make a good one"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in password):
        return "Password holds a character that cannot be kept. Type it again"
    plain = password.casefold()
    if _names(plain, user_name):
        return "Password must not contain your e-mail address or the name in it"
    if well_known.is_well_known(plain):
        return "Password is one that many people use, so it is easily guessed. Three random words make a good one"
    if well_known.is_mostly(plain, (*well_known.LOCAL, *(word.casefold() for word in local_words)), every=True):
        return "Password is mostly a word anyone could guess of this service. Use three random words"
    return ""


def _names(plain: str, user_name: str) -> bool:
    whole = user_name.casefold()
    name = whole.partition("@")[0]
    return bool(whole) and (whole in plain or (len(name) >= 4 and name in plain))
