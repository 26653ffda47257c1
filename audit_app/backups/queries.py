"""How it stands with the backups, for pages and commands: by the journal in the data folder, or what the worker noted.

With several servers only the one whose worker makes backups has a journal; the others read its note.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from audit_app.backups import journal, state

NOTE = "backups"


def last_made_at(folder: Path, noted: str = "") -> datetime | None:
    """When the last backup was made that did not fail."""
    line = state.last(_lines(folder, noted), journal.What.made)
    return line.at if line is not None else None


def sentences(folder: Path, config: Mapping[str, Any], now: datetime, noted: str = "") -> list[tuple[str, bool]]:
    """Everything there is to say of the backups, and of each sentence whether somebody has to act."""
    return state.sentences(_lines(folder, noted), config, now)


def _lines(folder: Path, noted: str) -> list[journal.Line]:
    """The journal that knows the newest: a worker may have moved from one server to another."""
    both = journal.lines(folder), journal.read_text(noted)
    return max(both, key=lambda lines: lines[-1].at.timestamp() if lines else 0.0)
