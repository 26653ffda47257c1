"""Telling the owner of a plan, once each, that a review is due within a few working days or that its day has passed."""

import json
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from audit_app import clock, database, jobs, notices
from audit_app.improvement.plans import notice_words, queries_reviews
from audit_app.improvement.plans.queries_reviews import DueReview
from audit_app.people import queries as people
from audit_app.people.access.scope import system_scope
from findings.states import PlanPart
from findings.tables import PlanChange

TASK = "plan-reviews"
EVERY_MINUTES = 180


def remind(context: jobs.PeriodicContext) -> None:
    """Look through every council's plans and tell their owners of the reviews that are due."""
    now, today = clock.now(), clock.today()
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        scope = system_scope("reminding owners of plan reviews", authority_id)
        with database.session_for(context.engine, scope) as session:
            days = context.config["ACTION_DUE_SOON_WORKING_DAYS"]
            tell_owners(session, authority_id, now=now, today=today, due_soon_days=days)


def tell_owners(session: Session, authority_id: int, *, now: datetime, today: date, due_soon_days: int) -> int:
    """Tell each owner of the reviews that are due soon and of those whose day has passed; returns how many were told.

    An owner is told once that a day comes near and once that it has passed; when the day was moved since, once again.
    Two reviews of one plan whose days fall together are told in one.
    """
    due = queries_reviews.list_due(session, authority_id, today, due_soon_days)
    holders = people.holders_of(session, [line.plan.owner_post_id or 0 for line in due], today)
    told_now = [
        _tell_once(session, line, queries_reviews.owner_of(line.plan, holders), now, due_soon_days) for line in due
    ]
    return sum(told_now)


def _tell_once(session: Session, line: DueReview, person_id: int | None, now: datetime, soon_days: int) -> bool:
    code = notice_words.REVIEW_PASSED if line.passed else notice_words.REVIEW_SOON
    since = _since(session, line, soon_days)
    return notices.tell_once(session, line.plan.authority_id, person_id, code, line.reference, since=since, now=now)


def _since(session: Session, line: DueReview, soon_days: int) -> datetime:
    """From when on a notice was about this day of this review: since it passed or came near, or was moved there."""
    moved = select(PlanChange).where(
        PlanChange.authority_id == line.plan.authority_id, PlanChange.part == PlanPart.review,
        PlanChange.row_id == line.review.id,
    )  # fmt: skip
    moves = [x.changed_at for x in session.exec(moved) if {"due_on", "due_text"} & json.loads(x.before).keys()]
    if line.passed:
        return max([clock.moments(line.day, line.day)[1], *moves])
    first = line.day
    while clock.add_working_days(first - timedelta(days=1), soon_days) >= line.day:
        first -= timedelta(days=1)
    return max([clock.moments(first, first)[0], *moves])


def register_tasks() -> None:
    """Have the worker look every few hours."""
    jobs.register_periodic(TASK, EVERY_MINUTES, remind)
