"""What the worker does for backups: one each night, and administrators are told when one fails or is too long ago."""

import logging
from datetime import datetime
from pathlib import Path

from audit_app import alike, clock, database, history, jobs, notices
from audit_app.alike.tables import TEXT_LENGTH
from audit_app.backups import journal, night, notice_words, service, state
from audit_app.backups.journal import Line, What
from audit_app.backups.queries import NOTE
from audit_app.backups.refusals import NotBackedUp
from audit_app.people import queries as people
from audit_app.people.access import Role
from audit_app.people.access.scope import system_scope

log = logging.getLogger("audit_app.backups")
TASK, MINUTES = "back-up", 10


def register_tasks() -> None:
    """Have the worker look every few minutes whether it is time."""
    jobs.register_periodic(TASK, MINUTES, look)


def look(context: jobs.PeriodicContext) -> None:
    """Make a backup when one is due; then see whether administrators must be told something."""
    folder, now, hour = Path(context.config["DATA_FOLDER"]), clock.now(), night.hour_of(context.config)
    written = journal.lines(folder)
    if not written:
        journal.add(folder, Line(What.begun, now))
    elif hour is not None and night.is_due(written, hour, now):
        try:
            service.make_backup(context.engine, context.config, now)
        except NotBackedUp as problem:
            log.error("No backup was made: %s", problem)
    tell_administrators(context, now)
    tell_servers(context, now)


def tell_servers(context: jobs.PeriodicContext, now: datetime) -> None:
    """With several servers on one database, the others show what only the journal of this one holds."""
    if context.engine.dialect.name != "postgresql":
        return
    text = journal.newest_text(Path(context.config["DATA_FOLDER"]), TEXT_LENGTH)
    with database.session_for(context.engine, context.scope) as session:
        before = alike.noted(session, NOTE)
        if before is None or before[0] != text:
            alike.note(session, NOTE, text, now)


def tell_administrators(context: jobs.PeriodicContext, now: datetime) -> int:
    """Tell every council's administrators, once until there is a good backup again; how many were told now."""
    written = journal.lines(Path(context.config["DATA_FOLDER"]))
    since = state.waits_since(written)
    codes = [notice_words.FAILED] if state.failing(written) else []
    codes += [notice_words.LATE] if state.is_late(written, context.config, now) else []
    if since is None or not codes:
        return 0
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    number = 0
    for authority_id in councils:
        with database.session_for(context.engine, system_scope("telling of backups", authority_id)) as session:
            session.info["log_key"] = history.key_from(context.config)
            for person in people.list_people_with_role(session, Role.admin, clock.today()):
                for code in codes:
                    number += notices.tell_once(session, authority_id, person.id, code, "backups", since=since, now=now)
    return number
