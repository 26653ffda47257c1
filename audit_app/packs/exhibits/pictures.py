"""A picture inside a Word or Excel file without what its camera and its owner wrote into it. Pure.

Its dots are not touched: parts of the file that draw nothing are left out, whole.
"""

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# JFIF says how large a dot is, Adobe how the colours are kept, ICC what they mean: without them it looks different.
_DRAWS = {0xE0, 0xEE}
_ICC = b"ICC_PROFILE\0"
_WRITTEN = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def bare(data: bytes) -> bytes:
    """The picture without remarks; what is neither a JPEG nor a PNG, or is not whole, comes back as it was."""
    try:
        if data.startswith(JPEG):
            return _jpeg(data)
        return _png(data) if data.startswith(PNG) else data
    except IndexError:
        return data


def _jpeg(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        mark, body = data[at + 1], data[at + 4 : end]
        if end > len(data) or end <= at + 3:
            raise IndexError
        written = mark == 0xFE or 0xE0 <= mark <= 0xEF
        if not written or mark in _DRAWS or body.startswith(_ICC):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end > len(data):
            raise IndexError
        if kind not in _WRITTEN:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break  # what is put behind the picture is no part of it
    return b"".join(kept)
