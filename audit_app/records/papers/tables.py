"""The table of what only the council can say in its papers: one answer to each question, with who and when."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import TEXT_LENGTH, Row, at_most, outside_id

KEY_LENGTH = 60


class CouncilStatement(Row, table=True):
    """What a council says to one question its papers leave to it; an empty text is an answer taken back."""

    __tablename__ = "council_statement"
    __table_args__ = (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"]),
        *at_most(TEXT_LENGTH, "text"),
        *at_most(KEY_LENGTH, "question"),
    )

    question: str = Field(primary_key=True, max_length=KEY_LENGTH)
    text: str = ""
    written_by: int = outside_id()
    written_at: datetime
    revision: int = 1
