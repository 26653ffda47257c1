"""What a text may tell of a person that must not leave: a kind, the words and where they stand. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto


class Kind(StrEnum):
    """What the words look like."""

    birth = auto()
    age = auto()
    person = auto()
    staff_name = auto()
    postcode = auto()
    address = auto()
    case_reference = auto()
    telephone = auto()
    email = auto()
    nhs_number = auto()
    pupil_number = auto()
    insurance_number = auto()
    small_number = auto()


TITLES = {
    Kind.birth: "a date of birth",
    Kind.age: "an age beside a name",
    Kind.person: "the name of a person",
    Kind.staff_name: "the name of somebody in your council",
    Kind.postcode: "a postcode",
    Kind.address: "an address",
    Kind.case_reference: "a case reference",
    Kind.telephone: "a telephone number",
    Kind.email: "an e-mail address or an account",
    Kind.nhs_number: "an NHS number",
    Kind.pupil_number: "a unique pupil number",
    Kind.insurance_number: "a National Insurance number",
    Kind.small_number: "fewer than five children",
}


@dataclass(frozen=True)
class Suspect:
    """Words that look as if they tell of a person, and where in the text they begin."""

    kind: Kind
    words: str
    start: int

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.words)

    @property
    def looks_like(self) -> str:
        """What the words look like, as a sentence says it."""
        return TITLES[self.kind]


def each_match(text: str, pattern: re.Pattern[str], kind: Kind) -> Iterator[Suspect]:
    """A suspect for each match; its first group where it has one, or else the whole of it."""
    for match in pattern.finditer(text):
        group = 1 if pattern.groups and match[1] else 0
        yield Suspect(kind, match[group], match.start(group))
