"""Writes of what is counted on the way: the milestones of an action, and the measures of an action or an area."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings.errors import Invalid, OutOfTurn
from findings.references import ACTION, AREA, reference
from findings.register import rows
from findings.register.areas import get_open_area
from findings.register.plans import get_open_action
from findings.register.rows import Note, quiet
from findings.tables import Measure, Milestone


class MilestoneFields(TypedDict, total=False):
    """What may be said of a milestone beside its text."""

    lead_post_id: int | None
    lead_person_id: int | None
    lead_post_title: str
    due_on: date | None
    due_text: str
    monitoring: str


class MeasureFields(TypedDict, total=False):
    """What may be said of a measure beside its name."""

    unit: str
    baseline: float | None
    target: float | None
    latest: float | None
    latest_on: date | None


def add_milestone(
    session: Session,
    authority_id: int,
    *,
    action_number: int,
    text: str,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[MilestoneFields],
) -> Milestone:
    """Add a milestone at the end of an open action."""
    get_open_action(session, authority_id, action_number)
    position = len(rows.belonging_to(session, Milestone, authority_id, "action_number", action_number)) + 1
    row = Milestone(authority_id=authority_id, action_number=action_number, position=position, text=text, **more)
    rows.add(session, row, required=("text",))
    note("milestone_added", reference(ACTION, action_number), {"position": position})
    return row


def complete_milestone(
    session: Session,
    authority_id: int,
    milestone_id: int,
    *,
    completed_on: date,
    completed_note: str,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Milestone:
    """Say that a milestone was reached, on which day, and what shows it."""
    row = rows.fetch_inner(session, Milestone, authority_id, milestone_id, "milestone")
    get_open_action(session, authority_id, row.action_number)
    if row.completed_on is not None:
        raise OutOfTurn("This milestone has already been completed.")
    rows.not_in_future("completed_on", completed_on, now)
    state = {"completed_on": completed_on, "completed_by": by, "completed_note": completed_note}
    rows.change(session, row, state, state, required=("completed_note",))
    note("milestone_completed", reference(ACTION, row.action_number), {"position": row.position})
    return row


def add_measure(
    session: Session,
    authority_id: int,
    *,
    name: str,
    action_number: int | None = None,
    area_number: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[MeasureFields],
) -> Measure:
    """Add a figure to watch to an action or to an area, never to both."""
    if (action_number is None) == (area_number is None):
        raise Invalid("name", "A measure belongs to one action or to one area for improvement. Choose which.")
    if action_number is not None:
        get_open_action(session, authority_id, action_number)
    if area_number is not None:
        get_open_area(session, authority_id, area_number)
    row = Measure(authority_id=authority_id, action_number=action_number, area_number=area_number, name=name, **more)
    rows.add(session, row, required=("name",))
    note("measure_added", _home_of(row), {})
    return row


def _home_of(measure: Measure) -> str:
    """The reference of the action or area a measure belongs to."""
    if measure.action_number is not None:
        return reference(ACTION, measure.action_number)
    return reference(AREA, measure.area_number or 0)


def update_measure(
    session: Session,
    authority_id: int,
    measure_id: int,
    *,
    latest: float,
    latest_on: date,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Measure:
    """Enter the latest figure of a measure."""
    row = rows.fetch_inner(session, Measure, authority_id, measure_id, "measure")
    rows.not_in_future("latest_on", latest_on, now)
    before = row.latest
    state = {"latest": latest, "latest_on": latest_on}
    rows.change(session, row, state, state)
    note("measure_updated", _home_of(row), {"before": before, "after": latest})
    return row
