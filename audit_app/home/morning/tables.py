"""Who chose to be sent an e-mail on working mornings when something is due."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class MorningMail(SQLModel, table=True):
    """One person's choice in one council; `sent_on` is the last morning that was looked at."""

    __tablename__ = "morning_mail"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=sa.BigInteger)
    chosen_at: datetime
    sent_on: date | None = None
