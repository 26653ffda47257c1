"""Tables of the library: the council's own question sets and their versions, its terms, doubts about the crosswalk."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from findings.metadata import TEXT_LENGTH, Identified, Numbered, Row, at_most, joins, one_of, outside_id

OWN_SET = "SET"
CONTENTS_LENGTH = 2_000_000


class VersionState(StrEnum):
    """How far a version of a set is; what is published is frozen for ever."""

    draft = auto()
    offered = auto()  # its writer asks a second person to publish it
    published = auto()
    withdrawn = auto()  # a draft nobody will publish


class OwnSet(Numbered, table=True):
    """A question set of the council's own, whatever its version. Its `key` stands in the id of each edition of it."""

    __tablename__ = "own_set"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "key"),
        *at_most(300, "title"),
        *at_most(1000, "retired_reason"),
    )

    key: str = Field(max_length=16)
    title: str
    made_by: int = outside_id()
    made_at: datetime
    retired_at: datetime | None = None  # no new audits are made from it; old ones read on
    retired_by: int | None = outside_id(default=None)
    retired_reason: str = ""
    revision: int = 1


class OwnSetVersion(Row, table=True):
    """One version of such a set: the document as canonical JSON, a draft until a second person publishes it."""

    __tablename__ = "own_set_version"
    __table_args__ = (
        joins("own_set", "set_number", "number"),
        *at_most(CONTENTS_LENGTH, "contents"),
        *at_most(TEXT_LENGTH, "note"),
        sa.Index("ix_own_set_version_edition", "authority_id", "edition_id", unique=True),
        sa.Index("ix_own_set_version_edition_id", "edition_id"),
        sa.Index("ix_own_set_version_state", "authority_id", "state"),
    )

    set_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    # own-greenhaven-neglect-2, once published; until then it names a draft nobody can audit with.
    edition_id: str = Field(max_length=60)
    state: VersionState = Field(default=VersionState.draft, sa_type=one_of(VersionState, "state"))
    contents: str
    fingerprint: str = Field(max_length=64)
    came_from: str = Field(default="", max_length=200)  # the set and length, the version or the file it began as
    note: str = ""  # what is new in it, in the words of its writer
    saved_by: int = outside_id()
    saved_at: datetime
    offered_by: int | None = outside_id(default=None)
    offered_at: datetime | None = None
    published_by: int | None = outside_id(default=None)
    published_at: datetime | None = None
    revision: int = 1


class OwnTerm(Row, table=True):
    """What a council calls a thing on its pages and in its packs, instead of the product's own word for it."""

    __tablename__ = "own_term"
    __table_args__ = (*at_most(60, "one", "many"),)

    term: str = Field(primary_key=True, max_length=40)
    one: str
    many: str
    changed_by: int = outside_id()
    changed_at: datetime
    revision: int = 1


class MapDoubt(Identified, table=True):
    """That somebody doubts a line of the crosswalk, and what was answered."""

    __tablename__ = "map_doubt"
    __table_args__ = (
        *at_most(TEXT_LENGTH, "doubt", "answer"),
        sa.Index("ix_map_doubt_line", "authority_id", "line"),
    )

    line: str = Field(max_length=330)  # "case-audit-1/plan ilacs-2026/HP": what speaks to what
    doubt: str
    raised_by: int = outside_id()
    raised_at: datetime
    answer: str = ""
    answered_by: int | None = outside_id(default=None)
    answered_at: datetime | None = None
    revision: int = 1
