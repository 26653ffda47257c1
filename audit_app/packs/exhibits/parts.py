"""Objects of a PDF taken out of the file they stand in, with nothing that only told of the file. In a child only."""

import io
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

from audit_app.packs.exhibits.framing import packed
from audit_app.paper.joined import Piece

# What tells of who made it and with what, or leads elsewhere: none of it is seen on the page.
LEFT_OUT = frozenset({
    "/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI", "/Measure",
    "/PtData", "/A", "/AA", "/Parent", "/P", "/OC", "/Properties", "/Thumb",
})  # fmt: skip
MOST_DEPTH = 60


class TooTangled(Exception):
    """Objects stand in each other deeper than any sound file needs."""


class Parts:
    """The objects of one file that its pages need, numbered from 1 in the order in which they were met."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, int], int] = {}
        self.waiting: list[tuple[int, IndirectObject]] = []
        self.bodies: dict[int, bytes] = {}
        self.last = 0

    def number(self) -> int:
        """A number for an object that is made here."""
        self.last += 1
        return self.last

    def number_of(self, pointer: IndirectObject) -> int:
        """The number of an object of the file, which is taken out later."""
        key = (pointer.idnum, pointer.generation)
        if key not in self.numbers:
            self.numbers[key] = self.number()
            self.waiting.append((self.numbers[key], pointer))
        return self.numbers[key]

    def put(self, number: int, thing: Any, *, more: dict[str, Any] | None = None, data: bytes | None = None) -> None:
        """Keep an object; `more` are entries set beside its own, `data` is the content of a stream."""
        writing = _Writing(self)
        if isinstance(thing, StreamObject) or data is not None:
            content = data if data is not None else bytes(thing._data)
            if data is None and _is_picture_of_a_camera(thing):
                content = without_notes(content)
            writing.dictionary(thing, 0, {**(more or {}), "/Length": len(content)})
            writing.raw(b"stream\n" + content + b"\nendstream")
        else:
            writing.thing(thing, 0)
        self.bodies[number] = packed(writing.done())

    def take_the_rest(self) -> None:
        """Take out whatever was pointed at, and what that points at."""
        while self.waiting:
            number, pointer = self.waiting.pop()
            thing = pointer.get_object()
            self.put(number, NullObject() if thing is None else thing)

    def whole(self) -> bytes:
        """Every object in the order of its number."""
        return b"".join(self.bodies[number] for number in range(1, self.last + 1))


class _Writing:
    """One object being written: its bytes so far, cut wherever it points at another."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.pieces, self.bytes = parts, [], io.BytesIO()  # type: ignore[var-annotated]

    def raw(self, data: bytes) -> None:
        self.bytes.write(data)

    def done(self) -> list[Piece]:
        self.pieces.append((self.bytes.getvalue(), 0))
        return self.pieces

    def point(self, number: int) -> None:
        self.pieces.append((self.bytes.getvalue(), number))
        self.bytes = io.BytesIO()

    def thing(self, value: Any, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise TooTangled
        if isinstance(value, IndirectObject):
            self.point(self.parts.number_of(value))
        elif isinstance(value, DictionaryObject):
            self.dictionary(value, depth, {})
        elif isinstance(value, ArrayObject):
            self.raw(b"[")
            for each in list.__iter__(value):
                self.thing(each, depth + 1)
                self.raw(b" ")
            self.raw(b"]")
        elif isinstance(value, TextStringObject | ByteStringObject):
            self.raw(b"<" + bytes(value.original_bytes).hex().encode("ascii") + b">")
        elif isinstance(value, int | float) and not hasattr(value, "write_to_stream"):
            self.raw(str(value).encode("ascii"))
        else:
            value.write_to_stream(self.bytes)

    def dictionary(self, value: DictionaryObject, depth: int, more: dict[str, Any]) -> None:
        """A dictionary without what is left out; `more` goes before its own entries."""
        self.raw(b"<<")
        for name, each in {**dict(dict.items(value)), **more}.items():
            if name in LEFT_OUT:
                continue
            NameObject(name).write_to_stream(self.bytes)
            self.raw(b" ")
            if isinstance(each, Pointer):
                self.point(each.number)
            else:
                self.thing(each, depth + 1)
        self.raw(b">>")


class Pointer:
    """Points at an object that was made here."""

    def __init__(self, number: int) -> None:
        self.number = number


def _is_picture_of_a_camera(stream: StreamObject) -> bool:
    """Whether the content is a JPEG file as it is, which may say where and with what it was taken."""
    filters: Any = dict.get(stream, "/Filter")
    filters = filters.get_object() if isinstance(filters, IndirectObject) else filters
    last = [filters] if isinstance(filters, NameObject) else list(filters or [])
    return [str(each) for each in last] == ["/DCTDecode"]


def without_notes(data: bytes) -> bytes:
    """A JPEG without what cameras and programs write into it (EXIF, XMP, comments); its pixels are not touched."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        # 0 says that it is a JPEG, 2 holds its colours, 14 how they are meant; the others hold words.
        if not (0xE0 <= mark <= 0xEF and mark not in (0xE0, 0xE2, 0xEE)) and mark != 0xFE:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, data[at:]])
