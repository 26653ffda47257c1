"""A backup opened again: deciphered, unpacked into a temporary folder, every file compared, everything in it checked.

What is told is what was done: `restored` when all was, `read_back` when every byte was deciphered and compared but
there was no room to put it down, `written` when this server holds no key that opens it.
"""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from pyrage import x25519

from audit_app import database, history, jobs
from audit_app.backups.container import archive, enciphering, unpacking
from audit_app.backups.container.manifest import Manifest
from audit_app.backups.databases import postgresql
from audit_app.backups.journal import Line, Verified
from audit_app.backups.places import Place
from audit_app.backups.refusals import NoKey, NotBackedUp, NotRestored
from audit_app.backups.rooms import rooms

log = logging.getLogger("audit_app.backups")
SPARE_BYTES = 500 * 1024 * 1024
MOST_TOLD = 20


def refuse_strange_identity(config: Mapping[str, Any], recipients: list[x25519.Recipient]) -> None:
    """Before anything is written: the key that is to open backups is one they are made for.

    Raises:
        NoKey: it is another one.
    """
    identity = enciphering.own_identity(config)
    if recipients and identity is not None and str(identity.to_public()) not in {str(each) for each in recipients}:
        raise NoKey(
            "The key in AUDIT_BACKUP_IDENTITY_FILE does not open what is made for the recipient that is set, so no "
            "backup could be verified. Put the identity there that belongs to it, or leave the setting empty."
        )


def looked_at_again(
    line: Line, made: Manifest, config: Mapping[str, Any], place: Place, work: Path
) -> tuple[Line, tuple[str, ...]]:
    """The line of a new backup with how far it was verified, and in sentences what did not hold in it.

    Raises:
        NotBackedUp: it was written and cannot be relied on.
    """
    identity = enciphering.own_identity(config)
    if line.enciphered and identity is None:
        return line, ()
    try:
        with place.open(line.name) as source:
            verified, broken = try_out(source, identity, config, work, made.size)
    except NotRestored as problem:
        raise NotBackedUp(
            f"{line.name} was written, but it does not open again. Do not rely on it. {problem}"
        ) from None
    return replace(line, verified=verified, broken=len(broken)), broken


def try_out(
    source: BinaryIO, identity: x25519.Identity | None, config: Mapping[str, Any], work: Path, size: int
) -> tuple[Verified, tuple[str, ...]]:
    """Open a backup of about `size` bytes as far as there is room for it; how far that was, and what did not hold.

    Raises:
        NotRestored: it is not whole.
        NoKey: there is no key to open it with.
    """
    place = work / "trial"
    room = shutil.disk_usage(work).free > size + SPARE_BYTES
    try:
        opened = unpacking.unpack(source, place, identity, history.key_from(config), keep=room)
        if not room:
            return Verified.read_back, ()
        if opened.head.database == "postgresql":
            return _try_on_server(place, config)
        return Verified.restored, what_is_broken(unpacking.settings_in(place, config))
    finally:
        remove_tree(place)


def _try_on_server(place: Path, config: Mapping[str, Any]) -> tuple[Verified, tuple[str, ...]]:
    """Into a database of its own on the same server, where the product's user may make one."""
    with postgresql.temporary_database(str(config["DATABASE_URL"])) as url:
        if url is None:
            return Verified.read_back, ()
        engine = database.make_engine(url)
        try:
            postgresql.load(engine, place / archive.DATABASES["postgresql"], config)
        finally:
            engine.dispose()
        return Verified.restored, what_is_broken({**unpacking.settings_in(place, config), "DATABASE_URL": url})


def what_is_broken(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Every invariant and the whole log of what was unpacked, looked at; in sentences what does not hold."""
    engine = database.make_engine(str(config["DATABASE_URL"]))
    try:
        broken = [
            f"{outcome.words}: {sentence}" for outcome in rooms().check(engine, config) for sentence in outcome.broken
        ]
    finally:
        engine.dispose()
    return tuple(broken[:MOST_TOLD])


def remove_tree(folder: Path) -> None:
    """Remove a temporary folder; what cannot be removed is told to whoever reads the worker's log."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        log.error("A temporary folder could not be removed: %s", jobs.place_of(error))


def clear(folder: Path, prefix: str) -> None:
    """Remove the temporary folders that something cut off left behind."""
    for left in folder.glob(f"{prefix}*"):
        remove_tree(left)
