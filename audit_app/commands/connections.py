"""How many browsers may stay connected at once, and for how long one that asks nothing does. Pure."""

from collections.abc import Mapping
from typing import Any

# A connection is one open file; an answer too large for memory, on its way to a slow browser, is a second.
FILES_EACH = 2
# The database, the files being read or written, the log, and what Python itself holds open.
SPARE_FILES = 200
# Without poll(), as on Windows, the server asks about its connections by select(), which takes 512 there.
MOST_BY_SELECT = 480


def files_wanted(settings: Mapping[str, Any]) -> int:
    """How many files this process must be able to hold open for the connections that the settings allow."""
    return int(settings["OPEN_CONNECTIONS"]) * FILES_EACH + SPARE_FILES


def most_open(settings: Mapping[str, Any], *, files: int, by_poll: bool) -> int:
    """The connections to hold: what the settings allow, or what the system has room for if that is less.

    Args:
        settings: The application's settings.
        files: How many files this process may hold open.
        by_poll: Whether the system has poll(), which knows no limit of its own.
    """
    room = max(1, (files - SPARE_FILES) // FILES_EACH)
    most = min(int(settings["OPEN_CONNECTIONS"]), room)
    return most if by_poll else min(most, MOST_BY_SELECT)


def options(settings: Mapping[str, Any], *, files: int, by_poll: bool) -> dict[str, Any]:
    """What waitress is told. Beyond its limit it accepts nobody and says nothing: newcomers wait for minutes."""
    return {
        "connection_limit": most_open(settings, files=files, by_poll=by_poll) + 2,  # it counts two sockets of its own
        "channel_timeout": int(settings["IDLE_CONNECTION_SECONDS"]),
        "cleanup_interval": 10,
        "asyncore_use_poll": by_poll,
        "backlog": 1024,
    }


def warning(settings: Mapping[str, Any], *, files: int, by_poll: bool) -> str:
    """What to say at the start when fewer are held than the settings ask for; empty when all are."""
    most = most_open(settings, files=files, by_poll=by_poll)
    if most >= int(settings["OPEN_CONNECTIONS"]):
        return ""
    if not by_poll and most == MOST_BY_SELECT:
        return f"This system lets one process hold {most} connections open, not {settings['OPEN_CONNECTIONS']}."
    return (
        f"Only {most} connections can be held open, not {settings['OPEN_CONNECTIONS']}: this process may open {files} "
        f"files. Raise that limit to {files_wanted(settings)} (LimitNOFILE in systemd, ulimit -n in a shell)."
    )
