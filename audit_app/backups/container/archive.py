"""The container of a backup: a plain tar, written and read as a stream, in which little is allowed.

Any tool that knows tar opens it. It is read by our own strict reader, because what stands in an archive may have been
put there by somebody else: regular files with the names below and nothing more, each once, the head first, the manifest
last. Nothing in it is compressed, so it can never unpack to more than its own size.
"""

import hashlib
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audit_app.backups.refusals import NotBackedUp, NotRestored

HEAD, MANIFEST, ANCHORS = "head.json", "manifest.json", "anchors/history-log.txt"
DATABASES = {"sqlite": "database/audit.db", "postgresql": "database/audit.pgdump"}
EVIDENCE = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})")
IN_MEMORY = (HEAD, MANIFEST)
MOST_IN_MEMORY = 64 * 1024 * 1024
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
NOT_OURS = "This is not a backup made by this product"


@dataclass(frozen=True)
class Member:
    """One file on its way into an archive; `chunks` gives exactly `size` bytes."""

    name: str
    size: int
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Packed:
    """One file as it went through: its name, its size in bytes, and the SHA-256 of what really passed."""

    name: str
    size: int
    sha256: str


class Sink(Protocol):
    """Where the bytes of one file go."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""

    def close(self) -> None:
        """That was all."""


def evidence_name(sha256: str) -> str:
    """Where a file of the evidence store stands in an archive."""
    return f"evidence/{sha256[:2]}/{sha256}"


def is_known(name: str) -> bool:
    """Whether a file of this name may stand in a backup."""
    return name in (HEAD, MANIFEST, ANCHORS, *DATABASES.values()) or EVIDENCE.fullmatch(name) is not None


class Packing:
    """Turns files into the bytes of a tar; `written` grows as each has passed, for the manifest that comes last."""

    def __init__(self, at: datetime) -> None:
        self.written: list[Packed] = []
        self._at = int(at.timestamp())

    def stream(self, members: Iterable[Member]) -> Iterator[bytes]:
        """The bytes of the whole archive, a part at a time.

        Raises:
            NotBackedUp: a file gave more or fewer bytes than its size.
        """
        for member in members:
            yield self._header(member)
            digest, size = hashlib.sha256(), 0
            for chunk in member.chunks:
                digest.update(chunk)
                size += len(chunk)
                yield chunk
            if size != member.size:
                raise NotBackedUp(f"{member.name} changed while it was read, so no backup was made. Try again.")
            yield bytes(-size % BLOCK)
            self.written.append(Packed(member.name, size, digest.hexdigest()))
        yield END

    def _header(self, member: Member) -> bytes:
        entry = tarfile.TarInfo(member.name)
        entry.size, entry.mode, entry.mtime = member.size, 0o600, self._at
        return entry.tobuf(tarfile.GNU_FORMAT)


class Unpacking:
    """Takes the bytes of an archive as they come and hands each file to a sink of its own.

    Give it to whatever deciphers as the writer; call `finish` when there is no more.
    """

    def __init__(self, sink_for: Callable[[str, int], Sink]) -> None:
        self.unpacked: list[Packed] = []
        self.kept: dict[str, bytes] = {}
        self._sink_for = sink_for
        self._block = b""
        self._name, self._size, self._left, self._pad = "", 0, 0, 0
        self._sink: Sink | None = None
        self._digest = hashlib.sha256()
        self._ended = False
        self._names: set[str] = set()

    def write(self, data: bytes) -> int:
        """Take the next bytes.

        Raises:
            NotRestored: what they say is not allowed in a backup.
        """
        view = memoryview(data)
        while view:
            view = view[self._step(view) :]
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def finish(self) -> None:
        """That was all.

        Raises:
            NotRestored: it was not: the archive was cut off.
        """
        if not self._ended or self._block.strip(b"\0"):
            raise NotRestored(
                "The backup is cut off: its end is missing, as after a copy that was not finished. Nothing was "
                "restored. Copy the file again, or take an older backup."
            )

    def close(self) -> None:
        """Let go of a file that was begun and never ended."""
        if self._sink is not None:
            self._sink.close()
            self._sink = None

    def _step(self, view: memoryview) -> int:
        if self._left:
            taken = min(self._left, len(view))
            self._take(bytes(view[:taken]))
            return taken
        if self._pad:
            taken = min(self._pad, len(view))
            self._pad -= taken
            return taken
        taken = min(BLOCK - len(self._block), len(view))
        self._block += view[:taken]
        if len(self._block) == BLOCK:
            block, self._block = self._block, b""
            self._read_header(block)
        return taken

    def _take(self, data: bytes) -> None:
        self._digest.update(data)
        if self._sink is None:
            self.kept[self._name] += data
        else:
            self._sink.write(data)
        self._left -= len(data)
        if not self._left:
            self._end_file()

    def _end_file(self) -> None:
        self.close()
        self.unpacked.append(Packed(self._name, self._size, self._digest.hexdigest()))

    def _read_header(self, block: bytes) -> None:
        if not block.strip(b"\0"):
            self._ended = self._ended or (bool(self.unpacked) and self.unpacked[-1].name == MANIFEST)
            if not self._ended:
                raise NotRestored(f"{NOT_OURS}: it ends without a manifest. Nothing was restored.")
            return
        if self._ended or (self.unpacked and self.unpacked[-1].name == MANIFEST):
            raise NotRestored("The backup goes on after its manifest. Somebody added to it. Nothing was restored.")
        try:
            entry = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeError):
            raise NotRestored(f"{NOT_OURS}: what stands in it is no tar. Nothing was restored.") from None
        self._allow(entry)
        self._begin_file(entry.name, entry.size)

    def _allow(self, entry: tarfile.TarInfo) -> None:
        """Regular files with known names, each once, the head first."""
        if not self.unpacked and entry.name != HEAD:
            raise NotRestored(f"{NOT_OURS}: it does not begin with {HEAD}. Nothing was restored.")
        kinds = {tarfile.SYMTYPE: "a link", tarfile.LNKTYPE: "a link", tarfile.DIRTYPE: "a folder"}
        kinds |= {tarfile.CHRTYPE: "a device", tarfile.BLKTYPE: "a device", tarfile.FIFOTYPE: "a pipe"}
        if entry.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            kind = kinds.get(entry.type, "something other than a file")
            raise NotRestored(f"The backup holds {kind}, which no backup of this product does. Nothing was restored.")
        if not is_known(entry.name):
            raise NotRestored(
                f"The backup holds a file called {entry.name!r}, which no backup of this product does; a name can be "
                "made to lead out of the folder. Nothing was restored."
            )
        if entry.name in self._names:
            raise NotRestored(f"The backup holds {entry.name} twice. Somebody changed it. Nothing was restored.")
        if entry.size < 0 or (entry.name in IN_MEMORY and entry.size > MOST_IN_MEMORY):
            raise NotRestored(f"{entry.name} of the backup says a size that cannot be. Nothing was restored.")

    def _begin_file(self, name: str, size: int) -> None:
        self._name, self._size, self._left, self._pad = name, size, size, -size % BLOCK
        self._names.add(name)
        self._digest = hashlib.sha256()
        if name in IN_MEMORY:
            self.kept[name] = b""
        else:
            self._sink = self._sink_for(name, size)
        if not size:
            self._end_file()
