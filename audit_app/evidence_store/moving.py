"""Copies every file from where files are kept to another place, each compared; nothing is ever removed."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from audit_app.evidence_store.keeping.place import HASH, Damaged, Missing, is_sound
from audit_app.evidence_store.store import place_of

NO_LIMIT = 2**63
FOLDER = "folder"


@dataclass(frozen=True)
class Moved:
    """What a copy came to: files copied now, found there already and sound, and those that could not be, each named."""

    copied: int
    there: int
    size: int
    broken: tuple[str, ...]


def copy_all(config: Mapping[str, Any], target: str, progress: Callable[[int], None] = lambda _done: None) -> Moved:
    """Copy every file to another address, or to the folder; begun again, it goes on where it was stopped.

    Each is read from its first byte to its last on both sides. A file that has changed where it lies is named and not
    copied. The source stays as it is.

    Args:
        config: Where files are kept now, and how the object store is reached.
        target: az://…, s3://… or "folder".
        progress: Told how many files were dealt with.

    Raises:
        UnusableStore: source and target are the same, or the settings cannot be used.
        Unavailable: one of the two cannot be asked; what was copied stays copied.
    """
    source, place = place_of(config), place_of(config, "" if target == FOLDER else target)
    copied = there = size = 0
    broken = []
    for done, lying in enumerate((each for each in source.everything() if HASH.fullmatch(each.name)), start=1):
        if not lying.in_place:
            broken.append(f"{lying.where} does not lie where its name says")
        elif is_sound(place, lying.name):
            there += 1
        else:
            try:
                data = b"".join(source.chunks(lying.name))
            except Missing:
                continue  # removed since it was listed: a destroyed pack
            try:
                size += _copy(place, lying.name, data)
                copied += 1
            except Damaged:
                broken.append(f"{lying.where} is no longer what was put in")
        progress(done)
    return Moved(copied, there, size, tuple(broken))


def _copy(place: Any, sha256: str, data: bytes) -> int:
    kept = place.take(io.BytesIO(data), NO_LIMIT)
    if kept.sha256 != sha256:
        place.remove(kept.sha256)
        raise Damaged
    return int(kept.size)
