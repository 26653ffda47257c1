"""The log's regular tasks: its head to the anchor file each hour, the whole of it checked each day (LG-4, LG-5)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import clock, database, history, jobs
from audit_app.history import Report
from audit_app.home.state.queries import CHECK_LOG
from audit_app.people.access import system_scope

ANCHOR_LOG = "anchor-log"
LOOK_MINUTES = 5
DAY_MINUTES = 24 * 60


def register_tasks() -> None:
    """Give both to the worker."""
    jobs.register_periodic(ANCHOR_LOG, LOOK_MINUTES, anchor_log)
    jobs.register_periodic(CHECK_LOG, DAY_MINUTES, check_log)


def anchor_log(context: jobs.PeriodicContext) -> None:
    """Write the log's head to the anchor file when enough entries or minutes have passed."""
    anchor(context.engine, context.config)


def anchor(engine: sa.Engine, config: Mapping[str, Any], *, now_due: bool = False) -> history.Anchor | None:
    """Write an anchor, only when one is due unless `now_due`; None when none was."""
    path = history.path_in(Path(config["DATA_FOLDER"]))
    with database.session_for(engine, system_scope("the log's anchor")) as session:
        session.info["log_key"] = str(config["LOG_KEY"]).encode()
        if now_due:
            return history.write_anchor(session, path, clock.now())
        entries, minutes = int(config["ANCHOR_ENTRIES"]), int(config["ANCHOR_MINUTES"])
        return history.anchor_if_due(session, path, clock.now(), entries=entries, minutes=minutes)


def begin_sealing(engine: sa.Engine, config: Mapping[str, Any]) -> int:
    """Seal what an earlier version left unsealed, as it is found, if nothing was ever sealed; gives how many rows."""
    with database.session_for(engine, system_scope("sealing begins")) as session:
        session.info["log_key"] = str(config["LOG_KEY"]).encode()
        return history.begin_sealing(session, clock.now())


def verify_log(engine: sa.Engine, config: Mapping[str, Any]) -> Report:
    """Check the whole log against its seals and the anchor file."""
    path = history.path_in(Path(config["DATA_FOLDER"]))
    with database.session_for(engine, system_scope("checking the log"), reading=True) as session:
        return history.verify(session, str(config["LOG_KEY"]).encode(), path)


def check_log(context: jobs.PeriodicContext) -> None:
    """The daily check; one that finds something fails, and the dashboard says so."""
    report = verify_log(context.engine, context.config)
    if not report.sound:
        raise jobs.JobFailed("The history log is not sound. Run: audit-app log verify")
