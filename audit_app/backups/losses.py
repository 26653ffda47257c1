"""What a restore lost: where the backup's log ends, against what stands outside the backup. Pure.

Nothing is called lost or not lost that cannot be known: anchors are written now and then, so they witness how far the
log had come at least, and only the database that is replaced tells where it ended.
"""

from dataclasses import dataclass

from audit_app import words
from audit_app.backups.container.manifest import LogEnd


@dataclass(frozen=True)
class Loss:
    """In a sentence for people, and for the log the entries that are known to be lost."""

    sentence: str
    entries: str = "none known"


def lost(backup: LogEnd, *, database: LogEnd | None = None, anchor: LogEnd | None = None) -> Loss:
    """What was lost, as far as what stands outside the backup can tell; the database tells more than its anchors."""
    if database is not None and database.sequence >= backup.sequence:
        return _against_database(backup, database)
    if anchor is not None and anchor.sequence > backup.sequence:
        entries = _entries(backup.sequence + 1, anchor.sequence)
        return Loss(
            f"At least {entries} of the log {_are(backup, anchor)} lost: what was done from {_when(backup)} to "
            f"{_when(anchor)}. What was done after that cannot be told, for no anchor speaks of it.",
            f"{backup.sequence + 1}-{anchor.sequence}",
        )
    if anchor is not None:
        return Loss(
            f"Nothing that an anchor outside the backup witnesses: the last, of {_when(anchor)}, speaks of entry "
            f"{anchor.sequence}, and the backup holds it. What was done after the backup of {_when(backup)} and was "
            "never anchored cannot be told."
        )
    return Loss(
        f"Whatever was done after {_when(backup)}, if anything was: that cannot be told, for neither the anchors nor "
        "the database it replaces were at hand. Name their folder with --old-folder."
    )


def _against_database(backup: LogEnd, database: LogEnd) -> Loss:
    if database.sequence == backup.sequence:
        return Loss(f"Nothing: the database it replaces ends with the same entry of the log, {backup.sequence}.")
    entries = _entries(backup.sequence + 1, database.sequence)
    return Loss(
        f"{entries} of the log {_are(backup, database)} not in the backup: what was done from {_when(backup)} to "
        f"{_when(database)}. The database it replaces still holds them; keep it.",
        f"{backup.sequence + 1}-{database.sequence}",
    )


def _entries(first: int, last: int) -> str:
    return f"Entry {first:,}" if first == last else f"Entries {first:,} to {last:,}"


def _are(backup: LogEnd, outside: LogEnd) -> str:
    return words.agree(outside.sequence - backup.sequence, "is", "are")


def _when(end: LogEnd) -> str:
    return words.datetime_words(end.at, "an unknown time")
