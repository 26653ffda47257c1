"""The rows of the thread, the plan's included: the one place others import tables from."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from findings.metadata import (
    CODE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Identified,
    Numbered,
    Row,
    at_most,
    joins,
    metadata,
    one_of,
    outside_id,
)
from findings.plan_parts import PlanChange, PlanReview, PlanRisk
from findings.plan_tables import (
    Action,
    ActionInArea,
    ActionLead,
    DueDateChange,
    Measure,
    Milestone,
    Plan,
    Progress,
    Theme,
)
from findings.states import (
    AreaStatus,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Level,
    Origin,
    SourceKind,
    Timescale,
)

__all__ = [
    "Action",
    "ActionInArea",
    "ActionLead",
    "AreaForImprovement",
    "DueDateChange",
    "Finding",
    "FindingInArea",
    "FindingJudgementArea",
    "ImpactJudgement",
    "Inspection",
    "Judgement",
    "Measure",
    "Milestone",
    "Plan",
    "PlanChange",
    "PlanReview",
    "PlanRisk",
    "Progress",
    "ReferenceCount",
    "Source",
    "Theme",
    "metadata",
]


# A finding asks for an answer by an inspection or by a day of its own. A query finds the index by these very words.
ASKS = "inspection_number IS NOT NULL OR due_on IS NOT NULL OR timescale IS NOT NULL OR timescale_text != ''"


class ReferenceCount(Row, table=True):
    """The last number given out per authority and kind of reference."""

    __tablename__ = "reference_count"
    prefix: str = Field(primary_key=True, max_length=3)
    last_number: int


class Inspection(Numbered, table=True):
    """One event at which a body outside the service looked and wrote down what it saw."""

    __tablename__ = "inspection"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "body", "document_title"),
        *at_most(TEXT_LENGTH, "notes"),
        *at_most(CODE_LENGTH, "edition_id", "theme"),
    )
    kind: InspectionKind = Field(sa_type=one_of(InspectionKind, "kind"))
    title: str
    body: str = ""
    edition_id: str = ""
    theme: str = ""  # the id of one of the edition's themes, where it has some
    document_title: str = ""
    published_on: date | None = None
    inspected_from: date | None = None
    inspected_to: date | None = None
    notes: str = ""
    recorded_by: int = outside_id()
    recorded_at: datetime


class Judgement(Identified, table=True):
    """A grade an inspecting body gave to one judgement area, with the name it was printed under."""

    __tablename__ = "judgement"
    __table_args__ = (
        joins("inspection", "inspection_number", "number"),
        Index(None, "authority_id", "inspection_number"),
        *at_most(TITLE_LENGTH, "printed_name"),
        *at_most(CODE_LENGTH, "judgement_area_id", "grade_code", "paragraphs"),
    )
    inspection_number: int
    judgement_area_id: str
    grade_code: str
    printed_name: str = ""
    paragraphs: str = ""
    recorded_by: int = outside_id()
    recorded_at: datetime


class Finding(Numbered, table=True):
    """Something someone found out about practice, good or bad, in words that stand without a child's detail."""

    __tablename__ = "finding"
    __table_args__ = (
        joins("inspection", "inspection_number", "number"),
        Index(None, "authority_id", "inspection_number"),
        Index(None, "authority_id", "raised_at"),
        # Findings are counted from this alone, and those few that ask for an answer from the next.
        Index("ix_finding_standing", "authority_id", "status", "kind", "number"),
        Index("ix_finding_asks", "authority_id", "number", sqlite_where=text(ASKS), postgresql_where=text(ASKS)),
        *at_most(TITLE_LENGTH, "title", "team_name"),
        *at_most(TEXT_LENGTH, "text", "withdrawn_reason"),
        *at_most(CODE_LENGTH, "paragraphs", "timescale_text", "national_framework_tag"),
        *at_most(TITLE_LENGTH, "national_framework_as_printed", "agencies"),
        CheckConstraint("printed_number IS NULL OR printed_number >= 1", name="printed_number"),
        CheckConstraint("printed_total IS NULL OR printed_total >= printed_number", name="printed_total"),
        CheckConstraint("status <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn_says_why"),
    )
    kind: FindingKind = Field(sa_type=one_of(FindingKind, "kind"))
    origin: Origin = Field(sa_type=one_of(Origin, "origin"))
    level: Level = Field(default=Level.service, sa_type=one_of(Level, "level"))
    title: str
    text: str
    verbatim: bool = False
    inspection_number: int | None = None
    printed_number: int | None = None
    printed_total: int | None = None
    paragraphs: str = ""
    timescale: Timescale | None = Field(default=None, sa_type=one_of(Timescale, "timescale"))
    timescale_text: str = ""
    due_on: date | None = None
    agencies: str = ""  # ids of the bodies that must act, separated by commas, where an inspection names several
    national_framework_as_printed: str = ""
    national_framework_tag: str = ""
    team_id: int | None = outside_id(default=None)
    team_name: str = ""
    raised_by: int = outside_id()
    raised_at: datetime
    status: FindingStatus = Field(default=FindingStatus.raised, sa_type=one_of(FindingStatus, "status"))
    withdrawn_reason: str = ""
    withdrawn_by: int | None = outside_id(default=None)
    withdrawn_at: datetime | None = None
    revision: int = 1


class FindingJudgementArea(Row, table=True):
    """A finding speaks to a judgement area of an edition, and to a criterion of it where one is known."""

    __tablename__ = "finding_judgement_area"
    __table_args__ = (
        joins("finding", "finding_number", "number"),
        Index("ix_finding_judgement_area_edition", "authority_id", "edition_id", "judgement_area_id"),
        *at_most(CODE_LENGTH, "edition_id", "judgement_area_id"),
        *at_most(TITLE_LENGTH, "criterion"),
    )
    finding_number: int = Field(primary_key=True)
    edition_id: str = Field(primary_key=True)
    judgement_area_id: str = Field(primary_key=True)
    criterion: str = Field(default="", primary_key=True)


class AreaForImprovement(Numbered, table=True):
    """What must get better, named once, with everything found about it gathered beneath."""

    __tablename__ = "area_for_improvement"
    __table_args__ = (
        joins("finding", "heading_from", "number"),
        Index(None, "authority_id", "status"),
        *at_most(TEXT_LENGTH, "heading", "different_for_children", "not_yet_good_enough", "closed_note"),
        *at_most(TITLE_LENGTH, "owner_post_title"),
        *at_most(CODE_LENGTH, "edition_id", "judgement_area_id"),
        CheckConstraint("heading <> ''", name="heading_said"),
        CheckConstraint("status <> 'closed' OR closed_on IS NOT NULL", name="closed_has_a_date"),
    )
    heading: str
    heading_verbatim: bool = False
    heading_from: int | None = None
    edition_id: str = ""
    judgement_area_id: str = ""
    owner_post_id: int | None = outside_id(default=None)
    owner_person_id: int | None = outside_id(default=None)
    owner_post_title: str = ""
    different_for_children: str = ""
    not_yet_good_enough: str = ""
    status: AreaStatus = Field(default=AreaStatus.open, sa_type=one_of(AreaStatus, "status"))
    opened_by: int = outside_id()
    opened_at: datetime
    closed_on: date | None = None
    closed_by: int | None = outside_id(default=None)
    closed_note: str = ""
    revision: int = 1


class FindingInArea(Row, table=True):
    """A finding joined to an area for improvement; it may be joined to several."""

    __tablename__ = "finding_in_area"
    __table_args__ = (
        joins("finding", "finding_number", "number"),
        joins("area_for_improvement", "area_number", "number"),
        Index(None, "authority_id", "area_number", "finding_number"),
    )
    finding_number: int = Field(primary_key=True)
    area_number: int = Field(primary_key=True)
    joined_by: int = outside_id()
    joined_at: datetime


class ImpactJudgement(Identified, table=True):
    """What difference was seen for children in one area for improvement, on one day, by one test."""

    __tablename__ = "impact_judgement"
    __table_args__ = (
        joins("area_for_improvement", "area_number", "number"),
        Index(None, "authority_id", "area_number", "judged_on"),
        *at_most(TITLE_LENGTH, "tested_by", "judged_by_post_title"),
        *at_most(TEXT_LENGTH, "different_for_children", "not_yet_good_enough", "next_steps"),
        CheckConstraint("sample_size IS NULL OR sample_size >= 0", name="sample_size"),
    )
    area_number: int
    rating: Impact = Field(sa_type=one_of(Impact, "rating"))
    judged_on: date
    method: ImpactTest | None = Field(default=None, sa_type=one_of(ImpactTest, "method"))
    sample_size: int | None = None
    tested_by: str = ""
    different_for_children: str = ""
    not_yet_good_enough: str = ""
    next_steps: str = ""
    judged_by: int = outside_id()
    judged_by_post_title: str = ""
    judged_at: datetime


class Source(Identified, table=True):
    """What the evidence said at the time, for a finding or for a judgement of impact; outlives the record itself."""

    __tablename__ = "source"
    __table_args__ = (
        joins("finding", "finding_number", "number"),
        joins("impact_judgement", "impact_id", "id"),
        Index(None, "authority_id", "finding_number"),
        Index(None, "authority_id", "impact_id"),
        Index(None, "authority_id", "audit_reference"),
        *at_most(CODE_LENGTH, "audit_reference", "question_reference", "grade_code", "paragraph", "evidence_reference"),
        *at_most(TITLE_LENGTH, "grade_words", "document"),
        *at_most(TEXT_LENGTH, "words"),
        CheckConstraint("(finding_number IS NULL) <> (impact_id IS NULL)", name="one_home"),
    )
    finding_number: int | None = None
    impact_id: int | None = Field(default=None, sa_type=BigInteger)
    kind: SourceKind = Field(sa_type=one_of(SourceKind, "kind"))
    audit_reference: str = ""
    question_reference: str = ""
    grade_code: str = ""
    grade_words: str = ""
    dated_on: date | None = None
    words: str = ""
    document: str = ""
    paragraph: str = ""
    evidence_reference: str = ""
    added_by: int = outside_id()
    added_at: datetime
