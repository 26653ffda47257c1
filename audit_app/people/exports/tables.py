"""The table of long exports: who asked for which register, and the file while it is kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import Numbered, at_most, outside_id

EXPORT = "EXP"
KEY_LENGTH = 40
FILTERS_LENGTH = 4_000


class LongExport(Numbered, table=True):
    """One register that the worker makes into a workbook for whoever asked; the file ends by itself, the row stays."""

    __tablename__ = "long_export"
    __table_args__ = (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"]),
        *at_most(KEY_LENGTH, "kind"),
        *at_most(FILTERS_LENGTH, "narrowed_to"),
        *at_most(64, "sha256", "rights"),
        sa.CheckConstraint("rows >= 0 and size >= 0", name="counts_not_negative"),
        sa.Index("ix_long_export_authority_id_asked_by", "authority_id", "asked_by"),
    )

    kind: str = Field(max_length=KEY_LENGTH)
    narrowed_to: str = ""  # the filters as JSON; emptied when the file ends, for a search may name a case
    asked_by: int = outside_id()
    asked_at: datetime
    job_id: int | None = outside_id(default=None)
    rows: int = 0  # as counted when it was asked for, and as written once it is made
    rights: str = Field(default="", max_length=64)  # what its maker could see when it was made, as a hash
    made_at: datetime | None = None
    sha256: str = Field(default="", max_length=64)
    size: int = 0
    taken_at: datetime | None = None
    expires_at: datetime | None = None
    removed_at: datetime | None = None
