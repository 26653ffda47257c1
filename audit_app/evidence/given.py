"""What somebody gives when evidence is added or renewed, as small frozen values. Pure."""

from dataclasses import dataclass
from datetime import date

from audit_app.evidence.states import Effect, Held, Renewal


@dataclass(frozen=True)
class TakenFile:
    """A file that was looked into and lies in the store: its hash, kind and name, and what was read from it."""

    sha256: str
    kind: str
    given_name: str
    size: int
    pages: int | None = None
    picture_sha256: str = ""
    text: str = ""
    whole_text: bool = True
    left_out: str = ""  # what was not kept of it on the way in, as a sentence


@dataclass(frozen=True)
class NewVersion:
    """One version: where it is held, what it speaks of and when it was made."""

    speaks_from: date
    speaks_to: date
    made_on: date
    held: Held = Held.here
    file: TakenFile | None = None
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
