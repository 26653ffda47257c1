"""What an installation must still have when it starts: its database and the key of its log.

Empty does not mean new. Where anything of an earlier use lies in the data folder, a database or a key that is not there
was lost, and nothing is made in its place: a new key could never check the old log, and a fresh database would look as
if nothing had been lost.
"""

import errno
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit_app import server_mode

MAGIC = b"SQLite format 3\x00"
KEY_LENGTH = 64  # hexadecimal digits of a key we made
SHORTEST_KEY = 32
NOT_USED = "not_used_yet"
FULL = ("database or disk is full", "no space left on device", "disk quota exceeded", "could not extend file")
FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NEARLY_FULL_BYTES = 1024 * 1024


class NotWhole(Exception):
    """Something this installation had is missing or cut off; the message says what, and what to do."""


def refuse_losses(folder: Path, database_url: str, *, key_given: bool) -> None:
    """Before anything is made in the data folder: is what was there still there?

    Raises:
        NotWhole: it is not; nothing was changed.
    """
    signs = signs_of_use(folder)
    path = sqlite_path(folder, database_url)
    if path is not None:
        signs += _database_there(path, folder, signs)
    if not key_given:
        _key_there(folder, signs)


def signs_of_use(folder: Path) -> list[str]:
    """What in the data folder shows that it was used before, in words; the database is not among them."""
    keys, anchors = folder / "keys", folder / "anchors" / "history-log.txt"
    signs = []
    if (keys / "log_key").exists() and not (keys / NOT_USED).exists():
        signs.append("the key of its log")
    if anchors.exists() and anchors.stat().st_size:
        signs.append("the anchors of its log")
    if any(path.is_file() for path in (folder / "evidence").glob("??/*")):
        signs.append("evidence files")
    if any((folder / "backups").glob("*.db")):
        signs.append("backups")
    return signs


def sqlite_path(folder: Path, database_url: str) -> Path | None:
    """The file of the database; None when it is on a server or in memory."""
    if not database_url:
        return folder / "database" / "audit.db"
    address = server_mode.database_address(database_url)
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def _database_there(path: Path, folder: Path, signs: list[str]) -> list[str]:
    """The database as one more sign of use; none when this is a first start.

    Raises:
        NotWhole: it is missing or empty beside other signs, cut off, or no database at all.
    """
    size = path.stat().st_size if path.exists() else 0
    if size == 0:
        if not signs:
            return []
        state = f"is empty (0 bytes): {path}" if path.exists() else f"is missing: {path}"
        raise NotWhole(
            f"The database {state}. But {_listed(signs)} of an earlier use are in {folder}, so this is not a first "
            f"start. Nothing was changed and no new database was made. {_restore(path, folder)} "
            "If you do mean to begin anew, name an empty folder in AUDIT_DATA_FOLDER."
        )
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != MAGIC:
        raise NotWhole(
            f"The file {path} is not a database any more: its first bytes are not SQLite's. Nothing was changed. "
            f"{_restore(path, folder)}"
        )
    whole = _whole_size(header)
    if size < whole and not _unfinished(path):
        raise NotWhole(
            f"The database was cut off: {path} has {size:,} of {whole:,} bytes. Nothing was changed. "
            f"{_restore(path, folder)}"
        )
    return ["the database"]


def _whole_size(header: bytes) -> int:
    """How many bytes a database file says that it has; 0 where an old header does not say."""
    page = int.from_bytes(header[16:18], "big")
    counted, valid_for = header[24:28], header[92:96]
    pages = int.from_bytes(header[28:32], "big") if counted == valid_for else 0
    return (65536 if page == 1 else page) * pages


def _unfinished(path: Path) -> bool:
    """Whether SQLite itself still has something to finish or take back, after which the file may be whole."""
    beside = (path.with_name(path.name + ending) for ending in ("-journal", "-wal"))
    return any(other.exists() and other.stat().st_size for other in beside)


def _key_there(folder: Path, signs: list[str]) -> None:
    path = folder / "keys" / "log_key"
    if not path.exists():
        if signs:
            raise NotWhole(
                f"The key of the history log is missing: {path}. But {_listed(signs)} of an earlier use are there. "
                "Nothing was changed, and no new key was made: with another key nobody could ever check the log again. "
                "Put the file back from a backup of the folder keys, with rights for its owner alone, or give the key "
                "in AUDIT_LOG_KEY."
            )
    elif len(path.read_text("ascii", "replace").strip()) < SHORTEST_KEY:
        raise NotWhole(
            f"The key of the history log was cut off: {path} holds fewer than {SHORTEST_KEY} characters. Nothing was "
            "changed, and no new key was made. Put the file back from a backup of the folder keys, or give the key in "
            "AUDIT_LOG_KEY."
        )


def _listed(signs: list[str]) -> str:
    return signs[0] if len(signs) == 1 else f"{', '.join(signs[:-1])} and {signs[-1]}"


def _restore(path: Path, folder: Path) -> str:
    copies = sorted((folder / "backups").glob("*.db"), key=lambda copy: copy.stat().st_mtime)
    last = f" The last copy this product made before an update is {copies[-1]}." if copies else ""
    return (
        "Restore the last backup into a new folder (audit-app restore FILE --into FOLDER) and name that in "
        f"AUDIT_DATA_FOLDER; this folder stays as it is. Or put a copy of the database at {path} (keep what is there "
        f"now beside it, under another name), start again, then run: audit-app check, which says what it lacks.{last}"
    )


def key_is_new(folder: Path) -> None:
    """Note that the key was made just now and has sealed nothing yet, so that an interrupted first start is no loss."""
    (folder / "keys" / NOT_USED).touch(mode=0o600)


def key_is_used(folder: Path) -> None:
    """From now on a missing database is a loss."""
    (folder / "keys" / NOT_USED).unlink(missing_ok=True)


def refuse_emptied(config: Mapping[str, Any], *, empty: bool) -> None:
    """A database on a server that has no tables, beside a folder that was used.

    Raises:
        NotWhole: it was emptied, or another one is named.
    """
    signs = signs_of_use(Path(config["DATA_FOLDER"]))
    if empty and signs:
        raise NotWhole(
            f"The database has no tables. But {_listed(signs)} of an earlier use are in {config['DATA_FOLDER']}, so "
            "this is not a first start. Nothing was changed. Check that AUDIT_DATABASE_URL names the right one, or "
            "restore its last backup. If you do mean to begin anew, name an empty folder in AUDIT_DATA_FOLDER."
        )


def is_disk_full(error: BaseException | None, folder: Path | None = None) -> bool:
    """Whether an error, or what led to it, says that there is no room left; "disk I/O error" only where that is so."""
    while error is not None:
        words = str(getattr(error, "orig", None) or error).casefold()
        if isinstance(error, OSError) and error.errno in FULL_NUMBERS:
            return True
        if getattr(error, "orig", error).__class__.__module__.split(".")[0] in {"sqlite3", "psycopg"}:
            if any(sign in words for sign in FULL):
                return True
            if "disk i/o error" in words and folder is not None:
                return shutil.disk_usage(folder).free < NEARLY_FULL_BYTES
        error = error.__cause__ or error.__context__
    return False
