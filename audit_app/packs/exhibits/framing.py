"""What goes to the confined child that takes exhibits apart, and what it gives back, as bytes. Pure.

A question is a line of JSON and the bytes of one file, again and again. An answer is a line of JSON and the parts of
that file, again and again. A part is one object of a PDF in pieces: bytes, and after them the object they refer to, so
that whoever writes the whole file can number the objects without reading any of them.
"""

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit_app.paper.joined import Piece, Sheet

_COUNT, _PIECE = struct.Struct(">I"), struct.Struct(">II")


@dataclass(frozen=True)
class Question:
    """One file to be taken apart."""

    kind: str  # of `evidence_store.FileKind`
    data: bytes


@dataclass(frozen=True)
class Answer:
    """One file taken apart, or why it could not be."""

    problem: str = ""
    sheets: tuple[Sheet, ...] = ()
    parts: int = 0
    body: bytes = b""


def ask(questions: Iterable[Question]) -> bytes:
    """Files as the child is given them."""
    return b"".join(_framed({"kind": each.kind}, each.data) for each in questions)


def asked(data: bytes) -> Iterator[Question]:
    """The files, one by one."""
    for header, body in _unframed(data):
        yield Question(header["kind"], body)


def tell(answer: Answer) -> bytes:
    """An answer as the parent is given it."""
    sheets = [[sheet.part, sheet.wide, sheet.high, sheet.at] for sheet in answer.sheets]
    return _framed({"problem": answer.problem, "sheets": sheets, "parts": answer.parts}, answer.body)


def told_by(data: bytes) -> Iterator[Answer]:
    """The answers, one by one."""
    for header, body in _unframed(data):
        sheets = tuple(Sheet(*each) for each in header["sheets"])
        yield Answer(header["problem"], sheets, header["parts"], body)


def packed(pieces: list[Piece]) -> bytes:
    """One part as bytes."""
    made = [_COUNT.pack(len(pieces))]
    for data, part in pieces:
        made += [_PIECE.pack(len(data), part), data]
    return b"".join(made)


def unpacked(body: bytes) -> Iterator[list[Piece]]:
    """Every part in the order of their numbers, which begin at 1."""
    at = 0
    while at < len(body):
        (count,) = _COUNT.unpack_from(body, at)
        at += _COUNT.size
        pieces = []
        for _ in range(count):
            length, part = _PIECE.unpack_from(body, at)
            at += _PIECE.size
            pieces.append((body[at : at + length], part))
            at += length
        yield pieces


def _framed(header: dict[str, object], body: bytes) -> bytes:
    return json.dumps({**header, "size": len(body)}).encode("ascii") + b"\n" + body


def _unframed(data: bytes) -> Iterator[tuple[dict, bytes]]:
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        header = json.loads(data[at:end])
        at = end + 1 + header["size"]
        yield header, data[end + 1 : at]
