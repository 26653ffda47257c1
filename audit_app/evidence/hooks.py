"""What features above this one give to it: how to find the things of theirs that evidence may prove, and their pages.

`wiring.py` fills the list; an entry of the evidence folder needs nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session


@dataclass(frozen=True)
class Thing:
    """Something that evidence may prove: its reference, what it is called, and whether this person may add to it."""

    reference: str
    title: str
    may_attach: bool
    why_not: str = ""


@dataclass(frozen=True)
class ThingFinder:
    """Finds the things of one kind, by the three letters of their references; None where there is none to be seen.

    `find` is given the whole reference, with the part after its stroke, and answers for the scope of the session.
    `endpoint` is the page of such a thing, which takes its number.
    """

    prefix: str
    endpoint: str
    find: Callable[[Session, int, str], Thing | None]


thing_finders: list[ThingFinder] = []
