"""What features above this one put into the pages here: work to hand over, steps of a council's first day.

`create_app()` fills the two lists; these and the lists in `audits.service` are the only roads upwards.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session


@dataclass(frozen=True)
class HeldThing:
    """Something open that a person holds: a key its own feature understands, and words for the page."""

    key: str
    words: str
    href: str = ""


class HandOver(Protocol):
    """Gives the things with these keys from one person to another from a day on."""

    def __call__(
        self,
        session: Session,
        authority_id: int,
        keys: Collection[str],
        *,
        person_id: int,
        new_person_id: int,
        on: date,
        by: int,
        now: datetime,
    ) -> None: ...


@dataclass(frozen=True)
class HandoverPart:
    """One kind of thing people hold: its heading in plain words, how to list it and how to hand it over."""

    code: str
    name: str
    list_open: Callable[[Session, int, int, date], list[HeldThing]]
    hand_over: HandOver


@dataclass(frozen=True)
class Step:
    """A step of a council's first day: whether it is done, what there is, and where to do it."""

    title: str
    done: bool
    told: str
    endpoint: str
    needed: bool = True


handover_parts: list[HandoverPart] = []
first_day_steps: list[Callable[[Session, date], Step]] = []
