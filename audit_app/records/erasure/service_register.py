"""The register of removals beside backups in an object store: put there after each removal, and read back.

A server that burns takes its own register along. The copy in the store tells after a restore what must go again.
"""

import hashlib
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit_app import evidence_store
from audit_app.backups import places
from audit_app.records.erasure import register

log = logging.getLogger("audit_app.records")
STAMP = "removed-register.kept"
UNREACHED = (evidence_store.Unavailable, evidence_store.UnusableStore)


def in_a_store(config: Mapping[str, Any]) -> bool:
    """Whether backups are kept in an object store."""
    return bool(str(config.get("BACKUP_STORE_URL", "")).strip())


def add(config: Mapping[str, Any], key: bytes, entry: register.Entry) -> None:
    """Add a line in every place; a store that does not answer is tried again with the next regular task."""
    for path in register.places(config):
        register.add(path, key, entry)
    keep_copy(config, key)


def keep_copy(config: Mapping[str, Any], key: bytes) -> bool:
    """Put the register into the store where the copy there is not of these bytes; whether it is there now."""
    if not waits(config):
        return True
    path = register.path_in(Path(config["DATA_FOLDER"]))
    try:
        take_over(config, key, path)
        data = path.read_bytes()
        places.place_of(config).keep_note(register.NAME, data)
    except UNREACHED as problem:
        log.error("The register of removals was not copied beside the backups: %s", problem)
        return False
    _stamp(config).write_text(hashlib.sha256(data).hexdigest(), "ascii")
    return True


def take_over(config: Mapping[str, Any], key: bytes, into: Path) -> int:
    """Add to a register every line that the copy in the store has and it lacks; how many.

    Raises:
        Unavailable: the store does not answer.
        UnusableStore: the settings name none that can be used.
    """
    if not in_a_store(config):
        return 0
    data = places.place_of(config).read_note(register.NAME)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / register.NAME
        copy.write_bytes(data)
        return register.merge(into, key, [copy])


def waits(config: Mapping[str, Any]) -> bool:
    """Whether the register has lines that the copy in the store lacks."""
    path, stamp = register.path_in(Path(config["DATA_FOLDER"])), _stamp(config)
    if not in_a_store(config) or not path.is_file():
        return False
    kept = stamp.read_text("ascii") if stamp.is_file() else ""
    return kept != hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp(config: Mapping[str, Any]) -> Path:
    return Path(config["DATA_FOLDER"]) / "anchors" / STAMP
