"""Tables of what a self-assessment is told in: the council's Word templates, the two-page summary, and versions for
staff and for children and young people."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from audit_app.self_assessment.tables import ASSESSMENT_KEY
from findings.metadata import TEXT_LENGTH, TITLE_LENGTH, Identified, Row, at_most, joins, one_of, outside_id

VERSION_KEY = ("self_assessment_version", "version_id", "id")


class WordFor(StrEnum):
    """Which document a Word template makes."""

    whole = auto()
    summary = auto()
    staff = auto()
    children = auto()


class SummaryPart(StrEnum):
    """The three things a summary says."""

    known = auto()
    not_good_enough = auto()
    will_do = auto()


class Audience(StrEnum):
    """For whom a version is written."""

    staff = auto()
    children = auto()


class VersionState(StrEnum):
    """How far a version has come; what is signed may be published and never changes."""

    drafting = auto()
    with_reviewer = auto()
    signed = auto()
    withdrawn = auto()


class WordTemplate(Row, table=True):
    """One version of a council's Word template; kept for ever, because documents were made with it."""

    __tablename__ = "self_assessment_word_template"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "given_name", "note"),
        sa.CheckConstraint("version >= 1", name="version_range"),
    )

    word_for: WordFor = Field(primary_key=True, sa_type=one_of(WordFor, "word_for"))
    version: int = Field(primary_key=True)
    given_name: str
    sha256: str = Field(max_length=64)
    size: int
    note: str = ""  # what is different in it
    added_by: int = outside_id()
    added_at: datetime
    set_aside_by: int | None = outside_id(default=None)
    set_aside_at: datetime | None = None  # no document is made with it any more


class SummaryText(Row, table=True):
    """What one part of the two-page summary says, written by people."""

    __tablename__ = "self_assessment_summary_text"
    __table_args__ = (joins(*ASSESSMENT_KEY), *at_most(TEXT_LENGTH, "text"))

    assessment_number: int = Field(primary_key=True)
    part: SummaryPart = Field(primary_key=True, sa_type=one_of(SummaryPart, "part"))
    text: str
    written_by: int = outside_id()
    written_at: datetime
    revision: int = 1


class AudienceVersion(Identified, table=True):
    """A self-assessment retold for staff or for children and young people; it may leave the council once signed."""

    __tablename__ = "self_assessment_version"
    __table_args__ = (
        joins(*ASSESSMENT_KEY),
        sa.Index("ix_self_assessment_version_assessment", "authority_id", "assessment_number"),
        *at_most(TITLE_LENGTH, "title", "signed_post_title"),
        *at_most(TEXT_LENGTH, "returned_note", "withdrawn_why"),
        sa.CheckConstraint("title <> ''", name="title_said"),
        sa.CheckConstraint("state NOT IN ('signed', 'withdrawn') OR fingerprint <> ''", name="signed_is_frozen"),
    )

    assessment_number: int
    audience: Audience = Field(sa_type=one_of(Audience, "audience"))
    title: str
    state: VersionState = Field(default=VersionState.drafting, sa_type=one_of(VersionState, "state"))
    made_by: int = outside_id()
    made_at: datetime
    reviewer_id: int | None = outside_id(default=None)
    offered_by: int | None = outside_id(default=None)
    offered_at: datetime | None = None
    returned_note: str = ""
    signed_by: int | None = outside_id(default=None)
    signed_post_title: str = ""
    signed_at: datetime | None = None
    cleared: int = 0  # how many words the signer said tell of nobody
    contents: str = ""  # frozen at signature, as canonical JSON
    fingerprint: str = Field(default="", max_length=64)
    withdrawn_by: int | None = outside_id(default=None)
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""
    revision: int = 1


class VersionPart(Identified, table=True):
    """One heading of a version, and what people wrote under it."""

    __tablename__ = "self_assessment_version_part"
    __table_args__ = (
        joins(*VERSION_KEY),
        sa.Index("ix_self_assessment_version_part_version", "authority_id", "version_id", "position"),
        *at_most(TITLE_LENGTH, "heading"),
        *at_most(TEXT_LENGTH, "text"),
        sa.CheckConstraint("heading <> ''", name="heading_said"),
    )

    version_id: int = Field(sa_type=sa.BigInteger)
    position: int
    prompt: str = Field(default="", max_length=40)  # which of our headings it began as; empty for one of their own
    heading: str
    text: str = ""
    written_by: int = outside_id()
    written_at: datetime
    taken_out_at: datetime | None = None
    revision: int = 1


class VersionWriter(Row, table=True):
    """Somebody whose words stand, or stood, in a version: they may not sign it."""

    __tablename__ = "self_assessment_version_writer"
    __table_args__ = (joins(*VERSION_KEY),)

    version_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    first_at: datetime
    last_at: datetime
