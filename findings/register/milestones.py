"""Writes of the milestones of an action: added, changed, moved, reached, taken out and put back."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings import rules, worded_dates
from findings.errors import Invalid, OutOfTurn
from findings.references import ACTION, reference
from findings.register import plan_history, rows
from findings.register.plans import get_open_action
from findings.register.rows import Note, quiet
from findings.register.themes import put_back, take_out
from findings.tables import Milestone


class MilestoneFields(TypedDict, total=False):
    """What may be said of a milestone beside its text."""

    lead_post_id: int | None
    lead_person_id: int | None
    lead_post_title: str
    lead_printed: str
    due_on: date | None
    due_text: str
    monitoring: str


class MilestoneChanges(MilestoneFields, total=False):
    """What may be corrected on a milestone; where it stands changes by `move_milestone`."""

    text: str


def in_force(session: Session, authority_id: int, action_number: int) -> list[Milestone]:
    """The milestones of an action that have not been taken out, in order."""
    every = rows.belonging_to(session, Milestone, authority_id, "action_number", action_number)
    return sorted((row for row in every if row.removed_at is None), key=lambda row: (row.position, row.id))


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
    position = max((row.position for row in in_force(session, authority_id, action_number)), default=0) + 1
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
    row = _changeable(session, authority_id, milestone_id, None)
    if row.completed_on is not None:
        raise OutOfTurn("This milestone has already been completed.")
    rows.not_in_future("completed_on", completed_on, now)
    state = {"completed_on": completed_on, "completed_by": by, "completed_note": completed_note}
    rows.change(session, row, state, state, required=("completed_note",))
    note("milestone_completed", reference(ACTION, row.action_number), {"position": row.position})
    return row


def _changeable(session: Session, authority_id: int, milestone_id: int, revision: int | None) -> Milestone:
    """A milestone held for a change: in its plan, seen as it is now, of an action that is open."""
    row = rows.fetch_inner(session, Milestone, authority_id, milestone_id, "milestone")
    rows.same_revision(row, revision)
    if row.removed_at is not None:
        raise OutOfTurn("This milestone has been taken out of its plan. Put it back before you change it.")
    get_open_action(session, authority_id, row.action_number)
    return row


def correct_milestone(
    session: Session,
    authority_id: int,
    milestone_id: int,
    *,
    why: str = "",
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[MilestoneChanges],
) -> Milestone:
    """Change what a milestone says; what it said before is kept, and a date once set moves only with a reason.

    Raises:
        Invalid: Its day, in figures or as its words are read, moves and no reason is given.
        OutOfTurn: It was reached: what was reached is not written anew.
    """
    row = _changeable(session, authority_id, milestone_id, revision)
    if row.completed_on is not None:
        raise OutOfTurn("This milestone was reached. What was reached is not written anew.")
    before = rules.due_day(row)
    figures, in_words = changes.get("due_on", row.due_on), changes.get("due_text", row.due_text)
    if before is not None and (figures or worded_dates.last_day(in_words)) != before and not why.strip():
        raise Invalid("why", "Say why the date is moved, so that the move is on record.")
    allowed = MilestoneChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("text",), by=by, now=now, why=why)
    if changed:
        note("milestone_changed", reference(ACTION, row.action_number), {"fields": changed})
    return row


def move_milestone(
    session: Session,
    authority_id: int,
    milestone_id: int,
    *,
    action_number: int,
    after_id: int | None,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Milestone:
    """Move a milestone within its action or to another open one: after a milestone there, or to the front."""
    row = _changeable(session, authority_id, milestone_id, revision)
    get_open_action(session, authority_id, action_number)
    siblings = [step for step in in_force(session, authority_id, action_number) if step.id != row.id]
    places = [0] if after_id is None else [place for place, x in enumerate(siblings, start=1) if x.id == after_id]
    if not places:
        raise Invalid("after_id", "Choose where it goes from the list: it is to stand after a milestone of the action.")
    siblings.insert(places[0], row)
    for position, step in enumerate(siblings, start=1):
        if step.id == row.id:
            state = {"action_number": action_number, "position": position}
            plan_history.change(session, step, state, state, by=by, now=now)
        else:
            rows.change(session, step, {"position": position}, ("position",))
    note("milestone_moved", reference(ACTION, action_number), {"position": row.position})
    return row


def remove_milestone(
    session: Session,
    authority_id: int,
    milestone_id: int,
    *,
    why: str,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Milestone:
    """Take a milestone out of its action, with the reason; the row stays, and so does whatever cited it."""
    row = _changeable(session, authority_id, milestone_id, revision)
    take_out(session, row, why=why, by=by, now=now)
    note("milestone_removed", reference(ACTION, row.action_number), {"position": row.position})
    return row


def restore_milestone(
    session: Session, authority_id: int, milestone_id: int, *, by: int, now: datetime, note: Note = quiet
) -> Milestone:
    """Put a milestone back into its open action."""
    row = rows.fetch_inner(session, Milestone, authority_id, milestone_id, "milestone")
    get_open_action(session, authority_id, row.action_number)
    if row.removed_at is None:
        raise OutOfTurn("This milestone is in its plan already.")
    put_back(session, row, by=by, now=now)
    note("milestone_restored", reference(ACTION, row.action_number), {"position": row.position})
    return row
