"""One locked file between processes. The lock is SQLite's own on an empty file: the same on Linux and on Windows."""

import logging
import os
import sqlite3
import time
from pathlib import Path

log = logging.getLogger("audit_app")

SHORTEST_LOOK, LONGEST_LOOK = 0.0005, 0.002  # seconds between two looks at a file another process has locked


class FileLock:
    """One file that at most one process has locked; used by one thread at a time.

    Where the file cannot be made, as in a folder that is read-only, nobody is held up: SQLite has a lock too.
    """

    def __init__(self, database: Path, ending: str) -> None:
        self._path = database.with_name(database.name + ending)
        self._process = 0
        self._file: sqlite3.Connection | None = None

    def take(self, until: float) -> bool:
        """Lock it, looking until the moment has come; False when another process still has it then."""
        file = self._opened()
        pause = SHORTEST_LOOK
        while file is not None:
            try:
                file.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    log.warning("Writers of other processes are not queued: %s", error)
                    break
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(pause, left))
            pause = min(pause * 2, LONGEST_LOOK)
        return True

    def leave(self) -> None:
        """Let go of it, if it was locked."""
        if self._file is not None and self._file.in_transaction:
            self._file.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None and self._process == os.getpid():
            self._file.close()
        self._process, self._file = 0, None

    def _opened(self) -> sqlite3.Connection | None:
        """The file, opened once in each process: a lock does not pass to a child that was forked."""
        if self._process != os.getpid():
            self._process, self._file = os.getpid(), None
            try:
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
                self._file = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            except (OSError, sqlite3.OperationalError) as error:
                log.warning("Writers of other processes are not queued: %s", type(error).__name__)
        return self._file
