"""Backups kept in an object store, Azure Blob or S3. Imported only where one is set: it needs the extra `objectstore`.

An object appears whole or not at all: what was cut off is never completed, so there is nothing half to clear away.
Parts that were sent already may lie in the store, unseen, until its own rules remove them.
"""

import io
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from audit_app.backups import keeping
from audit_app.backups.refusals import NotBackedUp
from audit_app.evidence_store import Missing, StoreSettings, Unavailable
from audit_app.evidence_store.keeping.objects import Objects

PART = 8 * 1024 * 1024


class BackupObjects(Objects):
    """A container of an object store as a place for backups."""

    def put(self, name: str, write: Callable[[BinaryIO], None]) -> int:
        """Have a backup written straight into the store, never onto a disk of ours.

        Raises:
            NotBackedUp: the store would not take it.
        """
        reading, writing = os.pipe()
        problems: list[Exception] = []
        writer = threading.Thread(target=_written, args=(write, writing, problems))
        writer.start()
        try:
            with os.fdopen(reading, "rb") as source:
                parts = _parts(source, writer, problems)
                self._do("put", lambda: self.store.put(name, parts, use_multipart=True))
        except Unavailable as problem:
            raise problems[0] if _is_ours(problems) else NotBackedUp(f"{problem} So no backup was made.") from None
        except Exception:
            if problems:
                raise problems[0] from None
            raise
        finally:
            writer.join()
        return self.names()[name]

    def open(self, name: str) -> BinaryIO:
        """The object, asked for a part at a time: no request lasts longer than one part takes."""
        return cast(BinaryIO, io.BufferedReader(Ranged(self, name, self.names()[name]), PART))

    def names(self) -> dict[str, int]:
        """Objects that are named as backups are, with their bytes."""
        there: dict[str, int] = {}
        pages = iter(self.store.list(chunk_size=1000))
        while (page := self._do("list", lambda: next(pages, None))) is not None:
            there |= {str(each["path"]): int(each["size"]) for each in page}
        return {name: there[name] for name in sorted(there) if keeping.made_at(name) is not None}

    def remove(self, name: str) -> bool:
        """Remove one."""
        self._do("remove", lambda: self.store.delete(name))
        return True

    def keep_note(self, name: str, data: bytes) -> None:
        """Put it, in place of the one before."""
        self._do("put", lambda: self.store.put(name, data, mode="overwrite", use_multipart=False))

    def read_note(self, name: str) -> bytes:
        """The object; nothing where the container has none of that name."""
        try:
            return bytes(self._do("get", lambda: self.store.get(name)).bytes())
        except Missing:
            self._list_some(self.store)  # a container that is not there gives the same answer, and is no answer
            return b""

    def clear_unfinished(self, older_than: float = 0) -> int:
        """Nothing unfinished can be seen in an object store."""
        return 0

    def describe(self) -> str:
        """Its address."""
        return self.settings.address

    def same_disk_as(self, _folder: Path) -> bool:
        """A store is another machine."""
        return False

    def part_of(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of an object."""
        return bytes(self._do("read", lambda: self.store.get_range(name, start=start, length=length)))


class Ranged(io.RawIOBase):
    """An object as a file that can be read anywhere."""

    def __init__(self, place: BackupObjects, name: str, size: int) -> None:
        super().__init__()
        self._place, self._name, self._size, self._at = place, name, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on reading elsewhere."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        length = min(len(buffer), self._size - self._at)
        if length <= 0:
            return 0
        data = self._place.part_of(self._name, self._at, length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def place(settings: StoreSettings) -> BackupObjects:
    """The container the settings name."""
    return BackupObjects(settings)


def _written(write: Callable[[BinaryIO], None], descriptor: int, problems: list[Exception]) -> None:
    """In a thread of its own: the backup into one end of a pipe whose other end is sent to the store."""
    try:
        with os.fdopen(descriptor, "wb") as target:
            write(target)
    except Exception as problem:
        problems.append(problem)


def _parts(source: BinaryIO, writer: threading.Thread, problems: list[Exception]) -> Iterator[bytes]:
    """What comes through the pipe; its end counts only when the writer ended well, else the object is not completed."""
    while part := source.read(PART):
        yield part
    writer.join()
    if problems:
        raise problems[0]


def _is_ours(problems: list[Exception]) -> bool:
    """Whether writing went wrong by itself, and not because nobody took what was written."""
    return bool(problems) and not isinstance(problems[0], BrokenPipeError)
