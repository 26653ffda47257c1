"""One backup or trial at a time, whoever asks for it: the worker at night, a command by hand."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit_app.backups.refusals import NotBackedUp


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """SQLite's own file lock: it works alike on Linux and Windows, and a killed process lets go of it.

    Raises:
        NotBackedUp: another process is making a backup of this data folder now.
    """
    path = folder / "backups" / "backup.lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    holder = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise NotBackedUp(
                "Another backup or trial of this data folder is under way. Wait until it is done."
            ) from None
        yield
    finally:
        holder.close()
