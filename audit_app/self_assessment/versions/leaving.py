"""What in a version looks as if it told of a person, so that it cannot be published; what a person may clear. Pure."""

import hashlib
from dataclasses import dataclass

from audit_app import disclosure
from audit_app.disclosure import Council, Kind
from audit_app.self_assessment.versions.contents import Version

# Ordinary words may look like a name, an age or a small number; these kinds are never ordinary words.
CLEARED_BY_A_PERSON = frozenset({Kind.person, Kind.staff_name, Kind.small_number, Kind.telephone, Kind.email})


@dataclass(frozen=True)
class Suspected:
    """Words of a version that look as if they told of a person; `mark` names them without holding them."""

    mark: str
    where: str
    words: str
    looks_like: str
    may_be_cleared: bool


def suspected(version: Version, council: Council) -> tuple[Suspected, ...]:
    """Everything of that kind in title, headings and texts, each pair of words and place once."""
    texts = [("The title", version.title)]
    for part in version.parts:
        texts += [(f"Heading “{part.heading}”", part.heading), (part.heading, part.text)]
    made: dict[str, Suspected] = {}
    for where, text in texts:
        for each in disclosure.suspects(text, council):
            mark = hashlib.sha256(f"{where}\n{each.kind}\n{each.words}".encode()).hexdigest()[:20]
            clearable = each.kind in CLEARED_BY_A_PERSON
            made.setdefault(mark, Suspected(mark, where, each.words, each.looks_like, clearable))
    return tuple(made.values())
