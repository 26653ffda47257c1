"""The list of what a removal takes and what stays, as both people see it: one value with one fingerprint. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum, auto


class Why(StrEnum):
    """Why a thing stays."""

    held = auto()  # by a legal hold
    open_work = auto()  # an open concern or action
    in_use = auto()  # an open area, an unfinished action, or a draft that looks back on it
    pack_stays = auto()  # a pack that was made with it, and that was to stay
    being_built = auto()  # a pack that is being built
    names_it = auto()  # its words name the case reference; somebody must reword them
    cites_it = auto()  # a finding or self-assessment says where it came from, without the record
    more_than_one_run = auto()  # there was more than one removal takes


@dataclass(frozen=True)
class Item:
    """One thing that goes, with how many rows of each sort and how many files."""

    reference: str
    kind: str
    counted_on: date | None
    counts: tuple[tuple[str, int], ...]
    files: int = 0
    figures_on: date | None = None

    def counts_text(self) -> str:
        """The counts as they are kept beside the line."""
        return json.dumps(dict(self.counts), sort_keys=True)


@dataclass(frozen=True)
class Stay:
    """One thing that stays: why, and what keeps it, such as the reference of a hold."""

    reference: str
    why: Why
    by: str = ""


@dataclass(frozen=True)
class RemovalList:
    """All that goes and all that stays, in one order."""

    items: tuple[Item, ...]
    stays: tuple[Stay, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for equal lists, and for no others."""
        items = [[x.reference, x.kind, str(x.counted_on), sorted(x.counts), x.files] for x in self.items]
        stays = [[x.reference, x.why.value, x.by] for x in self.stays]
        written = json.dumps([sorted(items), sorted(stays)], separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def by_kind(self) -> dict[str, int]:
        """How many things of each kind go."""
        return dict(Counter(item.kind for item in self.items))

    @property
    def totals(self) -> dict[str, int]:
        """How many rows of each sort go, by the words for one of them."""
        return added(dict(item.counts) for item in self.items)

    @property
    def files(self) -> int:
        """How many files go."""
        return sum(item.files for item in self.items)


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts of many things together, in the order in which their words first stand."""
    total: dict[str, int] = {}
    for each in counts:
        for words, number in each.items():
            total[words] = total.get(words, 0) + number
    return total


def write_stays(stays: Iterable[Stay]) -> str:
    """What stays, as it is kept with the removal."""
    return json.dumps([asdict(stay) for stay in stays])


def read_stays(written: str) -> tuple[Stay, ...]:
    """The same, read back."""
    return tuple(Stay(x["reference"], Why(x["why"]), x["by"]) for x in json.loads(written)) if written else ()


def read_counts(written: str) -> dict[str, int]:
    """How many rows of each sort went with a thing."""
    return {str(words): int(number) for words, number in json.loads(written).items()} if written else {}
