"""What may still be sent when the disk is nearly full (DU-10); what was typed is kept on the way out, as ever."""

from typing import Any

from flask import current_app

from audit_app import disk
from audit_app.people.access.opening import opened_to


def refuse_without_room(view: Any) -> None:
    """With little room nothing is changed; signing in and out goes on, and typed text is kept.

    Raises:
        LowDisk: this view would change something.
    """
    if (
        opened_to(view) in ("all", "second step")
        or getattr(view, "whatever_room", False)
        or getattr(view, "autosave", False)
    ):
        return
    room = disk.room_left(current_app.config)
    if room != disk.Room.enough:
        raise disk.LowDisk(room)
