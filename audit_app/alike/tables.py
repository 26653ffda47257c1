"""The table of notes that the servers of one database leave for one another."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from findings.metadata import at_most

NAME_LENGTH = 40
TEXT_LENGTH = 20_000


class ServerNote(SQLModel, table=True):
    """One thing the servers of this installation tell one another, such as where files are kept; nothing of a case."""

    __tablename__ = "server_note"
    __table_args__ = (*at_most(NAME_LENGTH, "name"), *at_most(TEXT_LENGTH, "text"))

    name: str = Field(primary_key=True, max_length=NAME_LENGTH)
    text: str = Field(max_length=TEXT_LENGTH)
    noted_at: datetime
