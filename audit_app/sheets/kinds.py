"""Tells from a file's name and first bytes what sort of spreadsheet it is, or why it cannot be taken (UP-1). Pure."""

from collections.abc import Mapping
from enum import StrEnum, auto

from audit_app.sheets.refusal import REMEDY, Refused

# The one list of what may be brought, as every page of brought spreadsheets says it.
ACCEPTED_WORDS = "Excel (.xlsx), OpenDocument (.ods) or text (.csv, .tsv or .txt)"
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_OTHERS = (
    (b"%PDF", "a PDF. Copy its table into a new workbook and choose that."),
    (b"{\\rtf", "a document of a word processor. Copy its table into a new workbook and choose that."),
    (b"\x89PNG", "a picture. Type what it shows into a new workbook and choose that."),
    (b"\xff\xd8\xff", "a picture. Type what it shows into a new workbook and choose that."),
)
# Each ending of a spreadsheet that is not read, and why. None of the readers of .xls and .xlsb that are kept up tells
# how a cell is shown: 1.10 would be read as 1.1 and "Mar-27" as the first of March.
_NOT_READ = {
    "xls": "The older Excel format (.xls) cannot be read here",
    "xlsb": "Excel’s binary format (.xlsb) cannot be read here",
    "xlsm": "A workbook that may hold macros (.xlsm) cannot be read here",
    "xltx": "A template (.xltx) cannot be read here",
    "xltm": "A template that may hold macros (.xltm) cannot be read here",
    "fods": "A flat OpenDocument file (.fods) cannot be read here",
    "numbers": "A file of Numbers cannot be read here",
    "pdf": "A PDF (.pdf) is no spreadsheet",
    "docx": "A Word document (.docx) is no spreadsheet",
    "doc": "A Word document (.doc) is no spreadsheet",
}


class Kind(StrEnum):
    """What sort of file it is, and so which reader takes it."""

    xlsx = auto()
    ods = auto()
    text = auto()


ENDINGS: Mapping[str, Kind] = {
    "xlsx": Kind.xlsx,
    "ods": Kind.ods,
    "csv": Kind.text,
    "tsv": Kind.text,
    "txt": Kind.text,
}
NAMES = {Kind.xlsx: "an Excel workbook", Kind.ods: "an OpenDocument spreadsheet", Kind.text: "text"}


def kind_of(data: bytes, filename: str) -> Kind:
    """The kind of a file whose ending and content agree.

    Raises:
        Refused: The ending is not one that is read, the file is empty, or it holds something else than it is named.
    """
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if ending not in ENDINGS:
        named = f"A file ending in .{ending[:12]} cannot be read here" if ending else "A file without an ending"
        raise Refused(f"{_NOT_READ.get(ending, named if ending else f'{named} cannot be read here')}. {REMEDY}")
    if not data.strip():
        raise Refused("The file is empty.")
    wanted = ENDINGS[ending]
    if wanted is not Kind.text:
        _check_packed(data, ending, wanted)
    else:
        _check_text(data, ending)
    return wanted


def _check_packed(data: bytes, ending: str, wanted: Kind) -> None:
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        what = "has a password. Take it off" if locked else f"is named .{ending} but is of the older kind (.xls)"
        raise Refused(f"The file {what}. {REMEDY}" if not locked else f"The file {what} and choose the file again.")
    if not data.startswith(ZIP):
        raise Refused(f"The file is named .{ending} but is not {NAMES[wanted]}. {REMEDY}")
    is_ods = data[30:84].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    if is_ods is not (wanted is Kind.ods):
        other = Kind.ods if is_ods else None
        what = f"is {NAMES[other]}. Rename it so that it ends in .ods" if other else f"is not {NAMES[wanted]}. {REMEDY}"
        raise Refused(f"The file is named .{ending} but {what}".removesuffix(".") + ".")


def _check_text(data: bytes, ending: str) -> None:
    if data.startswith((OLE, ZIP)):
        raise Refused(f"The file is named .{ending} but holds something else: a workbook. {REMEDY}")
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise Refused(f"The file is named .{ending} but holds something else: {what}")
