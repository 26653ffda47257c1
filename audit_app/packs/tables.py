"""The table of evidence packs: what was asked for, the frozen contents, and the files made of them."""

from datetime import date, datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import (
    CODE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Identified,
    Numbered,
    at_most,
    joins,
    one_of,
    outside_id,
)

PACK, KIND = "PCK", "KND"
CHOICES_LENGTH = 20_000


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
        *at_most(CODE_LENGTH, "edition_id", "marking", "kind", "for_inspection"),
        *at_most(CHOICES_LENGTH, "choices"),
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
    for_inspection: str = ""  # packs of one inspection for one audience call an audit by one name
    each_audit: bool = False  # whether each audit is printed in full (levels 0 and 1)
    kind: str = "inspection-pack"  # one of ours, or KND-0003
    choices: str = ""  # sections, areas, audits and what else was chosen, as JSON; a whole inspection pack where empty
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
    page_marks: str = ""  # each page's heading and a mark of its words, as JSON, to find the pages that changed
    replaces: int | None = None  # the pack this one is a new version of
    names_from: int | None = None  # the pack whose own names for audits this one continues
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


class PackExhibit(Identified, table=True):
    """A piece of evidence in one version that a pack is to have as an exhibit; the contents say which ones it has."""

    __tablename__ = "pack_exhibit"
    __table_args__ = (
        joins("evidence_pack", "pack_number", "number"),
        joins("evidence", "evidence_number", "number"),
        sa.CheckConstraint("position >= 1", name="counted_from_one"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.Index("ix_pack_exhibit_pack", "authority_id", "pack_number"),
        sa.Index("ix_pack_exhibit_evidence", "authority_id", "evidence_number"),
    )

    pack_number: int
    level: int
    evidence_number: int
    version: int
    position: int
    chosen_by: int | None = outside_id(default=None)
    chosen_at: datetime


class PackProof(Identified, table=True):
    """That somebody proof-read these very contents, how many faults were left, and why they may stand."""

    __tablename__ = "pack_proof"
    __table_args__ = (
        joins("evidence_pack", "pack_number", "number"),
        *at_most(TEXT_LENGTH, "note"),
        sa.CheckConstraint("faults = 0 or note <> ''", name="faults_explained"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.Index("ix_pack_proof_pack", "authority_id", "pack_number"),
    )

    pack_number: int
    level: int
    fingerprint: str = Field(max_length=64)
    faults: int
    note: str = ""
    read_by: int = outside_id()
    read_at: datetime


class PackRelease(Identified, table=True):
    """That a pack was given to somebody: the register of what went to whom. What it says is never changed or removed.

    Each is a copy of its own, numbered within its pack. Its files say who has it; their hashes come here once made.
    """

    __tablename__ = "pack_release"
    __table_args__ = (
        joins("evidence_pack", "pack_number", "number"),
        *at_most(TITLE_LENGTH, "recipient"),
        *at_most(TEXT_LENGTH, "purpose"),
        sa.CheckConstraint("recipient <> ''", name="recipient_named"),
        sa.CheckConstraint("purpose <> ''", name="purpose_said"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.Index("ix_pack_release_pack", "authority_id", "pack_number", "copy_number", unique=True),
        sa.Index("ix_pack_release_day", "authority_id", "released_on"),
    )

    pack_number: int
    level: int
    fingerprint: str = Field(max_length=64)
    recipient: str
    purpose: str
    released_on: date
    released_by: int = outside_id()
    released_at: datetime
    copy_number: int
    job_id: int | None = outside_id(default=None)
    pdf_sha256: str = Field(default="", max_length=64)
    archive_sha256: str = Field(default="", max_length=64)


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


class PackKind(Numbered, table=True):
    """A kind of pack that a council made from one of ours: its sections in its own order."""

    __tablename__ = "pack_kind"
    __table_args__ = (
        *at_most(60, "name"),
        *at_most(300, "what_for"),
        *at_most(CODE_LENGTH, "made_from"),
        *at_most(1000, "sections"),
        sa.CheckConstraint("name <> ''", name="name_said"),
        sa.CheckConstraint("sections <> ''", name="has_sections"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
    )

    name: str
    what_for: str
    made_from: str  # the key of one of ours: what it asks for first
    level: int  # the audience it is offered for
    sections: str  # keys in print order, separated by commas
    made_by: int = outside_id()
    made_at: datetime
    retired_at: datetime | None = None
    retired_by: int | None = outside_id(default=None)
    revision: int = 1
