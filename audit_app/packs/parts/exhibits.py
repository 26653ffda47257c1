"""Exhibits as they are printed: what each is, where it stands or is held, and what speaks of it. Data only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto


class Given(StrEnum):
    """How a reader of the pack gets an exhibit."""

    joined = auto()  # its pages stand behind the pack's own
    beside = auto()  # as a file of its own in the ZIP
    elsewhere = auto()  # a link, or held by somebody: it is not in the pack
    left_out = auto()  # chosen, and kept out when the pack was made


@dataclass(frozen=True)
class SpokenOf:
    """A place of the pack that an exhibit proves: the key of its heading, and its words."""

    reference: str
    key: str
    words: str


@dataclass(frozen=True)
class ExhibitPart:
    """One exhibit."""

    number: str  # E7
    reference: str  # EVD-0003
    version: int
    title: str
    shows: str
    speaks_of: str
    made_on: date
    level: str
    owner: str
    given: Given
    pages: int = 0  # as they stand in the pack
    kind: str = ""
    sha256: str = ""  # of the file as it is kept
    file_name: str = ""  # in the ZIP
    where: str = ""  # of what is elsewhere
    why: str = ""  # why its pages are not here
    spoken_of: tuple[SpokenOf, ...] = ()

    @property
    def key(self) -> str:
        """The name of its place in the document."""
        return f"exhibit-{self.number}"
