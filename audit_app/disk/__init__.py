"""How much room there is where the data are, and what it allows (DU-10)."""

from audit_app.disk.room import LowDisk, Room, room_left

__all__ = ["LowDisk", "Room", "room_left"]
