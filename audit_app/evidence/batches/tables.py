"""The tables of what was uploaded as one ZIP and waits to be confirmed: nothing in them is evidence yet."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from audit_app.evidence.tables import MOST_TEXT, NAME_LENGTH
from audit_app.evidence.tables_states import BatchState
from findings.metadata import CODE_LENGTH, TEXT_LENGTH, Numbered, Row, at_most, joins, one_of, outside_id

BATCH = "BAT"
LABEL_LENGTH = 500
PARTS_LENGTH = 10_000  # of the hashes of the parts of a ZIP: more than 200 MB has


class EvidenceBatch(Numbered, table=True):
    """Files that were uploaded together in a ZIP. Only whoever uploaded it sees it."""

    __tablename__ = "evidence_batch"
    __table_args__ = (
        *at_most(NAME_LENGTH, "given_name"),
        *at_most(64, "sha256"),
        *at_most(PARTS_LENGTH, "parts"),
        *at_most(TEXT_LENGTH, "message", "particulars"),
        sa.Index(None, "authority_id", "added_by"),
    )

    given_name: str  # of the ZIP; emptied when nothing came of it
    sha256: str  # of the ZIP, to know it again
    size: int = 0  # bytes of the ZIP
    parts: str = ""  # the hashes under which it is kept while it is read, with spaces between; empty once removed
    state: BatchState = Field(default=BatchState.reading, sa_type=one_of(BatchState, "batch_state"))
    message: str = ""  # why nothing came of it, in a sentence
    particulars: str = ""  # what is said of all its files, as `said.written` writes it
    job_id: int | None = outside_id(default=None)
    added_by: int = outside_id()
    added_at: datetime
    touched_at: datetime  # when its owner last did something to it: left alone for long, it is removed
    ended_at: datetime | None = None  # brought in, refused or thrown away
    revision: int = 1


class EvidenceBatchFile(Row, table=True):
    """One file of a ZIP: looked into and kept, or why it cannot be taken; evidence only once it has a number."""

    __tablename__ = "evidence_batch_file"
    __table_args__ = (
        joins("evidence_batch", "batch_number", "number"),
        *at_most(LABEL_LENGTH, "path"),
        *at_most(NAME_LENGTH, "given_name"),
        *at_most(64, "sha256", "picture_sha256"),
        *at_most(CODE_LENGTH, "kind"),
        *at_most(TEXT_LENGTH, "fault", "left_out", "particulars"),
        *at_most(MOST_TEXT, "text"),
        sa.CheckConstraint("place >= 1", name="counted_from_one"),
        sa.CheckConstraint("(fault = '' AND NOT by_itself) = (sha256 <> '')", name="taken_has_a_hash"),
        sa.Index(None, "authority_id", "sha256"),
    )

    batch_number: int = Field(primary_key=True)
    place: int = Field(primary_key=True)  # in the ZIP's own list
    path: str  # as a label: no path is ever made of it
    given_name: str
    unpacked: int = 0  # bytes that came out of the ZIP
    size: int = 0  # bytes of what is kept
    kind: str = ""
    sha256: str = ""
    picture_sha256: str = ""
    pages: int | None = None
    fault: str = ""  # why it cannot be taken
    by_itself: bool = False  # put into the ZIP by a computer: passed over
    left_out: str = ""  # what was not kept of it
    text: str = ""
    whole_text: bool = True
    chosen: bool | None = None  # whether it is to be added; None while nobody has decided
    particulars: str = ""  # what is said of this one alone
    evidence_number: int | None = None
