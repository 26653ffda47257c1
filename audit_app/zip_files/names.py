"""Names of files and folders that Windows, a Mac and Linux can all unpack. Pure."""

import re
from pathlib import PurePosixPath

LONGEST_NAME = 120  # of a file or folder; with where people unpack it, Windows takes 260 in all
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def is_safe(name: str) -> bool:
    """Whether Windows, a Mac and Linux can all unpack a file of this name, which may stand in a folder."""
    return all(step == safe_name(step) for step in name.split("/")) and len(name.split("/")) <= 3


def safe_name(given: str) -> str:
    """A name of one file that every computer takes: its ending stays, a reserved word gets a line before it."""
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", given)).strip(" .")
    if len(name) > LONGEST_NAME:
        ending = PurePosixPath(name).suffix[:20]
        name = name[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "file"
