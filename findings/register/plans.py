"""Writes of an improvement plan: plans, actions, whom they are led by, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session, col, select

from findings import plan_shapes, rules, worded_dates
from findings.errors import Invalid, OutOfTurn
from findings.numbering import next_number
from findings.references import ACTION, AREA, PLAN, reference
from findings.register import plan_history, rows
from findings.register.areas import get_open_area
from findings.register.rows import Note, quiet
from findings.states import ActionStatus, Brag, ImpactTest
from findings.tables import Action, ActionInArea, ActionLead, DueDateChange, Plan, Theme


@dataclass(frozen=True)
class Lead:
    """A post that delivers an action, with the words it went by and who holds it."""

    post_title: str
    post_id: int | None = None
    person_id: int | None = None


class PlanFields(TypedDict, total=False):
    """What may be said of a plan beside its title."""

    period_from: date | None
    period_to: date | None
    owner_post_id: int | None
    owner_person_id: int | None
    owner_post_title: str
    board: str
    description: str
    monitoring: str
    own_colours: bool
    brag_blue: str
    brag_green: str
    brag_amber: str
    brag_red: str
    brag_grey: str


class PlanChanges(PlanFields, total=False):
    """What may be corrected on a plan."""

    title: str


class ActionFields(TypedDict, total=False):
    """What may be said of an action beside what will be done."""

    plan_number: int | None
    theme_id: int | None
    position: int
    local_label: str
    description: str
    provenance: str
    lead_post_id: int | None
    lead_person_id: int | None
    lead_post_title: str
    lead_printed: str
    start_on: date | None
    due_on: date | None
    due_text: str
    ongoing: bool
    repeats: str
    success_measure: str
    impact_test: ImpactTest | None
    impact_test_note: str
    intended_impact: str
    indication_of_impact: str
    starting_position: str
    starting_as_at: str
    risk: str
    risk_before: str
    mitigation: str
    risk_after: str
    monitoring: str
    own_colour: Brag | None


class ActionChanges(ActionFields, total=False):
    """What may be corrected on an action; a date once set moves only by `change_due_date`."""

    what: str


def _in_order(start: date | None, end: date | None, field: str, message: str) -> None:
    if start and end and end < start:
        raise Invalid(field, message)


def open_plan(
    session: Session,
    authority_id: int,
    *,
    title: str,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[PlanFields],
) -> Plan:
    """Open an improvement plan."""
    _in_order(more.get("period_from"), more.get("period_to"), "period_to", "The plan cannot end before it begins.")
    number = next_number(session, authority_id, PLAN)
    row = Plan(authority_id=authority_id, number=number, title=title, opened_by=by, opened_at=now, **more)
    rows.add(session, row, required=("title",))
    note("plan_opened", reference(PLAN, number), {})
    return row


def hold_plan(session: Session, authority_id: int, number: int) -> Plan:
    """A plan held against other writers until the caller commits, for a change to several of its parts at once."""
    return rows.fetch(session, Plan, authority_id, number, PLAN)


def correct_plan(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[PlanChanges],
) -> Plan:
    """Correct a plan, the words of its colours included."""
    row = rows.fetch(session, Plan, authority_id, number, PLAN)
    rows.same_revision(row, revision)
    start, end = changes.get("period_from", row.period_from), changes.get("period_to", row.period_to)
    _in_order(start, end, "period_to", "The plan cannot end before it begins.")
    allowed = PlanChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("title",), by=by, now=now)
    if changed:
        note("plan_corrected", reference(PLAN, number), {"fields": changed, "revision": row.revision})
    return row


def _check_home(session: Session, authority_id: int, plan_number: int | None, theme_id: int | None) -> None:
    if plan_number is not None:
        rows.fetch(session, Plan, authority_id, plan_number, PLAN)
    if theme_id is not None:
        theme = rows.fetch_inner(session, Theme, authority_id, theme_id, "theme")
        if theme.plan_number != plan_number or theme.removed_at is not None:
            raise Invalid("theme_id", "This theme belongs to another plan. Choose a theme of the action's own plan.")


def add_action(
    session: Session,
    authority_id: int,
    *,
    what: str,
    areas: Sequence[int] = (),
    delivery_leads: Sequence[Lead] = (),
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[ActionFields],
) -> Action:
    """Add an action with the areas it answers and the posts that deliver it."""
    _in_order(more.get("start_on"), more.get("due_on"), "due_on", "The action cannot be due before it starts.")
    _check_home(session, authority_id, more.get("plan_number"), more.get("theme_id"))
    number = next_number(session, authority_id, ACTION)
    row = Action(authority_id=authority_id, number=number, what=what, added_by=by, added_at=now, **more)
    rows.add(session, row, required=("what",))
    note("action_added", reference(ACTION, number), {"due_on": row.due_on.isoformat() if row.due_on else None})
    _write_leads(session, row, delivery_leads)
    for area in dict.fromkeys(areas):
        link_action(session, authority_id, action_number=number, area_number=area, by=by, now=now, note=note)
    return row


def get_open_action(session: Session, authority_id: int, number: int, revision: int | None = None) -> Action:
    """The action, held for a change, if it is still open.

    Raises:
        NotFound: There is no such action.
        Stale: It changed since it was read.
        OutOfTurn: It is completed, verified or withdrawn.
    """
    row = rows.fetch(session, Action, authority_id, number, ACTION)
    rows.same_revision(row, revision)
    if row.status is not ActionStatus.open:
        raise OutOfTurn(f"{reference(ACTION, number)} is {row.status.value}. Open it again before you change it.")
    return row


def correct_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[ActionChanges],
) -> Action:
    """Correct an open action; once a due date is set, only `change_due_date` moves it."""
    row = get_open_action(session, authority_id, number, revision)
    _stays_due(row, changes)
    start, due = changes.get("start_on", row.start_on), changes.get("due_on", row.due_on)
    _in_order(start, due, "due_on", "The action cannot be due before it starts.")
    if "plan_number" in changes or "theme_id" in changes:
        plan, theme = changes.get("plan_number", row.plan_number), changes.get("theme_id", row.theme_id)
        _check_home(session, authority_id, plan, theme)
    allowed = ActionChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("what",), by=by, now=now)
    if changed:
        note("action_corrected", reference(ACTION, number), {"fields": changed, "revision": row.revision})
    return row


def move_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    theme_id: int | None,
    after: int | None,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Move an action within its plan: into a theme or into none, after an action there or to the front.

    Its neighbours get new places and no new revision: what they say is as it was.

    Raises:
        OutOfTurn: It stands in no plan.
        Invalid: The theme is not of its plan, or the action it is to stand after is not in that theme.
    """
    row = rows.fetch(session, Action, authority_id, number, ACTION)
    rows.same_revision(row, revision)
    if row.plan_number is None:
        raise OutOfTurn(f"{reference(ACTION, number)} stands in no plan. Change it and choose its plan first.")
    rows.fetch(session, Plan, authority_id, row.plan_number, PLAN)
    _check_home(session, authority_id, row.plan_number, theme_id)
    there = _actions_in(session, row.plan_number, theme_id, authority_id, without=number)
    places = [0] if after is None else [place for place, x in enumerate(there, start=1) if x.number == after]
    if not places:
        raise Invalid("after", "Choose where it goes from the list: it is to stand after an action of that theme.")
    there.insert(places[0], row)
    for position, action in enumerate(there, start=1):
        if action.number == number:
            state = {"theme_id": theme_id, "position": position}
            plan_history.change(session, action, state, state, by=by, now=now)
        else:
            action.position = position
            session.add(action)
    session.flush()
    note("action_moved", reference(ACTION, number), {"position": row.position})
    return row


def _actions_in(
    session: Session, plan_number: int, theme_id: int | None, authority_id: int, *, without: int
) -> list[Action]:
    """The other actions of one theme of a plan, or of none, in their order, held until the caller commits."""
    query = select(Action).where(
        Action.authority_id == authority_id, Action.plan_number == plan_number, Action.number != without
    )
    in_theme = col(Action.theme_id).is_(None) if theme_id is None else col(Action.theme_id) == theme_id
    return plan_shapes.in_their_places(session.exec(query.where(in_theme).with_for_update()))


def _stays_due(row: Action, changes: ActionChanges) -> None:
    """A date once set, in figures or in words, moves only with a reason on record; the same day said anew may stay."""
    before = rules.due_day(row)
    figures, text = changes.get("due_on", row.due_on), changes.get("due_text", row.due_text)
    after = figures or worded_dates.last_day(text)
    if before is not None and (after != before or (row.due_on is not None and figures is None)):
        field = "due_on" if row.due_on is not None or figures is not None else "due_text"
        raise Invalid(field, "Use 'Change the due date' and say why, so that the move is on record.")


def _write_leads(session: Session, action: Action, leads: Sequence[Lead]) -> None:
    for lead in dict.fromkeys(leads):
        row = ActionLead(
            authority_id=action.authority_id,
            action_number=action.number,
            post_id=lead.post_id,
            person_id=lead.person_id,
            post_title=lead.post_title,
        )
        rows.add(session, row, required=("post_title",))


def name_delivery_leads(
    session: Session,
    authority_id: int,
    number: int,
    *,
    leads: Sequence[Lead],
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Say anew which posts deliver an open action."""
    action = get_open_action(session, authority_id, number)
    for old in rows.belonging_to(session, ActionLead, authority_id, "action_number", number):
        session.delete(old)
    session.flush()
    _write_leads(session, action, leads)
    note("delivery_leads_named", reference(ACTION, number), {"count": len(leads)})
    return action


def link_action(
    session: Session,
    authority_id: int,
    *,
    action_number: int,
    area_number: int,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Say that an action answers an open area; said already, nothing changes."""
    action = rows.fetch(session, Action, authority_id, action_number, ACTION)
    get_open_area(session, authority_id, area_number)
    key = {"authority_id": authority_id, "action_number": action_number, "area_number": area_number}
    if not rows.exists(session, ActionInArea, **key):
        rows.add(session, ActionInArea(**key, linked_by=by, linked_at=now))
        note("action_linked", reference(ACTION, action_number), {"area": reference(AREA, area_number)})
    return action


def unlink_action(
    session: Session,
    authority_id: int,
    *,
    action_number: int,
    area_number: int,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Say that an action no longer answers an area."""
    action = rows.fetch(session, Action, authority_id, action_number, ACTION)
    get_open_area(session, authority_id, area_number)
    for link in rows.belonging_to(session, ActionInArea, authority_id, "action_number", action_number):
        if link.area_number == area_number:
            session.delete(link)
            note("action_unlinked", reference(ACTION, action_number), {"area": reference(AREA, area_number)})
    session.flush()
    return action


def change_due_date(
    session: Session,
    authority_id: int,
    number: int,
    *,
    new_on: date | None,
    why: str,
    due_text: str = "",
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Move an open action's due date, in figures or in words, and keep the old one with the reason."""
    action = get_open_action(session, authority_id, number, revision)
    if new_on == action.due_on and (new_on is not None or due_text.strip() == action.due_text):
        raise Invalid("due_on", "This is the date the action already has. Enter the new one.")
    before_on, after_on = rules.due_day(action), new_on or worded_dates.last_day(due_text)
    _in_order(action.start_on, after_on, "due_on", "The action cannot be due before it starts.")
    move = DueDateChange(
        authority_id=authority_id,
        action_number=number,
        old_on=before_on,
        new_on=after_on,
        why=why,
        changed_by=by,
        changed_at=now,
    )
    rows.add(session, move, required=("why",))
    state = {"due_on": new_on, "due_text": due_text}
    rows.change(session, action, state, state)
    before, after = (day.isoformat() if day else None for day in (move.old_on, move.new_on))
    note("due_date_changed", reference(ACTION, number), {"before": before, "after": after})
    return action
