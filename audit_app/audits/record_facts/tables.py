"""What an audit says to each fact about the record."""

from datetime import datetime

from sqlmodel import Field

from findings.metadata import Row, at_most, joins, outside_id
from frameworks.kinds.answered import LONGEST_GIVEN


class AuditFact(Row, table=True):
    """What is given to one fact of an audit's set: words, a day, figures or a choice, empty once taken back."""

    __tablename__ = "audit_fact"
    __table_args__ = (joins("case_audit", "audit_number", "number"), *at_most(LONGEST_GIVEN, "given"))

    audit_number: int = Field(primary_key=True)
    fact_id: str = Field(primary_key=True, max_length=30)
    given: str = Field(default="", max_length=LONGEST_GIVEN)
    saved_by: int | None = outside_id(default=None)
    saved_at: datetime
