"""A copy of a PostgreSQL database before its tables are changed; of SQLite the migrations make one themselves."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import clock, disk, installation, migrations
from audit_app.backups.databases import postgresql
from audit_app.backups.refusals import NotBackedUp
from audit_app.migrations import known

COPYING = ".copying-"


def dump_before_upgrade(engine: sa.Engine, config: Mapping[str, Any]) -> Path | None:
    """Copy a PostgreSQL database that is about to be changed into the folder of backups; None when none is needed.

    Raises:
        NoBackup: it could not be copied, so it must not be changed; the message says what to do.
    """
    if engine.dialect.name != "postgresql":
        return None
    folder = Path(config["DATA_FOLDER"]) / "backups"
    with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection, connection.begin():
        if known.current(connection) in (None, migrations.head()):
            return None
        target = folder / f"before-step-{migrations.head()}-{clock.now():%Y%m%dT%H%M%S}Z.pgdump"
        beside = folder / f"{COPYING}{target.name}"
        try:
            postgresql.dump(connection, beside, config)
            beside.chmod(0o600)
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(beside, target)
        except (postgresql.NoTools, NotBackedUp, OSError) as problem:
            why = "The disk is full." if installation.is_disk_full(problem, folder) else str(problem)
            raise migrations.NoBackup(
                f"No copy could be made before the database is changed. {why} Nothing was changed. Or make a backup "
                "with pg_dump yourself, then run: audit-app migrate --backed-up"
            ) from problem
        finally:
            beside.unlink(missing_ok=True)
    disk.keep_name(folder)
    return target
