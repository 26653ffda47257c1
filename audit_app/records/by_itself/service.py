"""Removing by itself what is past the time the settings say: notices, what signing in left, and leavers’ accounts."""

from datetime import datetime

import sqlalchemy as sa

from audit_app import clock, database, jobs
from audit_app.notices.tables import Notice
from audit_app.packs.endings.service import writing
from audit_app.people.accounts import service_emptying
from audit_app.records.by_itself import queries
from audit_app.records.by_itself.spans import Spans, spans_of

TASK = "clear-what-is-past"
EVERY_MINUTES = 24 * 60


def register_tasks() -> None:
    """Once a day."""
    jobs.register_periodic(TASK, EVERY_MINUTES, clear)


def clear(context: jobs.PeriodicContext) -> None:
    """Each sort in a transaction of its own, and each account in one: stopped in between, the next day goes on."""
    spans, now = spans_of(context.config), clock.now()
    with database.session_for(context.engine, context.scope) as session:
        session.exec(sa.delete(Notice).where(queries.past_notices(session, now - spans.notices)))
        for table, over in queries.past_sessions(now - spans.sessions):
            session.exec(sa.delete(table).where(over))
    _empty_accounts(context, spans, now)


def _empty_accounts(context: jobs.PeriodicContext, spans: Spans, now: datetime) -> None:
    with database.session_for(context.engine, context.scope, reading=True) as session:
        past = queries.past_leavers(session, spans, now)
    for person_id in past:
        with writing(context) as session:
            # Asked again in the transaction that writes: a hold may have been placed, or a role given, meanwhile.
            if person_id in queries.past_leavers(session, spans, now) and person_id not in queries.held_people(session):
                service_emptying.empty(session, person_id, now=now)
