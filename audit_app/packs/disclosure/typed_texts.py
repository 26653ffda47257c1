"""Looks through the finished contents for what an audience must not get but somebody typed into a text. Pure.

Fields are chosen by level; this is the second look, at words such as “see AUD-0042” in the text of a finding.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from audit_app import disclosure
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.disclosure.clearing import Clearing, leaves
from audit_app.packs.disclosure.levels import INSPECTOR

_AUDIT = re.compile(r"\bAUD-\d{4,}\b")
_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")  # of a file, as SHA-256 is written
_TOKEN = re.compile(r"[^\s,;:!?()\[\]“”‘’\"']+")


def places_that_name_a_case(pack: EvidencePack, case_references: Collection[str]) -> list[str]:
    """Where a text names an audit or a case that this audience must not be able to trace; never the text itself."""
    if pack.level < INSPECTOR:
        return []
    cases = {case.casefold() for case in case_references if case}
    return sorted({place for place, text in _texts(pack) if _names_a_case(text, cases)})


# Told by their shape alone: a sentence of the product's own never holds one.
_BY_SHAPE = {
    disclosure.Kind.nhs_number,
    disclosure.Kind.pupil_number,
    disclosure.Kind.insurance_number,
    disclosure.Kind.email,
    disclosure.Kind.telephone,
    disclosure.Kind.postcode,
    disclosure.Kind.birth,
    disclosure.Kind.age,
}
# Ours, or codes: hashes and names of frameworks, and what audits of the list are called.
_NOT_TYPED = {"edition id", "edition title", "edition note", "logo sha256", "log head", "terms", "audits", "details"}


def places_nobody_was_shown(pack: EvidencePack, clearing: Clearing) -> list[str]:
    """Where a text of a pack that leaves the council holds words by which a person is told, and nobody was asked."""
    if not leaves(pack.level):
        return []
    asked = {place.suspect.words.casefold() for place in clearing.places}
    looked_over = sorted({place.text.text for place in clearing.places}, key=len, reverse=True)
    council = disclosure.council(pack.as_at.date())
    framework = {part.more for part in pack.sources if part.what == pack.edition_title}  # what its edition says of it
    strange = set()
    for place, text in dict.fromkeys(_texts(pack)):
        if place in _NOT_TYPED or text in framework:
            continue
        if _unasked(text, asked, council) and _unasked(_without(text, looked_over), asked, council):
            strange.add(place)
    return sorted(strange)


def _unasked(text: str, asked: Collection[str], council: disclosure.Council) -> bool:
    """Whether a text holds words by which a person is told that nobody was asked about."""
    # The pack's own name of an audit, R-NG27AB say, is made by chance and may have the shape of a postcode.
    # In one of about 140 fingerprints of files ten figures in a row have the shape of an NHS number.
    plain = _FINGERPRINT.sub("a file", pseudonyms.NAME.sub("an audit", text))
    suspects = disclosure.suspects(plain, council)
    return any(each.kind in _BY_SHAPE and each.words.casefold() not in asked for each in suspects)


def _without(text: str, looked_over: Iterable[str]) -> str:
    """A sentence of ours without the texts in it that somebody was shown whole.

    “Signed by Jo Marlowe, 1 September 2026” is a post that was asked about and a day of the register’s, no birthday.
    """
    for each in looked_over:
        text = text.replace(each.strip(), "something")
    return text


def _names_a_case(text: str, cases: Collection[str]) -> bool:
    if _AUDIT.search(text):
        return True
    return any(token.casefold().strip(".") in cases for token in _TOKEN.findall(text))


def _texts(pack: EvidencePack) -> Iterator[tuple[str, str]]:
    """Every text of the contents, with the reference of the nearest thing around it."""
    for field in fields(pack):
        yield from _walk(getattr(pack, field.name), field.name.replace("_", " "))


def _walk(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _walk(part, place)
    elif is_dataclass(value):
        nearer = str(getattr(value, "reference", "") or place)
        for field in fields(value):
            yield from _walk(getattr(value, field.name), nearer)
