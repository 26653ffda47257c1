"""Writes while a plan is carried out: progress, milestones reached, completion, verification and second thoughts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session

from findings import rules
from findings.errors import Invalid, NotAllowed, OutOfTurn
from findings.references import ACTION, reference
from findings.register import rows
from findings.register.rows import Note, quiet
from findings.rules import Step
from findings.states import ActionStatus, Delivery
from findings.tables import Action, ActionLead, Progress

_STEP_WORDS = {
    Step.report: "report progress on it",
    Step.complete: "complete it",
    Step.verify: "verify it",
    Step.reopen: "open it again",
    Step.withdraw: "withdraw it",
}


def _step(session: Session, authority_id: int, number: int, step: Step, revision: int | None) -> tuple[Action, str]:
    """The action, held for a change, and its status before; refused when the step may not follow it."""
    action = rows.fetch(session, Action, authority_id, number, ACTION)
    rows.same_revision(action, revision)
    if rules.after(action.status, step) is None:
        raise OutOfTurn(f"{reference(ACTION, number)} is {action.status.value}, so you cannot {_STEP_WORDS[step]} now.")
    return action, action.status.value


def _write_progress(
    session: Session,
    action: Action,
    delivery: Delivery,
    text: str,
    *,
    dated_on: date,
    by: int,
    now: datetime,
    quick: bool = False,
) -> Progress:
    row = Progress(
        authority_id=action.authority_id,
        action_number=action.number,
        dated_on=dated_on,
        delivery=delivery,
        note=text,
        still_on_track=quick,
        reported_by=by,
        reported_at=now,
    )
    rows.not_in_future("dated_on", dated_on, now)
    return rows.add(session, row)


def report_progress(
    session: Session,
    authority_id: int,
    number: int,
    *,
    delivery: Delivery,
    text: str = "",
    dated_on: date,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Progress:
    """Say how delivery of an open action goes; at risk or off track needs a word on why."""
    action, _ = _step(session, authority_id, number, Step.report, None)
    if delivery is Delivery.complete:
        raise Invalid("delivery", "To say that an action is complete, use 'Complete this action' and give the day.")
    if delivery in (Delivery.at_risk, Delivery.off_track) and not text.strip():
        raise Invalid("note", "Say what stands in the way and what is being done about it.")
    before = action.delivery.value
    row = _write_progress(session, action, delivery, text, dated_on=dated_on, by=by, now=now)
    _set_delivery(session, action, row.delivery)
    note("progress_reported", reference(ACTION, number), {"before": before, "after": row.delivery.value})
    return row


def _set_delivery(session: Session, action: Action, delivery: Delivery) -> None:
    """The revision stays: an open form for the action's words does not carry its delivery."""
    action.delivery = delivery
    session.add(action)
    session.flush()


def report_still_on_track(
    session: Session,
    authority_id: int,
    *,
    numbers: Sequence[int],
    dated_on: date,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> list[Progress]:
    """Say of several open actions at once that they are still on track; one that cannot be, stops them all."""
    reports = []
    for number in dict.fromkeys(numbers):
        action, _ = _step(session, authority_id, number, Step.report, None)
        if rules.overdue(action, dated_on):
            raise Invalid(
                "numbers",
                f"{reference(ACTION, number)} is past its due date. Report on it by itself, or change its due date.",
            )
        before = action.delivery.value
        reports.append(
            _write_progress(session, action, Delivery.on_track, "", dated_on=dated_on, by=by, now=now, quick=True)
        )
        _set_delivery(session, action, Delivery.on_track)
        note("still_on_track_reported", reference(ACTION, number), {"before": before, "after": "on_track"})
    if not reports:
        raise Invalid("numbers", "Choose at least one action.")
    return reports


def complete_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    completed_on: date,
    completed_note: str,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Say that an action was done, on which day, and what shows it; whether it worked is judged elsewhere."""
    action, before = _step(session, authority_id, number, Step.complete, revision)
    rows.not_in_future("completed_on", completed_on, now)
    state = {
        "status": ActionStatus.completed,
        "delivery": Delivery.complete,
        "completed_on": completed_on,
        "completed_by": by,
        "completed_note": completed_note,
    }
    rows.change(session, action, state, state, required=("completed_note",))
    _write_progress(session, action, Delivery.complete, completed_note, dated_on=completed_on, by=by, now=now)
    note("action_completed", reference(ACTION, number), {"before": before, "after": "completed"})
    return action


def line_within(session: Session, action: Action) -> set[int]:
    """The people of an action's line that the thread itself knows: its accountable lead and its delivery leads."""
    leads = rows.belonging_to(session, ActionLead, action.authority_id, "action_number", action.number)
    return {person for person in (action.lead_person_id, *(lead.person_id for lead in leads)) if person is not None}


def verify_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    verified_on: date,
    verified_note: str,
    line: Collection[int],
    by_post_title: str = "",
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Confirm that a completed action was done; only somebody outside its line may.

    Args:
        line: People the caller knows to be in the line: managers of the leads upward and the owner's team. The
            leads themselves are added here.
    """
    action, before = _step(session, authority_id, number, Step.verify, revision)
    if not rules.may_verify(by, line={*line, *line_within(session, action)}):
        raise NotAllowed(
            "An action is verified by somebody outside its line: not its leads, their managers or the owner's team. "
            "Ask someone else to verify it."
        )
    rows.not_in_future("verified_on", verified_on, now)
    if action.completed_on and verified_on < action.completed_on:
        raise Invalid("verified_on", "An action cannot be verified before it was completed. Check the date.")
    state = {
        "status": ActionStatus.verified,
        "verified_on": verified_on,
        "verified_by": by,
        "verified_by_post_title": by_post_title,
        "verified_note": verified_note,
    }
    rows.change(session, action, state, state, required=("verified_note",))
    note("action_verified", reference(ACTION, number), {"before": before, "after": "verified"})
    return action


def reopen_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    delivery: Delivery = Delivery.at_risk,
    text: str,
    dated_on: date,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Open an action again, with the reason: it was not done after all, or later evidence disagrees."""
    action, before = _step(session, authority_id, number, Step.reopen, revision)
    if not text.strip():
        raise Invalid("note", "Say why the action is opened again.")
    if delivery is Delivery.complete:
        raise Invalid("delivery", "An action that is opened again is not complete. Choose how delivery stands.")
    state = {
        "status": ActionStatus.open,
        "delivery": delivery,
        "completed_on": None,
        "completed_by": None,
        "verified_on": None,
        "verified_by": None,
        "withdrawn_reason": "",
    }
    rows.change(session, action, state, state)
    _write_progress(session, action, delivery, text, dated_on=dated_on, by=by, now=now)
    note("action_reopened", reference(ACTION, number), {"before": before, "after": "open"})
    return action


def withdraw_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    reason: str,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Action:
    """Withdraw an open action with a reason; it stays readable and is no longer a gap."""
    action, before = _step(session, authority_id, number, Step.withdraw, revision)
    state = {"status": ActionStatus.withdrawn, "withdrawn_reason": reason}
    rows.change(session, action, state, state, required=("withdrawn_reason",))
    note("action_withdrawn", reference(ACTION, number), {"before": before, "after": "withdrawn"})
    return action
