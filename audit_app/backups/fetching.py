"""A backup fetched from where backups are kept, whole or not at all, on any machine that has the settings."""

import os
import shutil
from pathlib import Path

from audit_app import disk, words
from audit_app.backups.places import Place
from audit_app.backups.refusals import NotFetched

UNFINISHED = ".fetching-"
PART = 4 * 1024 * 1024


def fetch(place: Place, name: str, folder: Path) -> Path:
    """Copy a backup into a folder; it has its name there only once all of it has arrived.

    Args:
        name: Its name; empty for the newest.

    Raises:
        NotFetched: there is none of that name, there is no room, one is there already, or the line broke.
    """
    names = place.names()
    if not names:
        raise NotFetched(f"There is no backup in {place.describe()}.")
    name = name or list(names)[-1]
    if name not in names:
        raise NotFetched(f"There is no backup called {name} in {place.describe()}. List them with: audit-app backups")
    target, beside, size = folder / name, folder / f"{UNFINISHED}{name}", names[name]
    if target.exists():
        raise NotFetched(f"{target} is there already, and nothing is written over.")
    free = shutil.disk_usage(folder).free
    if free < size:
        room = f"{words.file_size(size)}, and {words.file_size(free)} free"
        raise NotFetched(f"There is no room for it in {folder}: it has {room}. Name another folder with --to.")
    beside.unlink(missing_ok=True)
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as to, place.open(name) as source:
            shutil.copyfileobj(source, to, PART)
            to.flush()
            os.fsync(to.fileno())
        came = beside.stat().st_size
        if came != size:
            raise NotFetched(f"Of {name} only {came:,} of {size:,} bytes came. Nothing was kept. Try again.")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    disk.keep_name(folder)
    return target
