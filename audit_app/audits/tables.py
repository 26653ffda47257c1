"""Tables of case audits: what is audited and how chosen, the answers, each submitted version, concerns, actions."""

from datetime import date, datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field

from audit_app.library.set_name import SetName
from findings.metadata import TEXT_LENGTH, Identified, Numbered, Row, at_most, joins, one_of, outside_id
from frameworks.kinds.answered import LONGEST_GIVEN

AUDIT = "AUD"
AUDIT_ACTION = "AAC"
# What was first seen, and what later answers added: each up to the length of a text.
CONCERN_LENGTH = 3 * TEXT_LENGTH


class Subject(StrEnum):
    """What is audited."""

    child = auto()
    sibling_group = auto()
    supervision_file = auto()
    carer = auto()
    decision = auto()
    observed_visit = auto()
    agency = auto()
    setting = auto()
    team = auto()
    employer = auto()


class AuditType(StrEnum):
    case_audit = auto()
    learning_audit = auto()
    thematic_audit = auto()
    dip_sample = auto()
    deep_dive = auto()
    multi_agency_audit = auto()
    closure_audit = auto()
    re_audit = auto()


class HowChosen(StrEnum):
    """Only a random sample may speak for the service."""

    random = auto()
    purposive = auto()
    inspectors = auto()
    directors = auto()


# What these were read for was decided before any record was met, so however their records were found, they are no
# picture of the whole service.
CHOSEN_TYPES = (AuditType.re_audit, AuditType.thematic_audit)


def drawn_at_random(how_chosen: HowChosen, audit_type: AuditType, re_audit_of: int | None) -> bool:
    """Whether an audit was drawn at random out of the whole service and may speak for it: the one rule of that.

    A record that is read again because it was read before was not drawn, nor one that was read for a theme.
    """
    return how_chosen is HowChosen.random and audit_type not in CHOSEN_TYPES and re_audit_of is None


class Stage(StrEnum):
    """The twelve stages of an audit's life and its three side exits."""

    drawn = auto()
    allocated = auto()
    in_progress = auto()
    submitted = auto()
    in_moderation = auto()
    agreed = auto()
    shared = auto()
    actions_open = auto()
    actions_done = auto()
    verified = auto()
    re_audit_due = auto()
    closed = auto()
    exempted = auto()
    replaced = auto()
    withdrawn = auto()


class ActionLevel(StrEnum):
    """Whom an audit action is for: the first two stay on the audit, the rest are offered as findings."""

    child = auto()
    practitioner = auto()
    team = auto()
    service = auto()
    partnership = auto()


class AuditActionState(StrEnum):
    open = auto()
    done = auto()
    confirmed = auto()
    withdrawn = auto()


class ActionNews(StrEnum):
    """What somebody said of an audit action on a day."""

    given = auto()
    on_track = auto()
    at_risk = auto()
    changed = auto()
    done = auto()
    confirmed = auto()
    sent_back = auto()
    withdrawn = auto()
    became_finding = auto()


class CaseAudit(Numbered, table=True):
    """One audit of one child's record, or of another subject, by one auditor against one length of one question set."""

    __tablename__ = "case_audit"
    __table_args__ = (
        *at_most(TEXT_LENGTH, "overall_rationale", "strengths", "worries", "difference", "private_notes"),
        *at_most(1000, "exit_reason", "reopen_reason"),
        sa.CheckConstraint("window_to >= window_from", name="window_in_order"),
        sa.CheckConstraint("minutes_taken is null or minutes_taken between 0 and 6000", name="minutes_range"),
        sa.Index("ix_case_audit_stage", "authority_id", "stage", "due_on"),
        sa.Index("ix_case_audit_auditor", "authority_id", "auditor_id", "stage"),
        # What is counted with an audit stands in the index, so that counting very many reads nothing else.
        sa.Index("ix_case_audit_team", "authority_id", "team_id", "stage", "submitted_at"),
        sa.Index("ix_case_audit_submitted", "authority_id", "submitted_at", "stage", "how_chosen", "audit_type",
                 "re_audit_of", "overall_grade", "edition_id", "set_id", "moderated", "team_id", "cohort"),
        sa.Index("ix_case_audit_minutes", "authority_id", "stage", "edition_id", "set_id", "length", "minutes_taken"),
    )  # fmt: skip

    edition_id: str = Field(max_length=60)
    set_id: str = Field(max_length=60)
    length: str = Field(max_length=20)
    fingerprint: str = Field(max_length=64)
    subject: Subject = Field(sa_type=one_of(Subject, "subject"))
    audit_type: AuditType = Field(sa_type=one_of(AuditType, "audit_type"))
    how_chosen: HowChosen = Field(sa_type=one_of(HowChosen, "how_chosen"))
    case_reference: str = Field(max_length=60, index=True)
    cohort: str = Field(default="", max_length=20)
    team_id: int = outside_id()
    team_name: str = Field(max_length=120)  # as it was called when the audit was made
    service_name: str = Field(default="", max_length=120)
    practitioner_code: str = Field(default="", max_length=40)
    manager_code: str = Field(default="", max_length=40)
    window_from: date
    window_to: date
    sources: str = Field(default="", max_length=200)  # codes in order, separated by commas
    minutes_taken: int | None = None
    age_band: str = Field(default="", max_length=20)
    ethnicity: str = Field(default="", max_length=60)
    disability: str = Field(default="", max_length=20)
    sibling_link: str = Field(default="", max_length=60)
    theme: str = Field(default="", max_length=120)
    re_audit_of: int | None = None  # the earlier audit of the same record
    practitioner_named: str = Field(default="", max_length=120)  # post or name of one who has no account
    practitioner_speaker_id: int | None = outside_id(default=None)  # whose account speaks for them
    family_consent: str = Field(default="", max_length=20)  # whether the family agreed to being observed
    tests_area: str = Field(default="", max_length=20)  # the area for improvement this re-audit tests, such as AFI-0003
    auditor_id: int = outside_id()
    allocated_by: int | None = outside_id(default=None)
    allocated_on: date
    due_on: date
    stage: Stage = Field(default=Stage.allocated, sa_type=one_of(Stage, "stage"))
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    agreed_at: datetime | None = None
    agreed_by: int | None = outside_id(default=None)
    moderated: bool = False
    overall_grade: str = Field(default="", max_length=40)
    overall_rationale: str = Field(default="")
    strengths: str = Field(default="")
    worries: str = Field(default="")
    difference: str = Field(default="")
    private_notes: str = Field(default="")  # the auditor's own, never shown to the team
    exit_reason: str = Field(default="", max_length=1000)  # why it was exempted, replaced or withdrawn
    exit_approved_by: int | None = outside_id(default=None)
    reopen_reason: str = Field(default="", max_length=1000)  # why the next version will differ from the last
    version: int = 0  # the last submitted version; 0 until first submitted
    revision: int = 1  # of the details; each domain page has its own
    closing_revision: int = 1  # of the last page: overall grade, strengths, worries, what changed

    @property
    def set_name(self) -> SetName:
        """The question set it is answered on."""
        return SetName(self.edition_id, self.set_id, self.length)

    @property
    def at_random(self) -> bool:
        """Whether it was drawn at random and may speak for the whole service."""
        return drawn_at_random(self.how_chosen, self.audit_type, self.re_audit_of)


class DomainAnswer(Row, table=True):
    """What the auditor says of one domain as a whole: its grade and why, or that it does not apply and why."""

    __tablename__ = "domain_answer"
    __table_args__ = (
        joins("case_audit", "audit_number", "number"),
        *at_most(TEXT_LENGTH, "rationale"),
        *at_most(1000, "not_applicable_reason"),
    )

    audit_number: int = Field(primary_key=True)
    domain_id: str = Field(primary_key=True, max_length=60)
    grade: str = Field(default="", max_length=40)
    rationale: str = ""
    not_applicable: bool = False
    not_applicable_reason: str = ""
    revision: int = 1
    saved_by: int | None = outside_id(default=None)
    saved_at: datetime


class Answer(Row, table=True):
    """One answer to one question: a point of its scale, or not applicable, and what was seen.

    `given` is what no single point says: several codes with commas between, a date, a number.
    """

    __tablename__ = "answer"
    __table_args__ = (
        joins("case_audit", "audit_number", "number"),
        *at_most(TEXT_LENGTH, "text"),
        *at_most(LONGEST_GIVEN, "given", "evidence", "action"),
    )

    audit_number: int = Field(primary_key=True)
    question_key: str = Field(primary_key=True, max_length=121)  # "plan/specific"
    code: str = Field(default="", max_length=40)
    text: str = ""
    given: str = Field(default="", max_length=LONGEST_GIVEN)
    second: str = Field(default="", max_length=40)  # the point of the second answer, where the question has one
    evidence: str = Field(default="", max_length=LONGEST_GIVEN)  # where it is to be seen, in words or as an address
    # What is to be done, by whom in words, and by which day: an action of the audit once it is submitted.
    action: str = Field(default="", max_length=LONGEST_GIVEN)
    action_owner: str = Field(default="", max_length=120)
    action_due: str = Field(default="", max_length=10)

    @property
    def says_anything(self) -> bool:
        """Whether anything at all is saved of it."""
        return any((self.code, self.text, self.given, self.second, self.evidence, self.action))


class RailReason(Row, table=True):
    """What the auditor says to a question about a grade, with that question: asked anew, it wants a reason anew."""

    __tablename__ = "rail_reason"
    __table_args__ = (joins("case_audit", "audit_number", "number"), *at_most(TEXT_LENGTH, "asked", "reason"))

    audit_number: int = Field(primary_key=True)
    rail_key: str = Field(primary_key=True, max_length=121)  # "overall-grade", "domain-grade/plan"
    asked: str = ""
    reason: str = ""
    saved_by: int | None = outside_id(default=None)
    saved_at: datetime


class AuditVersion(Row, table=True):
    """Everything an audit said when it was submitted, frozen; a correction is the next version, never a change."""

    __tablename__ = "audit_version"
    __table_args__ = (joins("case_audit", "audit_number", "number"), *at_most(1000, "reason"))

    audit_number: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    fingerprint: str = Field(max_length=64)
    contents: str
    contents_sha256: str = Field(max_length=64)
    reason: str = ""
    submitted_by: int = outside_id()
    submitted_at: datetime


class Concern(Identified, table=True):
    """That an auditor thinks something needs doing today to keep a child safe."""

    __tablename__ = "concern"
    __table_args__ = (
        joins("case_audit", "audit_number", "number"),
        *at_most(TEXT_LENGTH, "outcome_words"),
        *at_most(CONCERN_LENGTH, "concern_words"),
        sa.Index("ix_concern_audit", "authority_id", "audit_number"),
    )

    audit_number: int
    raised_by: int = outside_id()
    raised_at: datetime
    from_answer: bool = False  # set off by the safety question
    concern_words: str
    spoken_to: str = Field(default="", max_length=300)  # whom the auditor has told by voice
    closed_by: int | None = outside_id(default=None)
    closed_at: datetime | None = None
    outcome_words: str = ""


class ConcernTold(Row, table=True):
    """Who was told of a concern, and when they acknowledged it: a reminder is not an acknowledgement."""

    __tablename__ = "concern_told"
    __table_args__ = (joins("concern", "concern_id", "id"),)

    concern_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    told_at: datetime
    acknowledged_at: datetime | None = None


class AuditAction(Numbered, table=True):
    """Something an audit asks to be done; child and practitioner actions live and end here."""

    __tablename__ = "audit_action"
    __table_args__ = (
        joins("case_audit", "audit_number", "number"),
        *at_most(TEXT_LENGTH, "what", "what_was_done", "what_changed"),
        sa.CheckConstraint("length(what) > 0", name="what_given"),
        sa.Index("ix_audit_action_audit", "authority_id", "audit_number"),
        sa.Index("ix_audit_action_owner", "authority_id", "owner_id", "state"),
    )

    audit_number: int
    level: ActionLevel = Field(sa_type=one_of(ActionLevel, "level"))
    question_key: str = Field(default="", max_length=121)
    what: str
    owner_id: int | None = outside_id(default=None)  # who does it, or speaks for whoever is named
    owner_named: str = Field(default="", max_length=120)  # post or name of one who has no account
    due_on: date | None = None
    state: AuditActionState = Field(default=AuditActionState.open, sa_type=one_of(AuditActionState, "state"))
    done_on: date | None = None
    done_by: int | None = outside_id(default=None)
    what_was_done: str = ""
    what_changed: str = ""
    confirmed_by: int | None = outside_id(default=None)
    confirmed_at: datetime | None = None
    became_finding: str = Field(default="", max_length=20)  # FND-0007, once offered and raised
    set_by: int = outside_id()
    set_at: datetime
    revision: int = 1


class AuditActionUpdate(Identified, table=True):
    """What was said of an audit action, by whom and when: how it goes, a new due date and why, what is in the way."""

    __tablename__ = "audit_action_update"
    __table_args__ = (
        joins("audit_action", "action_number", "number"),
        *at_most(TEXT_LENGTH, "note"),
        sa.Index("ix_audit_action_update_action", "authority_id", "action_number"),
    )

    action_number: int
    news: ActionNews = Field(sa_type=one_of(ActionNews, "news"))
    note: str = ""
    due_from: date | None = None
    due_on: date | None = None
    said_by: int = outside_id()
    said_at: datetime


class AuditMove(Identified, table=True):
    """That an unfinished audit was moved to another set, with all it said before, so that the move can be undone."""

    __tablename__ = "audit_move"
    __table_args__ = (
        joins("case_audit", "audit_number", "number"),
        *at_most(2_000_000, "before"),
        sa.Index("ix_audit_move_audit", "authority_id", "audit_number"),
    )

    audit_number: int
    from_edition: str = Field(max_length=60)
    from_set: str = Field(max_length=60)
    from_length: str = Field(max_length=20)
    from_fingerprint: str = Field(max_length=64)
    to_edition: str = Field(max_length=60)
    to_set: str = Field(max_length=60)
    to_length: str = Field(max_length=20)
    before: str  # answers and domain answers as JSON
    moved_by: int = outside_id()
    moved_at: datetime
    undone_by: int | None = outside_id(default=None)
    undone_at: datetime | None = None

    @property
    def from_name(self) -> SetName:
        """The question set the audit was on before."""
        return SetName(self.from_edition, self.from_set, self.from_length)

    @property
    def to_name(self) -> SetName:
        """The question set the audit was moved to."""
        return SetName(self.to_edition, self.to_set, self.to_length)
