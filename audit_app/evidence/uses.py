"""What evidence may prove, by public reference, and how each is called. Pure.

A reference may go on after a stroke, to say what of the thing is proved: ACT-0011/completion, AFI-0003/impact,
SAS-0001/help-and-protection. The code is open: a higher feature brings its own.
"""

import re

from audit_app.evidence.tables import EVIDENCE, FOLDER
from findings.references import ACTION, AREA, FINDING

SHAPE = re.compile(r"([A-Z]{3})-([0-9]{4,9})((?:/[a-z0-9][a-z0-9_.-]*)*)")
COMPLETION, IMPACT = "completion", "impact"
WHAT = {
    FINDING: "finding",
    AREA: "area for improvement",
    ACTION: "action",
    FOLDER: "entry of the evidence folder",
    "SAS": "self-assessment",
    "REQ": "request",
}
PARTS = {"": "the thing as a whole", COMPLETION: "that it was completed", IMPACT: "its impact"}
# Parts that have a number of the database's behind their kind.
PARTS_BY_KIND = {"claim": "a claim of it"}
# What can be proved apart of each kind of thing.
PARTS_OF = {ACTION: (COMPLETION,), AREA: (IMPACT,)}


def prefix_of(reference: str) -> str:
    """The kind of thing a reference names; nothing when it has no such shape, or names evidence itself."""
    match = SHAPE.fullmatch(reference)
    return match[1] if match and match[1] != EVIDENCE else ""


def number_in(reference: str) -> int:
    """The number of the thing a reference names; 0 when it has no such shape."""
    match = SHAPE.fullmatch(reference)
    return int(match[2]) if match else 0


def thing_of(reference: str) -> str:
    """The thing itself, without what of it is proved: ACT-0011 of ACT-0011/completion."""
    return reference.partition("/")[0]


def part_of(reference: str) -> str:
    """What of the thing is proved: completion; nothing for the thing as a whole."""
    return reference.partition("/")[2]


def called(reference: str) -> str:
    """The thing in words: action ACT-0011, that it was completed."""
    what, part = WHAT.get(prefix_of(reference), ""), part_of(reference)
    words = f"{what} {thing_of(reference)}".strip()
    if not part:
        return words
    kind = part.partition("-")[0]
    return f"{words}, {PARTS.get(part) or PARTS_BY_KIND.get(kind) or part.replace('-', ' ').replace('/', ', ')}"
