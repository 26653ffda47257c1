"""Writes of what hangs on a plan as a whole: its review dates and its risks, added, changed and taken out."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings.errors import Invalid, OutOfTurn
from findings.references import PLAN, reference
from findings.register import plan_history, rows, themes
from findings.register.rows import Note, quiet
from findings.tables import Plan, PlanReview, PlanRisk, Theme


class ReviewFields(TypedDict, total=False):
    """What may be said of a review date."""

    what: str
    due_on: date | None
    due_text: str
    held_on: date | None
    held_note: str


class RiskFields(TypedDict, total=False):
    """What may be said of a risk beside what it is."""

    before_controls: str
    controls: str
    after_controls: str


class RiskChanges(RiskFields, total=False):
    """What may be corrected on a risk."""

    risk: str


def _next_place(session: Session, table: type[PlanReview] | type[PlanRisk], authority_id: int, plan_number: int) -> int:
    placed = rows.belonging_to(session, table, authority_id, "plan_number", plan_number)
    return max((row.position for row in placed), default=0) + 1


def add_review(
    session: Session,
    authority_id: int,
    *,
    plan_number: int,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[ReviewFields],
) -> PlanReview:
    """Add a day on which a plan is to be looked at again, in figures or in words."""
    rows.fetch(session, Plan, authority_id, plan_number, PLAN)
    position = _next_place(session, PlanReview, authority_id, plan_number)
    _dated(more.get("due_on"), more.get("due_text", ""))
    row = PlanReview(authority_id=authority_id, plan_number=plan_number, position=position, **more)
    rows.add(session, row)
    note("plan_review_added", reference(PLAN, plan_number), {})
    return row


def _dated(due_on: date | None, due_text: str) -> None:
    if due_on is None and not due_text.strip():
        raise Invalid("due_text", "Say when the plan is reviewed, as a date or in words.")


def correct_review(
    session: Session,
    authority_id: int,
    review_id: int,
    *,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[ReviewFields],
) -> PlanReview:
    """Change a review date, or say that the review was held and what came of it."""
    row = rows.fetch_inner(session, PlanReview, authority_id, review_id, "review date")
    rows.same_revision(row, revision)
    _still_there(row)
    if (held_on := changes.get("held_on")) is not None:
        rows.not_in_future("held_on", held_on, now)
    _dated(changes.get("due_on", row.due_on), changes.get("due_text", row.due_text))
    changed = plan_history.change(session, row, {**changes}, ReviewFields.__annotations__, by=by, now=now)
    if changed:
        note("plan_review_changed", reference(PLAN, row.plan_number), {"fields": changed})
    return row


def _still_there(row: PlanReview | PlanRisk) -> None:
    if row.removed_at is not None:
        raise OutOfTurn("This has been taken out of its plan.")


def add_risk(
    session: Session,
    authority_id: int,
    *,
    plan_number: int,
    risk: str,
    theme_id: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[RiskFields],
) -> PlanRisk:
    """Add what could stop a plan, or one of its themes."""
    rows.fetch(session, Plan, authority_id, plan_number, PLAN)
    if theme_id is not None:
        theme = rows.fetch_inner(session, Theme, authority_id, theme_id, "theme")
        if theme.plan_number != plan_number:
            raise Invalid("theme_id", "This theme belongs to another plan. Choose a theme of the same plan.")
    position = _next_place(session, PlanRisk, authority_id, plan_number)
    row = PlanRisk(
        authority_id=authority_id, plan_number=plan_number, theme_id=theme_id, position=position, risk=risk, **more
    )
    rows.add(session, row, required=("risk",))
    note("plan_risk_added", reference(PLAN, plan_number), {})
    return row


def correct_risk(
    session: Session,
    authority_id: int,
    risk_id: int,
    *,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[RiskChanges],
) -> PlanRisk:
    """Change a risk; what it said before is kept."""
    row = rows.fetch_inner(session, PlanRisk, authority_id, risk_id, "risk")
    rows.same_revision(row, revision)
    _still_there(row)
    allowed = RiskChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("risk",), by=by, now=now)
    if changed:
        note("plan_risk_changed", reference(PLAN, row.plan_number), {"fields": changed})
    return row


def remove_part(
    session: Session,
    authority_id: int,
    table: type[PlanReview] | type[PlanRisk],
    row_id: int,
    *,
    why: str,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> PlanReview | PlanRisk:
    """Take a review date or a risk out of its plan, with the reason; what it said stays on record."""
    what = "review date" if table is PlanReview else "risk"
    row = rows.fetch_inner(session, table, authority_id, row_id, what)
    _still_there(row)
    themes.take_out(session, row, why=why, by=by, now=now)
    event = "plan_review_removed" if table is PlanReview else "plan_risk_removed"
    note(event, reference(PLAN, row.plan_number), {})
    return row
