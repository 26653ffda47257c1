"""How the installation is: worker, e-mails, log, disk, files, backups, bank holidays, in sentences (ER-4, DU-10)."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from audit_app import backups, clock, disk, evidence_store, history, jobs, notices, server_mode, words
from audit_app.jobs.tables import PeriodicRun
from audit_app.people.factors import queries as factors
from audit_app.records.retention import queries as retention

CHECK_LOG = "check-log"
COUNTED_IN_WORKING_DAYS = ("AUDIT_DUE_WORKING_DAYS", "ACTION_DUE_SOON_WORKING_DAYS")
MOST_NAMED = 5


@dataclass(frozen=True)
class State:
    """One thing about the installation, and whether somebody has to act."""

    about: str
    sentence: str
    trouble: bool = False


def states(session: Session, authority_id: int, config: Mapping[str, Any], now: datetime) -> list[State]:
    """Everything there is to say, trouble first."""
    lines = [State("Background work", sentence, True) for sentence in jobs.trouble(session, now)]
    if stopped := jobs.stopped_lately(session, now):
        lines.append(State("Background work", stopped, True))
    lines += [State("E-mail", sentence, True) for sentence in notices.trouble(session, authority_id, now)]
    if not notices.mail_is_set(config):
        lines.append(State("E-mail", "No mail server is set, so people are told things inside this service only."))
    lines += [_log(session, now), _disk(config)]
    lines.append(State("Evidence store", *evidence_store.ask_lately(config)))
    lines += _backups(config, now)
    lines.append(_second_factors(session, authority_id, config, clock.london_day(now)))
    lines.append(_bank_holidays(config, clock.london_day(now)))
    lines.append(_retention(session, authority_id))
    return sorted(lines, key=lambda state: not state.trouble)


def _log(session: Session, now: datetime) -> State:
    head = history.head_of(session)
    length = words.count(head.sequence, "entry")
    run = session.get(PeriodicRun, CHECK_LOG)
    if run is None or run.finished_at is None:
        return State("History log", f"{length}. The worker has not checked it yet.")
    when = words.ago(run.finished_at, now)
    if run.failing_since is not None:
        sentence = (
            f"The check of {when} found that the log is not sound, or could not finish. Run: audit-app log verify"
        )
        return State("History log", sentence, True)
    return State("History log", f"{length}. Last checked {when}: nothing was altered, added or removed.")


def _second_factors(session: Session, authority_id: int, config: Mapping[str, Any], today: date) -> State:
    """Who of this council's people signs in with a password alone, or sets a second factor up next time (AU-6)."""
    names = [row.name for row in factors.list_without(session, today, authority_id)]
    if not names:
        return State("Second factor", "Everybody with an open account has one.")
    who = f"{words.count(len(names), 'person')} {words.agree(len(names), 'has', 'have')} none yet"
    listed = words.listing(names) if len(names) <= MOST_NAMED else f"{words.listing(names[:MOST_NAMED])} and others"
    required = server_mode.factor_is_required(config)
    then = "set one up when next signing in" if required else "sign in with a password alone"
    return State("Second factor", f"{who} and {then}: {listed}.")


def _retention(session: Session, authority_id: int) -> State:
    """What is removed by its age, and what by no period (PR-5)."""
    unset = retention.without_period(session, authority_id)
    if not unset:
        return State("Retention", "A period is set for every kind of record; two people remove what is past it.")
    names = words.listing([kind.name for kind in unset])
    return State("Retention", f"No period is set for {names}, so nothing of these is removed. A QA manager sets them.")


def _disk(config: Mapping[str, Any]) -> State:
    free = shutil.disk_usage(config["DATA_FOLDER"]).free
    room = f"{words.file_size(free)} free where the data are"
    if disk.room_left(config) != disk.Room.enough:
        return State("Disk", f"Only {room}, so the service is read-only. Make room, and it goes on by itself.", True)
    return State("Disk", f"{room}.")


def _backups(config: Mapping[str, Any], now: datetime) -> list[State]:
    folder = Path(config["DATA_FOLDER"])
    lines = [State("Backups", sentence, trouble) for sentence, trouble in backups.sentences(folder, config, now)]
    copies = sorted((folder / "backups").glob("*.db"), key=lambda path: path.stat().st_mtime)
    if copies:
        lines.append(State("Backups", f"The last copy made before an update is {copies[-1].name}."))
    return lines


def _bank_holidays(config: Mapping[str, Any], today: date) -> State:
    """To when bank holidays are listed; trouble once a date counted today lies beyond that."""
    listed = f"Listed to {words.date_words(clock.bank_holidays_known_to())}"
    furthest = clock.add_working_days(today, max(int(config[name]) for name in COUNTED_IN_WORKING_DAYS))
    if clock.is_provisional(furthest):
        sentence = f"{listed} only, so dates counted in working days are provisional. Install a newer version."
        return State("Bank holidays", sentence, True)
    return State("Bank holidays", f"{listed}. A date counted in working days beyond that says that it is provisional.")
