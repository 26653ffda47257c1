"""Leaving no trace in the files of a database once rows are gone: rewritten whole, its journal emptied (PR-6).

On SQLite nobody else writes meanwhile, and readers wait for as long as the new file is written back; so it is done once
for a whole removal. PostgreSQL makes the room of removed rows free for others; what lay there is overwritten as it is
used again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import disk

COPIES = ("*.db", "*.pgdump")
PREPARED = "before-step-"


def sweep(engine: sa.Engine, config: Mapping[str, Any]) -> None:
    """Rewrite the database without what was removed, and remove plain copies made before an update."""
    if engine.dialect.name == "sqlite":
        _sweep_sqlite(engine)
    else:
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM")
    for path in plain_copies(config):
        path.unlink(missing_ok=True)
    folder = Path(config["DATA_FOLDER"]) / "backups"
    if folder.is_dir():
        disk.keep_name(folder)


def _sweep_sqlite(engine: sa.Engine) -> None:
    """In our turn to write, so that no writer of ours is kept from the file by it for longer than the usual time."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # the turn stays ours until the connection goes back
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def plain_copies(config: Mapping[str, Any]) -> list[Path]:
    """The copies of the database made before an update, which are not enciphered and hold what it held then."""
    folder = Path(config["DATA_FOLDER"]) / "backups"
    return sorted(path for pattern in COPIES for path in folder.glob(pattern)) if folder.is_dir() else []
