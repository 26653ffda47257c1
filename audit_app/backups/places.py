"""Where backups are kept: a folder, where one is written beside, synced and renamed, or an object store by setting.

A half one never has the name of a backup.
"""

import importlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from audit_app import disk, evidence_store
from audit_app.backups import keeping

UNFINISHED = ".unfinished-"
OBJECTS = "audit_app.backups.objects"


class Place(Protocol):
    """A place that keeps backups by name."""

    def put(self, name: str, write: Callable[[BinaryIO], None]) -> int:
        """Have a backup written; when this returns it will survive a power cut, when it raises there is none."""

    def open(self, name: str) -> BinaryIO:
        """A backup to read from its beginning, and again."""

    def names(self) -> dict[str, int]:
        """The backups that lie there, with their bytes."""

    def remove(self, name: str) -> object:
        """Remove one."""

    def keep_note(self, name: str, data: bytes) -> None:
        """Keep a small text beside the backups, in place of the one before."""

    def read_note(self, name: str) -> bytes:
        """Such a text; nothing where there is none."""

    def clear_unfinished(self) -> object:
        """Remove what a backup that was cut off left behind; nobody else is writing one now."""

    def describe(self) -> str:
        """Where that is, in words."""

    def same_disk_as(self, folder: Path) -> bool:
        """Whether one broken disk would take both the data and the backups."""


class Folder:
    """A folder of this machine, or of another that is mounted here."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, name: str, write: Callable[[BinaryIO], None]) -> int:
        """Have a backup written beside, synced, and given its name."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside, target = self.path / f"{UNFINISHED}{name}", self.path / name
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            size = beside.stat().st_size
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
        disk.keep_name(self.path)
        return size

    def open(self, name: str) -> BinaryIO:
        """The file."""
        return (self.path / name).open("rb")

    def names(self) -> dict[str, int]:
        """Files that are named as backups are."""
        if not self.path.is_dir():
            return {}
        return {
            path.name: path.stat().st_size
            for path in sorted(self.path.iterdir())
            if keeping.made_at(path.name) is not None and path.is_file()
        }

    def remove(self, name: str) -> None:
        """Unlink it."""
        (self.path / name).unlink(missing_ok=True)
        disk.keep_name(self.path)

    def keep_note(self, name: str, data: bytes) -> None:
        """Write it beside, sync it, and give it its name."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self.path / f"{UNFINISHED}{name}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path / name)
        disk.keep_name(self.path)

    def read_note(self, name: str) -> bytes:
        """The file."""
        path = self.path / name
        return path.read_bytes() if path.is_file() else b""

    def clear_unfinished(self) -> None:
        """Remove half files."""
        for path in self.path.glob(f"{UNFINISHED}*") if self.path.is_dir() else ():
            path.unlink(missing_ok=True)

    def describe(self) -> str:
        """Its path."""
        return str(self.path)

    def same_disk_as(self, folder: Path) -> bool:
        """Whether both lie on one file system; a folder that is not there yet is judged by the one it will be in."""
        place = next(path for path in (self.path, *self.path.parents) if path.exists())
        return place.stat().st_dev == folder.stat().st_dev


def place_of(config: Mapping[str, Any]) -> Place:
    """Where the settings say that backups are kept.

    Raises:
        UnusableStore: they name an object store and cannot be used.
    """
    url = str(config.get("BACKUP_STORE_URL", "")).strip()
    settings = evidence_store.read_settings(config, url) if url else None
    if settings is not None:
        place: Place = importlib.import_module(OBJECTS).place(settings)
        return place
    folder = str(config.get("BACKUP_FOLDER", "")).strip()
    return Folder(Path(folder).resolve() if folder else Path(config["DATA_FOLDER"]) / "backups")
