"""Restoring: into a place nobody uses, under a temporary name, checked, and given its name at the end (DU-5, DU-6)."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import sqlalchemy as sa
from pyrage import x25519
from sqlmodel import col

from audit_app import alike, database, disk, history, installation, migrations, server_mode
from audit_app.backups import events, losses, verifying
from audit_app.backups.container import archive, unpacking
from audit_app.backups.container.manifest import Head, LogEnd, Manifest
from audit_app.backups.databases import copying, postgresql
from audit_app.backups.losses import Loss
from audit_app.backups.refusals import NotRestored
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import WebSession

ENDED = "restored"


@dataclass(frozen=True)
class Restored:
    """What was restored, what was lost, from which older step it was brought on, and what does not hold in it."""

    manifest: Manifest
    loss: Loss
    migrated_from: str
    sessions_ended: int
    broken: tuple[str, ...]


def restore(
    source: BinaryIO,
    into: Path,
    *,
    identity: x25519.Identity | None,
    config: Mapping[str, Any],
    old_folder: Path | None,
    now: datetime,
) -> Restored:
    """Put everything of a backup into a folder that is empty or not there yet; all of it or nothing.

    Args:
        source: The backup.
        into: Where to; its parent has room for a temporary folder beside it.
        identity: The key that opens it, where it is enciphered.
        config: Settings; LOG_KEY is the key of the log the backup was made with, and is written into the folder; so is
            FACTOR_KEY, that of authenticator apps, where it is known.
        old_folder: The data folder it replaces, read to tell what was lost; None where there is none left.

    Raises:
        NotRestored: nothing was; the message says why.
        NoKey: it is enciphered, and there is no key.
    """
    refuse_occupied(into)
    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{into.name}.unfinished-", dir=into.parent))
    folder = work / into.name
    try:
        contents = unpacking.unpack(source, folder, identity, history.key_from(config))
        refuse_other_database(contents.head, config)
        restored = _settle(contents, folder, config, old_folder, now)
        _give_name(folder, into)
    except OSError as problem:
        raise NotRestored(_sentence(problem, work)) from problem
    except migrations.SchemaNotKnown as problem:
        raise NotRestored(f"The database of the backup cannot be brought to this version. {problem}") from problem
    except sa.exc.DBAPIError as problem:
        if installation.is_disk_full(problem, work):
            raise NotRestored(_sentence(problem, work)) from problem
        raise NotRestored("The database of the backup cannot be used. Nothing was restored.") from problem
    finally:
        verifying.remove_tree(work)
    return restored


def refuse_occupied(into: Path) -> None:
    """Running data are never written over.

    Raises:
        NotRestored: something is there.
    """
    if into.is_symlink() or (into.exists() and (not into.is_dir() or any(into.iterdir()))):
        raise NotRestored(
            f"{into} is not empty, and a backup is restored into an empty place only, so that nothing is written over. "
            "Name a folder that is not there yet."
        )


def _settle(
    contents: Manifest, folder: Path, config: Mapping[str, Any], old_folder: Path | None, now: datetime
) -> Restored:
    """Bring what was unpacked to this version, check it, end every session, and write into its log what happened."""
    _put_key(folder, "log_key", str(config["LOG_KEY"]))
    if config["FACTOR_KEY"]:
        _put_key(folder, "factor_key", str(config["FACTOR_KEY"]))
    settings = unpacking.settings_in(folder, config)
    if contents.head.database == "postgresql":
        settings["DATABASE_URL"] = str(config["DATABASE_URL"])
    engine = database.make_engine(settings["DATABASE_URL"])
    try:
        with _all_or_nothing(engine, folder, config):
            upgraded = migrations.upgrade(engine, backed_up=True)
            if upgraded.changed:
                _begin_sealing(engine, settings, now)
            broken = verifying.what_is_broken(settings)
            loss = lost_since(contents.log, old_folder)
            ended = _end_sessions(engine, settings, contents, loss, now)
    finally:
        engine.dispose()
    return Restored(contents, loss, upgraded.before or "" if upgraded.changed else "", ended, broken)


@contextmanager
def _all_or_nothing(engine: sa.Engine, folder: Path, config: Mapping[str, Any]) -> Iterator[None]:
    """On a server the database is filled first, and emptied again if anything after that fails."""
    if engine.dialect.name != "postgresql":
        yield
        return
    source = folder / archive.DATABASES["postgresql"]
    postgresql.load(engine, source, config)
    try:
        yield
        source.unlink()
    except BaseException:
        postgresql.empty(engine)
        raise


def refuse_other_database(head: Head, config: Mapping[str, Any]) -> None:
    """A backup of PostgreSQL needs a database on a server to go into.

    Raises:
        NotRestored: none is named.
    """
    named = server_mode.database_address(str(config.get("DATABASE_URL") or "sqlite://")).get_backend_name()
    if head.database == "postgresql" and named != "postgresql":
        raise NotRestored(
            "This is a backup of a PostgreSQL database. Make an empty database (createdb) and name it in "
            "AUDIT_DATABASE_URL, then restore again. Nothing was restored."
        )


def _begin_sealing(engine: sa.Engine, settings: Mapping[str, Any], now: datetime) -> None:
    with database.session_for(engine, system_scope("sealing begins")) as session:
        session.info["log_key"] = history.key_from(settings)
        history.begin_sealing(session, now)


def _end_sessions(engine: sa.Engine, settings: Mapping[str, Any], contents: Manifest, loss: Loss, now: datetime) -> int:
    facts: dict[str, str | int] = {
        "made_at": contents.head.made_at.isoformat(timespec="seconds"),
        "sequence": contents.log.sequence,
        "lost": loss.entries,
    }
    with database.session_for(engine, system_scope("a restore")) as session:
        session.info["log_key"] = history.key_from(settings)
        still_open = sa.update(WebSession).where(col(WebSession.ended_at).is_(None))
        ended = session.execute(still_open.values(ended_at=now, end_reason=ENDED)).rowcount  # type: ignore[attr-defined]
        alike.forget_all(session)
        history.note(session, events.RESTORED, by=None, facts=facts, now=now)
    with database.session_for(engine, system_scope("the log's anchor")) as session:
        session.info["log_key"] = history.key_from(settings)
        history.write_anchor(session, history.path_in(Path(settings["DATA_FOLDER"])), now)
    return int(ended)


def lost_since(backup: LogEnd, old_folder: Path | None) -> Loss:
    """What stands in the folder that is replaced and not in the backup."""
    if old_folder is None:
        return losses.lost(backup)
    try:
        anchor = history.last_anchor(history.path_in(old_folder))
    except OSError:  # what is broken may be why one restores
        anchor = None
    witnessed = LogEnd(anchor.sequence, anchor.at) if anchor else None
    return losses.lost(backup, database=_end_of_old(old_folder), anchor=witnessed)


def _end_of_old(folder: Path) -> LogEnd | None:
    """Where the log of a database in a folder ends; None when it cannot be read, which is often why one restores."""
    path = folder / "database" / "audit.db"
    if not path.is_file():
        return None
    engine = sa.create_engine(f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            return copying.log_end(connection)
    except (sa.exc.SQLAlchemyError, sqlite3.Error, ValueError):
        return None
    finally:
        engine.dispose()


def _put_key(folder: Path, name: str, key: str) -> None:
    path = folder / "keys" / name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key)


def _give_name(folder: Path, into: Path) -> None:
    """From here on it is there: every byte is on the disk before the name is."""
    if hasattr(os, "sync"):
        os.sync()
    if into.exists():
        into.rmdir()
    folder.rename(into)
    disk.keep_name(into.parent)


def _sentence(problem: Exception, work: Path) -> str:
    if installation.is_disk_full(problem, work):
        free = shutil.disk_usage(work).free
        return (
            f"The disk is full ({free:,} bytes are free), so nothing was restored and what was unpacked is removed "
            "again. Make room, or name a folder on another disk."
        )
    return f"A file could not be used ({getattr(problem, 'strerror', None) or problem}). Nothing was restored."
