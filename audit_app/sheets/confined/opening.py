"""Decides whether a packed file may be opened at all: its bounds, macros, links, parts (UP-7, UP-8).

Runs only in the confined child.
"""

import io
import json
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from audit_app.sheets.refusal import COPY, REMEDY, Refused

MOST_UNPACKED = 100_000_000
MOST_MEMBERS = 1_000
HIGHEST_RATIO = 400

_REFUSED_PARTS = (
    (r"vbaproject|xl/macrosheets/|xl/dialogsheets/|customui", "macros"),
    (r"xl/externallinks/", "links to other workbooks"),
    (r"xl/embeddings/|oleobject|xl/activex/|xl/ctrlprops/", "embedded objects or controls"),
    (r"xl/connections\.xml|xl/querytables/|xl/model/|custom(data|xml)/.*datamashup", "connections to other data"),
    (r"xl/pivotcache/", "pivot tables, which carry hidden copies of data"),
)
_REFUSED_DOCUMENT_PARTS = (
    (r"(^|\n)(basic|scripts)/.*\.xml", "macros"),
    (r"(^|\n)object ?\d+(/|\n|$)|objectreplacements/\S", "embedded objects or charts"),
    (r"(^|\n)(database|forms)/", "connections to other data"),
)


@dataclass(frozen=True)
class Asked:
    """What the parent asks of a file: how far it may reach, and the headings one of its sheets should have."""

    rows: int
    columns: int
    names: frozenset[str] = frozenset()


def open_workbook_zip(data: bytes) -> zipfile.ZipFile:
    """The zip of an Excel workbook, checked before anything in it is unpacked."""
    packed, names = _open_zip(data)
    if "xl/workbook.bin" in names:
        raise Refused(f"The file is named .xlsx but is of Excel’s binary kind (.xlsb). {REMEDY}")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(f"The file is named .xlsx but is not an Excel workbook. {REMEDY}")
    everything = "\n".join(names).lower()
    if b"macroenabled" in packed.read("[Content_Types].xml")[:1_000_000].lower():
        everything += "\nvbaproject"
    _check_parts(everything, _REFUSED_PARTS)
    return packed


def open_document_zip(data: bytes) -> zipfile.ZipFile:
    """The zip of an OpenDocument spreadsheet, checked before anything in it is unpacked."""
    packed, names = _open_zip(data)
    if "content.xml" not in names:
        raise Refused(f"The file is named .ods but is not an OpenDocument spreadsheet. {REMEDY}")
    if "META-INF/manifest.xml" in names and b"encryption-data" in packed.read("META-INF/manifest.xml")[:1_000_000]:
        raise Refused("The file has a password. Take it off and choose the file again.")
    _check_parts("\n".join(names).lower(), _REFUSED_DOCUMENT_PARTS)
    return packed


def _open_zip(data: bytes) -> tuple[zipfile.ZipFile, list[str]]:
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(f"The workbook is damaged and cannot be opened. {REMEDY}") from None
    members = packed.infolist()
    names = [member.filename for member in members]
    _check_names(members)
    _check_sizes(members)
    _check_overlap(members, len(data))
    if len({name.casefold() for name in names}) != len(names):
        raise Refused("The workbook holds two parts of one name, which no spreadsheet program writes.")
    return packed, names


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    """UP-8: no part may be a link, or be named so that it would land outside the workbook if it were unpacked."""
    for member in members:
        name = member.orig_filename
        outside = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name
        if outside:
            raise Refused(f"The workbook holds a part that is named as if it lay outside it. {COPY}")
        if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused(f"The workbook holds a part that is a link to another file. {COPY}")


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or (unpacked > 5_000_000 and unpacked / packed > HIGHEST_RATIO)
    ):
        raise Refused(
            f"The workbook unpacks to {unpacked // 1_000_000:,} MB in {len(members):,} parts, more than can be read "
            "safely. Copy the rows you need into a new workbook."
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("The workbook has a password. Take it off and choose the file again.")


def _check_overlap(members: list[zipfile.ZipInfo], size: int) -> None:
    """Members that share bytes are how a small file claims to be a large one; Python before 3.11.9 does not look."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end or member.header_offset + 30 + member.compress_size > size:
            raise Refused("The workbook’s parts lie over one another, which no spreadsheet program writes.")
        end = member.header_offset + 30 + len(member.filename.encode()) + member.compress_size


def _check_parts(everything: str, refused: tuple[tuple[str, str], ...]) -> None:
    for pattern, what in refused:
        if re.search(pattern, everything):
            raise Refused(
                f"The workbook holds {what}. Copy the rows into a new workbook, values only, and choose that."
            )


def answered(question: bytes, read: Callable[[bytes, Asked], dict[str, Any]]) -> bytes:
    """The child's reply to one question (a line of JSON, then the file): what `read` found, or why it is refused."""
    header, _newline, data = question.partition(b"\n")
    asked = json.loads(header)
    try:
        reply = read(data, Asked(asked["rows"], asked["columns"], frozenset(asked["names"])))
    except Refused as refused:
        reply = {"refused": str(refused)}
    return json.dumps(reply).encode("ascii")
