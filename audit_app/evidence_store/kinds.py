"""What kind of file this is, by its content; and what may not come in, said in plain words (UP-1, UP-6, UP-7)."""

import re
import unicodedata
from enum import StrEnum, auto
from pathlib import PurePosixPath

from audit_app.evidence_store import mail, office, pdf
from audit_app.evidence_store.refusal import Refused

NAME_LENGTH = 200
UNNAMED = "file"
_CONTROLS_AND_MARKS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM = (b"MZ", b"\x7fELF", b"#!")


class FileKind(StrEnum):
    """The kinds that may come in."""

    pdf = auto()
    docx = auto()
    xlsx = auto()
    csv = auto()
    txt = auto()
    png = auto()
    jpeg = auto()
    eml = auto()


MIME_TYPES = {
    FileKind.pdf: "application/pdf",
    FileKind.docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.csv: "text/csv; charset=utf-8",
    FileKind.txt: "text/plain; charset=utf-8",
    FileKind.png: "image/png",
    FileKind.jpeg: "image/jpeg",
    FileKind.eml: "message/rfc822",
}
ENDINGS = {kind.value: kind for kind in FileKind} | {"jpg": FileKind.jpeg}
ALLOWED_WORDS = "PDF, Word (.docx), Excel (.xlsx), CSV, plain text, PNG, JPEG or e-mail (.eml)"
INSTEAD = {
    "msg": "Save the e-mail as .eml, or print it to PDF.",
    "doc": "Save it as .docx.",
    "xls": "Save it as .xlsx.",
}
MACRO_ENDINGS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm"}


def clean_name(given: str) -> str:
    """The name a file came with, as harmless text: no folders, controls or direction marks, at most 200 characters."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = "".join(mark for mark in name if unicodedata.category(mark) not in _CONTROLS_AND_MARKS)
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("", name)).strip(" .")
    if len(name) > NAME_LENGTH:
        ending = PurePosixPath(name).suffix[:20]
        name = name[: NAME_LENGTH - len(ending)] + ending
    return name or UNNAMED


def check_kind(data: bytes, filename: str) -> FileKind:
    """The kind of a file, its content agreeing with its name and free of what must not come in.

    Raises:
        Refused: why it cannot come in, in plain words, with what to do instead.
    """
    ending = PurePosixPath(clean_name(filename)).suffix.lower().lstrip(".")
    if ending in MACRO_ENDINGS:
        raise Refused("macros", "This kind of file can hold macros. Save it as .docx or .xlsx and try again.")
    if ending not in ENDINGS:
        files = f"Files ending in .{ending}" if ending else "Files without an ending in their name"
        raise Refused("ending", f"{files} cannot be added. {INSTEAD.get(ending, f'Use {ALLOWED_WORDS}.')}")
    if not data:
        raise Refused("empty", "The file is empty. Check it and choose it again.")
    kind = ENDINGS[ending]
    if _kind_by_content(data, kind) is not kind:
        raise Refused(
            "mismatch",
            f"The file's name ends in .{ending}, but its content is something else. "
            "Open it, save it again under the right kind, and try again.",
        )
    return kind


def _kind_by_content(data: bytes, expected: FileKind) -> FileKind | None:
    """The kind the content shows; for the two that are only text, the expected one."""
    if data.startswith(_PNG):
        return FileKind.png
    if data.startswith(_JPEG):
        return FileKind.jpeg
    if data.startswith(pdf.SIGNATURE):
        if expected is FileKind.pdf:
            pdf.check(data)
        return FileKind.pdf
    if data.startswith(_ZIP):
        return _office_kind(data, expected)
    if data.startswith(_OLD_OFFICE):
        raise Refused(
            "old_office",
            "This is an old Office file, or one with a password. Save it as .docx or .xlsx without a password.",
        )
    if expected is FileKind.eml:
        return FileKind.eml if mail.looks_like_mail(data) else None
    if expected in {FileKind.csv, FileKind.txt} and is_text(data):
        return expected
    return None


def _office_kind(data: bytes, expected: FileKind) -> FileKind | None:
    if expected not in {FileKind.docx, FileKind.xlsx}:
        return None
    return {"docx": FileKind.docx, "xlsx": FileKind.xlsx}.get(office.check(data))


def is_text(data: bytes) -> bool:
    """Whether the bytes are text a person typed: UTF-8 or Windows-1252, without control characters or a program."""
    if data.startswith(_PROGRAM):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not any(mark < " " and mark not in "\t\n\r\f" for mark in text)
