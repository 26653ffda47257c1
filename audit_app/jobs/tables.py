"""Tables of long work: what was asked for and how far it is, and when each regular task last ran."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from findings.metadata import at_most, one_of
from findings.references import new_id

KIND_LENGTH = 40
REFERENCE_LENGTH = 120
MESSAGE_LENGTH = 500


class JobState(StrEnum):
    """Where a job stands; a job never leaves done, failed or cancelled."""

    waiting = auto()
    running = auto()
    done = auto()
    failed = auto()
    cancelled = auto()


class Job(SQLModel, table=True):
    """Long work somebody asked for. It holds references, never text of a case."""

    __tablename__ = "job"
    __table_args__ = (
        *at_most(KIND_LENGTH, "kind"),
        *at_most(REFERENCE_LENGTH, "reference", "result"),
        *at_most(MESSAGE_LENGTH, "message"),
        sa.CheckConstraint("done >= 0 and total >= 0", name="progress_not_negative"),
        sa.Index("ix_job_state_kind", "state", "kind"),
        sa.Index("ix_job_authority_id_kind_reference", "authority_id", "kind", "reference"),
    )

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    kind: str = Field(max_length=KIND_LENGTH)
    reference: str = Field(max_length=REFERENCE_LENGTH)
    asked_by: int | None = Field(default=None, sa_type=sa.BigInteger)
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    state: JobState = Field(default=JobState.waiting, sa_type=one_of(JobState, "job_state"))
    done: int = 0
    total: int = 0
    message: str = Field(default="", max_length=MESSAGE_LENGTH)
    cancel_asked: bool = False
    starts: int = 0
    result: str = Field(default="", max_length=REFERENCE_LENGTH)


class PeriodicRun(SQLModel, table=True):
    """When a regular task of the whole installation last ran, and since when it has been failing."""

    __tablename__ = "periodic_run"
    __table_args__ = (*at_most(KIND_LENGTH, "name"), *at_most(MESSAGE_LENGTH, "message"))

    name: str = Field(primary_key=True, max_length=KIND_LENGTH)
    started_at: datetime
    finished_at: datetime | None = None
    failing_since: datetime | None = None
    message: str = Field(default="", max_length=MESSAGE_LENGTH)
