"""Writes of the measures of an action, an area or a plan: added, changed with the reason, latest figures and days."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings.errors import Invalid
from findings.references import ACTION, AREA, PLAN, reference
from findings.register import plan_history, rows
from findings.register.areas import get_open_area
from findings.register.plans import get_open_action
from findings.register.rows import Note, quiet
from findings.tables import Measure, Plan


class MeasurePlanned(TypedDict, total=False):
    """What may be said of a measure beside its name before anything is counted."""

    unit: str
    baseline: float | None
    target: float | None
    due_text: str
    band_unmet: str
    band_met: str
    band_exceeded: str
    band_far_exceeded: str


class MeasureFields(MeasurePlanned, total=False):
    """What may be said of a measure beside its name."""

    latest: float | None
    latest_on: date | None
    reached_on: date | None


class MeasureChanges(MeasurePlanned, total=False):
    """What may be changed on a measure, each time with the reason; which way is better follows from its figures."""

    name: str


def add_measure(
    session: Session,
    authority_id: int,
    *,
    name: str,
    action_number: int | None = None,
    area_number: int | None = None,
    plan_number: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[MeasureFields],
) -> Measure:
    """Add a figure, or a date in bands, to an action, an area or a plan: to one of them."""
    if sum(home is not None for home in (action_number, area_number, plan_number)) != 1:
        raise Invalid("name", "A measure belongs to one action, one area for improvement or one plan. Choose which.")
    _hold_home(session, authority_id, action_number, area_number, plan_number)
    row = Measure(
        authority_id=authority_id,
        action_number=action_number,
        area_number=area_number,
        plan_number=plan_number,
        name=name,
        **more,
    )
    rows.add(session, row, required=("name",))
    note("measure_added", _home_of(row), {})
    return row


def _hold_home(
    session: Session, authority_id: int, action_number: int | None, area_number: int | None, plan_number: int | None
) -> None:
    """Hold the action, area or plan a measure belongs to, which must be open where it can close."""
    if action_number is not None:
        get_open_action(session, authority_id, action_number)
    if area_number is not None:
        get_open_area(session, authority_id, area_number)
    if plan_number is not None:
        rows.fetch(session, Plan, authority_id, plan_number, PLAN)


def _home_of(measure: Measure) -> str:
    """The reference of the action, plan or area a measure belongs to."""
    if measure.action_number is not None:
        return reference(ACTION, measure.action_number)
    if measure.plan_number is not None:
        return reference(PLAN, measure.plan_number)
    return reference(AREA, measure.area_number or 0)


def correct_measure(
    session: Session,
    authority_id: int,
    measure_id: int,
    *,
    why: str,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[MeasureChanges],
) -> Measure:
    """Change what a measure counts, where it begins or should be, or its bands; what stood before is kept.

    Whatever was counted stays: the latest figure and the day of delivery are entered, not changed.

    Raises:
        Invalid: No reason is given.
        OutOfTurn: The action or area it belongs to is not open.
    """
    row = rows.fetch_inner(session, Measure, authority_id, measure_id, "measure")
    rows.same_revision(row, revision)
    _hold_home(session, authority_id, row.action_number, row.area_number, row.plan_number)
    differing = [name for name, value in changes.items() if getattr(row, name) != value]
    if differing and not why.strip():
        raise Invalid("why", "Say why the measure is changed, so that the change is on record.")
    allowed = MeasureChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("name",), by=by, now=now, why=why)
    if changed:
        note("measure_changed", _home_of(row), {"fields": changed})
    return row


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


def deliver_measure(
    session: Session,
    authority_id: int,
    measure_id: int,
    *,
    reached_on: date,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Measure:
    """Say on which day what a measure's dates speak of was delivered."""
    row = rows.fetch_inner(session, Measure, authority_id, measure_id, "measure")
    rows.not_in_future("reached_on", reached_on, now)
    before = row.reached_on.isoformat() if row.reached_on else None
    rows.change(session, row, {"reached_on": reached_on}, ("reached_on",))
    note("measure_updated", _home_of(row), {"before": before, "after": reached_on.isoformat()})
    return row
