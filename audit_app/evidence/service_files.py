"""Files of evidence: looked into before they are taken, put into the store, their words kept for searching."""

from collections.abc import Mapping
from dataclasses import replace
from typing import IO, Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import evidence_store
from audit_app.errors import Invalid
from audit_app.evidence.folding import folded
from audit_app.evidence.given import TakenFile, WaitingFile
from audit_app.evidence.states import Scan
from audit_app.evidence.tables import MOST_TEXT, Evidence, EvidenceText, EvidenceVersion

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
NAMED = "file"
LOCK_NUMBER = 7_325_902  # any number of our own: it names the lock on a PostgreSQL server


def take_file(stream: IO[bytes], filename: str) -> TakenFile:
    """Read a file to its end, but never beyond the limit, and look into it; nothing is kept yet (UP-1, UP-2).

    What is looked into and what is kept are the very same bytes, whatever becomes of the file they came from.

    Raises:
        Invalid: why it cannot be taken, with its name and what to do instead.
    """
    name = evidence_store.clean_name(filename)
    data = _read(stream, name)
    try:
        return looked_into(data, filename)
    except evidence_store.Refused as refusal:
        raise Invalid(NAMED, f"{name}: {refusal.message}") from None


def looked_into(data: bytes, filename: str) -> TakenFile:
    """The one look at a file that may become evidence, whatever way it came: its kind, soundness, words and picture.

    Raises:
        Refused: why it cannot be taken, with what to do instead.
    """
    kind, contents = evidence_store.look_into(data, filename)
    return TakenFile(
        data=contents.anew or data, kind=kind.value, given_name=evidence_store.clean_name(filename),
        pages=contents.pages, picture=contents.picture, text=contents.text, whole_text=contents.whole,
        left_out=contents.left_out,
    )  # fmt: skip


def too_large(filename: str) -> str:
    """Which file is larger than one may be, the limit, and what to do."""
    name, most = evidence_store.clean_name(filename), evidence_store.FILE_LIMIT // MEGABYTE
    return f"{name} is larger than {most} MB. Make it smaller, or split it, and try again."


def _read(stream: IO[bytes], name: str) -> bytes:
    parts, size = [], 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > evidence_store.FILE_LIMIT:
            raise Invalid(NAMED, too_large(name))
        parts.append(chunk)
    return b"".join(parts)


def put_ahead(config: Mapping[str, Any], file: TakenFile) -> TakenFile:
    """Put a file into an object store before a transaction begins, so that nobody's saving waits for a slow line.

    Into the folder it is put within the transaction, which takes no time: nothing is left when a row is refused.

    Raises:
        Invalid: the store cannot keep it; nothing was saved.
    """
    if evidence_store.read_settings(config) is None:
        return file
    for data in filter(None, (file.data, file.picture)):
        _put(config, file.given_name, data)
    return replace(file, kept=True)


def _put(config: Mapping[str, Any], name: str, data: bytes) -> None:
    try:
        evidence_store.put(config, data)
    except evidence_store.Unavailable as problem:
        raise _not_kept(name, problem) from None


def _is_there(config: Mapping[str, Any], name: str, sha256: str) -> bool:
    try:
        return evidence_store.exists(config, sha256)
    except evidence_store.Unavailable as problem:
        raise _not_kept(name, problem) from None


def _not_kept(name: str, problem: Exception) -> Invalid:
    return Invalid(
        NAMED,
        f"{name} could not be kept, and nothing was saved. {problem} Choose the file again in a few minutes; if it "
        "goes on, tell whoever looks after this service.",
    )


def hold(session: Session, *, alone: bool = False) -> None:
    """Until this transaction ends no file is removed from the store; with `alone`, no row that names one is written.

    So a file that was found there is there still when the row that names it commits. On SQLite one writer at a time
    holds the database anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
        session.execute(sa.select(lock(LOCK_NUMBER)))


def lay_down(session: Session, config: Mapping[str, Any], file: TakenFile) -> None:
    """Put a file and its picture into the store, in the transaction whose row names them (UP-4).

    What was put there ahead is looked for once more: somebody may have removed the same bytes meanwhile.

    Raises:
        Invalid: the store cannot keep it; nothing was saved.
    """
    hold(session)
    for data, sha256 in ((file.data, file.sha256), (file.picture, file.picture_sha256)):
        if data and not (file.kept and _is_there(config, file.given_name, sha256)):
            _put(config, file.given_name, data)


def keep(
    session: Session, config: Mapping[str, Any], file: TakenFile | WaitingFile, *, authority_id: int, by: int
) -> dict[str, Any]:
    """Put a file and its picture into the store, where they are not yet; what the row says of them (UP-4).

    Raises:
        Invalid: this person has added as much as one may, or the store cannot keep it.
    """
    most = config["EVIDENCE_PERSON_MB"] * MEGABYTE
    if bytes_of_person(session, authority_id, by) + file.size > most:
        raise Invalid(
            NAMED,
            f"{file.given_name} does not fit: you have added files of {most // MEGABYTE:,} MB, the most one person "
            "may. Ask whoever looks after this service to raise EVIDENCE_PERSON_MB.",
        )
    if isinstance(file, TakenFile):
        lay_down(session, config, file)
    return {
        "sha256": file.sha256, "kind": file.kind, "given_name": file.given_name, "size": file.size,
        "pages": file.pages, "picture_sha256": file.picture_sha256,
        "scan": Scan.waiting if config["EVIDENCE_SCANNER"] else Scan.not_asked,
    }  # fmt: skip


def keep_text(session: Session, row: Evidence, version: int, file: TakenFile | WaitingFile) -> None:
    """Keep the words of a file for searching; none for a file without words, such as a picture or a scan."""
    if not file.text.strip():
        return
    text = file.text[:MOST_TEXT]
    session.add(
        EvidenceText(
            authority_id=row.authority_id, evidence_number=row.number, version=version, text=text,
            folded=folded(text)[:MOST_TEXT], whole=file.whole_text and len(file.text) <= MOST_TEXT,
        )
    )  # fmt: skip


def bytes_of_person(session: Session, authority_id: int, person_id: int) -> int:
    """How many bytes of files one person has added here; the same bytes added twice count once (UP-2)."""
    each = (
        select(EvidenceVersion.sha256, sa.func.max(EvidenceVersion.size).label("size"))
        .where(EvidenceVersion.authority_id == authority_id, col(EvidenceVersion.added_by) == person_id)
        .where(col(EvidenceVersion.sha256) != "")
        .group_by(EvidenceVersion.sha256)
        .subquery()
    )
    return int(session.execute(sa.select(sa.func.coalesce(sa.func.sum(each.c.size), 0))).scalar_one())
