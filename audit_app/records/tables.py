"""The tables of data protection: how long things are kept, what is held, and what was removed by whom."""

from datetime import date, datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import CODE_LENGTH, Numbered, Row, at_most, joins, one_of, outside_id

HOLD, REMOVAL = "HLD", "RMV"
REASON_LENGTH = 1_000
LIST_LENGTH = 200_000
MOST_MONTHS = 1_200


class HeldKind(StrEnum):
    """What a legal hold is on."""

    thing = auto()  # a reference, such as AUD-0042
    case = auto()  # a case reference, and every audit of that record
    kind = auto()  # everything of one kind of record
    person = auto()  # a person’s account, and every audit they did


class RemovalKind(StrEnum):
    """Why things are removed: their time has come, or somebody asked for it."""

    retention = auto()
    request = auto()


class RemovalState(StrEnum):
    """How far a removal is; kept and done are ends."""

    asked = auto()
    agreed = auto()
    done = auto()
    kept = auto()


class PackChoice(StrEnum):
    """What becomes of packs that were made with a record that goes."""

    unreleased = auto()
    every = auto()
    none = auto()


class LineState(StrEnum):
    """How far one thing is: there, its rows gone while its files are on their way, gone, or stopped by a hold."""

    waiting = auto()
    rows_gone = auto()
    gone = auto()
    held = auto()


class RetentionPeriod(Row, table=True):
    """How long a council keeps one kind of record; where there is none, nothing of that kind is removed."""

    __tablename__ = "retention_period"
    __table_args__ = (
        *at_most(CODE_LENGTH, "kind", "counts_from"),
        *at_most(REASON_LENGTH, "why"),
        sa.CheckConstraint(f"months between 1 and {MOST_MONTHS}", name="months_range"),
        sa.CheckConstraint("why <> ''", name="why_said"),
    )

    kind: str = Field(primary_key=True, max_length=CODE_LENGTH)
    months: int
    counts_from: str
    why: str
    set_by: int = outside_id()
    set_at: datetime
    revision: int = 1


class LegalHold(Numbered, table=True):
    """That something must not be removed, whatever its time; what it is on is emptied only once it is lifted."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        *at_most(CODE_LENGTH, "target"),
        *at_most(REASON_LENGTH, "reason", "lifted_reason"),
        sa.CheckConstraint("reason <> ''", name="reason_said"),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_reason = '')", name="lifted_says_why"),
        sa.CheckConstraint("lifted_at IS NOT NULL or target <> ''", name="target_named"),
        sa.Index("ix_legal_hold_target", "authority_id", "target"),
    )

    held: HeldKind = Field(sa_type=one_of(HeldKind, "held"))
    target: str  # AUD-0042, a case reference, a kind of record, or a person’s id
    reason: str
    held_from: date
    review_on: date
    placed_by: int = outside_id()
    placed_at: datetime
    lifted_by: int | None = outside_id(default=None)
    lifted_at: datetime | None = None
    lifted_reason: str = ""
    revision: int = 1


class Removal(Numbered, table=True):
    """Things somebody asked to be removed for good, what somebody else agreed to, and how far it is."""

    __tablename__ = "removal"
    __table_args__ = (
        *at_most(CODE_LENGTH, "target"),
        *at_most(REASON_LENGTH, "reason"),
        *at_most(LIST_LENGTH, "stays"),
        sa.CheckConstraint("reason <> ''", name="reason_said"),
        sa.CheckConstraint("agreed_by IS NULL or agreed_by <> asked_by", name="two_people"),
        sa.CheckConstraint("(state in ('agreed', 'done')) = (agreed_at IS NOT NULL)", name="agreed_says_when"),
    )

    kind: RemovalKind = Field(sa_type=one_of(RemovalKind, "removal_kind"))
    target: str = ""  # what it was asked for: a reference; a case reference is emptied when it is done
    packs: PackChoice = Field(default=PackChoice.unreleased, sa_type=one_of(PackChoice, "pack_choice"))
    reason: str
    state: RemovalState = Field(default=RemovalState.asked, sa_type=one_of(RemovalState, "removal_state"))
    fingerprint: str = Field(max_length=64)  # of the list both people saw
    stays: str = ""  # what stays and why, as JSON
    asked_by: int = outside_id()
    asked_at: datetime
    agreed_by: int | None = outside_id(default=None)
    agreed_at: datetime | None = None
    kept_by: int | None = outside_id(default=None)
    kept_at: datetime | None = None
    finished_at: datetime | None = None
    revision: int = 1


class RemovalLine(Row, table=True):
    """One thing on a removal’s list, with how much of what goes with it. It names no child."""

    __tablename__ = "removal_line"
    __table_args__ = (
        joins("removal", "removal_number", "number"),
        *at_most(CODE_LENGTH, "reference", "kind"),
        *at_most(REASON_LENGTH, "counts"),
        *at_most(LIST_LENGTH, "files", "was_in"),
        sa.CheckConstraint("position >= 1", name="counted_from_one"),
        sa.CheckConstraint("(state in ('rows_gone', 'gone')) = (removed_at IS NOT NULL)", name="gone_says_when"),
        sa.CheckConstraint("state <> 'gone' or files = ''", name="gone_has_no_files"),
        sa.Index("ix_removal_line_reference", "authority_id", "reference"),
        sa.Index("ix_removal_line_figures", "authority_id", "figures_on"),
    )

    removal_number: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    reference: str
    kind: str
    counted_on: date | None = None  # the day its time counted from
    figures_on: date | None = None  # of an agreed audit the day by which figures counted it
    counts: str = ""  # how many rows of each sort, as JSON
    file_count: int = 0
    files: str = ""  # hashes of the files that are still to go
    was_in: str = ""  # references of what stays and it was joined to, whose pages tell that it is gone
    state: LineState = Field(default=LineState.waiting, sa_type=one_of(LineState, "line_state"))
    removed_at: datetime | None = None
