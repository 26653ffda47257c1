"""Where a person is sent after signing in: only ever a page of our own (AU-14). Pure."""

import re
from urllib.parse import unquote

HOME = "/"
LONGEST = 500
# What our own addresses are made of; no backslash, no blank, no control character.
PLAIN = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:%/-]*(\?[A-Za-z0-9._~!$&'()*+,;=:%/?-]*)?")
DECODINGS = 4


def own_path(target: str | None) -> str:
    """The target when it is a path of our own, otherwise the home page.

    A browser drops tabs and newlines, takes a backslash for a slash and reads what we encoded twice only once; so the
    path must be plain as it stands and after each decoding.
    """
    if not target or len(target) > LONGEST or not _is_plain(target):
        return HOME
    path = target.partition("?")[0]
    return HOME if path.startswith("/sign-") else target


def _is_plain(target: str) -> bool:
    seen = target
    for _ in range(DECODINGS):
        if not _own_at_this_level(seen, first=seen is target):
            return False
        decoded = unquote(seen, errors="strict") if _decodes(seen) else None
        if decoded is None:
            return False
        if decoded == seen:
            return True
        seen = decoded
    return False


def _decodes(text: str) -> bool:
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _own_at_this_level(text: str, *, first: bool) -> bool:
    path = text.partition("?")[0]
    if first and not PLAIN.fullmatch(text):
        return False
    if any(letter == "\\" or ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in text):
        return False
    parts = path.split("/")
    return path.startswith("/") and "//" not in path and not {".", ".."}.intersection(parts)
