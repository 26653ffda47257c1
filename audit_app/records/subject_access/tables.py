"""The table of requests for everything on somebody: who asked and why, who agreed, and the file while there is one."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import TEXT_LENGTH, Numbered, at_most, one_of, outside_id

REQUEST = "SAR"
SOUGHT_LENGTH = 254
COUNTS_LENGTH = 100_000


class SubjectKind(StrEnum):
    """Whom everything is looked for on."""

    case_reference = auto()
    staff_code = auto()
    account = auto()


class SubjectRequest(Numbered, table=True):
    """One request; its file ends by itself, what was asked, by whom and what was found stays."""

    __tablename__ = "subject_request"
    __table_args__ = (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"]),
        *at_most(SOUGHT_LENGTH, "sought"),
        *at_most(TEXT_LENGTH, "reason", "refused_reason"),
        *at_most(COUNTS_LENGTH, "counts"),
        *at_most(64, "sha256"),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
        sa.CheckConstraint("(subject = 'account') = (person_id IS NOT NULL)", name="account_named"),
        sa.CheckConstraint("agreed_by IS NULL OR agreed_by <> asked_by", name="two_people"),
    )

    subject: SubjectKind = Field(sa_type=one_of(SubjectKind, "subject_kind"))
    sought: str = ""  # the reference or the code; empty for an account, which is named by its number
    person_id: int | None = outside_id(default=None)
    reason: str
    asked_by: int = outside_id()
    asked_at: datetime
    agreed_by: int | None = outside_id(default=None)
    agreed_at: datetime | None = None
    refused_by: int | None = outside_id(default=None)
    refused_at: datetime | None = None
    refused_reason: str = ""
    job_id: int | None = outside_id(default=None)
    made_at: datetime | None = None
    sha256: str = ""  # of the file; empty once it has ended
    size: int = 0  # bytes
    lines: int = 0  # places of text that were found
    counts: str = ""  # how many by field, as JSON
    expires_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by: int | None = outside_id(default=None)  # nobody when its time was up
