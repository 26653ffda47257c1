"""Making a backup: one moment of the database, the files it names, the anchors of its log, in one archive (DU-4).

The order matters. The anchors are read first, so that none speaks of an entry the database does not hold. Then the
database is copied; a file is put into the store before the row that names it commits, so every file the copy names is
there, unless retention removes it meanwhile. Jobs are rows of the database: those that were running when the copy was
made begin again after a restore. The queue beside them only rings for rows, and is not kept. Keys are never inside.
"""

import logging
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from audit_app import clock, database, evidence_store, history, installation
from audit_app.backups import events, journal, keeping, places, verifying
from audit_app.backups.container import archive, enciphering, manifest
from audit_app.backups.container.archive import Member
from audit_app.backups.container.manifest import Head, Manifest
from audit_app.backups.databases import copying
from audit_app.backups.databases.postgresql import NoTools
from audit_app.backups.journal import Line, Verified, What
from audit_app.backups.refusals import NoKey, NotBackedUp, NotRestored
from audit_app.backups.rooms import rooms
from audit_app.backups.turns import one_at_a_time
from audit_app.people.access.scope import system_scope

log = logging.getLogger("audit_app.backups")
HELD_IN_MEMORY = 32 * 1024 * 1024
PART = 1024 * 1024
WORK = ".work-"
UNREACHED = (evidence_store.UnusableStore, evidence_store.Unavailable)
FORESEEN = (NotBackedUp, NoKey, NotRestored, NoTools, *UNREACHED, OSError, sa.exc.DBAPIError)


@dataclass(frozen=True)
class Made:
    """A backup that was made: its line in the journal, what it lacks in words, and which older ones were removed."""

    line: Line
    manifest: Manifest
    removed: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()


def make_backup(engine: sa.Engine, config: Mapping[str, Any], now: datetime) -> Made:
    """Make one, verify it as far as this server can, write it down, and remove those that are past their time.

    Raises:
        NotBackedUp: there is none; the older ones are as they were, and nothing half lies there.
    """
    folder = Path(config["DATA_FOLDER"])
    with _failures_written_down(folder, now), one_at_a_time(folder):
        recipients = enciphering.recipients(config)
        if not recipients and config["SERVER_MODE"]:
            raise NoKey(
                "No key for backups is set, and in server mode none is made without one. Make a key with: audit-app "
                "backup-key"
            )
        verifying.refuse_strange_identity(config, recipients)
        place = places.place_of(config)
        place.clear_unfinished()
        with _work_folder(folder) as work:
            made, contents = _written(Making(engine, config, now, work, place, recipients))
            line, trouble = verifying.looked_at_again(made, contents, config, place, work)
        journal.add(folder, line)
    return Made(line, contents, tuple(remove_old(config, now)), trouble)


@dataclass(frozen=True)
class Making:
    """What one backup is made from and where to; `contents` is filled once the manifest is known."""

    engine: sa.Engine
    config: Mapping[str, Any]
    now: datetime
    work: Path
    place: places.Place
    recipients: list[Any]
    contents: list[Manifest] = field(default_factory=list)


def _written(making: Making) -> tuple[Line, Manifest]:
    """The archive in its place, and what stands in it."""
    began = time.monotonic()
    packing, enciphered = archive.Packing(making.now), bool(making.recipients)

    def write(target: BinaryIO) -> None:
        enciphering.write(packing.stream(_members(making, packing)), target, making.recipients)

    name = keeping.name_for(making.now, enciphered=enciphered)
    if name in making.place.names():
        raise NotBackedUp(f"There is a backup called {name} already. Wait a second, and try again.")
    _note_begun(making, name)
    size = making.place.put(name, write)
    made, seconds = making.contents[0], round(time.monotonic() - began, 1)
    files, lacks = len(made.files), len(made.lacks)
    line = Line(What.made, making.now, name, size, files=files, lacks=lacks, enciphered=enciphered, seconds=seconds)
    return line, made


def _members(making: Making, packing: archive.Packing) -> Iterator[Member]:
    """Every file of the archive in order; the manifest is written of what really went through before it."""
    anchors = _whole_lines(history.path_in(Path(making.config["DATA_FOLDER"])))
    kind = making.engine.dialect.name
    with copying.copy_of(making.engine, making.work, making.config) as copy:
        head = Head(making.now, _version(), copy.step, kind)
        yield _small(archive.HEAD, manifest.head_bytes(head))
        yield _small(archive.ANCHORS, anchors)
        yield Member(archive.DATABASES[kind], copy.file.stat().st_size, _parts_of(copy.file))
        lacking: dict[str, str] = {}
        for sha256, name in copy.named_files.items():
            yield from _evidence(making, sha256, name, lacking)
        made = Manifest(head, tuple(packing.written), copy.log, _still_named(making.engine, lacking))
    making.contents.append(made)
    yield _small(archive.MANIFEST, manifest.manifest_bytes(made, history.key_from(making.config)))


def _evidence(making: Making, sha256: str, name: str, lacking: dict[str, str]) -> Iterator[Member]:
    """One file of the store, whole and its hash checked before it goes in; one that cannot be is told instead."""
    with tempfile.SpooledTemporaryFile(HELD_IN_MEMORY, dir=str(making.work)) as held:
        try:
            for part in evidence_store.stream(making.config, sha256):
                held.write(part)
        except evidence_store.Missing:
            lacking[sha256] = f"{name} is missing from the evidence store ({sha256[:12]}…)."
            return
        except evidence_store.Damaged:
            lacking[sha256] = f"{name} is no longer the file that was kept ({sha256[:12]}…)."
            return
        except evidence_store.Unavailable as problem:
            raise NotBackedUp(f"{problem} So the evidence files could not be read, and no backup was made.") from None
        size = held.tell()
        held.seek(0)
        yield Member(archive.evidence_name(sha256), size, iter(lambda: held.read(PART), b""))


def _still_named(engine: sa.Engine, lacking: Mapping[str, str]) -> tuple[str, ...]:
    """What is lacking and is still named now; what retention removed while the backup was made is no loss."""
    if not lacking:
        return ()
    with engine.execution_options(reading=True).connect() as connection:
        named = rooms().named_files(connection)
    return tuple(sentence for sha256, sentence in lacking.items() if sha256 in named)


def _whole_lines(path: Path) -> bytes:
    data = path.read_bytes() if path.exists() else b""
    return data[: data.rfind(b"\n") + 1]


def _small(name: str, data: bytes) -> Member:
    return Member(name, len(data), (data,))


def _parts_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part


def _version() -> str:
    try:
        return metadata.version("inspection-readiness")
    except metadata.PackageNotFoundError:
        return ""


@contextmanager
def _work_folder(folder: Path) -> Iterator[Path]:
    """A folder of our own for the copy of the database; what an earlier one left when it was cut off goes first."""
    backups = folder / "backups"
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    verifying.clear(backups, WORK)
    made = Path(tempfile.mkdtemp(prefix=WORK, dir=backups))
    try:
        yield made
    finally:
        verifying.remove_tree(made)


@contextmanager
def _failures_written_down(folder: Path, now: datetime) -> Iterator[None]:
    """Whatever stops a backup becomes one sentence, in the journal too, where there is room for it."""
    try:
        yield
    except FORESEEN as problem:
        sentence = _sentence(problem, folder)
        try:
            journal.add(folder, Line(What.failed, now, words=sentence))
        except OSError:
            log.error("That a backup failed could not be written down.")
        raise NotBackedUp(sentence) from problem


def _sentence(problem: Exception, folder: Path) -> str:
    if installation.is_disk_full(problem, folder):
        return (
            "The disk is full, so no backup was made. The older ones are as they were, and nothing half is left. Make "
            "room, or keep fewer (AUDIT_BACKUP_DAYS, AUDIT_BACKUP_WEEKS), then run: audit-app backup"
        )
    if isinstance(problem, OSError):
        return f"A file could not be used ({problem.strerror or type(problem).__name__}), so no backup was made."
    if isinstance(problem, sa.exc.DBAPIError):
        return "The database could not be read, so no backup was made. Run: audit-app check"
    return str(problem)


def try_backup(
    source: BinaryIO, name: str, identity: Any, config: Mapping[str, Any], now: datetime
) -> tuple[Line, tuple[str, ...]]:
    """Restore a backup into a temporary folder, check it, remove it, and write down that this was done.

    Returns:
        The line of the journal, and in sentences what does not hold in what was restored.

    Raises:
        NotRestored: it is not whole.
    """
    folder, began = Path(config["DATA_FOLDER"]), time.monotonic()
    size = source.seek(0, 2)
    source.seek(0)
    with one_at_a_time(folder), _work_folder(folder) as work:
        verified, broken = verifying.try_out(source, identity, config, work, size)
    seconds = round(time.monotonic() - began, 1)
    line = Line(What.tried, now, name, size, verified=verified, broken=len(broken), seconds=seconds)
    journal.add(folder, line)
    return line, broken


def _note_begun(making: Making, name: str) -> None:
    """In the log and in its anchors, so that what is outside the backup tells from which entry on something is lost."""
    with database.session_for(making.engine, system_scope("a backup")) as session:
        session.info["log_key"] = history.key_from(making.config)
        history.note(session, events.BEGUN, by=None, facts={"name": name}, now=clock.now())
    with database.session_for(making.engine, system_scope("the log's anchor")) as session:
        session.info["log_key"] = history.key_from(making.config)
        history.write_anchor(session, history.path_in(Path(making.config["DATA_FOLDER"])), clock.now())


def remove_old(config: Mapping[str, Any], now: datetime) -> list[str]:
    """Remove backups past their time, and write down which; the last one that was opened and found whole stays."""
    folder, place = Path(config["DATA_FOLDER"]), places.place_of(config)
    opened = {line.name for line in journal.lines(folder) if line.verified is not Verified.written}
    days, weeks = int(config["BACKUP_DAYS"]), int(config["BACKUP_WEEKS"])
    removed = keeping.to_remove(place.names(), now, days=days, weeks=weeks, verified=opened)
    for name in removed:
        place.remove(name)
        journal.add(folder, Line(What.removed, now, name))
    return removed
