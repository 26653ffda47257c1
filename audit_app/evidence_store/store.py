"""Evidence files kept by the hash of their content: written whole or not at all, never changed, never removed early."""

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
FILE_LIMIT = 25 * MEGABYTE
_HASH = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The file is larger than may be kept; the message names the limit."""


class Missing(Exception):
    """There is no such file in the store."""


class Damaged(Exception):
    """The file is there, but it is no longer what was put in."""


@dataclass(frozen=True)
class Kept:
    """What the store says of a file it has taken: its name for ever, and its size in bytes."""

    sha256: str
    size: int


def put(config: Mapping[str, Any], data: bytes | BinaryIO, limit: int = FILE_LIMIT) -> Kept:
    """Keep a file. When this returns it will survive a power cut; when it raises nothing was kept (UP-2 to UP-4).

    Raises:
        TooLarge: more bytes came than the limit; reading stopped there.
    """
    folder = _folder(config)
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    incoming = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            kept = _copy(source, target, limit)
            target.flush()
            os.fsync(target.fileno())
        _settle(config, incoming, kept)
    finally:
        incoming.unlink(missing_ok=True)
    return kept


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"The file is larger than {_megabytes(limit)}. Make it smaller, or split it, and try again.")
        digest.update(chunk)
        target.write(chunk)
    return Kept(digest.hexdigest(), size)


def _megabytes(limit: int) -> str:
    return f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit // 1024} kB"


def _settle(config: Mapping[str, Any], incoming: Path, kept: Kept) -> None:
    """Give the file its name for ever; a sound copy already there stays, a damaged one is replaced."""
    place = path_of(config, kept.sha256)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if not _is_sound(config, kept.sha256):
        os.replace(incoming, place)
    _sync_folder(place.parent)
    _sync_folder(place.parent.parent)


def _is_sound(config: Mapping[str, Any], sha256: str) -> bool:
    try:
        verify(config, sha256)
    except (Missing, Damaged):
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable. Windows cannot open a folder and writes names through by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folder(config: Mapping[str, Any]) -> Path:
    folder = Path(config["DATA_FOLDER"]) / "evidence"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(config: Mapping[str, Any], sha256: str) -> Path:
    """Where the file lies, made from its hash and nothing else (UP-3).

    Raises:
        Missing: this is no hash, so there can be no such file.
    """
    if not _HASH.fullmatch(sha256):
        raise Missing("There is no such file.")
    return _folder(config) / sha256[:2] / sha256


def exists(config: Mapping[str, Any], sha256: str) -> bool:
    """Whether the store has the file."""
    try:
        return path_of(config, sha256).is_file()
    except Missing:
        return False


def open_file(config: Mapping[str, Any], sha256: str) -> BinaryIO:
    """The file, open for reading; the caller closes it.

    Raises:
        Missing: the store does not have it.
    """
    try:
        return path_of(config, sha256).open("rb")
    except FileNotFoundError as error:
        raise Missing("This file is missing from the store.") from error


def read_file(config: Mapping[str, Any], sha256: str) -> bytes:
    """The whole file, its hash checked on the way.

    Raises:
        Missing: the store does not have it.
        Damaged: its content has changed.
    """
    with open_file(config, sha256) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"The file {sha256[:12]}… is no longer what was put in.")
    return data


def verify(config: Mapping[str, Any], sha256: str) -> int:
    """Work the hash out again (UP-9); returns the size in bytes.

    Raises:
        Missing: the store does not have it.
        Damaged: its content has changed.
    """
    digest, size = hashlib.sha256(), 0
    with open_file(config, sha256) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    if digest.hexdigest() != sha256:
        raise Damaged(f"The file {sha256[:12]}… is no longer what was put in.")
    return size


def remove(config: Mapping[str, Any], sha256: str) -> bool:
    """Remove a file that nothing names any more; whether it was there.

    The caller has made sure that no row names it: files are kept once, however many rows do.

    Raises:
        Missing: this is no hash.
    """
    path = path_of(config, sha256)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def list_hashes(config: Mapping[str, Any]) -> Iterator[str]:
    """Every file in the store, in order: for `check` and backups."""
    for part in sorted(_folder(config).iterdir()):
        if part.is_dir():
            yield from (file.name for file in sorted(part.iterdir()) if _HASH.fullmatch(file.name))


def clear_unfinished(config: Mapping[str, Any], older_than: float) -> int:
    """Remove what a cut-off upload left behind, if last touched before `older_than` (seconds since 1970)."""
    left = [path for path in _folder(config).glob(".incoming-*") if path.stat().st_mtime < older_than]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def all_paths(config: Mapping[str, Any]) -> Iterator[Path]:
    """Everything that lies in the store, whatever its name: for `check`."""
    yield from sorted(path for path in _folder(config).rglob("*") if path.is_symlink() or not path.is_dir())


def is_place_of(config: Mapping[str, Any], path: Path) -> bool:
    """Whether a file lies where its own name says that a kept file lies."""
    try:
        return path_of(config, path.name) == path and not path.is_symlink()
    except Missing:
        return False
