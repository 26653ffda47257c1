"""The facts readiness is told from, counted from the rows; each part by itself, never added into one number. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from findings.gaps import GapCode
from findings.queries import CalledDone


@dataclass(frozen=True)
class Looked:
    """How often a team or a group of children was looked at: agreed audits, drawn at random and chosen apart."""

    key: str  # a team's id, or a group's code
    name: str
    random: int
    chosen: int
    last_on: date | None = None  # the last agreed audit ever submitted of it
    service: str = ""

    @property
    def is_covered(self) -> bool:
        """Whether it was looked at at all."""
        return bool(self.random or self.chosen)


@dataclass(frozen=True)
class Coverage:
    """Which teams and groups of children had an audit that was submitted in the period and agreed."""

    start: date
    end: date
    teams: tuple[Looked, ...]
    groups: tuple[Looked, ...]
    ever: bool  # whether there is any agreed audit at all


@dataclass(frozen=True)
class EvidenceFacts:
    """How the evidence stands that the reader may see, and the entries of the evidence folder."""

    pieces: int
    due: int
    stale: int
    entries: int
    entries_not_ready: int
    entries_overdue: int


@dataclass(frozen=True)
class ClaimFacts:
    """How firm the claims of self-assessments are that are not signed yet."""

    claims: int
    without_evidence: int
    undecided: int
    on_low_rungs: int  # on rung 0 or 1: said only, or on a policy or plan


@dataclass(frozen=True)
class Item:
    """What an inspection or a review asked for, not answered by its day."""

    number: int
    reference: str
    title: str
    asked_by: str
    answer_on: date
    days_late: int


@dataclass(frozen=True)
class Items:
    """What inspections and reviews asked for while nothing that answers it is done."""

    inspections: int  # how many inspections and reviews are on record
    waiting: int
    undated: int
    late: tuple[Item, ...]  # the latest first


@dataclass(frozen=True)
class Draft:
    """A self-assessment that is being written."""

    number: int
    reference: str
    title: str
    sections: int
    unwritten: int
    ready: int
    offered: bool
    due_on: date | None


@dataclass(frozen=True)
class Signed:
    """When a self-assessment of an edition was last signed."""

    number: int
    reference: str
    title: str
    signed_on: date


@dataclass(frozen=True)
class Facts:
    """Everything readiness is told from."""

    today: date
    coverage: Coverage
    evidence: EvidenceFacts
    claims: ClaimFacts
    items: Items
    done: CalledDone
    gaps: Mapping[GapCode, int]
    drafts: tuple[Draft, ...]
    signed: tuple[Signed, ...]
    signed_months: int  # after so many months a signature is old
