"""What a backup says of itself: a head that comes first, and a manifest of every file that comes last, sealed.

The seal is made with the key of the history log (HMAC-SHA256), so whoever has that key can tell a backup of this
installation from one that somebody made or changed: the backups' own key is public in its half that enciphers.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from audit_app import words
from audit_app.backups.container.archive import HEAD, MANIFEST, NOT_OURS, Packed
from audit_app.backups.refusals import NotRestored
from audit_app.history import chain

FORMAT = "inspection-readiness-backup-1"
PURPOSE = "backup"


@dataclass(frozen=True)
class LogEnd:
    """Where a history log ends: its last entry, and when that was written; an empty log ends at 0."""

    sequence: int
    at: datetime | None


@dataclass(frozen=True)
class Head:
    """What stands first: enough to refuse a backup before it is unpacked."""

    made_at: datetime
    version: str
    step: str
    database: str  # sqlite or postgresql


@dataclass(frozen=True)
class Manifest:
    """Every file of a backup, where the log ended, and what could not be put in, in words."""

    head: Head
    files: tuple[Packed, ...]
    log: LogEnd
    lacks: tuple[str, ...]

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(packed.size for packed in self.files)


def head_bytes(head: Head) -> bytes:
    """The head as it stands in the archive."""
    return _text({"format": FORMAT, **asdict(head), "made_at": head.made_at.isoformat()}).encode()


def read_head(data: bytes) -> Head:
    """The head of an archive.

    Raises:
        NotRestored: it is none of ours.
    """
    try:
        values = json.loads(data)
        if values.pop("format") != FORMAT:
            raise ValueError
        return Head(**{**values, "made_at": _moment(values["made_at"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotRestored(f"{NOT_OURS}, or by a version with another format: {HEAD}. Nothing was restored.") from None


def manifest_bytes(manifest: Manifest, key: bytes) -> bytes:
    """The manifest as it stands in the archive, sealed with the key of the log."""
    values = {
        "format": FORMAT,
        "head": json.loads(head_bytes(manifest.head)),
        "files": [[packed.name, packed.size, packed.sha256] for packed in manifest.files],
        "log": [manifest.log.sequence, manifest.log.at.isoformat() if manifest.log.at else None],
        "lacks": list(manifest.lacks),
    }
    return _text({**values, "seal": chain.sealed(key, PURPOSE, [_text(values)])}).encode()


def read_manifest(data: bytes, key: bytes) -> Manifest:
    """The manifest of an archive, its seal checked.

    Raises:
        NotRestored: it is none, or was not sealed with this key.
    """
    try:
        values = json.loads(data)
        seal = values.pop("seal")
        head = read_head(_text(values["head"]).encode())
        sequence, at = values["log"]
        log = LogEnd(int(sequence), _moment(at) if at else None)
        files = tuple(Packed(str(name), int(size), str(sha256)) for name, size, sha256 in values["files"])
        manifest = Manifest(head, files, log, tuple(map(str, values["lacks"])))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotRestored(f"{NOT_OURS}: {MANIFEST} cannot be read. Nothing was restored.") from None
    if not chain.same(seal, chain.sealed(key, PURPOSE, [_text(values)])):
        raise NotRestored(
            "The seal of the backup does not fit the key of the history log that was given. Either it is the key of "
            "another installation, or the backup was changed or made by somebody else. Nothing was restored."
        )
    return manifest


def compare(manifest: Manifest, unpacked: Sequence[Packed]) -> None:
    """Every file against what the manifest says of it.

    Raises:
        NotRestored: a file is missing, too large, too small, changed, or not named.
    """
    there = {packed.name: packed for packed in unpacked if packed.name != MANIFEST}
    for expected in manifest.files:
        packed = there.pop(expected.name, None)
        if packed is None:
            raise NotRestored(f"The backup lacks {expected.name}, which its manifest names. Nothing was restored.")
        if packed.size > expected.size:
            raise NotRestored(
                f"{packed.name} unpacks to {words.count(packed.size, 'byte')}, more than the "
                f"{expected.size:,} its manifest says. Nothing was restored."
            )
        if packed.sha256 != expected.sha256:
            raise NotRestored(
                f"{packed.name} is not what was put into the backup: its hash is another. Nothing was restored."
            )
    if there:
        raise NotRestored(
            f"The backup unpacks to more than its manifest says: {words.listing(sorted(there)[:3])}. Nothing was "
            "restored."
        )


def _text(values: Any) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
