"""The shapes of what was found: each place with its words, and what could not be looked through. Data only."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from audit_app.records.fields.described import About


class Why(StrEnum):
    """Why a place is in the copy."""

    belongs = "It belongs to the record"
    mentions = "It mentions it"
    names = "A pack names it by a name of its own"
    did = "This person did it"


@dataclass(frozen=True)
class Passage:
    """One field of one row that tells something."""

    table: str
    column: str
    thing: str
    text: str
    about: About
    why: Why
    when: datetime | date | None = None
    who: str = ""


@dataclass(frozen=True)
class File:
    """A file of evidence that belongs to what was found, copied as it is."""

    evidence: str
    version: int
    name: str
    sha256: str
    size: int


@dataclass
class Everything:
    """What was found, and what was looked through for it."""

    sought: str
    passages: list[Passage] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    audits: tuple[int, ...] = ()
    columns: int = 0  # fields that were searched
    tables: int = 0
    wordless: list[str] = field(default_factory=list)  # files whose words could not be read, or not all of them
    missing: list[str] = field(default_factory=list)  # files that are not in the store
    released: int = 0  # copies of packs that name it and have left the council
    holds: tuple[str, ...] = ()

    @property
    def by_field(self) -> dict[str, int]:
        """How many places were found in each field, by its key."""
        return dict(sorted(Counter(f"{each.table}.{each.column}" for each in self.passages).items()))
