"""Evidence files: each that is named is there and is still what was put in, and no other lies beside them."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import evidence_store, words
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import columns_of
from audit_app.evidence.batches.tables import BATCH, EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.tables import EVIDENCE, EvidenceVersion
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from audit_app.people.exports.tables import EXPORT, LongExport
from audit_app.people.tables import Authority
from audit_app.records.subject_access.tables import REQUEST, SubjectRequest
from audit_app.self_assessment.tables_outputs import WordTemplate
from findings.references import reference

# A file is put down before the row that names it is committed; a younger one may belong to work in hand.
YOUNG_SECONDS = 15 * 60


def damaged_files(connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Every file a row names, read from its first byte to its last and its hash worked out again (UP-9)."""
    size, number = 0, 0
    for sha256, name in named_files(connection).items():
        number += 1
        try:
            size += evidence_store.verify(config, sha256)
        except evidence_store.Missing:
            yield f"{name} is missing from the evidence store ({sha256[:12]}…). Restore it from a backup."
        except evidence_store.Damaged:
            yield f"{name} is no longer the file that was kept ({sha256[:12]}…). Restore it from a backup."
        except evidence_store.Unavailable as problem:
            yield f"{problem} So {name} and what comes after it were not read."
            return
        except OSError as error:
            yield f"{name} cannot be read ({sha256[:12]}…: {error.strerror})."
    yield Compared(f"{words.count(number, 'file')} read again from first byte to last: {words.file_size(size)}.")


def stray_files(connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """What lies in the evidence store and is named by no row, or does not lie where its name says."""
    named, before, number = named_files(connection), time.time() - YOUNG_SECONDS, 0
    try:
        for lying in evidence_store.list_everything(config):
            number += 1
            if lying.name in named and lying.in_place:
                continue
            if lying.touched < before:
                named_by_none = (
                    "is named by no pack, evidence, workbook, template or council. Nothing of this product needs it."
                )
                yield f"{lying.where} {named_by_none}"
    except evidence_store.Unavailable as problem:
        yield f"{problem} So what lies in it was not looked at."
        return
    yield Compared(f"{words.count(number, 'file')} looked at; those put down in the last 15 minutes may be in hand.")


def named_files(connection: sa.Connection) -> dict[str, str]:
    """The hash of every file a row names, with what it is; those of a destroyed pack are on their way out."""
    pack, authority = columns_of(EvidencePackRow), columns_of(Authority)
    kinds = {"PDF": pack.pdf_sha256, "workbook": pack.workbook_sha256, "ZIP": pack.archive_sha256}
    named = {}
    for kind, column in kinds.items():
        staying = sa.select(pack.number, column).where(column != "", pack.destroyed_at.is_(None))
        for number, sha256 in connection.execute(staying):
            named[sha256] = f"The {kind} of {reference(PACK, number)}"
    copy = columns_of(PackRelease)
    for kind, column in (("PDF", copy.pdf_sha256), ("ZIP", copy.archive_sha256)):
        given = sa.select(copy.pack_number, copy.copy_number, column).join(
            EvidencePackRow.__table__,  # type: ignore[attr-defined]
            sa.and_(pack.authority_id == copy.authority_id, pack.number == copy.pack_number),
        )
        for number, count, sha256 in connection.execute(given.where(column != "", pack.destroyed_at.is_(None))):
            named[sha256] = f"The {kind} of copy {count} of {reference(PACK, number)}"
    named |= _of_evidence(connection)
    template = columns_of(WordTemplate)
    for count, sha256 in connection.execute(sa.select(template.version, template.sha256)):
        named[sha256] = f"Version {count} of a Word template"
    copies = columns_of(SubjectRequest)
    for number, sha256 in connection.execute(sa.select(copies.number, copies.sha256).where(copies.sha256 != "")):
        named[sha256] = f"The copy of {reference(REQUEST, number)}"
    exports = columns_of(LongExport)
    kept = sa.select(exports.number, exports.sha256).where(exports.sha256 != "", exports.made_at.is_not(None))
    for number, sha256 in connection.execute(kept):
        named[sha256] = f"The workbook {reference(EXPORT, number)}"
    logos = sa.select(authority.name, authority.logo_sha256).where(authority.logo_sha256 != "")
    return named | {sha256: f"The logo of {name}" for name, sha256 in connection.execute(logos)}


def _of_evidence(connection: sa.Connection) -> dict[str, str]:
    """What evidence names, and what waits to become evidence."""
    named: dict[str, str] = {}
    version = columns_of(EvidenceVersion)
    of_version = (version.evidence_number, version.version, version.sha256, version.picture_sha256)
    for number, count, sha256, picture in connection.execute(sa.select(*of_version).where(version.sha256 != "")):
        named[sha256] = f"The file of {reference(EVIDENCE, number)}, version {count},"
        if picture:
            named.setdefault(picture, f"The picture of {reference(EVIDENCE, number)}, version {count},")
    waiting = columns_of(EvidenceBatchFile)
    of_file = (waiting.given_name, waiting.sha256, waiting.picture_sha256)
    for given_name, sha256, picture in connection.execute(sa.select(*of_file).where(waiting.sha256 != "")):
        for each in filter(None, (sha256, picture)):
            named.setdefault(each, f"{given_name}, which waits to be added as evidence,")
    batch = columns_of(EvidenceBatch)
    for number, parts in connection.execute(sa.select(batch.number, batch.parts).where(batch.parts != "")):
        named |= {sha256: f"A part of the ZIP {reference(BATCH, number)}" for sha256 in parts.split()}
    return named
