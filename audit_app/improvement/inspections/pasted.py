"""What a person confirmed of a list pasted from a report, piece by piece. Pure."""

from dataclasses import dataclass
from datetime import date

from findings.states import FindingKind, Timescale


@dataclass(frozen=True)
class PastedRow:
    """One piece of a pasted list as a person confirmed it."""

    text: str
    kind: FindingKind
    judgement_area: str = ""
    paragraphs: str = ""
    timescale: Timescale | None = None
    heading: str = ""
    due_on: date | None = None
    agencies: str = ""
