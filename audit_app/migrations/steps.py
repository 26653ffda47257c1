"""Running the missing steps: after a backup, foreign keys off, in one transaction, checked before it is kept (DU-7)."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import clock, disk
from audit_app.migrations import known

LOCK_NUMBER = 7_325_902  # any number of our own, other than the worker's: it names the lock on a PostgreSQL server
COPYING = ".copying-"


class NoBackup(Exception):
    """A database with data in it was to be changed without a backup; the message says what to do."""


@dataclass(frozen=True)
class Upgraded:
    """From which step to which, and the backup made before; nothing was done when both steps are the same."""

    before: str | None
    after: str
    backup: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether any step was run."""
        return self.before != self.after


def upgrade(
    engine: sa.Engine, backups: Path | None = None, *, backed_up: bool = False, folder: Path = known.FOLDER
) -> Upgraded:
    """Run the steps a database lacks, all of them or none.

    Args:
        backups: The folder that takes the copy of an SQLite file that has data in it.
        backed_up: That somebody has made a backup by other means: needed on PostgreSQL, whose own tool does that.
        folder: Where the steps stand; tests bring steps of their own.

    Raises:
        SchemaNotKnown: the database is newer than this version, or not of its making.
        NoBackup: it has data, and there is no backup.
    """
    with engine.connect() as connection, _foreign_keys_off(connection), connection.begin():
        _alone(connection)
        before, last = known.current(connection), known.head(folder)
        if before is None and known.is_empty(connection):
            _run(connection, folder)
            return Upgraded(None, last)
        known.refuse_unknown(before, folder)
        if before == last:
            return Upgraded(before, before)
        backup = None if backed_up else _back_up(engine, backups, f"before-step-{last}")
        _run(connection, folder)
        return Upgraded(before, last, backup)


def create_all(engine: sa.Engine) -> None:
    """Tables, and the triggers that hang on them, straight from the models: for tests, which start afresh each time."""
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)


def _run(connection: sa.Connection, folder: Path) -> None:
    from alembic import command  # ten megabytes, so only where a step is run

    config = known.configuration(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise known.SchemaNotKnown(
                f"After the change rows would point at nothing ({tables}), so nothing was changed. "
                "Run audit-app check, and report what it says."
            )


def _alone(connection: sa.Connection) -> None:
    """Two starts at once: the second waits here and then finds nothing to do. SQLite began with its one write lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_NUMBER)))


@contextmanager
def _foreign_keys_off(connection: sa.Connection) -> Iterator[None]:
    """SQLite takes this setting only outside a transaction, so it is said to the driver itself."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]


def _back_up(engine: sa.Engine, folder: Path | None, name: str) -> Path | None:
    """Copy an SQLite file while the lock of the caller keeps every writer out."""
    if engine.dialect.name != "sqlite":
        raise NoBackup(
            "This database has data in it. Make a backup with pg_dump first, then run: audit-app migrate --backed-up"
        )
    if not engine.url.database or engine.url.database == ":memory:":
        return None
    if folder is None:
        raise NoBackup("This database has data in it, and no folder was named for the backup.")
    return copy_sqlite(Path(engine.url.database), folder, name, clock.now())


def copy_sqlite(source: Path, folder: Path, name: str, now: datetime) -> Path:
    """A whole copy of an SQLite file, readable by its owner alone, checked by SQLite and on the disk before it counts.

    It has another name until then, so that a copy that was cut off is never taken for one; the next removes it.

    Raises:
        NoBackup: the copy is damaged; the file that was copied is too, most likely. Or one of this name is there.
    """
    target = folder / f"{name}-{now:%Y%m%dT%H%M%S}Z.db"
    if target.exists():
        raise NoBackup(f"There is a copy called {target} already. Nothing was changed. Try again.")
    for left in folder.glob(f"{COPYING}*"):
        left.unlink()
    beside = folder / f"{COPYING}{target.name}"
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(beside)) as new:
            old.backup(new)
            answer = new.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise NoBackup(f"The copy of {source} is damaged ({answer}). Nothing was changed.")
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    disk.keep_name(folder)
    return target
