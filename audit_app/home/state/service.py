"""The worker's part: whether something about the installation needs somebody, and administrators are told."""

from datetime import datetime, timedelta

from audit_app import clock, database, history, jobs, notices
from audit_app.home.state import notice_words, queries, topics
from audit_app.people import queries as people
from audit_app.people.access import Role
from audit_app.people.access.scope import system_scope

TASK, MINUTES = "watch-state", 10
# While it lasts, nobody is told of the same trouble again before this: the state page shows it all the time.
TOLD_AGAIN_AFTER = timedelta(days=7)


def register_tasks() -> None:
    """Have the worker look every few minutes."""
    jobs.register_periodic(TASK, MINUTES, look)


def look(context: jobs.PeriodicContext) -> None:
    """Look at the installation once for each council, and tell its administrators of what is wrong."""
    now = clock.now()
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        tell_administrators(context, authority_id, now)


def tell_administrators(context: jobs.PeriodicContext, authority_id: int, now: datetime) -> int:
    """Tell a council's administrators of each trouble, once a week while it lasts; how many notices were made now."""
    scope = system_scope("looking at how the installation is", authority_id)
    with database.session_for(context.engine, scope, reading=True) as session:
        lines = queries.states(session, authority_id, context.config, now)
    codes = [notice_words.CODES[about] for about in topics.OF_THE_INSTALLATION if _is_trouble(lines, about)]
    if not codes:
        return 0
    number, since = 0, now - TOLD_AGAIN_AFTER
    with database.session_for(context.engine, scope) as session:
        session.info["log_key"] = history.key_from(context.config)
        for person in people.list_people_with_role(session, Role.admin, clock.london_day(now)):
            for code in codes:
                number += notices.tell_once(session, authority_id, person.id, code, "state", since=since, now=now)
    return number


def _is_trouble(lines: list[topics.State], about: str) -> bool:
    return any(line.about == about and line.trouble for line in lines)
