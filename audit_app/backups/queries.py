"""How it stands with the backups of a data folder, for pages and commands."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from audit_app.backups import journal, state


def last_made_at(folder: Path) -> datetime | None:
    """When the last backup was made that did not fail."""
    line = state.last(journal.lines(folder), journal.What.made)
    return line.at if line is not None else None


def sentences(folder: Path, config: Mapping[str, Any], now: datetime) -> list[tuple[str, bool]]:
    """Everything there is to say of the backups, and of each sentence whether somebody has to act."""
    return state.sentences(journal.lines(folder), config, now)
