"""What somebody says in a claim and what they cite for it, as small frozen values. Pure."""

from dataclasses import dataclass
from datetime import date

from audit_app.self_assessment.tables import Cites, Stance


@dataclass(frozen=True)
class Cited:
    """What somebody cites: the columns of a citation that say what it is."""

    kind: Cites
    reference: str = ""
    part: str = ""
    set_edition_id: str = ""
    set_id: str = ""
    domain_id: str = ""
    question_key: str = ""
    cohort: str = ""
    at_random: bool = True
    period_from: date | None = None
    period_to: date | None = None
    months: int | None = None
    dated_on: date | None = None
    title: str = ""
    place: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Said:
    """What a claim says, of what it answers, and how firm a person says it is."""

    question: str
    text: str
    stance: Stance = Stance.neither
