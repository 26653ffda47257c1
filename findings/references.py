"""References and ids of the thread, made and read: FND-0001, AFI-0001, ACT-0001."""

import re
import secrets
import threading
import time

FINDING = "FND"
AREA = "AFI"
ACTION = "ACT"
PLAN = "PLN"
INSPECTION = "INS"

_SHAPE = re.compile(r"([A-Z]{3})-([0-9]{4,9})")
_EPOCH_MICROSECONDS = 1_577_836_800_000_000  # 2020-01-01T00:00Z: later instants fit in 63 bits until 2091
_RANDOM_BITS = 12
_lock = threading.Lock()
_last_tick = 0


def reference(prefix: str, number: int) -> str:
    """A thing's public name.

    Args:
        prefix: Three capital letters, such as ``FND``.
        number: The thing's number within its authority, from 1.

    Returns:
        The prefix, a dash and at least four digits: ``FND-0007``; numbers above 9999 simply grow longer.

    Source:
        The reference pattern of this product; no outside standard.
    """
    return f"{prefix}-{number:04d}"


def parse_reference(text: str) -> tuple[str, int] | None:
    """Read a reference as people type it, capitals or not, spaces around it or not.

    Returns:
        Its prefix and number, or None when the text is not a reference.

    Source:
        The reference pattern of this product; no outside standard.
    """
    match = _SHAPE.fullmatch(text.strip().upper())
    return (match[1], int(match[2])) if match and int(match[2]) > 0 else None


def number_of(text: str, prefix: str) -> int | None:
    """The number in a reference of one kind.

    Returns:
        The number, or None when the text is no reference or one of another kind.

    Source:
        The reference pattern of this product; no outside standard.
    """
    parsed = parse_reference(text)
    return parsed[1] if parsed and parsed[0] == prefix else None


def new_id() -> int:
    """An id for a row that has no public reference.

    Returns:
        A positive 63-bit whole number: microseconds since 1 January 2020 UTC in the upper bits, 12 random bits
        below. Each call in one process gives a larger number than the last, whichever thread asks, so rows sort
        in the order they were written.

    Source:
        Own scheme, after the idea of time-ordered ids in RFC 9562 section 5.7.
    """
    global _last_tick  # noqa: PLW0603 - the one thing the process must remember between calls
    with _lock:
        tick = max(time.time_ns() // 1000 - _EPOCH_MICROSECONDS, _last_tick + 1)
        _last_tick = tick
        return (tick << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
