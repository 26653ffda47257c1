"""The head of the log, written now and then to an append-only file outside the database folder (LG-4).

Whoever puts an older database back, or empties the log and its head, cannot take these lines along.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from audit_app import disk
from audit_app.history import chain
from audit_app.history.writing import Head, key_of, lock_head

EMPTY = "-"
TAIL_BYTES = 4096


@dataclass(frozen=True)
class Anchor:
    """One line of the anchor file; its seal covers the seal of the line before."""

    at: datetime
    sequence: int
    count: int
    hash: str
    seal: str


class NotItsOwn(Exception):
    """An anchor was asked for inside a transaction that has already done something and may yet be undone."""


def path_in(folder: Path) -> Path:
    """Where the anchor file of a data folder is; copy it elsewhere each night, or whoever owns the folder owns both."""
    return folder / "anchors" / "history-log.txt"


def anchor_if_due(session: Session, path: Path, now: datetime, *, entries: int, minutes: int) -> Anchor | None:
    """Write an anchor when none was ever written, or so many entries or minutes have passed since the last.

    Call it in a fresh writing session of its own, at start and from the worker.
    """
    head = _locked(session)
    last = last_anchor(path)
    if last is not None and head.sequence >= last.sequence:
        young = now - last.at < timedelta(minutes=minutes)
        if young and head.sequence - last.sequence < entries:
            return None
    return _write(path, key_of(session), head, last, now)


def write_anchor(session: Session, path: Path, now: datetime) -> Anchor:
    """Write an anchor now, due or not; in a fresh writing session of its own."""
    return _write(path, key_of(session), _locked(session), last_anchor(path), now)


def _locked(session: Session) -> Head:
    """The head as last committed, locked so that two processes never add to the file at once.

    Raises:
        NotItsOwn: the session already did something; an anchor must not witness what may be rolled back.
    """
    if session.in_transaction():
        raise NotItsOwn("Write an anchor in a fresh session of its own.")
    return lock_head(session.connection())


def _write(path: Path, key: bytes, head: Head, last: Anchor | None, now: datetime) -> Anchor:
    seal = anchor_seal(key, now, head, last.seal if last else "")
    anchor = Anchor(now, head.sequence, head.count, head.hash, seal)
    line = f"{_stamp(now)} {head.sequence} {head.count} {head.hash or EMPTY} {seal}\n"
    new = not path.exists()
    torn = not new and _ends_torn(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write((b"\n" if torn else b"") + line.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    if new:
        disk.keep_name(path.parent)
    return anchor


def _ends_torn(path: Path) -> bool:
    """A power cut in the middle of a line: the next must not be glued to it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return file.read(1) not in (b"\n", b"")


def anchor_seal(key: bytes, at: datetime, head: Head, previous: str) -> str:
    """What only the holder of the key can put at the end of a line."""
    return chain.sealed(key, "anchor", (_stamp(at), head.sequence, head.count, head.hash, previous))


def last_anchor(path: Path) -> Anchor | None:
    """The last whole line of the file, or None."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - TAIL_BYTES))
        lines = file.read().split(b"\n")
    whole = [anchor for anchor in map(parse, lines) if anchor]
    return whole[-1] if whole else None


def parse(line: bytes) -> Anchor | None:
    """One line read, or None when it is not a whole one: a power cut can tear the last."""
    parts = line.decode("ascii", "replace").split(" ")
    if len(parts) != 5 or len(parts[4]) != 64:
        return None
    try:
        at = datetime.fromisoformat(parts[0])
        sequence, count = int(parts[1]), int(parts[2])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return Anchor(at, sequence, count, "" if parts[3] == EMPTY else parts[3], parts[4])


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
