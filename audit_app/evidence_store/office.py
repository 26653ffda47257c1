"""What a Word or Excel file must not hold: macros, links to other files, objects of other programs (UP-7, UP-8)."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from defusedxml.ElementTree import ParseError, fromstring

from audit_app.evidence_store.refusal import Refused

MEMBER_LIMIT = 5_000
UNPACKED_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100
SMALL_MEMBER = 1024 * 1024
LOCAL_HEADER = 30

MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets|dialogsheets|activex|customui", re.IGNORECASE)
_OBJECTS = re.compile(r"embeddings/|oleobject|/ctrlprops/", re.IGNORECASE)
_LINKS = re.compile(r"externallinks/|/connections\.xml|/querytables/", re.IGNORECASE)
_MAY_LEAD_OUT = ("/hyperlink",)


def _broken() -> Refused:
    return Refused("broken", "This file could not be opened. Open it in Word or Excel, save it again and try again.")


def _bomb() -> Refused:
    return Refused("too_large", "This file unpacks to far more than a document should. Save it again and try again.")


def _objects() -> Refused:
    return Refused("objects", "This file has other files or objects inside it. Take them out, or save it as PDF.")


def check(data: bytes) -> str:
    """Look through the parts of the file; says "docx", "xlsx" or "" for some other zip file.

    Raises:
        Refused: it holds something that must not come in, or is not a sound file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package, len(data))
            return _check_parts(package)
    except (zipfile.BadZipFile, ParseError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise _broken() from None


def _check_members(package: zipfile.ZipFile, size: int) -> None:
    members = package.infolist()
    names = [member.filename.lower() for member in members]
    if len(names) > MEMBER_LIMIT or len(set(names)) != len(names) or any(map(_leads_out, names)):
        raise _broken()
    if any(member.flag_bits & 1 for member in members):
        raise Refused("encrypted", "This file is locked. Save it without a password and try again.")
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        # Members that lie over one another are how a small file unpacks to a huge one.
        if member.header_offset < end:
            raise _broken()
        end = member.header_offset + LOCAL_HEADER + member.compress_size
        if member.file_size > max(SMALL_MEMBER, RATIO_LIMIT * member.compress_size):
            raise _bomb()
    if end > size or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise _bomb()


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or ":" in name


def _check_parts(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    types = package.read("[Content_Types].xml").decode("utf-8", "replace") if "[Content_Types].xml" in names else ""
    _refuse_parts(names, types)
    for name in names:
        if name.lower().endswith(".rels"):
            _refuse_links(package.read(name))
    # Reading every part makes zipfile count and check what really comes out, not what the directory promises.
    if package.testzip() is not None:
        raise _broken()
    kinds = {word for main, word in MAIN_TYPES.items() if f'"{main}"' in types or f"'{main}'" in types}
    return kinds.pop() if len(kinds) == 1 else ""


def _refuse_parts(names: list[str], types: str) -> None:
    listed = "\n".join(names)
    if _MACROS.search(listed) or "macroEnabled" in types or "vbaProject" in types:
        raise Refused("macros", "This file holds macros. Save it as .docx or .xlsx and try again.")
    if _OBJECTS.search(listed):
        raise _objects()
    if _LINKS.search(listed):
        raise Refused("links", "This file takes data from other files. Paste them as values and try again.")


def _refuse_links(relationships: bytes) -> None:
    """A link a reader may click is allowed; anything fetched or started without asking is not."""
    for relationship in fromstring(relationships, forbid_dtd=True):
        kind = relationship.get("Type", "")
        if relationship.get("TargetMode", "").lower() == "external" and not kind.endswith(_MAY_LEAD_OUT):
            raise Refused("links", "This file is linked to another file or template. Break the link and try again.")
        if kind.endswith(("/oleObject", "/package", "/vbaProject", "/attachedToolbars")):
            raise _objects()
