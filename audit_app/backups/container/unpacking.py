"""An archive read as a stream into a folder that nobody uses yet; nothing of it is believed before all was compared."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pyrage import x25519

from audit_app.backups.container import archive, enciphering, manifest
from audit_app.backups.container.archive import Sink, Unpacking
from audit_app.backups.container.manifest import Head, Manifest
from audit_app.backups.refusals import NotRestored
from audit_app.migrations import known

PARTS = ("database", "keys", "evidence", "jobs", "anchors", "backups")


class Nowhere:
    """Takes bytes that are only compared."""

    def write(self, _data: bytes, /) -> object:
        """Let them go."""
        return None

    def close(self) -> None:
        """Nothing is held."""


def unpack(
    source: BinaryIO, folder: Path, identity: x25519.Identity | None, key: bytes, *, keep: bool = True
) -> Manifest:
    """Read a backup from its first byte to its last and put its files into a new folder; its manifest.

    Args:
        source: The backup; it is read twice at its first bytes.
        key: The key of the history log, which sealed the manifest.
        keep: False compares every byte and puts nothing down.

    Raises:
        NotRestored: it is not whole, not ours, newer than this version, or holds what it must not. What was put down
            until then is the caller's to remove.
        NoKey: it is enciphered, and there is no key.
    """
    folder.mkdir(mode=0o700)
    for part in PARTS if keep else ():
        (folder / part).mkdir(mode=0o700)

    def sink_for(name: str, _size: int) -> Sink:
        if name == archive.ANCHORS:
            refuse_newer(manifest.read_head(reader.kept[archive.HEAD]))
        return _file(folder / name) if keep else Nowhere()

    reader = Unpacking(sink_for)
    try:
        enciphering.read(source, reader, identity)
    finally:
        reader.close()
    contents = manifest.read_manifest(reader.kept[archive.MANIFEST], key)
    if manifest.head_bytes(contents.head) != reader.kept[archive.HEAD]:
        raise NotRestored("The first lines of the backup are not those its manifest names. Nothing was restored.")
    manifest.compare(contents, reader.unpacked)
    refuse_newer(contents.head)
    return contents


def refuse_newer(head: Head) -> None:
    """A backup of a version that came after this one.

    Raises:
        NotRestored: its tables are not known here.
    """
    if head.step not in known.steps():
        made_by = f" (version {head.version})" if head.version else ""
        raise NotRestored(
            f"The backup was made by a newer version{made_by}: its tables stand at step {head.step or 'unknown'}, and "
            f"the last this version knows is {known.head()}. Nothing was restored. Install that version or a later one."
        )


def settings_in(folder: Path, config: Mapping[str, Any]) -> dict[str, Any]:
    """The settings under which what was unpacked is looked at: itself, and nothing of the running installation."""
    return {
        **config,
        "DATA_FOLDER": folder,
        "DATABASE_URL": f"sqlite:///{folder / archive.DATABASES['sqlite']}",
        "EVIDENCE_STORE_URL": "",
    }


def _file(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
