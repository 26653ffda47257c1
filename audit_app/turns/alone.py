"""One process at a time for what only one may do, such as serving as the worker or making a backup."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold_alone(path: Path) -> Iterator[bool]:
    """Whether this process holds the file alone, for as long as the block lasts; nobody is waited for.

    SQLite's own file lock works alike on Linux and Windows, and a killed process lets go of it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    holder = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
    finally:
        holder.close()
