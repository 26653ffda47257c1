"""The worker's part: gathers the copy, keeps its file while it may stay, and removes it when its time is up."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO

from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, history, jobs, notices
from audit_app.people import queries as people
from audit_app.people.tables import Authority, Person
from audit_app.records.holds import queries as holds
from audit_app.records.subject_access import archive, events, notice_words, queries, queries_rows
from audit_app.records.subject_access.needles import Needle, needle
from audit_app.records.subject_access.passages import Everything
from audit_app.records.subject_access.service import JOB
from audit_app.records.subject_access.tables import REQUEST, SubjectKind, SubjectRequest
from audit_app.records.tables import HOLD
from audit_app.records.things import REMOVABLE
from findings.references import number_of, reference

Book = Callable[[Everything, queries.RequestView, datetime, str], bytes]
TASK = "end-subject-copies"
EVERY_MINUTES = 60
MOST_BYTES = 1024**3
# A link between siblings names another child’s audits: those mention it, they do not belong to it.
COLUMNS_OF: dict[SubjectKind, tuple[str, ...]] = {
    SubjectKind.case_reference: ("case_reference",),
    SubjectKind.staff_code: ("practitioner_code", "manager_code", "practitioner_named"),
}
# What a legal hold can be on, of what a search finds.
HOLDABLE = tuple(f"{prefix}-" for prefix in REMOVABLE)
GONE = "The copy could not be made: this request is no longer open."


def register(book: Book) -> None:
    """Teach the worker to gather copies, one at a time, and to end them; `book` writes down what was found."""
    jobs.register_job(JOB, partial(make_copy, book), one_at_a_time=True)
    jobs.register_periodic(TASK, EVERY_MINUTES, end_copies)


def make_copy(book: Book, context: jobs.JobContext, name: str) -> str:
    """Gather everything and keep it as one ZIP; begun again after a stop, it makes the same copy anew.

    Raises:
        JobFailed: the request is not open, or the file store cannot keep the copy.
    """
    number = number_of(name, REQUEST) or 0
    with database.session_for(context.engine, context.scope, reading=True) as session:
        row = queries.get_request(session, context.authority_id, number)
        if row.agreed_at is None or row.made_at is not None:
            raise jobs.JobFailed(GONE)
        council, needles = session.get_one(Authority, context.authority_id), _needles(session, row)
        view = queries.views(session, [row])[0]
        session.expunge_all()
    everything, now = _search(context, council, row, needles), clock.now()
    try:
        with tempfile.TemporaryFile() as file:
            archive.write(
                file, name, everything, lambda: book(everything, view, now, council.marking), context.config,
                now=now, council=council.name, marking=council.marking,
            )  # fmt: skip
            kept = evidence_store.put(context.config, _from_start(file), MOST_BYTES)
    except (evidence_store.Unavailable, evidence_store.TooLarge) as problem:
        raise jobs.JobFailed(f"{problem} Ask for the copy to be made again.") from None
    with _writing(context) as session:
        _keep(session, context, number, everything, kept)
    return name


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _search(
    context: jobs.JobContext, council: Authority, row: SubjectRequest, needles: tuple[Needle, ...]
) -> Everything:
    """Look everywhere, table by table: no transaction is open while progress is told, so nobody waits for this."""
    search = queries_rows.Search(context.engine, council, Everything(row.sought), needles)
    columns = COLUMNS_OF.get(row.subject)
    audits = queries_rows.audits_of(search, columns, needles[0]) if columns else []

    def tell(done: int, total: int) -> None:
        context.check()
        context.progress(done, total, f"Looked through {done} of {total} tables")

    everything = queries_rows.look_everywhere(search, audits, row.person_id, tell)
    with database.session_for(context.engine, context.scope, reading=True) as session:
        everything.holds = _holds(session, row, everything)
    return everything


def _holds(session: Session, row: SubjectRequest, everything: Everything) -> tuple[str, ...]:
    """Each legal hold that keeps something of what was found, with what it keeps."""
    things = sorted({each.thing for each in everything.passages if each.thing.startswith(HOLDABLE)})
    standing = [
        f"{reference(HOLD, hold.number)} on {name}"
        for name in things
        for hold in holds.on_thing(session, row.authority_id, name)
    ]
    return tuple(dict.fromkeys(standing))


def _needles(session: Session, row: SubjectRequest) -> tuple[Needle, ...]:
    if row.subject is not SubjectKind.account:
        return (needle(row.sought),)
    person = session.get_one(Person, row.person_id)
    return needle(person.name), needle(person.user_name)


def _keep(
    session: Session, context: jobs.JobContext, number: int, everything: Everything, kept: evidence_store.Kept
) -> None:
    row, now = queries.get_request(session, context.authority_id, number), clock.now()
    row.sha256, row.size, row.made_at = kept.sha256, kept.size, now
    row.expires_at = now + timedelta(days=int(context.config["SUBJECT_COPY_DAYS"]))
    row.lines, row.counts = len(everything.passages), json.dumps(everything.by_field)
    session.add(row)
    facts: dict[str, str | int] = {"lines": row.lines, "fields": len(everything.by_field), "sha256": row.sha256}
    name = reference(REQUEST, number)
    history.note(session, events.MADE, name, by=row.asked_by, authority_id=row.authority_id, facts=facts, now=now)
    notices.tell(session, row.authority_id, row.asked_by, notice_words.READY, name, now)


def end_copies(context: jobs.PeriodicContext) -> None:
    """Remove the files of copies whose time is up or that somebody removed; done again, it changes nothing."""
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        with _writing(context) as session:
            for row in session.exec(_ended(authority_id)).all():
                _end(session, context, row)


def _ended(authority_id: int):  # type: ignore[no-untyped-def]
    now = clock.now()
    over = (col(SubjectRequest.expires_at) <= now) | col(SubjectRequest.removed_at).is_not(None)
    return select(SubjectRequest).where(SubjectRequest.authority_id == authority_id, SubjectRequest.sha256 != "", over)


def _end(session: Session, context: jobs.PeriodicContext, row: SubjectRequest) -> None:
    """The bytes go first and the hash after them: stopped in between, it comes round again."""
    evidence_store.remove(context.config, row.sha256)
    facts, now = {"sha256": row.sha256}, clock.now()
    if row.removed_at is None:
        row.removed_at = now
        name = reference(REQUEST, row.number)
        history.note(session, events.ENDED, name, by=None, authority_id=row.authority_id, facts=facts, now=now)
    row.sha256, row.sought = "", ""  # whom it was about is kept no longer than the copy itself
    session.add(row)


@contextmanager
def _writing(context: jobs.JobContext | jobs.PeriodicContext) -> Iterator[database.AuditSession]:
    """A session that may write and note history."""
    with database.session_for(context.engine, context.scope) as session:
        session.info["log_key"] = history.key_from(context.config)
        yield session
