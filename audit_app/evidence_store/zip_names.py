"""What a file in a ZIP is called, whatever wrote its name; and what a computer put beside the files by itself. Pure."""

import re
import zlib

UTF_8_NAMED = 0x800
# Without the mark for UTF-8 a name is in whatever the writer's computer used. A Mac writes UTF-8 and does not say so;
# Windows in this country writes code page 850, which has the letters of 437 (the format's own) where both have them.
UNMARKED = "cp437"
OF_WINDOWS = "cp850"
UNICODE_PATH = 0x7075
LABEL_LENGTH = 500
_DRIVE = re.compile(r"[A-Za-z]:")
_BY_ITSELF = {".ds_store", "thumbs.db", "desktop.ini", ".localized", "ehthumbs.db"}


def readable(stored: str, flags: int, extra: bytes) -> str:
    """The name of a member as its writer saw it; `stored` is how zipfile read it, `extra` what stands beside it."""
    if flags & UTF_8_NAMED:
        return stored
    try:
        raw = stored.encode(UNMARKED)
    except UnicodeEncodeError:
        return stored
    return _beside(raw, extra) or _guessed(raw)


def _beside(raw: bytes, extra: bytes) -> str:
    """The name in UTF-8 that some programs write beside the old one; it counts only where it is of this very name."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = (int.from_bytes(extra[at + step : at + step + 2], "little") for step in (0, 2))
        field = extra[at + 4 : at + 4 + size]
        if kind == UNICODE_PATH and field[:1] == b"\1" and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(OF_WINDOWS, "replace")


def steps(path: str) -> list[str]:
    """The folders of a member and its name; some programs on Windows part them by a backslash."""
    return [step for step in re.split(r"[/\\]", path) if step]


def leads_out(path: str) -> bool:
    """Whether a path would lead out of the folder it is unpacked into; it is never followed all the same."""
    return path.startswith(("/", "\\")) or bool(_DRIVE.match(path)) or ".." in steps(path)


def is_by_itself(path: str) -> bool:
    """Whether a computer put this beside the files by itself: nobody chose it, and nobody misses it."""
    parts = steps(path)
    name = parts[-1].casefold() if parts else ""
    return "__MACOSX" in parts or name in _BY_ITSELF or name.startswith(("._", "~$"))
