"""Room on the disk of the data folder: enough, little or none. Asked of the system each time; it costs microseconds.

With little the service is read-only before saving fails halfway: people sign in, read, open packs that are built, and
what they type is kept. With none, pages about children close, because it cannot be noted who read them.
"""

import shutil
from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Any

MB = 1024 * 1024


class Room(StrEnum):
    """What the free room allows."""

    enough = auto()
    little = auto()
    none = auto()


class LowDisk(Exception):
    """Something is not done because there is too little room for it."""

    def __init__(self, room: Room) -> None:
        """Keep how little there is, for the page."""
        super().__init__(f"room: {room}")
        self.room = room


def room_left(config: Mapping[str, Any]) -> Room:
    """How much room there is where the data are.

    Returns:
        `none` below NO_DISK_MB, `little` below LOW_DISK_MB or where the disk cannot be asked, otherwise `enough`.
    """
    try:
        free = shutil.disk_usage(config["DATA_FOLDER"]).free
    except OSError:
        return Room.little
    if free < int(config["NO_DISK_MB"]) * MB:
        return Room.none
    return Room.little if free < int(config["LOW_DISK_MB"]) * MB else Room.enough
