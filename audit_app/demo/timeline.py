"""Things that happened, put in their order and done one after another, so that the log tells them as they came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from sqlmodel import Session, SQLModel

from audit_app import clock, history

DAY = timedelta(days=1)
OFFICE_OPENS = time(8, 30)
OFFICE_MINUTES = 480

Act = Callable[[int, datetime], Any]


def moment(day: date, minute: int) -> datetime:
    """A moment in office hours; a day on which the office is shut becomes the working day before."""
    while not clock.is_working_day(day):
        day -= DAY
    opened = datetime.combine(day, OFFICE_OPENS, tzinfo=clock.LONDON)
    return (opened + timedelta(minutes=minute % OFFICE_MINUTES)).astimezone(UTC)


@dataclass
class World:
    """What the making of the fictional council shares: the session, who is who, and what was made under which key."""

    session: Session
    authority_id: int
    today: date
    chance: Random
    people: dict[str, int] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    team_managers: dict[str, str] = field(default_factory=dict)
    team_workers: dict[str, list[str]] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    holder_keys: dict[str, str] = field(default_factory=dict)  # who holds each post
    hashes: dict[int, str] = field(default_factory=dict)  # of frozen contents whose submission is yet to be noted
    numbers: dict[str, int] = field(default_factory=dict)  # "finding ilacs-1", "area plans" → number
    rows: dict[type[SQLModel], list[dict[str, Any]]] = field(default_factory=dict)
    acts: list[tuple[datetime, int, str, Act]] = field(default_factory=list)
    serial: count = field(default_factory=count)

    def day(self, ago: int) -> date:
        """So many days before today; a negative number lies ahead."""
        return self.today - timedelta(days=ago)

    @property
    def holders(self) -> dict[str, int]:
        """The id of the person who holds each post."""
        return {title: self.people[key] for title, key in self.holder_keys.items()}

    def keep(self, table: type[SQLModel], **values: Any) -> None:
        """A row to be written with all others of its table, when everything has happened."""
        self.rows.setdefault(table, []).append({"authority_id": self.authority_id, **values})

    def write_rows(self, *tables: type[SQLModel]) -> None:
        """Write what was kept, table by table, many rows in one statement."""
        connection = self.session.connection()
        for table in tables:
            if rows := self.rows.pop(table, []):
                connection.execute(table.__table__.insert(), rows)  # type: ignore[attr-defined]
                history.written_past_session(self.session, table, rows)

    def at(self, when: datetime, who: str, act: Act) -> None:
        """Have somebody do something at a moment."""
        heappush(self.acts, (when, next(self.serial), who, act))

    def run(self) -> None:
        """Do everything in the order in which it happened; what is done may add what follows from it later."""
        while self.acts:
            when, _, who, act = heappop(self.acts)
            self.act_as(who)
            act(self.people[who], when)

    def act_as(self, who: str) -> None:
        """From here on the log names this person and role."""
        person_id = self.people[who]
        self.session.info["actor"] = history.Actor(person_id, self.roles.get(person_id, ""), "", "", "")
