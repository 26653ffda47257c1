"""Reads what was frozen as JSON: all its texts, or only what stands around a reference. Pure."""

import json
from collections.abc import Iterator
from typing import Any

from audit_app.records.subject_access.needles import Needle, those_in

LONGEST = 30_000  # characters of one cell; a workbook's cell holds 32,767


def is_document(text: str) -> bool:
    """Whether a text is JSON with something in it."""
    return text[:1] in "{[" and _read(text) is not None


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def whole(text: str) -> str:
    """Every text of a document with its path, a line each; what is no document as it is."""
    read = _read(text) if text[:1] in "{[" else None
    return text if read is None else "\n".join(_lines(read, ""))


def around(text: str, needles: tuple[Needle, ...]) -> str:
    """What a document says around each reference: where something is named by it, all of that; else that text alone."""
    read = _read(text) if text[:1] in "{[" else None
    return text if read is None else "\n".join(_around(read, "", needles))


def parts(text: str) -> list[str]:
    """A text in parts that fit a cell each; nothing is cut away."""
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)] or [""]


def _lines(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _lines(part, f"{path}/{key}" if path else str(key))
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _lines(part, f"{path}/{number}" if path else str(number))
    elif value not in (None, "", False):
        yield f"{path}: {value}"


def _around(value: Any, path: str, needles: tuple[Needle, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        names = {each.text for each in needles}
        if any(isinstance(part, str) and part in names for part in value.values()):
            yield from _lines(value, path)
            return
        for key, part in value.items():
            if those_in(needles, str(key)):
                yield from _lines(part, f"{path}/{key}")
            else:
                yield from _around(part, f"{path}/{key}" if path else str(key), needles)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _around(part, f"{path}/{number}" if path else str(number), needles)
    elif isinstance(value, str) and those_in(needles, value):
        # A kept form holds documents within documents, as text.
        inner = _read(value) if value[:1] in "{[" else None
        yield from [f"{path}: {value}"] if inner is None else _around(inner, path, needles)
