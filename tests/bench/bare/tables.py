"""One table a thing."""

from datetime import date, datetime

from sqlmodel import Field, MetaData, SQLModel


class Bare(SQLModel):
    """Tables of this application alone: not among those of the product."""

    metadata = MetaData()


class Person(Bare, table=True):
    """Who signs in."""

    __tablename__ = "bare_person"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    password_hash: str


class Audit(Bare, table=True):
    """One audit."""

    __tablename__ = "bare_audit"
    number: int = Field(primary_key=True)
    case_reference: str
    team: str
    auditor_id: int = Field(index=True)
    stage: str = Field(index=True)
    due_on: date = Field(index=True)
    grade: str = ""
    rationale: str = ""
    revision: int = 0


class Answer(Bare, table=True):
    """One answer to one question."""

    __tablename__ = "bare_answer"
    audit_number: int = Field(primary_key=True)
    question: str = Field(primary_key=True)
    code: str = ""
    note: str = ""


class Line(Bare, table=True):
    """Who did what and when."""

    __tablename__ = "bare_line"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    by: int
    what: str
