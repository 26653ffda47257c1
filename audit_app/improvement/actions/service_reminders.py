"""Telling leads, once each, that an action is due within a few working days or has passed its date."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from audit_app import clock, database, jobs, notices
from audit_app.improvement.actions import notice_words, queries_waiting
from audit_app.people import queries as people
from audit_app.people.access.scope import system_scope
from findings.references import ACTION, reference
from findings.tables import Action, DueDateChange

TASK = "plan-reminders"
EVERY_MINUTES = 180
LATE_DAYS = 7


def remind(context: jobs.PeriodicContext) -> None:
    """Look through every council's open actions and tell their leads of what is due."""
    now, today = clock.now(), clock.today()
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        scope = system_scope("reminding leads of plan actions", authority_id)
        with database.session_for(context.engine, scope) as session:
            days = context.config["ACTION_DUE_SOON_WORKING_DAYS"]
            tell_leads(session, authority_id, now=now, today=today, due_soon_days=days)


def tell_leads(session: Session, authority_id: int, *, now: datetime, today: date, due_soon_days: int) -> int:
    """Tell each lead of what is due soon and of what has passed its date; returns how many were told now."""
    last = clock.add_working_days(today, due_soon_days)
    soon = queries_waiting.due_between(session, authority_id, today, last)
    late = queries_waiting.due_between(
        session, authority_id, today - timedelta(days=LATE_DAYS), today - timedelta(days=1)
    )
    told_now = [_tell_once(session, action, notice_words.DUE_SOON, now=now, today=today) for action in soon]
    told_now += [_tell_once(session, action, notice_words.OVERDUE, now=now, today=today) for action in late]
    return sum(told_now)


def _tell_once(session: Session, action: Action, code: str, *, now: datetime, today: date) -> bool:
    """A lead is told once for a due date; when the date has moved since, once again."""
    person_id = people.holder_of(session, action.lead_post_id, today) or action.lead_person_id
    about = reference(ACTION, action.number)
    moves = select(DueDateChange.changed_at).where(
        DueDateChange.authority_id == action.authority_id, DueDateChange.action_number == action.number
    )
    since = max(session.exec(moves).all(), default=action.added_at)
    return notices.tell_once(session, action.authority_id, person_id, code, about, since=since, now=now)


def register_tasks() -> None:
    """Have the worker look every few hours."""
    jobs.register_periodic(TASK, EVERY_MINUTES, remind)
