"""The shapes of what is said of each table and field, and of what is kept outside the tables. Data only."""

from dataclasses import dataclass
from enum import StrEnum, auto

from audit_app.words import Ours


class About(StrEnum):
    """Whom a field may tell something of."""

    child = auto()
    practitioner = auto()
    auditor = auto()
    account = auto()
    nobody = auto()


class How(StrEnum):
    """How a field comes to be filled."""

    typed = auto()  # by somebody, freely
    chosen = auto()  # by somebody, from a list
    made = auto()  # by the product
    account = auto()  # by the product: the number of an account
    copied = auto()  # by the product, out of what somebody typed elsewhere
    file = auto()  # by the product: the name of a file in the evidence store
    secret = auto()  # by the product: a hash, a key or something enciphered


WHOM = {
    About.child: Ours("A child or their family"),
    About.practitioner: Ours("Somebody who works with children"),
    About.auditor: Ours("The auditor"),
    About.account: Ours("Somebody with an account"),
    About.nobody: Ours("Nobody"),
}
HOW = {
    How.typed: Ours("Typed"),
    How.chosen: Ours("Chosen from a list"),
    How.made: Ours("Made by the service"),
    How.account: Ours("An account, by its number"),
    How.copied: Ours("A copy of what was typed"),
    How.file: Ours("The hash of a file"),
    How.secret: Ours("A secret or a hash"),
}
# How a field is filled whose words somebody wrote: what a search for a person looks through.
WRITTEN = frozenset({How.typed, How.copied})


@dataclass(frozen=True)
class StoredField:
    """One column of a table: what it is, about whom, how it is filled."""

    table: str
    name: str
    what: Ours
    about: About
    how: How

    @property
    def key(self) -> str:
        """The column as other modules name it: `case_audit.theme`."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True)
class StoredTable:
    """One table: what a row of it is, why it is kept, and with what it is removed."""

    name: str
    row: Ours
    purpose: str
    kept: str
    fields: tuple[StoredField, ...]

    @property
    def title(self) -> Ours:
        """What one row is, as a heading."""
        return Ours(self.row[:1].upper() + self.row[1:])

    @property
    def whom(self) -> tuple[About, ...]:
        """Everybody it tells something of, the nearest to a child first."""
        named = {field.about for field in self.fields} - {About.nobody}
        return tuple(about for about in About if about in named) or (About.nobody,)


@dataclass(frozen=True)
class Place:
    """Something kept outside the tables: where it lies, what is in it, and when it goes."""

    name: Ours
    where: Ours
    holds: Ours
    until: Ours
    about: tuple[About, ...]
