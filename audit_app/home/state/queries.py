"""How the installation is, in sentences: worker, e-mails, log, disk, backups, clock, certificate (ER-4, DU-10)."""

import platform
import shutil
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import (
    alike,
    backups,
    clock,
    disk,
    evidence_store,
    history,
    jobs,
    migrations,
    notices,
    server_mode,
    words,
)
from audit_app.home.state import certificate
from audit_app.home.state.topics import CERTIFICATE, CLOCK, DISK, LOG, MAIL, STORE, WORKER, State
from audit_app.jobs.tables import PeriodicRun
from audit_app.people.factors import queries as factors
from audit_app.records.retention import queries as retention

CHECK_LOG = "check-log"
COUNTED_IN_WORKING_DAYS = ("AUDIT_DUE_WORKING_DAYS", "ACTION_DUE_SOON_WORKING_DAYS")
MOST_NAMED = 5
# Authorities that renew by themselves do so about 30 days before the end: later than this, it did not work.
RENEWED_DAYS = 21
CLOCK_MINUTES = 5


def states(session: Session, authority_id: int, config: Mapping[str, Any], now: datetime) -> list[State]:
    """Everything there is to say, trouble first."""
    lines = [State(WORKER, sentence, True) for sentence in jobs.trouble(session, now)]
    if stopped := jobs.stopped_lately(session, now):
        lines.append(State(WORKER, stopped, True))
    lines += [State(MAIL, sentence, True) for sentence in notices.trouble(session, authority_id, now)]
    if not notices.mail_is_set(config):
        lines.append(State(MAIL, "No mail server is set, so people are told things inside this service only."))
    lines += [_log(session, now), _disk(config)]
    lines.append(State(STORE, *evidence_store.ask_lately(config)))
    lines += _backups(session, config, now)
    lines.append(_second_factors(session, authority_id, config, clock.london_day(now)))
    lines.append(_bank_holidays(config, clock.london_day(now)))
    lines.append(_retention(session, authority_id))
    lines += [*_certificate(config, now), _clock(session, now), _versions(session)]
    return sorted(lines, key=lambda state: not state.trouble)


def _log(session: Session, now: datetime) -> State:
    head = history.head_of(session)
    length = words.count(head.sequence, "entry")
    run = session.get(PeriodicRun, CHECK_LOG)
    if run is None or run.finished_at is None:
        return State(LOG, f"{length}. The worker has not checked it yet.")
    when = words.ago(run.finished_at, now)
    if run.failing_since is not None:
        sentence = (
            f"The check of {when} found that the log is not sound, or could not finish. Run: audit-app log verify"
        )
        return State(LOG, sentence, True)
    return State(LOG, f"{length}. Last checked {when}: nothing was altered, added or removed.")


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
    sentence = f"No period is set for {names}, so nothing of these is removed. A QA manager sets them."
    return State("Retention", words.Ours(sentence))


def _disk(config: Mapping[str, Any]) -> State:
    free = shutil.disk_usage(config["DATA_FOLDER"]).free
    room = f"{words.file_size(free)} free where the data are"
    if disk.room_left(config) != disk.Room.enough:
        return State(DISK, f"Only {room}, so the service is read-only. Make room, and it goes on by itself.", True)
    return State(DISK, f"{room}.")


def _backups(session: Session, config: Mapping[str, Any], now: datetime) -> list[State]:
    folder = Path(config["DATA_FOLDER"])
    noted = alike.noted(session, backups.NOTE)
    about = backups.sentences(folder, config, now, noted[0] if noted else "")
    lines = [State("Backups", sentence, trouble) for sentence, trouble in about]
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


def _certificate(config: Mapping[str, Any], now: datetime) -> list[State]:
    """For how many days the certificate of the public address is still good; nothing where there is none to ask."""
    seen = certificate.shown_lately(config)
    if seen is None:
        return []
    if seen.ends_at is None:
        sentence = f"The certificate of {seen.host} could not be read from here ({seen.problem})."
        return [State(CERTIFICATE, f"{sentence} Look at it in a browser.")]
    days = (seen.ends_at - now).days
    end = words.date_words(clock.london_day(seen.ends_at))
    if seen.ends_at <= now:
        return [
            State(CERTIFICATE, f"The certificate of {seen.host} ran out on {end}: browsers refuse it. Renew it.", True)
        ]
    sentence = f"The certificate of {seen.host} is good until {end}, {words.count(days, 'more day')}."
    if days < RENEWED_DAYS:
        return [State(CERTIFICATE, f"{sentence} It should have been renewed by now: see to it.", True)]
    return [State(CERTIFICATE, sentence)]


def _clock(session: Session, now: datetime) -> State:
    """The clock against the newest entry of the log, and against the database's own where that is another machine."""
    newest = history.newest_at(session)
    if newest is not None and newest - now > timedelta(minutes=CLOCK_MINUTES):
        when = words.datetime_words(newest)
        sentence = (
            f"The newest entry of the log is of {when}, which is yet to come: the clock of this server went back."
        )
        return State(CLOCK, f"{sentence} Set it, and keep it set by the network.", True)
    apart = _apart_from_database(session, now)
    if apart is not None and abs(apart) > timedelta(minutes=CLOCK_MINUTES):
        minutes = words.count(int(abs(apart).total_seconds() // 60), "minute")
        which = "ahead of" if apart > timedelta() else "behind"
        sentence = (
            f"The clock of this server is {minutes} {which} that of the database server. Set both by the network."
        )
        return State(CLOCK, sentence, True)
    agreed = ", and the log agrees" if newest is not None else ""
    return State(CLOCK, f"It is {words.datetime_words(now)} here{agreed}.")


def _apart_from_database(session: Session, now: datetime) -> timedelta | None:
    """How far this server's clock is ahead of the database's; None where they are one machine's."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    there: datetime = session.connection().execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return now - there.astimezone(UTC)


def _versions(session: Session) -> State:
    """What runs here, as whoever is asked for help will want to know."""
    dialect = session.get_bind().dialect
    numbers = ".".join(str(number) for number in dialect.server_version_info or ())
    database = f"SQLite {sqlite3.sqlite_version}" if dialect.name == "sqlite" else f"PostgreSQL {numbers}"
    product = metadata.version("inspection-readiness")
    step = migrations.head()
    return State(
        "Versions",
        f"This is version {product}, tables of step {step}, on Python {platform.python_version()} and {database}.",
    )
