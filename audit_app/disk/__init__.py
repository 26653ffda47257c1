"""The disk where the data are: how much room there is and what it allows (DU-10), and names that last."""

from audit_app.disk.names import keep_name
from audit_app.disk.room import LowDisk, Room, room_left

__all__ = ["LowDisk", "Room", "keep_name", "room_left"]
