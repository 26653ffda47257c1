"""The register of what was removed: a file outside the database, each line sealed over the one before.

Whoever puts an older backup back cannot take these lines along: they lie beside the anchors of the log and, once more,
beside the backups. A line names a thing by its public reference and carries a keyed mark of it, so that a new thing
that was given the same number after a restore is not mistaken for it. It names no child.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audit_app import disk
from audit_app.history import chain

NAME = "removed-register.txt"
PARTS = 6


@dataclass(frozen=True)
class Entry:
    """One line: what was removed when, from which council, under which removal, and its mark."""

    at: str
    authority_id: int
    removal: str
    reference: str
    mark: str
    seal: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes a line the same as another."""
        return self.authority_id, self.reference, self.mark


def path_in(folder: Path) -> Path:
    """Where the register of a data folder is."""
    return folder / "anchors" / NAME


def beside_backups(config: Mapping[str, Any]) -> Path | None:
    """Where its copy lies beside the backups, where those are kept in a folder."""
    if str(config.get("BACKUP_STORE_URL", "")).strip():
        return None
    folder = str(config.get("BACKUP_FOLDER", "")).strip()
    return (Path(folder).resolve() if folder else Path(config["DATA_FOLDER"]) / "backups") / NAME


def places(config: Mapping[str, Any]) -> list[Path]:
    """Every place the register is kept in."""
    beside = beside_backups(config)
    return [path_in(Path(config["DATA_FOLDER"])), *([beside] if beside else [])]


def mark_of(key: bytes, reference: str, parts: Iterable[object]) -> str:
    """A keyed mark of one thing, made of what never changes of it."""
    return chain.sealed(key, "removed thing", (reference, *(str(part) for part in parts)))[:32]


def entries(path: Path) -> list[Entry]:
    """The whole lines of a register, in order; none where there is no such file. A torn last line is no line."""
    if not path.is_file():
        return []
    lines = path.read_text("ascii", "replace").split("\n")
    return [entry for line in lines if (entry := _parsed(line)) is not None]


def _parsed(line: str) -> Entry | None:
    parts = line.split(" ")
    if len(parts) != PARTS or not parts[1].isdigit() or len(parts[5]) != 64:
        return None
    return Entry(parts[0], int(parts[1]), parts[2], parts[3], parts[4], parts[5])


def sound(path: Path, key: bytes) -> bool:
    """Whether every line carries the seal that only the holder of the log's key can make, over the one before."""
    previous = ""
    for entry in entries(path):
        if not chain.same(entry.seal, _seal(key, entry, previous)):
            return False
        previous = entry.seal
    return True


def add(path: Path, key: bytes, entry: Entry) -> None:
    """Add a line unless it is there; when this returns it survives a power cut."""
    known = entries(path)
    if entry.key in {each.key for each in known}:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not path.exists()
    torn = not new and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
    seal = _seal(key, entry, known[-1].seal if known else "")
    line = f"{entry.at} {entry.authority_id} {entry.removal} {entry.reference} {entry.mark} {seal}\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write((b"\n" if torn else b"") + line.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    if new:
        disk.keep_name(path.parent)


def merge(into: Path, key: bytes, others: Iterable[Path]) -> int:
    """Add to one register every line of others that it lacks; how many were added."""
    before = len(entries(into))
    for path in others:
        if path.resolve() != into.resolve():
            for entry in entries(path):
                add(into, key, entry)
    return len(entries(into)) - before


def stamp(at: datetime) -> str:
    """A moment as the register writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seal(key: bytes, entry: Entry, previous: str) -> str:
    fields = (entry.at, entry.authority_id, entry.removal, entry.reference, entry.mark, previous)
    return chain.sealed(key, "register of removals", fields)
