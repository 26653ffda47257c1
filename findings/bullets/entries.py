"""What a pasted list is read into: entries in the order of the page, each with its part in the whole. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from findings.bullets.terms import names_a_time, paragraphs_in, timescale_in
from findings.states import Timescale


class Role(StrEnum):
    """The part an entry plays in the list."""

    item = auto()
    heading = auto()
    addressee = auto()
    passed = auto()


@dataclass(frozen=True)
class Entry:
    """One entry: its part, its words, and the lines of the paste it was read from, counted from nought."""

    role: Role
    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bullet:
    """One piece of the list: its words, the headings above it, and the timescale and paragraphs they name."""

    text: str
    heading: str = ""
    timescale: Timescale | None = None
    paragraphs: str = ""
    addressee: str = ""
    by_when: str = ""  # the heading that says by when, in its own words

    @property
    def whole(self) -> str:
        """The words with whoever must act before them, as a sentence that stands by itself."""
        if not self.addressee:
            return self.text
        who = self.addressee.rstrip(": ")
        joint = " " if self.addressee.rstrip(": ").lower().endswith(_ENDS_OPEN) else ": "
        return f"{who}{joint}{self.text}"


_ENDS_OPEN = ("should", "must", "to", "will", "that", "ensure")


@dataclass(frozen=True)
class PastedList:
    """Every entry in its order; nothing that was pasted is in none of them."""

    entries: tuple[Entry, ...]

    @property
    def bullets(self) -> tuple[Bullet, ...]:
        """The items, each with what stands over it."""
        return tuple(bullet for _place, bullet in placed_bullets(self.entries))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is passed over."""
        return tuple(entry.text for entry in self.entries if entry.role is Role.passed)


def placed_bullets(entries: Sequence[Entry]) -> Iterator[tuple[int, Bullet]]:
    """Each item with its place among the entries.

    A heading holds until the next one; an addressee until the next addressee, or a heading that is about something
    else than time.

    Returns:
        Pairs of the place among the entries, counted from nought, and the item with what stands over it.

    Source:
        Own rule, on the layouts of published inspection reports.
    """
    heading = by_when = addressee = ""
    for place, entry in enumerate(entries):
        if entry.role is Role.addressee:
            addressee = entry.text
        elif entry.role is Role.heading:
            is_time = names_a_time(entry.text)
            heading, by_when = entry.text, entry.text if is_time else ""
            addressee = addressee if is_time else ""
        elif entry.role is Role.item:
            yield (
                place,
                Bullet(
                    entry.text,
                    heading or addressee,
                    timescale_in(by_when),
                    paragraphs_in(entry.text),
                    addressee,
                    by_when.rstrip(": "),
                ),
            )
