"""The worker's part: makes a long workbook part by part, keeps it for whoever asked, ends it when its time is up."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from io import BufferedRandom
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, history, jobs, notices, sheets, words
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope, scope_of
from audit_app.people.exports import events, kinds, notice_words, queries, rights
from audit_app.people.exports.service_asking import JOB, TASK
from audit_app.people.exports.tables import EXPORT, LongExport
from audit_app.people.tables import AccountState, Person
from findings.references import number_of, reference

EVERY_MINUTES = 60
MOST_BYTES = 1024**3
GONE = "This workbook is no longer asked for."
SHUT = "Your role no longer opens this register, so the workbook was not made."
TOO_MANY = "A sheet holds {most:,} rows, and this register has more. Narrow it, for example by dates, and ask again."


def register_tasks() -> None:
    """Teach the worker to make long workbooks, one at a time, and to end them."""
    jobs.register_job(JOB, make_export, one_at_a_time=True, seconds_setting="EXPORT_SECONDS")
    jobs.register_periodic(TASK, EVERY_MINUTES, end_exports)


def make_export(context: jobs.JobContext, name: str) -> str:
    """Make one workbook; begun again after a stop, it makes it anew. Whoever asked is told, of a failure too."""
    number = number_of(name, EXPORT)
    if number is None:
        raise jobs.JobFailed(GONE)
    try:
        _make(context, number)
    except jobs.JobCancelled:
        raise
    except Exception:
        _tell(context, number, notice_words.FAILED)
        raise
    return name


def _make(context: jobs.JobContext, number: int) -> None:
    row, scope, person = _asked_by_whom(context, number)
    register = kinds.register_of(row.kind)
    if not scope.has(*register.roles):
        raise jobs.JobFailed(SHUT)
    now = clock.now()
    role = words.listing(sorted(words.role_name(each) for each in scope.roles))
    asked = kinds.Asked(row.authority_id, scope, queries.given_in(row), clock.london_day(now))
    book = register.book(partial(_read, context.engine, scope), asked, kinds.Made(person, role))
    total = register.count(partial(_read, context.engine, scope), asked)
    if total > sheets.MOST_ROWS_WRITTEN:
        raise jobs.JobFailed(TOO_MANY.format(most=sheets.MOST_ROWS_WRITTEN))
    _forget_unfinished(context, row)
    marking = _read(context.engine, scope, lambda session: people.authority_settings(session).marking)
    with _room_to_make(context.config) as folder, (folder / "made.xlsx").open("w+b") as file:
        parts = _told(context, book.parts, total)
        rows = sheets.write_long_xlsx(
            file,
            parts,
            partial(_note, book, reference(EXPORT, number), now),
            title=book.title,
            folder=folder,
            marking=marking,
        )
        _keep(context, number, file, rows, rights.mark_of(scope))


def _note(book: kinds.LongBook, name: str, now: datetime, rows: int) -> sheets.SheetOut:
    """What the export is, who made it and when (EX-4)."""
    return sheets.export_note(export_id=name, level=book.level, chosen=book.chosen, rows=rows, who=book.who, when=now)


def _asked_by_whom(context: jobs.JobContext, number: int) -> tuple[LongExport, Scope, str]:
    """The row, what whoever asked may see today, and their name.

    Raises:
        JobFailed: it was made or has ended, or the account is shut.
    """
    with database.session_for(context.engine, context.scope, reading=True) as session:
        row = queries.get_export(session, context.authority_id, number)
        if row.made_at is not None or row.removed_at is not None:
            raise jobs.JobFailed(GONE)
        person = session.get_one(Person, row.asked_by)
        if person.state != AccountState.active:
            raise jobs.JobFailed(SHUT)
        scope = scope_of(session, row.asked_by, context.authority_id, clock.today())
        session.expunge_all()
    return row, scope, person.name


def _read(engine: sa.Engine, scope: Scope, read: Callable[[Session], Any]) -> Any:
    """One short read, its rows kept as they are: on SQLite whoever saves waits for a long one."""
    bind = engine.execution_options(reading=True)
    with database.AuditSession(bind, expire_on_commit=False, info={"scope": scope}) as session:
        return read(session)


def _told(context: jobs.JobContext, parts: Iterator[sheets.SheetOut], total: int) -> Iterator[sheets.SheetOut]:
    """The parts, and how far it is after each; no transaction is open meanwhile."""
    done = 0
    for part in parts:
        context.check()
        yield part
        done += len(part.rows)
        context.progress(done, max(total, done), f"{done:,} of {max(total, done):,} rows written")


@contextmanager
def _room_to_make(config: Mapping[str, Any]) -> Iterator[Path]:
    """A folder of its own for unfinished parts; what a killed worker left in it goes first: one is made at a time."""
    root = _root(config)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o700, parents=True)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        yield Path(folder)


def _root(config: Mapping[str, Any]) -> Path:
    return Path(config["DATA_FOLDER"]) / "exports"


def _keep(context: jobs.JobContext, number: int, file: BufferedRandom, rows: int, mark: str) -> None:
    """Name the file in its row before it is put down: killed in between, it is found and removed."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    with _writing(context) as session:
        row = queries.get_export(session, context.authority_id, number)
        row.sha256 = digest
        session.add(row)
    try:
        kept = evidence_store.put(context.config, file, MOST_BYTES)
    except (evidence_store.Unavailable, evidence_store.TooLarge) as problem:
        raise jobs.JobFailed(f"{problem} Ask for the workbook to be made again.") from None
    with _writing(context) as session:
        _made(session, context, number, kept, rows, mark)


def _made(  # noqa: PLR0917 - what was made, in one place
    session: Session, context: jobs.JobContext, number: int, kept: evidence_store.Kept, rows: int, mark: str
) -> None:
    row, now, name = queries.get_export(session, context.authority_id, number), clock.now(), reference(EXPORT, number)
    if row.removed_at is not None:
        raise jobs.JobFailed(GONE)  # something was removed for good meanwhile; the file goes with the next round
    row.sha256, row.size, row.rows, row.rights, row.made_at = kept.sha256, kept.size, rows, mark, now
    row.expires_at = now + timedelta(days=int(context.config["EXPORT_DAYS"]))
    session.add(row)
    facts: dict[str, str | int] = {"what": kinds.register_of(row.kind).what, "rows": rows}
    history.note(session, events.MADE, name, by=row.asked_by, authority_id=row.authority_id, facts=facts, now=now)
    notices.tell(session, row.authority_id, row.asked_by, notice_words.READY, name, now)


def _forget_unfinished(context: jobs.JobContext, row: LongExport) -> None:
    """The file of a making that was cut off."""
    if row.sha256:
        evidence_store.remove(context.config, row.sha256)


def _tell(context: jobs.JobContext, number: int, code: str) -> None:
    with _writing(context) as session:
        row = queries.get_export(session, context.authority_id, number)
        notices.tell(session, row.authority_id, row.asked_by, code, reference(EXPORT, number), clock.now())


def end_exports(context: jobs.PeriodicContext) -> None:
    """Remove the files whose time is up, that were removed, or whose making was cut off; again, it changes nothing."""
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        with _writing(context) as session:
            for row in session.exec(_standing(authority_id)).all():
                view = queries.view_of(session, row, clock.now())
                if not view.is_running and not view.is_there:
                    _end(session, context, row)


def _standing(authority_id: int) -> Any:
    """What has a file, or still says what was searched for."""
    keeps = sa.or_(col(LongExport.sha256) != "", col(LongExport.narrowed_to) != "")
    return select(LongExport).where(LongExport.authority_id == authority_id, keeps)


def _end(session: Session, context: jobs.PeriodicContext, row: LongExport) -> None:
    """The bytes go first and the hash after them: stopped in between, it comes round again.

    One that was never made stays to be asked for again as long as a file would have stayed.
    """
    now, days = clock.now(), timedelta(days=int(context.config["EXPORT_DAYS"]))
    if row.sha256:
        evidence_store.remove(context.config, row.sha256)
        row.sha256 = ""
    if row.removed_at is None and (row.made_at is not None or row.asked_at + days <= now):
        row.removed_at, name = now, reference(EXPORT, row.number)
        history.note(session, events.ENDED, name, by=None, authority_id=row.authority_id, now=now)
    if row.removed_at is not None:
        row.narrowed_to = ""  # a search may name a case: kept no longer than the file itself
    session.add(row)


@contextmanager
def _writing(context: jobs.JobContext | jobs.PeriodicContext) -> Iterator[database.AuditSession]:
    """A session that may write and note history."""
    with database.session_for(context.engine, context.scope) as session:
        session.info["log_key"] = history.key_from(context.config)
        yield session
