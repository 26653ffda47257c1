"""The answers that are counted beforehand: of each day and each month of submission, so many gave such an answer.

They repeat what the answer sheets say and are never the only place of it: `check` compares them, `service.count_all`
makes them anew.
"""

from datetime import date

from sqlmodel import Field

from audit_app.audits.counts.tables import Span
from findings.metadata import Row, one_of
from frameworks.kinds.answered import LONGEST_GIVEN


class AnswerCount(Row, table=True):
    """How many agreed audits submitted in a day or a month gave a question one answer.

    The question and the code stand as on an answer sheet (`answers_counted.sheet`). A row that names neither counts the
    sheets themselves: how many audits answered anything. Dates that were given are left out: they are one record's own.
    """

    __tablename__ = "answer_count"

    span: Span = Field(primary_key=True, sa_type=one_of(Span, "span"))
    begins: date = Field(primary_key=True)
    at_random: bool = Field(primary_key=True)
    edition_id: str = Field(primary_key=True, max_length=60)
    set_id: str = Field(primary_key=True, max_length=60)
    question_key: str = Field(primary_key=True, max_length=130)
    code: str = Field(primary_key=True, max_length=LONGEST_GIVEN)
    audits: int
