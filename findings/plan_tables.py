"""The rows of an improvement plan; everybody imports them from `findings.tables`."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, event
from sqlmodel import Field

from findings import worded_dates
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
from findings.states import ActionStatus, Delivery, ImpactTest


class Plan(Numbered, table=True):
    """An improvement plan, with what its colours mean in this council's words."""

    __tablename__ = "plan"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "owner_post_title", "board"),
        *at_most(TITLE_LENGTH, "brag_blue", "brag_green", "brag_amber", "brag_red", "brag_grey"),
        CheckConstraint("period_to IS NULL OR period_from IS NULL OR period_to >= period_from", name="period"),
    )
    title: str
    period_from: date | None = None
    period_to: date | None = None
    owner_post_id: int | None = outside_id(default=None)
    owner_person_id: int | None = outside_id(default=None)
    owner_post_title: str = ""
    board: str = ""
    brag_blue: str = ""
    brag_green: str = ""
    brag_amber: str = ""
    brag_red: str = ""
    brag_grey: str = ""
    opened_by: int = outside_id()
    opened_at: datetime
    revision: int = 1


class Theme(Identified, table=True):
    """A heading that groups actions within a plan."""

    __tablename__ = "theme"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        Index(None, "authority_id", "plan_number"),
        *at_most(TITLE_LENGTH, "title", "owner_post_title"),
    )
    plan_number: int
    position: int = 1
    title: str
    owner_post_id: int | None = outside_id(default=None)
    owner_post_title: str = ""


class Action(Numbered, table=True):
    """What a plan says will be done, by whom, by when, and how anyone will know it worked."""

    __tablename__ = "action"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        joins("theme", "theme_id", "id"),
        Index(None, "authority_id", "plan_number"),
        Index(None, "authority_id", "status", "due_on"),
        Index(None, "authority_id", "status", "due_read_on"),
        Index(None, "authority_id", "lead_person_id"),
        *at_most(TEXT_LENGTH, "what", "success_measure", "impact_test_note", "intended_impact", "starting_position"),
        *at_most(TEXT_LENGTH, "completed_note", "verified_note", "risk", "mitigation", "withdrawn_reason"),
        *at_most(TITLE_LENGTH, "lead_post_title", "verified_by_post_title"),
        *at_most(CODE_LENGTH, "local_label", "due_text", "repeats"),
        CheckConstraint("what <> ''", name="what_said"),
        CheckConstraint("status NOT IN ('completed', 'verified') OR completed_on IS NOT NULL", name="completed_dated"),
        CheckConstraint("status <> 'verified' OR verified_on IS NOT NULL", name="verified_dated"),
        CheckConstraint("status <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn_says_why"),
    )
    plan_number: int | None = None
    theme_id: int | None = Field(default=None, sa_type=BigInteger)
    local_label: str = ""
    what: str
    lead_post_id: int | None = outside_id(default=None)
    lead_person_id: int | None = outside_id(default=None)
    lead_post_title: str = ""
    start_on: date | None = None
    due_on: date | None = None
    due_text: str = ""
    due_read_on: date | None = None  # what the words mean where no day is entered; written beside them, for SQL
    start_read_on: date | None = None
    ongoing: bool = False
    repeats: str = ""
    success_measure: str = ""
    impact_test: ImpactTest | None = Field(default=None, sa_type=one_of(ImpactTest, "impact_test"))
    impact_test_note: str = ""
    intended_impact: str = ""
    starting_position: str = ""
    risk: str = ""
    mitigation: str = ""
    delivery: Delivery = Field(default=Delivery.not_started, sa_type=one_of(Delivery, "delivery"))
    status: ActionStatus = Field(default=ActionStatus.open, sa_type=one_of(ActionStatus, "status"))
    added_by: int = outside_id()
    added_at: datetime
    completed_on: date | None = None
    completed_by: int | None = outside_id(default=None)
    completed_note: str = ""
    verified_on: date | None = None
    verified_by: int | None = outside_id(default=None)
    verified_by_post_title: str = ""
    verified_note: str = ""
    withdrawn_reason: str = ""
    revision: int = 1


def _read_words(_mapper: object, _connection: object, action: Action) -> None:
    """Keep what an action's words about its dates mean beside them, whoever writes the row."""
    action.due_read_on = worded_dates.last_day(action.due_text)
    action.start_read_on = worded_dates.first_day(action.due_text)


event.listen(Action, "before_insert", _read_words)
event.listen(Action, "before_update", _read_words)


class ActionLead(Identified, table=True):
    """One of the posts that deliver an action under its accountable lead."""

    __tablename__ = "action_lead"
    __table_args__ = (
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "action_number"),
        Index(None, "authority_id", "person_id"),
        *at_most(TITLE_LENGTH, "post_title"),
    )
    action_number: int
    post_id: int | None = outside_id(default=None)
    person_id: int | None = outside_id(default=None)
    post_title: str = ""


class ActionInArea(Row, table=True):
    """An action answering an area for improvement; it may answer several."""

    __tablename__ = "action_in_area"
    __table_args__ = (
        joins("action", "action_number", "number"),
        joins("area_for_improvement", "area_number", "number"),
        Index(None, "authority_id", "area_number"),
    )
    action_number: int = Field(primary_key=True)
    area_number: int = Field(primary_key=True)
    linked_by: int = outside_id()
    linked_at: datetime


class DueDateChange(Identified, table=True):
    """One move of an action's due date, kept so that dates are never quietly moved."""

    __tablename__ = "due_date_change"
    __table_args__ = (
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "action_number"),
        *at_most(TEXT_LENGTH, "why"),
        CheckConstraint("why <> ''", name="why_said"),
    )
    action_number: int
    old_on: date | None = None
    new_on: date | None = None
    why: str
    changed_by: int = outside_id()
    changed_at: datetime


class Milestone(Identified, table=True):
    """A step within an action, completed by its lead with a date and a note."""

    __tablename__ = "milestone"
    __table_args__ = (
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "action_number"),
        *at_most(TEXT_LENGTH, "text", "completed_note"),
        *at_most(TITLE_LENGTH, "lead_post_title", "monitoring"),
        *at_most(CODE_LENGTH, "due_text"),
    )
    action_number: int
    position: int = 1
    text: str
    lead_post_id: int | None = outside_id(default=None)
    lead_person_id: int | None = outside_id(default=None)
    lead_post_title: str = ""
    due_on: date | None = None
    due_text: str = ""
    monitoring: str = ""
    completed_on: date | None = None
    completed_by: int | None = outside_id(default=None)
    completed_note: str = ""


class Progress(Identified, table=True):
    """What its lead said about an action's delivery on one day."""

    __tablename__ = "progress"
    __table_args__ = (
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "action_number", "reported_at"),
        Index(None, "authority_id", "reported_at"),
        *at_most(TEXT_LENGTH, "note"),
    )
    action_number: int
    dated_on: date
    delivery: Delivery = Field(sa_type=one_of(Delivery, "delivery"))
    note: str = ""
    still_on_track: bool = False
    reported_by: int = outside_id()
    reported_at: datetime


class Measure(Identified, table=True):
    """A figure that shows whether an area or an action moves: where it began, where it should be, where it is."""

    __tablename__ = "measure"
    __table_args__ = (
        joins("action", "action_number", "number"),
        joins("area_for_improvement", "area_number", "number"),
        Index(None, "authority_id", "action_number"),
        Index(None, "authority_id", "area_number"),
        *at_most(TITLE_LENGTH, "name"),
        *at_most(CODE_LENGTH, "unit"),
        CheckConstraint("(action_number IS NULL) <> (area_number IS NULL)", name="one_home"),
    )
    action_number: int | None = None
    area_number: int | None = None
    name: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    latest: float | None = None
    latest_on: date | None = None
