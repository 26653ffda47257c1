"""Writes ZIP files whose read-me is worked out from what really went in, and what did not, with the reason.

Names are such that Windows, a Mac and Linux can all unpack them, the read-me stands first, and equal contents written
as of the same moment give equal bytes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from audit_app import clock, words
from audit_app.zip_files.names import is_safe

READ_ME = "00-read-me.txt"  # so that it also stands first where a folder is listed by name
CHUNK = 1024 * 1024
FIRST_YEAR = 1980

Content = bytes | BinaryIO | Callable[[], bytes]


class UnsafeName(ValueError):
    """Some computers could not unpack a file of this name."""


@dataclass(frozen=True)
class Member:
    """One file of the ZIP as it was written."""

    name: str
    what: str
    pages: int
    size: int
    sha256: str


class ZipOut:
    """A ZIP while it is written: what was put in, and what was left out."""

    def __init__(self, into: BinaryIO, as_of: datetime) -> None:
        self.whole = zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        moment = clock.london(as_of)
        self.moment = (max(moment.year, FIRST_YEAR), moment.month, moment.day, moment.hour, moment.minute, 0)
        self.members: list[Member] = []
        self.left_out: list[tuple[str, str]] = []

    def put(self, name: str, content: Content, *, what: str = "", pages: int = 0) -> Member:
        """Write one file, bit by bit.

        Raises:
            UnsafeName: The name is one that some computers do not take, or differs from another by capitals alone.
        """
        if not is_safe(name) or name.casefold() in {member.name.casefold() for member in self.members}:
            raise UnsafeName(f"No file of a ZIP can be called “{name}”.")
        info = zipfile.ZipInfo(name, self.moment)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.whole.open(info, "w") as target:
            for chunk in _chunks(content):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.members.append(Member(name, what, pages, size, digest.hexdigest()))
        return self.members[-1]

    def leave_out(self, what: str, why: str) -> None:
        """Note something that whoever opens the ZIP would look for and does not find, with the reason."""
        self.left_out.append((what, why))

    def put_read_me(self, beginning: str, ending: str = "") -> Member:
        """Write the read-me over everything that is in so far, between what its owner has to say; it stands first."""
        parts = [beginning, listed(self.members), not_here(self.left_out), ending]
        text = "\n\n".join(part.strip() for part in parts if part.strip())
        made = self.put(READ_ME, f"{text}\n".encode(), what="this list")
        self.whole.filelist.insert(0, self.whole.filelist.pop())
        return made

    def close(self) -> None:
        """End the file."""
        self.whole.close()


def listed(members: list[Member]) -> str:
    """What is in the ZIP, file by file."""
    total = words.file_size(sum(member.size for member in members))
    lines = [f"What is in this ZIP: {words.count(len(members), 'file')} of {total} together, and this list."]
    for member in members:
        pages = f", {words.count(member.pages, 'page')}" if member.pages else ""
        lines += ["", member.name, *([f"    {member.what}"] if member.what else [])]
        lines += [f"    {member.size:,} bytes{pages}", f"    SHA-256 {member.sha256}"]
    return "\n".join(lines)


def not_here(left_out: list[tuple[str, str]]) -> str:
    """What is not in the ZIP, and why."""
    if not left_out:
        return "Nothing that belongs here was left out."
    return "\n".join(["What is not in this ZIP, and why:", "", *(f"{what}: {why}" for what, why in left_out)])


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif callable(content):
        yield content()
    else:
        content.seek(0)
        while chunk := content.read(CHUNK):
            yield chunk
