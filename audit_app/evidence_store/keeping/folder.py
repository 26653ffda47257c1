"""Files kept in a folder of this machine: written beside, synced, and renamed to their hash (UP-4)."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from audit_app import disk
from audit_app.evidence_store.keeping.place import (
    CHUNK,
    Kept,
    Lying,
    Missing,
    Trouble,
    Unavailable,
    copy,
    is_sound,
    relative_path,
)

UNFINISHED = ".incoming-"
MARK = ".place"  # which folder this is, wherever it is mounted


class Folder:
    """A folder as a place for files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Where the file lies.

        Raises:
            Missing: this is no hash, so there can be no such file.
        """
        return self.path / relative_path(sha256)

    def take(self, source: BinaryIO, limit: int) -> Kept:
        """Keep a file: when this returns it will survive a power cut; when it raises nothing was kept."""
        descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self.path)
        incoming = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target:
                kept = copy(source, target, limit)
                target.flush()
                os.fsync(target.fileno())
            self._settle(incoming, kept.sha256)
        finally:
            incoming.unlink(missing_ok=True)
        return kept

    def _settle(self, incoming: Path, sha256: str) -> None:
        """Give the file its name for ever; a sound copy already there stays, a damaged one is replaced."""
        place = self.path_of(sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        if not is_sound(self, sha256):
            os.replace(incoming, place)
        disk.keep_name(place.parent)
        disk.keep_name(self.path)

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path_of(sha256).is_file()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of the file, a part at a time; it is open before this returns.

        Raises:
            Missing: the folder does not have it.
        """
        try:
            file = self.path_of(sha256).open("rb")
        except FileNotFoundError as error:
            raise Missing("This file is missing from the store.") from error
        return _parts(file)

    def remove(self, sha256: str) -> bool:
        """Remove the file; whether it was there."""
        path = self.path_of(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        disk.keep_name(path.parent)
        return True

    def mark(self) -> str:
        """Which folder this is: a few letters made once and kept in it, so that the same one is known elsewhere."""
        path = self.path / MARK
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return f"folder {path.read_text('ascii', 'replace').strip()}"
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(8))
        disk.keep_name(self.path)
        return f"folder {path.read_text('ascii').strip()}"

    def everything(self) -> Iterator[Lying]:
        """All that lies there, in order; what an upload in hand renames meanwhile is passed over."""
        for path in sorted(path for path in self.path.rglob("*") if path.is_symlink() or not path.is_dir()):
            if path == self.path / MARK:
                continue
            try:
                touched = path.lstat().st_mtime
            except FileNotFoundError:
                continue
            yield Lying(path.name, str(path), touched, self._is_place_of(path))

    def _is_place_of(self, path: Path) -> bool:
        try:
            return self.path_of(path.name) == path and not path.is_symlink()
        except Missing:
            return False

    def clear_unfinished(self, older_than: float) -> int:
        """Remove what a cut-off upload left behind, if last touched before (seconds since 1970)."""
        left = [path for path in self.path.glob(f"{UNFINISHED}*") if path.stat().st_mtime < older_than]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def ask(self) -> str:
        """Where the files are kept.

        Raises:
            Unavailable: nothing can be written there.
        """
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            raise Unavailable(Trouble.refused, f"The folder {self.path} cannot be written. Mend its rights.")
        return "Files are kept in a folder beside the database."


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
