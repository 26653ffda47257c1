"""A pack as a ZIP: its files, its frozen contents, and a manifest that says what each of them must be (PD-6). Pure."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

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
{beside}
To check that no file was changed, with any Python 3.11 or newer and no network:
    audit-app pack verify {reference}.zip
It also prints the manifest's own SHA-256. The council's history log holds that number under {reference}.
"""


Content = bytes | BinaryIO | Callable[[], bytes]
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """What one file of the ZIP was when it was written."""

    sha256: str
    size: int


def write(
    into: BinaryIO, pack: EvidencePack, *, written: str, fingerprint: str, pdf: bytes | BinaryIO, workbook: bytes,
    beside: Mapping[str, Callable[[], bytes]] | None = None,
) -> str:  # fmt: skip
    """Write the ZIP of a pack bit by bit; equal contents give equal bytes. Returns the hash of the manifest in it.

    `beside` holds the files of exhibits that are not joined, by the names that the index gives them.
    """
    files: dict[str, Content] = {
        f"{pack.reference}.pdf": pdf,
        f"{pack.reference}.xlsx": workbook,
        "contents.json": written.encode("utf-8"),
        "read-me.txt": read_me(pack).encode("utf-8"),
        **(beside or {}),
    }
    entries = {}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as whole:
        for name, content in sorted(files.items()):
            entries[name] = _put(whole, name, content)
        manifest = manifest_of(pack, fingerprint, entries)
        _put(whole, MANIFEST, manifest)
    return hashlib.sha256(manifest).hexdigest()


def _put(whole: zipfile.ZipFile, name: str, content: Content) -> Entry:
    member = zipfile.ZipInfo(name, MADE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with whole.open(member, "w") as target:
        for chunk in _chunks(content):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Entry(digest.hexdigest(), size)


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif callable(content):
        yield content()
    else:
        content.seek(0)
        while chunk := content.read(CHUNK):
            yield chunk


def read_me(pack: EvidencePack) -> str:
    """What the files are and how to check them."""
    return READ_ME.format(
        reference=pack.reference,
        title=pack.title,
        council=pack.council,
        marking=pack.marking,
        audience=pack.audience,
        as_at=words.datetime_words(pack.as_at),
        beside="".join(f"{part.file_name}     exhibit {part.number}\n" for part in pack.exhibits if part.file_name),
    )


def manifest_of(pack: EvidencePack, fingerprint: str, files: Mapping[str, Entry]) -> bytes:
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
                "sha256": entry.sha256,
                "bytes": entry.size,
                "redaction_level": pack.level,
            }
            for name, entry in sorted(files.items())
        ],
    }
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False).encode("utf-8") + b"\n"
