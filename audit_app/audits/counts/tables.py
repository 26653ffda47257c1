"""The counts that are kept: of each day and each month of submission, so many agreed audits with such a grade.

They repeat what the audits say and are never the only place of it: `check` compares them, `service.count_all` makes
them anew.
"""

from datetime import date
from enum import StrEnum, auto

from sqlmodel import Field

from findings.metadata import Row, one_of


class Span(StrEnum):
    """How long a row counts: one London day, or a whole month of them."""

    day = auto()
    month = auto()


class AgreedCount(Row, table=True):
    """How many agreed audits submitted in a day or a month ended in a grade, or had it for one domain.

    Without a domain a row counts audits, each once, with their overall grade or none ("") and the way they were chosen.
    With a domain it counts that domain's grades, and the way is left out (""): tables of domains tell apart only
    audits drawn at random and chosen ones.
    """

    __tablename__ = "agreed_count"

    span: Span = Field(primary_key=True, sa_type=one_of(Span, "span"))
    begins: date = Field(primary_key=True)
    at_random: bool = Field(primary_key=True)
    edition_id: str = Field(primary_key=True, max_length=60)
    set_id: str = Field(primary_key=True, max_length=60)
    domain_id: str = Field(primary_key=True, max_length=60)
    way: str = Field(primary_key=True, max_length=100)
    grade: str = Field(primary_key=True, max_length=40)
    audits: int
