"""Which registers can leave as a workbook, and how each is read and written. Features give theirs in `wiring`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from audit_app.errors import NotFound
from audit_app.people.access.scope import Scope
from audit_app.people.defaults import ROLE_NAMES
from audit_app.people.tables import Role
from audit_app.sheets import SheetOut

Read_ = TypeVar("Read_")
READ_AT_ONCE = 500  # rows of a register in one transaction: some tens of milliseconds


class Read(Protocol):
    """Runs one read in a short transaction of its own, in the scope of whoever asked; nothing stays open after it."""

    def __call__(self, read: Callable[[Session], Read_]) -> Read_:
        """What the read gives."""


@dataclass(frozen=True)
class Asked:
    """What is taken out: of which council, narrowed to what, seen by whom and on which day."""

    authority_id: int
    scope: Scope
    given: Mapping[str, str]
    today: date

    @property
    def role_titles(self) -> str:
        """The roles of whoever asks, by their titles."""
        return ", ".join(sorted(ROLE_NAMES[role] for role in self.scope.roles))


@dataclass(frozen=True)
class Made:
    """By whom an export is made: some registers are told by name, others by role (EX-4)."""

    name: str
    role: str


@dataclass(frozen=True)
class LongBook:
    """A workbook too long to be held at once: parts of its one sheet, all under the same title and headings.

    With what its last sheet says: the disclosure level, what was chosen, and by whom.
    """

    title: str
    parts: Iterator[SheetOut]
    level: int
    chosen: str
    who: str


@dataclass(frozen=True)
class Register:
    """One register: how it is called, on which page its button is, who may take it out, how it is read and written."""

    key: str
    what: str  # as the log tells: “took out the register of findings”
    title: str
    page: str
    filename: str
    roles: frozenset[Role]
    filters: tuple[str, ...]
    count: Callable[[Read, Asked], int]
    chosen: Callable[[Read, Asked], str]
    book: Callable[[Read, Asked, Made], LongBook]

    def narrowed(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Of what an address or a form carries, what narrows this register."""
        return {name: str(values[name])[:200] for name in self.filters if values.get(name)}

    @property
    def order(self) -> frozenset[str]:
        """What says in which order, and narrows nothing."""
        return frozenset({"sort"})


def some_at_a_time(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in parts that one short read takes; one empty part where there are none, for the headings."""
    return (numbers[first : first + READ_AT_ONCE] for first in range(0, max(len(numbers), 1), READ_AT_ONCE))


registers: list[Register] = []


def register_of(key: str) -> Register:
    """The register of this name.

    Raises:
        NotFound: there is none.
    """
    for register in registers:
        if register.key == key:
            return register
    raise NotFound("There is no such register.")


def roles() -> frozenset[Role]:
    """Everybody who may take out any register at all."""
    return frozenset[Role]().union(*(register.roles for register in registers))
