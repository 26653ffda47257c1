"""The table of evidence packs: what was asked for, the frozen contents, and the files made of them."""

from datetime import date, datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import CODE_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Identified, Numbered, at_most, one_of, outside_id

PACK = "PCK"


class PackState(StrEnum):
    """How far a pack has come; its contents never change once frozen."""

    asked = auto()
    frozen = auto()
    ready = auto()


class EvidencePackRow(Numbered, table=True):
    """One evidence pack. The files lie in the evidence store under their hashes."""

    __tablename__ = "evidence_pack"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "author_post", "owner_post", "approvals"),
        *at_most(TEXT_LENGTH, "circulation", "purpose", "withdrawn_reason", "destroy_reason"),
        *at_most(CODE_LENGTH, "edition_id", "marking"),
        sa.CheckConstraint("period_to >= period_from", name="period_in_order"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.CheckConstraint("level = 3 or purpose <> ''", name="purpose_said"),
        sa.Index("ix_evidence_pack_level", "authority_id", "level"),
    )

    title: str
    edition_id: str
    period_from: date
    period_to: date
    level: int = 3  # 0 internal, 1 leadership, 2 inspector, 3 publishable
    purpose: str = ""  # why it discloses more than a publishable pack
    marking: str
    each_audit: bool = False  # whether each audit is printed in full (levels 0 and 1)
    author_post: str = ""
    owner_post: str = ""
    approvals: str = ""
    circulation: str = ""
    review_on: date | None = None
    destroy_on: date | None = None
    state: PackState = Field(default=PackState.asked, sa_type=one_of(PackState, "state"))
    asked_by: int | None = outside_id(default=None)
    asked_at: datetime
    job_id: int | None = outside_id(default=None)
    pseudonym_key: str = Field(max_length=64)  # makes this pack's own names for its audits
    key_list: str = ""  # which audit each of those names stands for, as JSON; audits' numbers only
    frozen_at: datetime | None = None
    contents: str = ""
    fingerprint: str = Field(default="", max_length=64)
    pdf_sha256: str = Field(default="", max_length=64)
    workbook_sha256: str = Field(default="", max_length=64)
    archive_sha256: str = Field(default="", max_length=64)
    manifest_sha256: str = Field(default="", max_length=64)
    pages: int = 0
    built_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: int | None = outside_id(default=None)
    withdrawn_reason: str = ""
    destroy_asked_at: datetime | None = None
    destroy_asked_by: int | None = outside_id(default=None)
    destroy_reason: str = ""
    destroyed_at: datetime | None = None
    destroyed_by: int | None = outside_id(default=None)  # who agreed; nobody when its date had come

    @property
    def may_be_read(self) -> bool:
        """Whether it is there and stands: neither withdrawn nor destroyed."""
        return self.state is PackState.ready and self.withdrawn_at is None and self.destroyed_at is None


class Decision(StrEnum):
    """What somebody decided about words that may tell of a person."""

    cleared = auto()
    accepted = auto()


class SuspectDecision(Identified, table=True):
    """A decision about some words of one text. It holds for that very text: once that changes, it is open again."""

    __tablename__ = "suspect_decision"
    __table_args__ = (
        *at_most(TEXT_LENGTH, "reason"),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.Index("ix_suspect_decision_text", "authority_id", "text_sha256"),
    )

    reference: str = Field(max_length=CODE_LENGTH)
    text_column: str = Field(max_length=CODE_LENGTH)
    text_sha256: str = Field(max_length=64)
    words_sha256: str = Field(max_length=64)
    kind: str = Field(max_length=CODE_LENGTH)
    decision: Decision = Field(sa_type=one_of(Decision, "decision"))
    level: int  # the packs it holds for: this level and those that disclose more
    reason: str
    decided_by: int = outside_id()
    decided_at: datetime
