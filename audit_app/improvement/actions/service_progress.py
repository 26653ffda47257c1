"""Writes while a plan is carried out: progress of one or many actions at once, milestones, measures, verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app.improvement.actions import queries, queries_reporting_line
from audit_app.improvement.actions.service import post_view, require_qa
from audit_app.improvement.service_log import note_taker
from audit_app.people import queries as people
from audit_app.people.tables import Role
from findings import queries as thread
from findings import register
from findings.errors import Invalid, NotAllowed
from findings.references import ACTION, reference
from findings.states import Delivery
from findings.tables import Action, Measure, Milestone


@dataclass(frozen=True)
class Update:
    """What somebody says of one action: still on track, another rating with a note, or done on a day."""

    number: int
    delivery: Delivery
    note: str = ""
    done_on: date | None = None
    quick: bool = False


class RefusedUpdate(Exception):
    """One of several updates cannot be kept, so none is; `number` names the action, `field` its part."""

    def __init__(self, number: int, field: str, message: str) -> None:
        super().__init__(message)
        self.number, self.field, self.message = number, field, message


def may_update(session: Session, action: Action) -> bool:
    """Whether the session's person may say how this action goes: QA managers, and who leads or delivers it."""
    scope = session.info["scope"]
    return scope.everything or scope.has(Role.qa_manager) or queries.is_own(session, action, scope)


def require_own(session: Session, authority_id: int, number: int) -> Action:
    """The action, if the session's person may update it.

    Raises:
        NotAllowed: it is somebody else's.
    """
    action = thread.get_action(session, authority_id, number)
    if not may_update(session, action):
        lead = action.lead_post_title or "nobody yet"
        raise NotAllowed(
            f"Only its lead ({lead}), those who deliver it and a QA manager can update {reference(ACTION, number)}."
        )
    return action


def save_updates(
    session: Session, authority_id: int, updates: Sequence[Update], *, by: int, now: datetime, today: date
) -> int:
    """Save what somebody says of several actions: all of it, or nothing when one cannot be kept.

    Raises:
        RefusedUpdate: one of them cannot be kept; the caller rolls back.
        NotAllowed: one of them is somebody else's action.
    """
    for update in updates:
        try:
            save_update(session, authority_id, update, by=by, now=now, today=today)
        except Invalid as fault:
            raise RefusedUpdate(update.number, fault.field, fault.message) from fault
    return len(updates)


def save_update(session: Session, authority_id: int, update: Update, *, by: int, now: datetime, today: date) -> None:
    """Save what somebody says of one action.

    Raises:
        NotAllowed: it is somebody else's.
        Invalid: it cannot be kept.
    """
    require_own(session, authority_id, update.number)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"by": by, "now": now, "note": note}
    if update.quick:
        register.report_still_on_track(session, authority_id, numbers=[update.number], dated_on=today, **more)
    elif update.delivery is Delivery.complete:
        done_on = update.done_on or today
        register.complete_action(
            session, authority_id, update.number, completed_on=done_on, completed_note=update.note, **more
        )
    else:
        register.report_progress(
            session, authority_id, update.number, delivery=update.delivery, text=update.note, dated_on=today, **more
        )


def verify_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    verified_on: date,
    verified_note: str,
    revision: int,
    by: int,
    now: datetime,
    today: date,
) -> Action:
    """Confirm that a completed action was done: a QA manager who stands outside its line.

    Raises:
        NotAllowed: the person is in the line; the sentence says why, and who could.
    """
    require_qa(session)
    action = thread.get_action(session, authority_id, number)
    in_line = queries_reporting_line.line_of_action(session, action, today)
    refused = queries_reporting_line.refusal(session, action, in_line, by, today)
    if refused:
        raise NotAllowed(refused)
    return register.verify_action(
        session,
        authority_id,
        number,
        verified_on=verified_on,
        verified_note=verified_note,
        line=in_line.people,
        by_post_title=_post_of(session, by, today),
        revision=revision,
        by=by,
        now=now,
        note=note_taker(session, authority_id, by=by, now=now),
    )


def _post_of(session: Session, person_id: int, today: date) -> str:
    """The post a verifier holds, kept as it is called on the day; their role where they hold none."""
    titles = [post.title for post in people.list_posts(session, today) if post.holder_id == person_id]
    return titles[0] if titles else "QA manager"


def add_milestone(
    session: Session,
    authority_id: int,
    number: int,
    *,
    lead_post_id: int | None,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Milestone:
    """Add a step to an action: what is reached, who leads it, by when and who monitors it."""
    require_qa(session)
    lead = _step_lead(session, lead_post_id, today)
    note = note_taker(session, authority_id, by=by, now=now)
    return register.add_milestone(
        session, authority_id, action_number=number, by=by, now=now, note=note, **lead, **fields
    )


def _step_lead(session: Session, post_id: int | None, today: date) -> dict[str, Any]:
    post = post_view(session, post_id, today, "lead_post_id")
    return {
        "lead_post_id": post.id if post else None,
        "lead_person_id": post.holder_id if post else None,
        "lead_post_title": post.title if post else "",
    }


def correct_milestone(
    session: Session,
    authority_id: int,
    milestone: Milestone,
    *,
    lead_post_id: int | None,
    revision: int,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Milestone:
    """Change what a milestone says; its date moves only with a reason, and a post left as it was keeps its person."""
    require_qa(session)
    lead = _step_lead(session, lead_post_id, today) if lead_post_id != milestone.lead_post_id else {}
    note = note_taker(session, authority_id, by=by, now=now)
    return register.correct_milestone(
        session, authority_id, milestone.id, revision=revision, by=by, now=now, note=note, **lead, **fields
    )


def move_milestone(
    session: Session,
    authority_id: int,
    milestone_id: int,
    *,
    action_number: int,
    after_id: int | None,
    revision: int,
    by: int,
    now: datetime,
) -> Milestone:
    """Move a milestone within its action, or to another."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    return register.move_milestone(
        session, authority_id, milestone_id, action_number=action_number, after_id=after_id, **more
    )


def remove_milestone(
    session: Session, authority_id: int, milestone_id: int, *, why: str, revision: int, by: int, now: datetime
) -> Milestone:
    """Take a milestone out of its plan with the reason; it stays readable, and can be put back."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    return register.remove_milestone(session, authority_id, milestone_id, why=why, **more)


def may_complete(session: Session, action: Action, milestone: Milestone) -> bool:
    """Whether the session's person may say that a milestone was reached: its lead, or who may update the action."""
    return queries.is_own_milestone(milestone, session.info["scope"]) or may_update(session, action)


def complete_milestone(
    session: Session,
    authority_id: int,
    milestone: Milestone,
    *,
    completed_on: date,
    completed_note: str,
    by: int,
    now: datetime,
) -> Milestone:
    """Say that a milestone was reached, on which day and what shows it.

    Raises:
        NotAllowed: it is somebody else's milestone in somebody else's action.
    """
    action = thread.get_action(session, authority_id, milestone.action_number)
    if not may_complete(session, action, milestone):
        raise NotAllowed("A milestone is completed by its lead, by who leads or delivers the action, or a QA manager.")
    return register.complete_milestone(
        session,
        authority_id,
        milestone.id,
        completed_on=completed_on,
        completed_note=completed_note,
        by=by,
        now=now,
        note=note_taker(session, authority_id, by=by, now=now),
    )


def add_measure(
    session: Session,
    authority_id: int,
    number: int,
    *,
    by: int,
    now: datetime,
    **fields: Any,
) -> Measure:
    """Add a figure or a date to watch to an action: where it begins, where it should be, its bands."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    return register.add_measure(session, authority_id, action_number=number, by=by, now=now, note=note, **fields)


def update_measure(
    session: Session,
    authority_id: int,
    number: int,
    measure: Measure,
    *,
    latest: float,
    latest_on: date,
    by: int,
    now: datetime,
) -> Measure:
    """Enter the latest figure of an action's measure: a QA manager, or who leads or delivers the action."""
    require_own(session, authority_id, number)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"by": by, "now": now, "note": note}
    return register.update_measure(session, authority_id, measure.id, latest=latest, latest_on=latest_on, **more)
