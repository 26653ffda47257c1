"""Files: question sets as they were published, evidence where it is named, folders closed to others."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import evidence_store
from audit_app.checking.numbers import columns_of
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people.tables import Authority
from findings.references import reference
from frameworks import BrokenEdition, reader


def changed_editions(_connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str]:
    """What is published is frozen: each file still has the fingerprint it was published with."""
    try:
        current = reader.fingerprints()
    except BrokenEdition as broken:
        yield from (str(fault) for fault in broken.faults)
        return
    for path, fingerprint in reader.published().items():
        if current.get(path) != fingerprint:
            yield f"{path} is not what was published. Install this version again."


def missing_files(connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str]:
    """Logos and packs by the hash of their files; the contents are not read here."""
    pack, authority = columns_of(EvidencePackRow), columns_of(Authority)
    kinds = {"PDF": pack.pdf_sha256, "workbook": pack.workbook_sha256, "ZIP": pack.archive_sha256}
    for words, column in kinds.items():
        for number, sha256 in connection.execute(_files_that_stay(pack, column)):
            if not evidence_store.exists(config, sha256):
                yield f"The {words} of {reference(PACK, number)} is missing from the evidence store."
    logos = sa.select(authority.name, authority.logo_sha256).where(authority.logo_sha256 != "")
    for name, sha256 in connection.execute(logos):
        if not evidence_store.exists(config, sha256):
            yield f"The logo of {name} is missing from the evidence store."


def _files_that_stay(pack: Any, column: Any) -> Any:
    """The files of packs that were not destroyed: those of a destroyed one are on their way out."""
    return sa.select(pack.number, column).where(column != "", pack.destroyed_at.is_(None))


def open_folders(_connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str]:
    """Keys and case data are for their owner alone; Windows keeps rights another way and is not looked at."""
    if os.name != "posix":
        return
    folder = Path(config["DATA_FOLDER"])
    for place in (folder, *(folder / part for part in ("database", "keys", "evidence", "jobs", "anchors", "backups"))):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            yield f"{place} can be read by other users. Type: chmod -R go= {folder}"
            return
