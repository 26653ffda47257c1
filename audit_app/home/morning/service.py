"""Choosing the morning e-mail, and the worker's part: one mail on a working morning to whom something presses."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, database, jobs, notices
from audit_app.home import queries
from audit_app.home.morning.tables import MorningMail
from audit_app.home.waiting import Urgency
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.tables import AccountState, Authority, Person

TASK, EVERY_MINUTES = "morning-mail", 15
# A worker that was down sends late in the morning, and no more in the afternoon.
HOURS = 4
KIND = "home.morning"

notices.register_post(
    KIND,
    "Something of yours is due: {council}",
    (
        "Something that waits for you in the inspection readiness service of {council} is due within a week, or late.",
        "Sign in to see what:",
        "{link}",
        "You chose to be told on working mornings. To stop, open “Notices” there.",
    ),
)


def choose(session: Session, authority_id: int, *, by: int, now: datetime) -> None:
    """From the next working morning on; chosen twice is chosen once."""
    if session.get(MorningMail, (authority_id, by)) is None:
        session.add(MorningMail(authority_id=authority_id, person_id=by, chosen_at=now))


def stop(session: Session, authority_id: int, *, by: int) -> None:
    """From now on no morning e-mail."""
    mine = sa.and_(col(MorningMail.authority_id) == authority_id, col(MorningMail.person_id) == by)
    session.exec(sa.delete(MorningMail).where(mine))


def has_chosen(session: Session, authority_id: int, person_id: int) -> bool:
    """Whether this person is sent one."""
    return session.get(MorningMail, (authority_id, person_id)) is not None


def send_mornings(context: jobs.PeriodicContext) -> None:
    """In the first hours of a working day, each who chose it is looked at once."""
    moment = clock.london(clock.now())
    first = int(context.config["MORNING_HOUR"])
    in_time = first <= moment.hour < first + HOURS
    if not in_time or not clock.is_working_day(moment.date()) or not notices.mail_is_set(context.config):
        return
    with database.session_for(context.engine, context.scope, reading=True) as session:
        rows = [row for row in session.exec(select(MorningMail)) if not _was_looked_at(row.sent_on, moment.date())]
        chose = [(row.authority_id, row.person_id) for row in rows]
    for authority_id, person_id in chose:
        with database.session_for(context.engine, system_scope(TASK, authority_id)) as session:
            send_morning(session, authority_id, person_id, now=moment)


def send_morning(session: Session, authority_id: int, person_id: int, *, now: datetime) -> bool:
    """Look at what waits for one person, with their own eyes; whether a mail goes out.

    Who has no role left, or a shut account, is not written to again.
    """
    today = clock.london_day(now)
    row = session.get(MorningMail, (authority_id, person_id))
    if row is None or _was_looked_at(row.sent_on, today):
        return False
    council, person = session.get_one(Authority, authority_id), session.get_one(Person, person_id)
    own = scope_of(session, person_id, authority_id, today)
    if person.state != AccountState.active or not own.roles:
        session.delete(row)
        return False
    row.sent_on = today
    session.add(row)
    session.flush()
    session.info["scope"] = own
    presses = any(line.urgency != Urgency.later for line in queries.waiting(session, own, today))
    if presses:
        till = now + timedelta(days=1)
        path = f"/{council.key}/"
        notices.post(
            session, authority_id, KIND, person.user_name, council=council.name, path=path, valid_until=till, now=now
        )
    return presses


def _was_looked_at(sent_on: date | None, today: date) -> bool:
    """Whether this morning is done; one to come too, after a clock that went ahead was put right."""
    return sent_on is not None and sent_on >= today


def register_tasks() -> None:
    """Have the worker look in the mornings."""
    jobs.register_periodic(TASK, EVERY_MINUTES, send_mornings)
