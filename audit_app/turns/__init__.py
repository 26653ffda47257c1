"""Writers on SQLite take turns, those of one process and those of all processes on this machine.

SQLite alone lets those who wait look again now and then, so that some wait far longer than others, and some for ever.
Here they queue: in a process behind one lock; between processes behind two locked files beside the database. Whoever
holds the first of them is next; whoever holds the second writes. One who has just written must go to the end of that
queue, so no process starves another; and a process that is killed lets go.
"""

import threading
import time
from pathlib import Path

from audit_app.turns.file_lock import FileLock

NEXT, TURN = "-next", "-turn"  # what the two files add to the database's name


class Turns:
    """The queue of one database; `take` waits for the turn to write, `leave` gives it to the next.

    Args:
        path: The database's file; None where no other process can reach it, as in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._here = threading.Lock()
        self._next = FileLock(path, NEXT) if path else None
        self._turn = FileLock(path, TURN) if path else None

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most so long; False when it did not come."""
        until = time.monotonic() + seconds
        if not self._here.acquire(timeout=max(seconds, 0)):
            return False
        try:
            if self._taken_from_other_processes(until):
                return True
        except BaseException:
            self._here.release()
            raise
        self._here.release()
        return False

    def _taken_from_other_processes(self, until: float) -> bool:
        if self._next is None or self._turn is None:
            return True
        if not self._next.take(until):
            return False
        try:
            return self._turn.take(until)
        finally:
            self._next.leave()

    def leave(self) -> None:
        """Another may write now."""
        if self._turn is not None:
            self._turn.leave()
        self._here.release()

    def close(self) -> None:
        """Close the files; the next turn opens them again."""
        for lock in (self._next, self._turn):
            if lock is not None:
                lock.close()
