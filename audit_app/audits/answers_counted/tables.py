"""The answer sheet of each agreed audit: all its answers in one row, so that thousands can be counted at one look.

It repeats what the audit's answers say and is never the only place of it: `check` compares them, `service.sheets_anew`
makes every sheet anew.
"""

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import Row


class AnswerSheet(Row, table=True):
    """What one agreed audit answered: a line for each question, its key and the code given; no word anybody typed."""

    __tablename__ = "answer_sheet"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"], ["case_audit.authority_id", "case_audit.number"], ondelete="CASCADE"
        ),
    )

    audit_number: int = Field(primary_key=True)
    answers: str
