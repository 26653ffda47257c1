"""The copy as a ZIP: the workbook, and the files of evidence beside it, one after another."""

import zipfile
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from audit_app import evidence_store
from audit_app.evidence_store import clean_name
from audit_app.records.subject_access.passages import Everything, File

MADE = (1980, 1, 1, 0, 0, 0)


def write(
    into: BinaryIO, name: str, everything: Everything, book: Callable[[], bytes], config: Mapping[str, Any]
) -> None:
    """Write the ZIP; a file that is not in the store is named among what is missing, which the workbook says."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as whole:
        for file in everything.files:
            _copy(whole, file, everything, config)
        _put(whole, f"{name}.xlsx", book())


def _copy(whole: zipfile.ZipFile, file: File, everything: Everything, config: Mapping[str, Any]) -> None:
    label = name_in_zip(file)
    try:
        _put(whole, label, evidence_store.read_file(config, file.sha256))
    except (evidence_store.Missing, evidence_store.Damaged):
        everything.missing.append(f"{file.evidence} version {file.version}")


def name_in_zip(file: File) -> str:
    """What a file is called in the copy: its reference first, so that no two are alike."""
    return f"files/{file.evidence}-{file.version}-{clean_name(file.name) or 'file'}"


def _put(whole: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, MADE)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    whole.writestr(member, data)
