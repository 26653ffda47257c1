"""A person puts a read list right: what each entry is, its words, where it parts and where it joins. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from findings.bullets.entries import Entry, Role


class Part(StrEnum):
    """What a person may say an entry is: one of the roles, or a part of the item above it."""

    item = auto()
    above = auto()
    heading = auto()
    addressee = auto()
    passed = auto()


@dataclass(frozen=True)
class Change:
    """What a person said of one entry; a blank line in the words parts it."""

    part: Part
    text: str


@dataclass(frozen=True)
class Mended:
    """The list as changed: each entry with the place of the one it came from, and whether its structure is another."""

    entries: tuple[Entry, ...]
    origins: tuple[int, ...]
    is_changed: bool


def mended(entries: Sequence[Entry], changes: Sequence[Change]) -> Mended:
    """The list with each change made.

    Words that were emptied are not lost: the entry is passed over with the words it had. An item that becomes an
    addressee gives its second level as items of their own.
    """
    made: list[tuple[Entry, int]] = []
    for place, (entry, change) in enumerate(zip(entries, changes, strict=True)):
        text = change.text.strip()
        if not text:
            made.append((Entry(Role.passed, entry.text, entry.lines), place))
        elif change.part is Part.above and (above := _item_above(made)) is not None:
            joined, origin = made[above]
            made[above] = (Entry(joined.role, _joined(joined.text, text), (*joined.lines, *entry.lines)), origin)
        else:
            role = Role.item if change.part is Part.above else Role(change.part.value)
            made += [(new, place) for new in _parted(role, entry, text)]
    after = tuple(entry for entry, _origin in made)
    origins = tuple(origin for _entry, origin in made)
    is_changed = origins != tuple(range(len(entries))) or _structure(after) != _structure(entries)
    return Mended(after, origins, is_changed)


def _structure(entries: Sequence[Entry]) -> list[tuple[Role, str]]:
    """What a person must see again when it changes: the roles, and the words that stand over others."""
    over = (Role.heading, Role.addressee)
    return [(entry.role, entry.text if entry.role in over else "") for entry in entries]


def _item_above(made: Sequence[tuple[Entry, int]]) -> int | None:
    """The item that the next entry would go on with; what is passed over between them stands in no way."""
    for place in range(len(made) - 1, -1, -1):
        if made[place][0].role is not Role.passed:
            return place if made[place][0].role is Role.item else None
    return None


def _joined(above: str, text: str) -> str:
    return f"{above}\n{text}" if text.startswith("- ") else f"{above} {text}"


def _parted(role: Role, entry: Entry, text: str) -> list[Entry]:
    if role is Role.item:
        parts = [part.strip() for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
        return [Entry(role, part, entry.lines) for part in parts]
    if role is Role.addressee and entry.role is Role.item and "\n- " in text:
        who, *inner = text.split("\n- ")
        return [Entry(role, who, entry.lines), *(Entry(Role.item, part.strip(), entry.lines) for part in inner)]
    return [Entry(role, " ".join(text.split()) if role is not Role.passed else text, entry.lines)]
