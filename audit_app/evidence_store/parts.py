"""A large file kept for a while, in parts: whoever puts it down or fetches it holds one part in memory and no more.

Each part begins with bytes of its own. So no two uploads share one, and each may be removed without asking who else
names it; a file that stays is kept by `put` instead, once for all who name it.
"""

import contextlib
import hashlib
import io
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from audit_app.evidence_store import store
from audit_app.evidence_store.keeping.place import MEGABYTE, TooLarge, Unavailable

PART = 8 * MEGABYTE
OWN_BYTES = 32


@dataclass(frozen=True)
class InParts:
    """A file put down in parts: their hashes in order, the hash of the whole, its size in bytes."""

    parts: tuple[str, ...]
    sha256: str
    size: int


def put_in_parts(config: Mapping[str, Any], source: BinaryIO, limit: int) -> InParts:
    """Keep a file for a while; when this raises, nothing of it was kept.

    Raises:
        TooLarge: more bytes came than the limit.
        Unavailable: the store cannot be asked, or would not keep it.
    """
    parts: list[str] = []
    digest, size = hashlib.sha256(), 0
    try:
        while chunk := source.read(PART):
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"The file is larger than {limit // MEGABYTE} MB.")
            digest.update(chunk)
            own = secrets.token_bytes(OWN_BYTES)
            parts.append(store.put(config, io.BytesIO(own + chunk), PART + OWN_BYTES).sha256)
    except BaseException:
        with contextlib.suppress(Unavailable, OSError):  # why it could not be kept is what must be told
            remove_parts(config, parts)
        raise
    return InParts(tuple(parts), digest.hexdigest(), size)


def fetch_parts(config: Mapping[str, Any], parts: Iterable[str], target: BinaryIO) -> None:
    """Write a file that was put down in parts into another, each part's hash worked out again.

    Raises:
        Missing: a part is not there.
        Damaged: a part has changed.
        Unavailable: the store cannot be asked.
    """
    for sha256 in parts:
        target.write(store.read_file(config, sha256)[OWN_BYTES:])


def remove_parts(config: Mapping[str, Any], parts: Iterable[str]) -> None:
    """Remove a file that was kept for a while; done again, it changes nothing."""
    for sha256 in parts:
        store.remove(config, sha256)
