"""Whether a file is an e-mail, by how it begins: header lines, among them one that every e-mail has."""

import re

_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_OF_EVERY_MAIL = re.compile(rb"^(?:from|date|received|return-path):", re.IGNORECASE | re.MULTILINE)
REACH = 65_536


def looks_like_mail(data: bytes) -> bool:
    """Whether the file begins with the header lines of an e-mail."""
    headers = _HEADERS.match(data[:REACH])
    return bool(headers and b"\0" not in data and _OF_EVERY_MAIL.search(headers[0]))
