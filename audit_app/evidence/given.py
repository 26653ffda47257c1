"""What somebody gives when evidence is added or renewed, as small frozen values. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from audit_app.evidence.states import Effect, Held, Renewal


@dataclass(frozen=True)
class TakenFile:
    """A file that was looked into and is not kept yet: its bytes, kind and name, and what was read from it."""

    data: bytes
    kind: str
    given_name: str
    pages: int | None = None
    picture: bytes = b""
    text: str = ""
    whole_text: bool = True
    kept: bool = False  # whether it is in the store already, put there before a transaction began
    left_out: str = ""  # what was not kept of it on the way in, as a sentence

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.data)

    @cached_property
    def sha256(self) -> str:
        """What the store will know it by."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def picture_sha256(self) -> str:
        """What the store will know its picture by; nothing where it has none."""
        return hashlib.sha256(self.picture).hexdigest() if self.picture else ""


@dataclass(frozen=True)
class WaitingFile:
    """A file that was looked into and kept earlier, and whose bytes a row names: they are not fetched again."""

    sha256: str
    size: int
    kind: str
    given_name: str
    pages: int | None = None
    picture_sha256: str = ""
    text: str = ""
    whole_text: bool = True


@dataclass(frozen=True)
class NewVersion:
    """One version: where it is held, what it speaks of and when it was made."""

    speaks_from: date
    speaks_to: date
    made_on: date
    held: Held = Held.here
    file: TakenFile | WaitingFile | None = None
    address: str = ""
    held_where: str = ""
    held_by: str = ""
    pages: int | None = None
    why: str = ""


@dataclass(frozen=True)
class NewEvidence:
    """What is said of a piece of evidence, whatever its versions."""

    title: str
    shows: str
    effect: Effect = Effect.output
    level: int = 0
    renewal: Renewal = Renewal.never
    owner_post_id: int | None = None
