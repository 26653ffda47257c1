"""Decides from a file's bytes and name whether it may be opened at all: kind, zip bounds, macros, links (UP-1, UP-7).

Runs only in the confined child.
"""

import io
import json
import re
import stat
import zipfile
from collections.abc import Callable
from typing import Any

ENDINGS = {"xlsx": "xlsx", "csv": "text", "tsv": "text", "txt": "text"}
REMEDY = "Save it as “Excel Workbook (.xlsx)” or as CSV and choose it again."
COPY = "No spreadsheet program writes that. Copy the rows into a new workbook and choose that."
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


class Refused(Exception):
    """The file as a whole cannot be taken; says why and what to do."""


def kind_of(data: bytes, filename: str) -> str:
    """xlsx or text; Refused when the ending is not allowed or the bytes are something else (UP-1)."""
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if ending not in ENDINGS:
        named = f"A file ending in .{ending}" if ending else "A file without an ending"
        raise Refused(f"{named} cannot be read here. {REMEDY}")
    if not data.strip():
        raise Refused("The file is empty.")
    if ENDINGS[ending] == "xlsx":
        _check_is_zip(data)
    elif data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise Refused(f"The file is named .{ending} but holds something else. {REMEDY}")
    return ENDINGS[ending]


def _check_is_zip(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"The file has a password, or is of the old .xls kind. Take the password off. {REMEDY}")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(f"The file is named .xlsx but is not an Excel workbook. {REMEDY}")


def open_workbook_zip(data: bytes) -> zipfile.ZipFile:
    """The zip of a workbook, checked before anything in it is unpacked."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(f"The workbook is damaged and cannot be opened. {REMEDY}") from None
    members = packed.infolist()
    names = [member.filename for member in members]
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(f"The file is named .xlsx but is not an Excel workbook. {REMEDY}")
    _check_names(members)
    _check_sizes(members)
    _check_overlap(members, len(data))
    if len({name.casefold() for name in names}) != len(names):
        raise Refused("The workbook holds two parts of one name, which no spreadsheet program writes.")
    _check_parts(packed, names)
    return packed


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


def _check_parts(packed: zipfile.ZipFile, names: list[str]) -> None:
    everything = "\n".join(names).lower()
    types = packed.read("[Content_Types].xml")[:1_000_000].lower()
    if b"macroenabled" in types:
        everything += "\nvbaproject"
    for pattern, what in _REFUSED_PARTS:
        if re.search(pattern, everything):
            raise Refused(
                f"The workbook holds {what}. Copy the rows into a new workbook, values only, and choose that."
            )


def answered(question: bytes, kind: str, read: Callable[[bytes, int, int], dict[str, Any]]) -> bytes:
    """The child's reply to one question (a line of JSON, then the file): what `read` found, or why it is refused."""
    header, _newline, data = question.partition(b"\n")
    asked = json.loads(header)
    try:
        if kind_of(data, asked["filename"]) != kind:
            raise Refused(f"The file’s name and contents do not agree. {REMEDY}")
        reply = read(data, asked["rows"], asked["columns"])
    except Refused as refused:
        reply = {"refused": str(refused)}
    return json.dumps(reply).encode("ascii")
