"""What a backup asks of the rooms above it, filled in once when the application is put together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa


class Outcome(Protocol):
    """One invariant that was looked at."""

    @property
    def words(self) -> str:
        """What must hold."""

    @property
    def broken(self) -> tuple[str, ...]:
        """What breaks it, in sentences."""


@dataclass(frozen=True)
class Rooms:
    """Which files the rows of a database name, and how everything in one is checked."""

    named_files: Callable[[sa.Connection], Mapping[str, str]]
    check: Callable[[sa.Engine, Mapping[str, Any]], Iterable[Outcome]]


_rooms: list[Rooms] = []


def use_rooms(rooms: Rooms) -> None:
    """Say how the rows' files are named and how all is checked."""
    _rooms[:] = [rooms]


def rooms() -> Rooms:
    """What was filled in."""
    return _rooms[0]
