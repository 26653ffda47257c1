"""Tables of self-assessments: sections, what is written in them, claims and what they cite, plans, looking back."""

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
    Row,
    at_most,
    joins,
    one_of,
    outside_id,
)

SELF_ASSESSMENT = "SAS"
HEADINGS_LENGTH = 20_000
ASSESSMENT_KEY = ("self_assessment", "assessment_number", "number")
SECTION_KEY = ("self_assessment_section", "section_id", "id")
CLAIM_KEY = ("self_assessment_claim", "claim_id", "id")


class AssessmentState(StrEnum):
    """How far a self-assessment has come; what is signed is frozen for ever."""

    drafting = auto()
    with_reviewer = auto()  # offered for signature: nobody writes until it is signed or given back
    signed = auto()
    abandoned = auto()  # a draft nobody will sign


class SectionState(StrEnum):
    """What whoever has a section says of it."""

    to_write = auto()
    ready = auto()  # its writer thinks it can be read and signed


class Stance(StrEnum):
    """What a claim says of practice: so that later audits can be held against it."""

    works_well = auto()
    not_good_enough = auto()
    neither = auto()


class Cites(StrEnum):
    """What a claim rests on."""

    grades = auto()  # agreed grades of audits of a period, by domain or overall
    answers = auto()  # answers of audits of a period to one question
    finding = auto()
    area = auto()  # an area for improvement, with the impact judged there
    action = auto()
    measure = auto()
    inspection = auto()  # what inspectors or peers printed
    evidence = auto()  # a file, a link or a paper of the evidence folder
    voice = auto()  # what children, families, staff or partners said
    data = auto()  # performance data outside the product
    policy = auto()  # a policy or a plan outside the product
    other = auto()


class SuggestionState(StrEnum):
    open = auto()
    accepted = auto()
    declined = auto()


class Became(StrEnum):
    """What became of last year's claim or plan."""

    came_true = auto()
    partly = auto()
    not_yet = auto()
    dropped = auto()


class SelfAssessment(Numbered, table=True):
    """What a council says of its own practice over a period, against one edition or in a shape of its own."""

    __tablename__ = "self_assessment"
    __table_args__ = (
        joins("self_assessment", "previous_number", "number"),
        sa.Index("ix_self_assessment_state", "authority_id", "state"),
        *at_most(TITLE_LENGTH, "title", "theme_words", "lead_post_title", "words_post_title", "signed_post_title"),
        *at_most(TEXT_LENGTH, "leaders_words", "signed_note", "returned_note", "abandoned_reason"),
        *at_most(CODE_LENGTH, "edition_id", "theme_id"),
        *at_most(HEADINGS_LENGTH, "prompts"),
        sa.CheckConstraint("period_to >= period_from", name="period_in_order"),
        sa.CheckConstraint("state <> 'signed' OR fingerprint <> ''", name="signed_is_frozen"),
        sa.CheckConstraint("title <> ''", name="title_said"),
    )

    title: str
    edition_id: str = ""  # empty for a shape of the council's own
    edition_fingerprint: str = Field(default="", max_length=64)  # the edition as it read when this was begun
    theme_id: str = ""  # the id of one of the edition's themes, where it has some
    theme_words: str = ""
    prompts: str = ""  # the council's own questions, one a line; empty for the edition's or the usual ones
    shape_id: int | None = outside_id(default=None)  # the shape of the council's own it began from
    period_from: date
    period_to: date
    previous_number: int | None = None
    state: AssessmentState = Field(default=AssessmentState.drafting, sa_type=one_of(AssessmentState, "state"))
    lead_id: int | None = outside_id(default=None)
    lead_post_title: str = ""
    due_on: date | None = None
    leaders_words: str = ""  # a few sentences a leader wrote, signed apart from the whole
    words_written_by: int | None = outside_id(default=None)
    words_signed_by: int | None = outside_id(default=None)
    words_post_title: str = ""
    words_signed_at: datetime | None = None
    offered_by: int | None = outside_id(default=None)
    offered_at: datetime | None = None
    reviewer_id: int | None = outside_id(default=None)  # whom it was offered to; another may sign
    returned_note: str = ""
    signed_by: int | None = outside_id(default=None)
    signed_post_title: str = ""
    signed_at: datetime | None = None
    signed_note: str = ""
    contents: str = ""  # frozen at signature, as canonical JSON
    fingerprint: str = Field(default="", max_length=64)
    abandoned_reason: str = ""
    made_by: int = outside_id()
    made_at: datetime
    revision: int = 1


class AssessmentWriter(Row, table=True):
    """Somebody whose words or choice of evidence stand in a self-assessment: they may not sign it."""

    __tablename__ = "self_assessment_writer"
    __table_args__ = (joins(*ASSESSMENT_KEY),)

    assessment_number: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    first_at: datetime
    last_at: datetime


class AssessmentSection(Identified, table=True):
    """One judgement area, or one heading of the council's own, and the part of it that one agency writes."""

    __tablename__ = "self_assessment_section"
    __table_args__ = (
        joins(*ASSESSMENT_KEY),
        sa.Index("ix_self_assessment_section_assessment", "authority_id", "assessment_number", "position"),
        sa.Index("ix_self_assessment_section_holder", "authority_id", "holder_id"),
        *at_most(TITLE_LENGTH, "heading", "agency_name"),
        *at_most(CODE_LENGTH, "area_id", "agency_id", "grade_code"),
        *at_most(TEXT_LENGTH, "grade_reason"),
        sa.CheckConstraint("heading <> ''", name="heading_said"),
    )

    assessment_number: int
    position: int
    area_id: str = ""  # a judgement area of the edition; empty for a heading of the council's own
    heading: str
    agency_id: str = ""  # the agency that writes this part; empty where one body writes all
    agency_name: str = ""
    holder_id: int | None = outside_id(default=None)
    due_on: date | None = None
    state: SectionState = Field(default=SectionState.to_write, sa_type=one_of(SectionState, "state"))
    grade_code: str = ""
    grade_reason: str = ""
    grade_by: int | None = outside_id(default=None)
    revision: int = 1


class Passage(Row, table=True):
    """What is written under one question of a section; each has a count of its own, so that writers do not collide."""

    __tablename__ = "self_assessment_passage"
    __table_args__ = (joins(*SECTION_KEY), *at_most(TEXT_LENGTH, "text"))

    section_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    question: str = Field(primary_key=True, max_length=CODE_LENGTH)
    text: str
    written_by: int = outside_id()
    written_at: datetime
    revision: int = 1


class Claim(Identified, table=True):
    """One thing a self-assessment says is so, under one question of a section; it stands on what it cites."""

    __tablename__ = "self_assessment_claim"
    __table_args__ = (
        joins(*SECTION_KEY),
        sa.Index("ix_self_assessment_claim_section", "authority_id", "section_id", "position"),
        *at_most(TEXT_LENGTH, "text", "rung_reason"),
        *at_most(CODE_LENGTH, "question"),
        sa.CheckConstraint("text <> ''", name="text_said"),
        sa.CheckConstraint("rung IS NULL OR rung BETWEEN 0 AND 5", name="rung_range"),
    )

    section_id: int = Field(sa_type=sa.BigInteger)
    question: str
    position: int
    text: str
    stance: Stance = Field(default=Stance.neither, sa_type=one_of(Stance, "stance"))
    rung: int | None = None  # how firm it is, decided by a person; what is proposed is never kept
    rung_reason: str = ""
    rung_by: int | None = outside_id(default=None)
    rung_on: date | None = None
    written_by: int = outside_id()
    written_at: datetime
    taken_out_at: datetime | None = None
    revision: int = 1


class Citation(Identified, table=True):
    """What a claim cites, by its public reference or by what to count; a figure is worked out anew until signature."""

    __tablename__ = "self_assessment_citation"
    __table_args__ = (
        joins(*CLAIM_KEY),
        sa.Index("ix_self_assessment_citation_claim", "authority_id", "claim_id"),
        sa.Index("ix_self_assessment_citation_reference", "authority_id", "reference"),
        *at_most(CODE_LENGTH, "reference", "part", "set_edition_id", "set_id", "domain_id", "question_key", "cohort"),
        *at_most(TITLE_LENGTH, "title", "place"),
        *at_most(TEXT_LENGTH, "shows"),
        sa.CheckConstraint("months IS NULL OR months BETWEEN 1 AND 36", name="months_range"),
    )

    claim_id: int = Field(sa_type=sa.BigInteger)
    kind: Cites = Field(sa_type=one_of(Cites, "kind"))
    reference: str = ""  # FND-0001, EVD-0002; empty for a figure and for what is held elsewhere
    part: str = ""  # the id of a measure, of a judgement or of a file’s page within the reference
    set_edition_id: str = ""
    set_id: str = ""
    domain_id: str = ""  # empty for the overall grade
    question_key: str = ""
    cohort: str = ""
    at_random: bool = True  # drawn at random, or chosen: never both in one figure
    period_from: date | None = None
    period_to: date | None = None
    months: int | None = None  # so many months up to the day of reading, and up to the signature once signed
    dated_on: date | None = None  # of what is held outside the product
    title: str = ""
    place: str = ""  # a link, or where and by whom it is held
    shows: str = ""  # what it shows, in the words of whoever cited it
    cited_by: int = outside_id()
    cited_at: datetime


class AssessmentComment(Identified, table=True):
    """What somebody says to the writers of a section; it is never part of the document."""

    __tablename__ = "self_assessment_comment"
    __table_args__ = (
        joins(*SECTION_KEY),
        sa.Index("ix_self_assessment_comment_section", "authority_id", "section_id"),
        *at_most(TEXT_LENGTH, "text"),
        *at_most(CODE_LENGTH, "question"),
    )

    section_id: int = Field(sa_type=sa.BigInteger)
    question: str = ""
    text: str
    made_by: int = outside_id()
    made_at: datetime
    settled_by: int | None = outside_id(default=None)
    settled_at: datetime | None = None


class Suggestion(Identified, table=True):
    """Other words for some words of a section, kept with who took them or not."""

    __tablename__ = "self_assessment_suggestion"
    __table_args__ = (
        joins(*SECTION_KEY),
        sa.Index("ix_self_assessment_suggestion_section", "authority_id", "section_id"),
        *at_most(TEXT_LENGTH, "old_words", "new_words", "why", "reply"),
        *at_most(CODE_LENGTH, "question"),
    )

    section_id: int = Field(sa_type=sa.BigInteger)
    question: str
    old_words: str  # empty: the new words are put at the end
    new_words: str  # empty: the old words are taken out
    why: str = ""
    made_by: int = outside_id()
    made_at: datetime
    state: SuggestionState = Field(default=SuggestionState.open, sa_type=one_of(SuggestionState, "state"))
    decided_by: int | None = outside_id(default=None)
    decided_at: datetime | None = None
    reply: str = ""


class PlanLine(Identified, table=True):
    """What a section plans for the next twelve months: what, who, by when, and how its impact will be shown."""

    __tablename__ = "self_assessment_plan_line"
    __table_args__ = (
        joins(*SECTION_KEY),
        sa.Index("ix_self_assessment_plan_line_section", "authority_id", "section_id", "position"),
        *at_most(TEXT_LENGTH, "what", "impact_shown_by"),
        *at_most(TITLE_LENGTH, "who"),
        *at_most(CODE_LENGTH, "action_reference"),
        sa.CheckConstraint("what <> ''", name="what_said"),
    )

    section_id: int = Field(sa_type=sa.BigInteger)
    position: int
    what: str
    who: str = ""  # a post
    due_on: date | None = None
    impact_shown_by: str = ""
    action_reference: str = ""  # the plan action that does it, where there is one
    written_by: int = outside_id()
    written_at: datetime
    taken_out_at: datetime | None = None
    revision: int = 1


class LookBack(Identified, table=True):
    """What became of a claim or a plan of the self-assessment before, as this one tells it."""

    __tablename__ = "self_assessment_look_back"
    __table_args__ = (
        joins(*ASSESSMENT_KEY),
        sa.UniqueConstraint("authority_id", "assessment_number", "about_id"),
        *at_most(TEXT_LENGTH, "words"),
        *at_most(CODE_LENGTH, "reference"),
    )

    assessment_number: int
    about_id: int = Field(sa_type=sa.BigInteger)  # the claim or plan line, as the signed one before holds it
    became: Became = Field(sa_type=one_of(Became, "became"))
    words: str = ""
    reference: str = ""  # what shows it: EVD-0001, FND-0002, AFI-0003
    written_by: int = outside_id()
    written_at: datetime
    revision: int = 1


class OwnShape(Identified, table=True):
    """One version of a shape of the council's own: its headings and its questions, one a line.

    What began from it has its own copy of both, so a later version or its end changes nothing that was begun.
    """

    __tablename__ = "self_assessment_shape"
    __table_args__ = (
        joins("self_assessment_shape", "follows_id", "id"),
        *at_most(TITLE_LENGTH, "title"),
        *at_most(HEADINGS_LENGTH, "headings", "prompts"),
        sa.CheckConstraint("title <> ''", name="title_said"),
        sa.CheckConstraint("version >= 1", name="version_range"),
    )

    title: str
    version: int = 1
    follows_id: int | None = outside_id(default=None)  # the version before
    headings: str
    prompts: str = ""
    made_by: int = outside_id()
    made_at: datetime
    published_by: int | None = outside_id(default=None)
    published_at: datetime | None = None  # a draft has none, and nothing begins from it
    retired_by: int | None = outside_id(default=None)
    retired_at: datetime | None = None
    revision: int = 1
