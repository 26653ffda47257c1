"""What every place that keeps files promises, and what it says when it cannot keep one."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import BinaryIO, Protocol

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
HASH = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The file is larger than may be kept; the message names the limit."""


class Missing(Exception):
    """There is no such file in the store."""


class Damaged(Exception):
    """The file is there, but it is no longer what was put in."""


class Trouble(StrEnum):
    """Why an object store did not do what it was asked."""

    refused = auto()
    no_container = auto()
    unreachable = auto()
    slow = auto()
    failed = auto()


class Unavailable(Exception):
    """The store could not be asked, or would not do it; the message says why, in a sentence without any secret."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble

    @property
    def may_pass(self) -> bool:
        """Whether waiting may help; a key that is refused or a container that is not there must be mended."""
        return self.trouble not in (Trouble.refused, Trouble.no_container)


@dataclass(frozen=True)
class Kept:
    """What the store says of a file it has taken: its name for ever, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Lying:
    """Something that lies in the store: its name, where it lies in words, when it was last touched (seconds since
    1970), and whether it lies where its own name says that a kept file lies."""

    name: str
    where: str
    touched: float
    in_place: bool


class Place(Protocol):
    """A place that keeps files by the hash of their content.

    `take` returns when the file is kept whole and will survive a power cut; when it raises nothing was kept. `chunks`
    has found the file before it returns, and hands out its bytes unchecked.
    """

    def take(self, source: BinaryIO, limit: int) -> Kept:
        """Keep a file of at most `limit` bytes; a sound copy already there stays, a damaged one is replaced."""

    def has(self, sha256: str) -> bool:
        """Whether it keeps the file."""

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of the file, a part at a time."""

    def remove(self, sha256: str) -> bool:
        """Remove the file; whether it was there."""

    def everything(self) -> Iterator[Lying]:
        """All that lies there, whatever its name, in order."""

    def clear_unfinished(self, older_than: float) -> int:
        """Remove what a cut-off upload left behind, if last touched before; how many."""

    def ask(self) -> str:
        """Where the files are kept, as a sentence, once the place has answered; raises Unavailable."""


def relative_path(sha256: str) -> str:
    """Where a file lies within its place, made from its hash and nothing else (UP-3).

    Raises:
        Missing: this is no hash, so there can be no such file.
    """
    if not HASH.fullmatch(sha256):
        raise Missing("There is no such file.")
    return f"{sha256[:2]}/{sha256}"


def copy(source: BinaryIO, target: BinaryIO, limit: int) -> Kept:
    """Copy a stream to its end, but never beyond the limit (UP-2).

    Raises:
        TooLarge: more bytes came than the limit; reading stopped there.
    """
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


def size_if_sound(place: Place, sha256: str) -> int:
    """Work the hash out again (UP-9); the size in bytes.

    Raises:
        Missing: the place does not have it.
        Damaged: its content has changed.
    """
    digest, size = hashlib.sha256(), 0
    for chunk in place.chunks(sha256):
        digest.update(chunk)
        size += len(chunk)
    if digest.hexdigest() != sha256:
        raise damaged(sha256)
    return size


def damaged(sha256: str) -> Damaged:
    """What is said of a file that has changed."""
    return Damaged(f"The file {sha256[:12]}… is no longer what was put in.")


def is_sound(place: Place, sha256: str) -> bool:
    """Whether the place has the file, unchanged."""
    try:
        size_if_sound(place, sha256)
    except (Missing, Damaged):
        return False
    return True
