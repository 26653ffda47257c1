"""How it stands with the backups, in sentences, from the journal: the last good one, trials, failures. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from audit_app import words
from audit_app.backups import night, places
from audit_app.backups.journal import Line, Verified, What

VERIFIED = {
    Verified.restored: "Verified whole: restored into a temporary folder, every file compared, all of it checked.",
    Verified.read_back: "Read back: opened and every file compared. It was not restored for trial, for want of room "
    "or, with PostgreSQL, of the right to make a database.",
    Verified.written: "Written: its contents were checked before they were enciphered. It was not opened again, for "
    "this server holds no key that opens it. Try it with: audit-app restore --trial",
}
IN_SHORT = {
    Verified.restored: "restored for trial and checked",
    Verified.read_back: "opened again and every file compared",
    Verified.written: "checked before it was enciphered, not opened again",
}


def last(written: Sequence[Line], *whats: What) -> Line | None:
    """The newest line that tells of one of these."""
    return next((line for line in reversed(written) if line.what in whats), None)


def waits_since(written: Sequence[Line]) -> datetime | None:
    """Since when there is no newer good backup: its moment, or when the worker first looked; None before that."""
    line = last(written, What.made) or next(iter(written), None)
    return line.at if line else None


def is_late(written: Sequence[Line], config: Mapping[str, Any], now: datetime) -> bool:
    """Whether the last good backup is older than the setting allows; a setting of 0 says that nobody is to be told."""
    since, hours = waits_since(written), float(config["BACKUP_LATE_HOURS"])
    return since is not None and hours > 0 and now - since > timedelta(hours=hours)


def failing(written: Sequence[Line]) -> Line | None:
    """The last failure, unless a backup was made after it."""
    line = last(written, What.made, What.failed)
    return line if line is not None and line.what is What.failed else None


def sentences(written: Sequence[Line], config: Mapping[str, Any], now: datetime) -> list[tuple[str, bool]]:
    """Everything there is to say, and whether somebody has to act, for the state page."""
    made, late = last(written, What.made), is_late(written, config, now)
    failed = failing(written)
    standing: list[tuple[str, bool]] = []
    if night.is_no_hour(config):
        standing.append(("AUDIT_BACKUP_HOUR is no hour from 0 to 23, so none is made at night. Mend it.", True))
    if failed is not None:
        standing.append((f"The backup of {words.ago(failed.at, now)} failed: {failed.words}", True))
    if made is None:
        standing.append(("No backup was made yet. Make one with: audit-app backup", late))
    else:
        old = f" That is more than {config['BACKUP_LATE_HOURS']} hours ago." if late else ""
        standing.append((f"The last was made {words.ago(made.at, now)}: {contents(made)} {_how(made)}{old}", late))
        standing += [(sentence, True) for sentence in _amiss(made)]
        standing += [(sentence, False) for sentence in warnings(config, made)]
    standing.append(_trial(written, now))
    return standing


def contents(line: Line) -> str:
    """Its size and what it lacks."""
    kind = "enciphered" if line.enciphered else "NOT enciphered"
    return f"{words.count(line.files, 'file')}, {words.file_size(line.size)}, {kind}, in {line.seconds:g} seconds."


def _how(line: Line) -> str:
    return f"It was {IN_SHORT[line.verified]}."


def _amiss(line: Line) -> list[str]:
    amiss = []
    if line.lacks:
        number = words.count(line.lacks, "file")
        amiss.append(f"It lacks {number} that rows name and the evidence store does not have sound: audit-app check")
    if line.broken:
        amiss.append("In what was restored for trial something did not hold, as in the live data: audit-app check")
    return amiss


def _trial(written: Sequence[Line], now: datetime) -> tuple[str, bool]:
    line = next((line for line in reversed(written) if line.verified is Verified.restored), None)
    if line is None:
        return "None was ever restored for trial on this server. Do it with: audit-app restore --trial", False
    return f"One was last restored for trial {words.ago(line.at, now)}: {line.name}.", False


def warnings(config: Mapping[str, Any], line: Line) -> list[str]:
    """What a backup does not protect from, by the settings."""
    warned = []
    if not line.enciphered:
        warned.append(
            "Backups are not enciphered: whoever gets one reads everything in it. Make a key with: audit-app backup-key"
        )
    place = places.place_of(config)
    if place.same_disk_as(Path(config["DATA_FOLDER"])):
        warned.append(
            f"Backups lie on the same disk as the data ({place.describe()}), so one broken disk takes both. Name a "
            "folder on another disk or machine in AUDIT_BACKUP_FOLDER, or copy them away each night."
        )
    return warned
