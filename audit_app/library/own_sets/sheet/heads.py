"""What one column of a question set's workbook is, and one sheet."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its title, what it is for, and its columns in order."""

    title: str
    purpose: str
    heads: tuple[Head, ...]
    needed: bool = False
