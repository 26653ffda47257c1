"""What a PDF must not hold: scripts, programs it starts, files inside it, or a lock (UP-6). Nothing here renders it."""

import re
import zlib
from collections.abc import Iterator

from audit_app.evidence_store.refusal import Refused

SIGNATURE = b"%PDF-"
UNPACKED_LIMIT = 200 * 1024 * 1024
DICTIONARY_REACH = 4096
CHUNK = 65_536

_FORBIDDEN = (
    (b"/Encrypt", "encrypted", "This PDF is locked. Save or print it to a new PDF without a password and try again."),
    (b"/JavaScript", "script", "This PDF holds a script. Print it to a new PDF and try again."),
    (b"/Launch", "launch", "This PDF starts a program. Print it to a new PDF and try again."),
    (b"/EmbeddedFile", "embedded", "This PDF has other files inside it. Add those files one by one instead."),
    (b"/RichMedia", "media", "This PDF holds film or sound. Print it to a new PDF and try again."),
)
_HEX_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def _unreadable() -> Refused:
    return Refused("unreadable", "This PDF could not be checked. Print it to a new PDF and try again.")


def check(data: bytes) -> None:
    """Look through the file's objects, those packed in object streams included.

    The words looked for are long, so that they do not turn up by chance in packed pictures, and are looked for in
    every byte, so that nothing is hidden by pretending to be a picture.

    Raises:
        Refused: it holds something that must not come in, or cannot be looked into.
    """
    if b"%%EOF" not in data[-2048:]:
        raise Refused("cut_off", "This PDF is not complete: its end is missing. Fetch it again and try again.")
    _look(data)
    for packed in object_streams(data):
        _look(packed)


def _look(data: bytes) -> None:
    # A name may be written with #41 for A; readers undo that, so we do too before we look.
    plain = _HEX_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)
    for name, code, message in _FORBIDDEN:
        if re.search(re.escape(name) + rb"s?(?![A-Za-z])", plain):
            raise Refused(code, message)


def object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked content of each stream that holds other objects."""
    unpacked = 0
    for start in _STREAM.finditer(data):
        dictionary = data[max(0, start.start() - DICTIONARY_REACH) : start.start()]
        dictionary = dictionary[dictionary.rfind(b"obj") :]
        plain = _HEX_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), dictionary)
        # Every object stream must say where its first object begins; some readers ask for no more than that.
        if b"/ObjStm" not in plain and b"/First" not in plain:
            continue
        content = _unpack(data, start.end(), plain, UNPACKED_LIMIT - unpacked)
        unpacked += len(content)
        yield content


def _unpack(data: bytes, start: int, dictionary: bytes, limit: int) -> bytes:
    if b"/Filter" not in dictionary:
        end = data.find(b"endstream", start)
        return data[start : end if end >= 0 else len(data)]
    if b"/DecodeParms" in dictionary or b"/FlateDecode" not in dictionary or dictionary.count(b"Decode") > 1:
        raise _unreadable()
    try:
        return _inflate(data, start, limit)
    except zlib.error:
        raise _unreadable() from None


def _inflate(data: bytes, start: int, limit: int) -> bytes:
    """Unpack to the end that the packed data themselves mark: the word endstream may occur within them."""
    unpacker, content = zlib.decompressobj(), b""
    for place in range(start, len(data), CHUNK):
        content += unpacker.decompress(data[place : place + CHUNK], limit - len(content) + 1)
        if len(content) > limit or unpacker.unconsumed_tail:
            raise Refused("too_large", "This PDF unpacks to far more than its size. Print it anew and try again.")
        if unpacker.eof:
            break
    return content
