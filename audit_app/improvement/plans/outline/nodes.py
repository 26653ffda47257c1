"""What a typed plan is read into: things within things, with their lines, the words said under them, and the values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from audit_app.improvement.plans.outline.labels import Label, Thing


@dataclass
class Entry:
    """The words under one label, each line with its number."""

    label: Label
    line: int
    lines: list[str]


@dataclass
class Node:
    """A thing as it was read: the words beside its label, what is said under it, and the things it holds.

    `row` is what stands in the register under these words already, where a text adds to a plan; None for what is new.
    """

    thing: Thing
    line: int
    words: list[str]
    entries: dict[str, Entry] = field(default_factory=dict)
    inside: list["Node"] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    row: Any = None

    @property
    def text(self) -> str:
        """The words beside its label."""
        return str(self.values.get(self.thing.column, ""))

    def every(self) -> Iterator["Node"]:
        """This and whatever it holds, in order."""
        yield self
        for node in self.inside:
            yield from node.every()

    @property
    def adds(self) -> bool:
        """Whether it, or anything it holds, is new."""
        return any(node.row is None for node in self.every())

    def of(self, *things: Thing) -> list["Node"]:
        """What it holds directly of some sorts."""
        return [node for node in self.inside if node.thing in things]
