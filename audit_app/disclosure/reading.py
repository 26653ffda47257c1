"""Reads one text with every recogniser: what overlaps is told once, under what says most. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from audit_app.disclosure.births import births
from audit_app.disclosure.case_references import case_references
from audit_app.disclosure.council import Council
from audit_app.disclosure.identifiers import identifiers
from audit_app.disclosure.names import names
from audit_app.disclosure.places import places
from audit_app.disclosure.small_numbers import small_numbers
from audit_app.disclosure.suspect import Kind, Suspect

WORDS_AROUND = 60
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
# Where two recognisers see the same words, the first of these is told.
_FIRST = {kind: place for place, kind in enumerate((
    Kind.nhs_number, Kind.email, Kind.pupil_number, Kind.insurance_number, Kind.birth, Kind.age, Kind.address,
    Kind.postcode, Kind.staff_name, Kind.case_reference, Kind.telephone, Kind.person, Kind.small_number,
))}  # fmt: skip


def plain(text: str) -> str:
    """A text as it is read: full-width and joined forms made plain, nothing invisible between its letters."""
    made = unicodedata.normalize("NFKC", text).translate(_SAME)
    return "".join(letter for letter in made if unicodedata.category(letter) != "Cf")


def suspects(text: str, council: Council) -> tuple[Suspect, ...]:
    """What in a text looks as if it told of a person, in the order of the text; places are those of `plain(text)`."""
    if not text or not text.strip():
        return ()
    read = plain(text)
    return _told_once([
        *identifiers(read),
        *births(read, council.today),
        *places(read),
        *names(read, council.staff),
        *case_references(read, council.reference),
        *small_numbers(read),
    ])  # fmt: skip


def _told_once(every: Iterable[Suspect]) -> tuple[Suspect, ...]:
    kept: list[Suspect] = []
    for suspect in sorted(every, key=lambda suspect: (_FIRST[suspect.kind], -len(suspect.words), suspect.start)):
        if not any(suspect.start < other.end and other.start < suspect.end for other in kept):
            kept.append(suspect)
    return tuple(sorted(kept, key=lambda suspect: suspect.start))


def around(text: str, suspect: Suspect, reach: int = WORDS_AROUND) -> tuple[str, str, str]:
    """The words before, the suspect's own, and the words after, cut between words and on one line."""
    read = plain(text)
    before, after = read[: suspect.start], read[suspect.end :]
    if len(before) > reach:
        before = "…" + before[-reach:].partition(" ")[2]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + "…"
    return re.sub(r"\s+", " ", before), suspect.words, re.sub(r"\s+", " ", after)
