"""What features above this one give to it: the work of theirs that a leaver hands over.

`create_app()` fills the list.
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


handover_parts: list[HandoverPart] = []


@dataclass(frozen=True)
class TeamUser:
    """A table of a higher feature whose rows name a team by `team_id`: what they are called, and where they are listed.

    A table that nobody names here is counted all the same; it is only told in plainer words and without a link.
    """

    table: str
    singular: str
    plural: str
    endpoint: str


team_users: list[TeamUser] = []
