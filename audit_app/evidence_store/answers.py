"""What a confined reader answers, as bytes between two processes: a line of JSON, the file, its picture. Pure."""

import json
from dataclasses import dataclass

from audit_app.evidence_store.refusal import Refused

MOST_TEXT = 200_000  # characters that are kept; the rest of a longer file is told not to have been read


@dataclass(frozen=True)
class Contents:
    """What was read from a file: its pages, its words, a picture of its first page, and itself where drawn anew."""

    pages: int | None = None
    text: str = ""
    whole: bool = True
    picture: bytes = b""
    anew: bytes = b""
    left_out: str = ""


def packed(contents: Contents) -> bytes:
    """The answer of a reader that could read the file."""
    # No database keeps a NUL or half a letter, and a file may hold both.
    text = contents.text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    header = {
        "pages": contents.pages,
        "text": text[:MOST_TEXT],
        "whole": contents.whole and len(text) <= MOST_TEXT,
        "left_out": contents.left_out,
        "anew": len(contents.anew),
    }
    return json.dumps(header).encode("ascii") + b"\n" + contents.anew + contents.picture


def packed_refusal(refusal: Refused) -> bytes:
    """The answer of a reader that refuses the file."""
    return json.dumps({"refused": [refusal.code, refusal.message]}).encode("ascii") + b"\n"


def unpacked(answer: bytes) -> Contents:
    """The answer as the parent reads it.

    Raises:
        Refused: the reader refused the file.
    """
    line, _newline, rest = answer.partition(b"\n")
    header = json.loads(line)
    if "refused" in header:
        raise Refused(*header["refused"])
    anew = header["anew"]
    return Contents(
        header["pages"], header["text"], header["whole"], rest[anew:], rest[:anew], header["left_out"]
    )  # fmt: skip
