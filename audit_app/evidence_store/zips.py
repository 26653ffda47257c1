"""Looks into a ZIP and reads one member at a time, counting what really comes out; nothing is ever unpacked (UP-8).

Names in the ZIP are labels: no path is made of one. What is wrong with the whole ends the reading; what is wrong with
one member is said of that member, and the others can still be taken.
"""

import stat
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO

from audit_app.evidence_store import zip_names
from audit_app.evidence_store.kinds import ALLOWED_WORDS, clean_name
from audit_app.evidence_store.refusal import Refused
from audit_app.evidence_store.store import FILE_LIMIT

MEGABYTE = 1024 * 1024
MEMBER_LIMIT = 500
ENTRY_LIMIT = 2_000  # with folders, and what a Mac puts beside each file
DIRECTORY_LIMIT = 4 * MEGABYTE  # bytes of the list of members, read before it is believed
PACKED_LIMIT = 200 * MEGABYTE
UNPACKED_LIMIT = 200 * MEGABYTE
RATIO_LIMIT = 100
SMALL_MEMBER = MEGABYTE  # a small text may well be packed to less than a hundredth
CHUNK = 256 * 1024
LOCAL_HEADER, END_RECORD, ZIP64_LOCATOR, ZIP64_RECORD, LONGEST_COMMENT = 30, 22, 20, 56, 65_535
UNSAID = 0xFFFFFFFF  # what is too large for its field, or is said in the record of ZIP64 instead
ENCRYPTED = 0x1 | 0x40
REPARSE_POINT = 0x400  # how Windows marks a link
READ_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ARCHIVES = {"zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "jar", "cab", "iso", "dmg"}
PROGRAMS = {"exe", "msi", "bat", "cmd", "com", "scr", "ps1", "vbs", "js", "jar", "lnk", "dll", "app", "sh"}
BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, OSError,
)  # fmt: skip
MAKE_ANEW = (
    "Make the ZIP anew: on Windows choose the files, then “Compress to ZIP file” or “Send to, Compressed folder”; on a "
    "Mac choose “Compress”."
)


class WholeRefused(Refused):
    """Nothing of the ZIP may come in."""


@dataclass(frozen=True)
class Member:
    """One file in a ZIP: its place in the list, its path as a label, what the ZIP says of it, why it cannot be read."""

    place: int
    path: str
    name: str
    said_size: int
    made_on: date | None
    fault: str = ""
    by_itself: bool = False  # put there by a computer, not by a person


class OpenZip:
    """A ZIP that was found to be whole and sound in its structure.

    Raises:
        WholeRefused: it is no ZIP, damaged, empty or locked, or made to do harm.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.unpacked = 0  # bytes that really came out of it
        try:
            _check_directory_size(file)
            self._package = zipfile.ZipFile(file)
            self._infos = [info for info in self._package.infolist() if not _is_folder(info)]
            _check_structure(self._package, file)
        except BROKEN:
            raise _damaged() from None
        self.members = _named_twice(tuple(_member(place, info) for place, info in enumerate(self._infos, 1)))
        self._check_members()

    def _check_members(self) -> None:
        if any(info.orig_filename == "[Content_Types].xml" for info in self._infos):
            raise WholeRefused("a_document", "This is a Word or Excel file, not a ZIP of files. Add it as one file.")
        chosen = [member for member in self.members if not member.by_itself]
        if not chosen:
            raise WholeRefused("empty", "There is no file in this ZIP. Check it, and make it anew.")
        if len(chosen) > MEMBER_LIMIT:
            raise WholeRefused(
                "too_many",
                f"There are {len(chosen):,} files in this ZIP. Up to {MEMBER_LIMIT} can be brought in at a time: make "
                "two or more ZIPs of them.",
            )
        if all(self._infos[member.place - 1].flag_bits & ENCRYPTED for member in chosen):
            raise WholeRefused("locked", f"This ZIP is locked with a password. {MAKE_ANEW} Give it no password.")
        if sum(member.said_size for member in chosen) > UNPACKED_LIMIT:
            raise _too_much()

    def read(self, member: Member) -> bytes:
        """The bytes of a member: never more than the list says of it, which is no more than one file may have.

        Raises:
            Refused: this one cannot be taken.
            WholeRefused: with it more than 200 MB would have come out of the ZIP.
        """
        if member.fault:
            raise Refused("member", member.fault)
        info, parts, size = self._infos[member.place - 1], [], 0
        most = max(SMALL_MEMBER, RATIO_LIMIT * info.compress_size)
        try:
            with self._package.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self.count(len(chunk))
                    if size > most:
                        raise Refused("bomb", "It unpacks to more than a hundred times its size in the ZIP.")
                    parts.append(chunk)
        except BROKEN:
            raise _member_damaged() from None
        if size != info.file_size:
            raise _member_damaged()
        return b"".join(parts)

    def count(self, size: int) -> None:
        """Count bytes that came out of the ZIP, now or before it was opened again.

        Raises:
            WholeRefused: that is more than may come out of one ZIP.
        """
        self.unpacked += size
        if self.unpacked > UNPACKED_LIMIT:
            raise _too_much()


def _damaged() -> WholeRefused:
    return WholeRefused("damaged", f"This is no ZIP, or a damaged one: it could not be opened. {MAKE_ANEW}")


def _too_much() -> WholeRefused:
    most = UNPACKED_LIMIT // MEGABYTE
    return WholeRefused("unpacks", f"The files in this ZIP come to more than {most} MB. Make two or more ZIPs of them.")


def _member_damaged() -> Refused:
    return Refused("damaged", f"It is damaged in the ZIP: what comes out is not what was put in. {MAKE_ANEW}")


def _too_large() -> str:
    return f"It is larger than {FILE_LIMIT // MEGABYTE} MB. Make it smaller, or split it."


def _check_directory_size(file: BinaryIO) -> None:
    """The list of members is held in memory as a whole, so how long it says it is is asked before it is read."""
    whole = file.seek(0, 2)
    file.seek(max(0, whole - END_RECORD - LONGEST_COMMENT - ZIP64_LOCATOR))
    tail = file.read()
    at = len(tail) - END_RECORD
    if at < 0 or tail[at : at + 4] != b"PK\5\6" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\5\6")
    if at < 0:
        raise zipfile.BadZipFile("no end")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[max(0, at - ZIP64_LOCATOR) : at]
    if locator[:4] == b"PK\6\7":
        # Readers differ in where they look for the record: where the locator says, or right before it.
        before = whole - len(tail) + at - ZIP64_LOCATOR - ZIP64_RECORD
        places = (before, int.from_bytes(locator[8:16], "little"))
        size = max(*(_size_in_zip64(file, place) for place in places), 0 if size == UNSAID else size)
    if size > DIRECTORY_LIMIT:
        raise zipfile.BadZipFile("its list of members is too long")


def _size_in_zip64(file: BinaryIO, place: int) -> int:
    file.seek(max(0, place))
    record = file.read(ZIP64_RECORD)
    return int.from_bytes(record[40:48], "little") if record[:4] == b"PK\6\6" else 0


def _check_structure(package: zipfile.ZipFile, file: BinaryIO) -> None:
    """Members lie one behind the other from the first byte on: nothing before them, none over another."""
    infos = package.infolist()
    if len(infos) > ENTRY_LIMIT:
        raise WholeRefused("too_many", f"There are {len(infos):,} entries in this ZIP. Make several of it.")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if end == 0 and info.header_offset != 0:
            raise WholeRefused(
                "prefix", f"This ZIP begins with something else than its first file, such as a program. {MAKE_ANEW}"
            )
        if info.header_offset < end:
            raise WholeRefused("overlap", f"Files in this ZIP lie over one another. {MAKE_ANEW}")
        file.seek(info.header_offset)
        header = file.read(LOCAL_HEADER)
        lengths = (int.from_bytes(header[place : place + 2], "little") for place in (26, 28))
        end = info.header_offset + LOCAL_HEADER + sum(lengths) + info.compress_size
    if end > package.start_dir:
        raise zipfile.BadZipFile("a member goes on beyond the list of members")


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and not info.file_size


def _member(place: int, info: zipfile.ZipInfo) -> Member:
    path = zip_names.readable(info.orig_filename, info.flag_bits, info.extra)
    by_itself = zip_names.is_by_itself(path)
    label = " / ".join(clean_name(step) for step in zip_names.steps(path))[: zip_names.LABEL_LENGTH]
    return Member(
        place=place, path=label or clean_name(path), name=clean_name(path), said_size=info.file_size,
        made_on=_day(info), fault="" if by_itself else _fault(info, path), by_itself=by_itself,
    )  # fmt: skip


def _day(info: zipfile.ZipInfo) -> date | None:
    try:
        return date(*info.date_time[:3]) if info.date_time[0] > 1980 else None
    except ValueError:
        return None


def _fault(info: zipfile.ZipInfo, path: str) -> str:
    """Why a member cannot be taken, as far as the list of members tells."""
    ending = PurePosixPath(clean_name(path)).suffix.lower().lstrip(".")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or info.external_attr & REPARSE_POINT:
        return "It is a link or a device, not a file. Put the file itself into the ZIP."
    if zip_names.leads_out(path):
        return f"Its name in the ZIP leads to a place outside it. {MAKE_ANEW}"
    if info.flag_bits & ENCRYPTED:
        return "It is locked with a password. Put it into the ZIP without one."
    if ending in ARCHIVES:
        return "It is a ZIP or another archive within the ZIP. Bring its files in by themselves."
    if ending in PROGRAMS:
        return f"It is a program, or could start one. Only {ALLOWED_WORDS} can be added."
    if info.compress_type not in READ_METHODS:
        return f"It is packed in a way that is not read here (method {info.compress_type}). {MAKE_ANEW}"
    if info.file_size > FILE_LIMIT:
        return _too_large()
    return ""


def _named_twice(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Two members of one name, small and capital letters and ways to write an accent being the same: neither counts."""
    counts = Counter(_same(member) for member in members if not member.by_itself)
    twice = "Two files in the ZIP have this name, small and capital letters being the same. Rename one of them."
    return tuple(
        replace(member, fault=member.fault or twice) if not member.by_itself and counts[_same(member)] > 1 else member
        for member in members
    )


def _same(member: Member) -> str:
    return member.path.casefold()  # in one way to write an accent already, as every clean name is
