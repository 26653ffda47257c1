"""Further rows of a plan: when it is reviewed, its risks, and what it said before; imported from `findings.tables`."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from findings.metadata import CODE_LENGTH, TEXT_LENGTH, Identified, at_most, joins, one_of, outside_id
from findings.plan_tables import Removable
from findings.states import PlanPart, PlanStep

SNAPSHOT_LENGTH = 400_000  # every text of the longest row, as JSON


class PlanReview(Removable, table=True):
    """A day on which a plan is to be looked at again, and what came of it."""

    __tablename__ = "plan_review"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        Index(None, "authority_id", "plan_number"),
        *at_most(TEXT_LENGTH, "what", "held_note", "removed_why"),
        *at_most(CODE_LENGTH, "due_text"),
    )
    plan_number: int
    position: int = 1
    what: str = ""
    due_on: date | None = None
    due_text: str = ""
    held_on: date | None = None
    held_note: str = ""
    revision: int = 1


class PlanRisk(Removable, table=True):
    """What could stop a plan or one of its themes, how high that is, what is done about it, and how high it is then."""

    __tablename__ = "plan_risk"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        joins("theme", "theme_id", "id"),
        Index(None, "authority_id", "plan_number"),
        *at_most(TEXT_LENGTH, "risk", "controls", "removed_why"),
        *at_most(CODE_LENGTH, "before_controls", "after_controls"),
        CheckConstraint("risk <> ''", name="risk_named"),
    )
    plan_number: int
    theme_id: int | None = Field(default=None, sa_type=BigInteger)
    position: int = 1
    risk: str
    before_controls: str = ""  # how high, in the plan's own word: MEDIUM
    controls: str = ""
    after_controls: str = ""
    revision: int = 1


class PlanChange(Identified, table=True):
    """What a part of a plan said before it was changed, moved or taken out: written once, never changed."""

    __tablename__ = "plan_change"
    __table_args__ = (
        joins("plan", "plan_number", "number"),
        joins("action", "action_number", "number"),
        Index(None, "authority_id", "plan_number"),
        Index(None, "authority_id", "action_number"),
        *at_most(SNAPSHOT_LENGTH, "before"),
        *at_most(TEXT_LENGTH, "why"),
    )
    plan_number: int | None = None
    action_number: int | None = None
    row_id: int | None = outside_id(default=None)  # of a theme, milestone, review, risk or measure
    part: PlanPart = Field(sa_type=one_of(PlanPart, "part"))
    step: PlanStep = Field(sa_type=one_of(PlanStep, "step"))
    before: str  # the columns that changed, as JSON: what each said
    why: str = ""
    changed_by: int = outside_id()
    changed_at: datetime
