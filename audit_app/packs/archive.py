"""A pack as a ZIP: its files, its frozen contents, and a manifest that says what each of them must be (PD-6). Pure."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass

from audit_app import words
from audit_app.packs.contents import EvidencePack

MANIFEST = "manifest.json"
# ZIP files carry a time for each member; a fixed one keeps equal contents equal.
MADE = (1980, 1, 1, 0, 0, 0)

READ_ME = """{reference}: {title}
{council}. {marking}.
For: {audience}. As at {as_at}.

{reference}.pdf     the pack, to read and to print
{reference}.xlsx    the same contents as a workbook
contents.json      the contents as they were frozen
manifest.json      what each file must be: its size and its SHA-256

To check that no file was changed, with any Python 3.11 or newer and no network:
    audit-app pack verify {reference}.zip
It also prints the manifest's own SHA-256. The council's history log holds that number under {reference}.
"""


@dataclass(frozen=True)
class Archive:
    """The ZIP, and the hash of the manifest in it."""

    data: bytes
    manifest_sha256: str


def render(pack: EvidencePack, *, written: str, fingerprint: str, pdf: bytes, workbook: bytes) -> Archive:
    """The ZIP of a pack; equal contents give equal bytes."""
    files = {
        f"{pack.reference}.pdf": pdf,
        f"{pack.reference}.xlsx": workbook,
        "contents.json": written.encode("utf-8"),
        "read-me.txt": read_me(pack).encode("utf-8"),
    }
    manifest = manifest_of(pack, fingerprint, files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as whole:
        for name, data in [*sorted(files.items()), (MANIFEST, manifest)]:
            member = zipfile.ZipInfo(name, MADE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            whole.writestr(member, data)
    return Archive(stream.getvalue(), hashlib.sha256(manifest).hexdigest())


def read_me(pack: EvidencePack) -> str:
    """What the files are and how to check them."""
    return READ_ME.format(
        reference=pack.reference,
        title=pack.title,
        council=pack.council,
        marking=pack.marking,
        audience=pack.audience,
        as_at=words.datetime_words(pack.as_at),
    )


def manifest_of(pack: EvidencePack, fingerprint: str, files: dict[str, bytes]) -> bytes:
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
                "name": name,
                "version": pack.reference,
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
                "redaction_level": pack.level,
            }
            for name, data in sorted(files.items())
        ],
    }
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False).encode("utf-8") + b"\n"
