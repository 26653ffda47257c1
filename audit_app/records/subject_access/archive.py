"""The copy as a ZIP: the workbook, the files of evidence beside it one after another, and what is not in it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from audit_app import evidence_store, zip_files
from audit_app.evidence_store import clean_name
from audit_app.records.subject_access.passages import Everything, File

BEGINNING = """{name}: working copy of what is kept about somebody
{council}. {marking}.
It is to be decided on, line by line: it is not the answer to whoever asked. “Read first” in the workbook says how."""


def write(
    into: BinaryIO, name: str, everything: Everything, book: Callable[[], bytes], config: Mapping[str, Any],
    *, now: datetime, council: str = "", marking: str = "",
) -> None:  # fmt: skip
    """Write the ZIP; a file that is not in the store is named among what is missing, in the workbook and read-me."""
    whole = zip_files.ZipOut(into, now)
    for file in everything.files:
        _copy(whole, file, everything, config)
    whole.put(f"{name}.xlsx", book(), what="Every place that was found, with its words and columns to decide in")
    whole.put_read_me(BEGINNING.format(name=name, council=council, marking=marking))
    whole.close()


def _copy(whole: zip_files.ZipOut, file: File, everything: Everything, config: Mapping[str, Any]) -> None:
    called = f"{file.evidence} version {file.version}"
    try:
        data = evidence_store.read_file(config, file.sha256)
    except (evidence_store.Missing, evidence_store.Damaged) as problem:
        everything.missing.append(called)
        damaged = isinstance(problem, evidence_store.Damaged)
        why = "it is damaged in the file store" if damaged else "it is not in the file store"
        whole.leave_out(called, f"{why}. Look for it in a backup")
        return
    whole.put(name_in_zip(file), data, what=f"{called}, as it was brought: {file.name}")


def name_in_zip(file: File) -> str:
    """What a file is called in the copy: its reference first, so that no two are alike."""
    return "files/" + zip_files.safe_name(f"{file.evidence}-{file.version}-{clean_name(file.name) or 'file'}")
