"""A pack as a ZIP: its files, its frozen contents, and a manifest that says what each of them must be (PD-6). Pure."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from audit_app import words, zip_files
from audit_app.packs.contents import EvidencePack
from audit_app.packs.parts.exhibits import Given

MANIFEST = "manifest.json"

BEGINNING = """{reference}: {title}
{council}. {marking}.
For: {audience}. As at {as_at}."""

ENDING = """manifest.json stands beside these: what each file must be, this list too, by its size and its SHA-256.
To check that no file was changed, with any Python 3.11 or newer and no network:
    audit-app pack verify {reference}.zip
It also prints the manifest's own SHA-256. The council's history log holds that number under {reference}."""


def write(
    into: BinaryIO, pack: EvidencePack, *, written: str, fingerprint: str, pdf: bytes | BinaryIO, workbook: bytes,
    pages: int = 0, beside: Mapping[str, Callable[[], bytes]] | None = None,
) -> str:  # fmt: skip
    """Write the ZIP of a pack bit by bit; equal contents give equal bytes. Returns the hash of the manifest in it.

    `pages` are those of the PDF. `beside` holds the files of exhibits that are not joined, by the names that the index
    gives them.
    """
    whole = zip_files.ZipOut(into, pack.as_at)
    whole.put(f"{pack.reference}.pdf", pdf, what="The pack, to read and to print", pages=pages)
    whole.put(f"{pack.reference}.xlsx", workbook, what="The same contents as a workbook")
    whole.put("contents.json", written.encode("utf-8"), what="The contents as they were frozen")
    exhibits = {part.file_name: part for part in pack.exhibits if part.file_name}
    for name, content in sorted((beside or {}).items()):
        part = exhibits.get(name)
        whole.put(name, content, what=f"Exhibit {part.number}: {part.title}" if part else "")
    for what, why in left_out(pack):
        whole.leave_out(what, why)
    whole.put_read_me(_said(BEGINNING, pack) + _joined(pack), _said(ENDING, pack))
    manifest = manifest_of(pack, fingerprint, whole.members)
    whole.put(MANIFEST, manifest)
    whole.close()
    return hashlib.sha256(manifest).hexdigest()


def left_out(pack: EvidencePack) -> list[tuple[str, str]]:
    """What the pack speaks of or could have held and the ZIP has not, each with its reason."""
    why = {Given.elsewhere: "Held elsewhere", Given.left_out: "Kept out"}
    exhibits = [
        (f"Exhibit {part.number}, {part.title}", ". ".join(filter(None, (why[part.given], part.why or part.where))))
        for part in pack.exhibits
        if part.given in why
    ]
    return [*exhibits, *((f"Section “{part.name}”", "Not chosen for this pack") for part in pack.not_chosen)]


def _joined(pack: EvidencePack) -> str:
    """Which exhibits are pages of the PDF itself."""
    joined = [
        f"{part.number} ({words.count(part.pages, 'page')})" for part in pack.exhibits if part.given is Given.joined
    ]
    return f"\nJoined behind the pack, in its PDF: {words.listing(joined)}." if joined else ""


def _said(text: str, pack: EvidencePack) -> str:
    return text.format(
        reference=pack.reference,
        title=pack.title,
        council=pack.council,
        marking=pack.marking,
        audience=pack.audience,
        as_at=words.datetime_words(pack.as_at),
    )


def manifest_of(pack: EvidencePack, fingerprint: str, files: Sequence[zip_files.Member]) -> bytes:
    """What each file must be, and what the pack is."""
    head = pack.log_head
    manifest = {
        "format": 1,
        "pack": pack.reference,
        "title": pack.title,
        "council": pack.council,
        "as_at": pack.as_at.isoformat(),
        "redaction_level": pack.level,
        "contents_sha256": fingerprint,
        "history_log_head": {"sequence": head.sequence, "count": head.count, "hash": head.hash},
        "files": [
            {
                "name": member.name,
                "version": pack.reference,
                "sha256": member.sha256,
                "bytes": member.size,
                "redaction_level": pack.level,
            }
            for member in sorted(files, key=lambda member: member.name)
        ],
    }
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False).encode("utf-8") + b"\n"
