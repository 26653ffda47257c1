"""The tables of evidence: what it is, each version of it, what it proves, and the evidence folder."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from audit_app.evidence.tables_states import Effect, EntryStatus, Held, Renewal, Scan
from findings.metadata import (
    CODE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Identified,
    Numbered,
    Row,
    at_most,
    joins,
    one_of,
    outside_id,
)

EVIDENCE = "EVD"
FOLDER = "FOL"
SENTENCE_LENGTH = 1_000
ADDRESS_LENGTH = 2_000
NAME_LENGTH = 200
MOST_TEXT = 200_000  # characters of a file's text that are kept; `evidence_store` reads no more


class Evidence(Numbered, table=True):
    """One piece of evidence, whatever its versions: what it shows, whose it is, who may see it."""

    __tablename__ = "evidence"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "owner_post_title"),
        *at_most(SENTENCE_LENGTH, "shows"),
        *at_most(TEXT_LENGTH, "withdrawn_reason", "kept_out_reason"),
        sa.CheckConstraint("title <> ''", name="title_said"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.CheckConstraint("current_version >= 1", name="has_a_version"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_says_why"),
        sa.Index(None, "authority_id", "renew_by"),
        sa.Index(None, "authority_id", "owner_post_id"),
    )

    title: str
    shows: str  # what it shows, in a sentence
    effect: Effect = Field(sa_type=one_of(Effect, "effect"))
    level: int = 0  # 0 internal, 1 leadership, 2 inspector, 3 publishable
    renewal: Renewal = Field(default=Renewal.never, sa_type=one_of(Renewal, "renewal"))
    renew_by: date | None = None  # worked out from the current version whenever that or the renewal changes
    owner_post_id: int | None = outside_id(default=None)
    owner_post_title: str = ""
    current_version: int = 1
    kept_out_reason: str = ""  # why it must not go into packs; empty while it may
    added_by: int = outside_id()
    added_at: datetime
    withdrawn_by: int | None = outside_id(default=None)
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    revision: int = 1


class EvidenceVersion(Row, table=True):
    """One version of a piece of evidence; never changed once written, but for what a scanner says of its file."""

    __tablename__ = "evidence_version"
    __table_args__ = (
        joins("evidence", "evidence_number", "number"),
        *at_most(64, "sha256", "picture_sha256"),
        *at_most(CODE_LENGTH, "kind"),
        *at_most(NAME_LENGTH, "given_name"),
        *at_most(ADDRESS_LENGTH, "address"),
        *at_most(TITLE_LENGTH, "held_where", "held_by"),
        *at_most(TEXT_LENGTH, "why"),
        sa.CheckConstraint("version >= 1", name="counted_from_one"),
        sa.CheckConstraint("(held = 'here') = (sha256 <> '')", name="file_has_a_hash"),
        sa.CheckConstraint("speaks_to >= speaks_from", name="period_in_order"),
        sa.Index(None, "authority_id", "sha256"),
        sa.Index(None, "authority_id", "added_by"),
    )

    evidence_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    held: Held = Field(sa_type=one_of(Held, "held"))
    sha256: str = ""
    kind: str = ""  # of `evidence_store.FileKind`
    given_name: str = ""
    size: int = 0  # bytes
    pages: int | None = None  # None where a kind has none, or nobody said
    picture_sha256: str = ""  # of its first page, or of itself made small
    address: str = ""
    held_where: str = ""
    held_by: str = ""  # who holds what is elsewhere
    speaks_from: date
    speaks_to: date  # the last day it speaks of; the same day where it speaks of one
    made_on: date
    why: str = ""  # why there is a new version
    scan: Scan = Field(default=Scan.not_asked, sa_type=one_of(Scan, "scan"))
    scanned_at: datetime | None = None
    added_by: int = outside_id()
    added_at: datetime


class EvidenceText(Row, table=True):
    """The words of a version's file, read once, for searching; as closed to others as its evidence is."""

    __tablename__ = "evidence_text"
    __table_args__ = (
        joins("evidence", "evidence_number", "number"),
        *at_most(MOST_TEXT, "text", "folded"),
    )

    evidence_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    text: str
    folded: str  # the same in small letters, without accents: what a search compares
    whole: bool = True  # whether all of it was read


class EvidenceUse(Identified, table=True):
    """That a version proves something of a thing, named by its public reference; a newer version changes nothing."""

    __tablename__ = "evidence_use"
    __table_args__ = (
        joins("evidence", "evidence_number", "number"),
        *at_most(CODE_LENGTH, "reference"),
        *at_most(SENTENCE_LENGTH, "proves"),
        *at_most(TEXT_LENGTH, "detached_reason"),
        sa.CheckConstraint("reference <> ''", name="reference_named"),
        sa.CheckConstraint("(detached_at IS NULL) = (detached_reason = '')", name="detached_says_why"),
        sa.Index(None, "authority_id", "reference"),
        sa.Index(None, "authority_id", "evidence_number"),
    )

    evidence_number: int
    version: int  # the one that stood when it was used
    reference: str  # FND-0007, ACT-0011/completion, SAS-0001/help-and-protection
    proves: str = ""  # what of it, in a sentence
    attached_by: int = outside_id()
    attached_at: datetime
    detached_by: int | None = outside_id(default=None)
    detached_at: datetime | None = None
    detached_reason: str = ""


class FolderEntry(Numbered, table=True):
    """An entry of the evidence folder, kept warm all year; evidence is attached to it by its reference."""

    __tablename__ = "folder_entry"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "owner_post_title", "source"),
        *at_most(TEXT_LENGTH, "note", "removed_reason"),
        sa.CheckConstraint("title <> ''", name="title_said"),
        sa.CheckConstraint("level between 0 and 3", name="level_range"),
        sa.CheckConstraint("position >= 1", name="counted_from_one"),
        sa.CheckConstraint("(removed_at IS NULL) = (removed_reason = '')", name="removed_says_why"),
    )

    title: str
    position: int
    source: str = ""  # the system, board or team it comes from
    owner_post_id: int | None = outside_id(default=None)
    owner_post_title: str = ""
    renewal: Renewal = Field(default=Renewal.yearly, sa_type=one_of(Renewal, "renewal"))
    refresh_on: date | None = None  # when it is to be refreshed next
    status: EntryStatus = Field(default=EntryStatus.to_collect, sa_type=one_of(EntryStatus, "status"))
    level: int = 2
    pages_said: int | None = None  # for what is not kept here; the pages of files are counted
    note: str = ""
    added_by: int = outside_id()
    added_at: datetime
    removed_by: int | None = outside_id(default=None)
    removed_at: datetime | None = None
    removed_reason: str = ""
    revision: int = 1
