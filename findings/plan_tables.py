"""The rows of an improvement plan; everybody imports them from `findings.tables`."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, event, text
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
from findings.states import ActionStatus, Brag, Delivery, ImpactTest


class Plan(Numbered, table=True):
    """An improvement plan, with what its colours mean in this council's words."""

    __tablename__ = "plan"
    __table_args__ = (
        *at_most(TITLE_LENGTH, "title", "owner_post_title", "board"),
        *at_most(TEXT_LENGTH, "description", "monitoring"),
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
    description: str = ""
    monitoring: str = ""  # the bodies that monitor it, one a line; so on themes, actions and milestones
    own_colours: bool = False  # whether its own colours stand before those the product reckons
    brag_blue: str = ""
    brag_green: str = ""
    brag_amber: str = ""
    brag_red: str = ""
    brag_grey: str = ""
    opened_by: int = outside_id()
    opened_at: datetime
    revision: int = 1


class Removable(Identified):
    """A part of a plan that can be taken out of it: the row stays, with who took it out and why."""

    removed_at: datetime | None = None
    removed_by: int | None = outside_id(default=None)
    removed_why: str = ""


class Theme(Removable, table=True):
    """A heading that groups actions within a plan; one that stands under another theme has that one's id."""

    __tablename__ = "theme"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        joins("theme", "parent_id", "id"),
        Index(None, "authority_id", "plan_number"),
        *at_most(TITLE_LENGTH, "title", "owner_post_title", "owner_printed"),
        *at_most(CODE_LENGTH, "label"),
        *at_most(TEXT_LENGTH, "description", "aims", "staff_said", "corporate_priority", "monitoring", "removed_why"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )
    plan_number: int
    parent_id: int | None = Field(default=None, sa_type=BigInteger)
    position: int = 1
    label: str = ""  # what the plan prints before it: Theme 1, G
    title: str
    owner_post_id: int | None = outside_id(default=None)
    owner_post_title: str = ""
    owner_printed: str = ""  # collective owners in the plan's own words, beside the post that answers
    description: str = ""
    aims: str = ""  # one a line, each followed by the source of the idea in brackets (`plan_words.aims`)
    staff_said: str = ""
    corporate_priority: str = ""
    monitoring: str = ""
    revision: int = 1


UNMEASURED = "success_measure = ''"  # a query finds the index by these very words


class Action(Numbered, table=True):
    """What a plan says will be done, by whom, by when, and how anyone will know it worked."""

    __tablename__ = "action"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        joins("theme", "theme_id", "id"),
        Index(None, "authority_id", "plan_number"),
        Index(None, "authority_id", "status", "due_read_on"),
        Index(None, "authority_id", "lead_person_id"),
        Index(None, "authority_id", "lead_post_id"),
        # How actions stand, and the gaps each lead has, are counted from these alone.
        Index("ix_action_standing", "authority_id", "status", "due_on", "due_read_on", "delivery", "start_on",
              "start_read_on", "number"),
        Index("ix_action_gaps", "authority_id", "lead_post_title", "status", "due_on", "due_read_on", "ongoing",
              "lead_post_id", "lead_person_id", "due_text", "number"),
        Index("ix_action_unmeasured", "authority_id", "lead_post_title", "status", "number",
              sqlite_where=text(UNMEASURED), postgresql_where=text(UNMEASURED)),
        *at_most(TEXT_LENGTH, "what", "success_measure", "impact_test_note", "intended_impact", "starting_position"),
        *at_most(TEXT_LENGTH, "completed_note", "verified_note", "risk", "mitigation", "withdrawn_reason"),
        *at_most(TEXT_LENGTH, "description", "provenance", "indication_of_impact", "monitoring"),
        *at_most(TITLE_LENGTH, "lead_post_title", "verified_by_post_title", "lead_printed"),
        *at_most(CODE_LENGTH, "local_label", "due_text", "repeats", "starting_as_at", "risk_before", "risk_after"),
        CheckConstraint("what <> ''", name="what_said"),
        CheckConstraint("status NOT IN ('completed', 'verified') OR completed_on IS NOT NULL", name="completed_dated"),
        CheckConstraint("status <> 'verified' OR verified_on IS NOT NULL", name="verified_dated"),
        CheckConstraint("status <> 'withdrawn' OR withdrawn_reason <> ''", name="withdrawn_says_why"),
    )  # fmt: skip
    plan_number: int | None = None
    theme_id: int | None = Field(default=None, sa_type=BigInteger)
    position: int = 0  # where it stands in its theme; 0 is after all that were given a place
    local_label: str = ""
    what: str
    description: str = ""
    provenance: str = ""  # where the idea came from, printed in brackets under what will be done
    lead_post_id: int | None = outside_id(default=None)
    lead_person_id: int | None = outside_id(default=None)
    lead_post_title: str = ""
    lead_printed: str = ""  # collective leads in the plan's own words, beside the post that answers
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
    indication_of_impact: str = ""
    starting_position: str = ""
    starting_as_at: str = ""  # of which time that was, as the plan prints it: Q1 2018-19
    risk: str = ""
    risk_before: str = ""  # how high before controls, in the plan's own word
    mitigation: str = ""
    risk_after: str = ""
    monitoring: str = ""
    own_colour: Brag | None = Field(default=None, sa_type=one_of(Brag, "own_colour"))  # the plan's own rating
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
        Index(None, "authority_id", "post_id"),
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
        Index(None, "authority_id", "area_number", "action_number"),
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


class Milestone(Removable, table=True):
    """A step within an action, completed by its lead with a date and a note."""

    __tablename__ = "milestone"
    __table_args__ = (
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "action_number"),
        *at_most(TEXT_LENGTH, "text", "completed_note", "monitoring", "removed_why"),
        *at_most(TITLE_LENGTH, "lead_post_title", "lead_printed"),
        *at_most(CODE_LENGTH, "due_text"),
    )
    action_number: int
    position: int = 1
    text: str
    lead_post_id: int | None = outside_id(default=None)
    lead_person_id: int | None = outside_id(default=None)
    lead_post_title: str = ""
    lead_printed: str = ""
    due_on: date | None = None
    due_text: str = ""
    monitoring: str = ""
    completed_on: date | None = None
    completed_by: int | None = outside_id(default=None)
    completed_note: str = ""
    revision: int = 1


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
    """A figure or a date that shows whether a plan, an area or an action moves: where it began, should be, and is."""

    __tablename__ = "measure"
    __table_args__ = (
        joins("action", "action_number", "number"),
        joins("area_for_improvement", "area_number", "number"),
        joins("plan", "plan_number", "number"),
        Index(None, "authority_id", "action_number"),
        Index(None, "authority_id", "area_number"),
        Index(None, "authority_id", "plan_number"),
        *at_most(TITLE_LENGTH, "name"),
        *at_most(CODE_LENGTH, "unit", "due_text"),
        *at_most(CODE_LENGTH, "band_unmet", "band_met", "band_exceeded", "band_far_exceeded"),
        CheckConstraint(
            "CASE WHEN action_number IS NULL THEN 0 ELSE 1 END + CASE WHEN area_number IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN plan_number IS NULL THEN 0 ELSE 1 END = 1",
            name="one_home",
        ),
    )
    action_number: int | None = None
    area_number: int | None = None
    plan_number: int | None = None
    name: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    latest: float | None = None
    latest_on: date | None = None
    due_text: str = ""  # its date of delivery, as printed
    band_unmet: str = ""  # the four bands, dates or figures as printed; `bands` reads them
    band_met: str = ""
    band_exceeded: str = ""
    band_far_exceeded: str = ""
    reached_on: date | None = None  # the day it was delivered, where its bands are dates
    revision: int = 1
