"""Files: question sets as they were published, folders closed to others."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import words
from audit_app.checking.looking import Compared
from frameworks import BrokenEdition, reader


def changed_editions(_connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """What is published is frozen: each file still has the fingerprint it was published with."""
    try:
        current = reader.fingerprints()
    except BrokenEdition as broken:
        yield from (str(fault) for fault in broken.faults)
        return
    for path, fingerprint in reader.published().items():
        if current.get(path) != fingerprint:
            yield f"{path} is not what was published. Install this version again."
    yield Compared(f"{words.count(len(reader.published()), 'file')} compared with the fingerprint of its publication.")


def open_folders(_connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Keys and case data are for their owner alone; Windows keeps rights another way and is not looked at."""
    if os.name != "posix":
        yield Compared("Not looked at on Windows, which keeps rights another way.", in_part=True)
        return
    folder = Path(config["DATA_FOLDER"])
    yield Compared("The data folder and its parts; the rights of files within them were not looked at.")
    for place in (folder, *(folder / part for part in ("database", "keys", "evidence", "jobs", "anchors", "backups"))):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            yield f"{place} can be read by other users. Type: chmod -R go= {folder}"
            return
