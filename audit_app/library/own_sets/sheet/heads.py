"""What one column of a question set's workbook is, and one sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

YES_NO = ("yes", "no")
Kind = Literal["text", "word", "yes", "list", "choice"]


@dataclass(frozen=True)
class Head:
    """One column: the key it fills, the heading over it, what to write, and a closed list where there is one.

    `kind` is "text", "word" (without spaces round it), "yes" (yes or no), "list" (several, separated by commas) or
    "choice" (one of `choices`); `usual` is what an empty cell stands for; a `wide` column holds sentences.
    """

    key: str
    heading: str
    hint: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    needed: bool = False
    usual: Any = None
    wide: bool = False
    # What pages call each choice, and other words people write for one.
    names: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its title, what it is for, and its columns in order."""

    title: str
    purpose: str
    heads: tuple[Head, ...]
    needed: bool = False
