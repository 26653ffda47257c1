"""Looks through the finished contents for what an audience must not get but somebody typed into a text. Pure.

Fields are chosen by level; this is the second look, at words such as “see AUD-0042” in the text of a finding.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from audit_app.packs.contents import EvidencePack
from audit_app.packs.levels import INSPECTOR

_AUDIT = re.compile(r"\bAUD-\d{4,}\b")
_TOKEN = re.compile(r"[^\s,;:!?()\[\]“”‘’\"']+")


def find_leaks(pack: EvidencePack, case_references: Collection[str]) -> list[str]:
    """Where a text names an audit or a case that this audience must not be able to trace; never the text itself."""
    if pack.level < INSPECTOR:
        return []
    cases = {case.casefold() for case in case_references if case}
    return sorted({place for place, text in _texts(pack) if _names_a_case(text, cases)})


def _names_a_case(text: str, cases: Collection[str]) -> bool:
    if _AUDIT.search(text):
        return True
    return any(token.casefold().strip(".") in cases for token in _TOKEN.findall(text))


def _texts(pack: EvidencePack) -> Iterator[tuple[str, str]]:
    """Every typed text of the contents, with the reference of the thing it belongs to."""
    for field in fields(pack):
        for part in _parts(getattr(pack, field.name)):
            place = getattr(part, "reference", "") or getattr(part, "name", "") or field.name.replace("_", " ")
            yield from ((str(place), text) for text in _strings(part))


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from value
    else:
        yield value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
