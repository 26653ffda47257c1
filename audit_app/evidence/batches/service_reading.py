"""The long part, done by the worker: each file of a ZIP is looked into as one added alone is, and kept for its owner.

Every file is written down by itself, so a worker that is stopped goes on where it was. What was read is not evidence.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from audit_app import clock, database, evidence_store, installation, jobs
from audit_app.errors import Invalid
from audit_app.evidence import service_files
from audit_app.evidence.batches import naming, queries, said, service
from audit_app.evidence.batches.said import Said
from audit_app.evidence.batches.tables import BATCH, EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.states import BatchState
from audit_app.evidence_store import zips
from audit_app.evidence_store.zips import Member, OpenZip
from findings.references import number_of

FULL = (
    "There is no room left where this service keeps its data, so nothing of the ZIP was added. Tell whoever looks "
    "after this service that its disk is full, and upload the ZIP again once there is room."
)
LOST = "The ZIP is no longer as it was uploaded, so nothing of it was added. Upload it again."
UPLOAD_AGAIN = (
    "Nothing of the ZIP was added. Upload it again later; if it goes on, tell whoever looks after this service."
)


def register_jobs() -> None:
    """Teach the worker to read ZIPs, one at a time."""
    jobs.register_job(service.JOB, read_batch, one_at_a_time=True)


def read_batch(context: jobs.JobContext, name: str) -> str:
    """Read a ZIP; what is wrong with the whole of it is told on its page.

    Raises:
        JobFailed: it could not be read for a reason that is not in the ZIP, in words.
    """
    number = number_of(name, BATCH) or 0
    try:
        _read(context, number)
    except zips.WholeRefused as refusal:
        _end(context, number, BatchState.refused, refusal.message)
    except (evidence_store.Missing, evidence_store.Damaged) as problem:
        _fail(context, number, LOST, problem)
    except evidence_store.Unavailable as problem:
        _fail(context, number, f"{problem} {UPLOAD_AGAIN}", problem)
    except Invalid as problem:
        _fail(context, number, f"{problem.message} {UPLOAD_AGAIN}", problem)
    except (OSError, SQLAlchemyError) as problem:
        if not installation.is_disk_full(problem, Path(context.config["DATA_FOLDER"])):
            raise
        _fail(context, number, FULL, problem)
    return name


def _read(context: jobs.JobContext, number: int) -> None:
    with database.session_for(context.engine, context.scope, reading=True) as session:
        batch = queries.get_batch(session, context.authority_id, number)
        parts, state = batch.parts.split(), batch.state
        done = {row.place: row.unpacked for row in queries.files_of(session, batch)}
    if state is not BatchState.reading:
        raise jobs.JobCancelled
    with tempfile.TemporaryFile() as file:
        evidence_store.fetch_parts(context.config, parts, file)
        _look_into_each(context, number, file, done)
    _end(context, number, BatchState.waiting, "")


def _look_into_each(context: jobs.JobContext, number: int, file: BinaryIO, done: dict[int, int]) -> None:
    opened = OpenZip(file)
    for unpacked in done.values():
        opened.count(unpacked)
    total = len(opened.members)
    for at, member in enumerate(opened.members):
        context.check()
        context.progress(at, total, f"Files looked into: {at:,} of {total:,}.")
        if member.place not in done:
            _take(context, number, opened, member)


def _take(context: jobs.JobContext, number: int, opened: OpenZip, member: Member) -> None:
    """Look into one file and keep it, or write down why it cannot be taken."""
    row = EvidenceBatchFile(
        authority_id=context.authority_id, batch_number=number, place=member.place, path=member.path,
        given_name=member.name, by_itself=member.by_itself, fault=member.fault,
    )  # fmt: skip
    file = None
    if not member.by_itself and not member.fault:
        try:
            data = opened.read(member)
            row.unpacked = len(data)
            file = service_files.put_ahead(context.config, service_files.looked_into(data, member.name))
        except zips.WholeRefused:
            raise
        except evidence_store.Refused as refusal:
            row.fault = refusal.message
    if file is not None:
        row.size, row.kind, row.pages, row.left_out = file.size, file.kind, file.pages, file.left_out
        row.sha256, row.picture_sha256 = file.sha256, file.picture_sha256
        row.text, row.whole_text = file.text[: service_files.MOST_TEXT], file.whole_text
        row.particulars = said.written(proposed(member.name, member.made_on, clock.today()))
    with _writing(context, number) as (session, _batch):
        if file is not None:
            service_files.lay_down(session, context.config, file)
        session.add(row)


def proposed(name: str, made_on: date | None, today: date) -> Said:
    """What a file's name and its day in the ZIP say of it; a day that cannot be is left for a person to enter. Pure."""
    first, last = naming.days_in(name) or (None, None)
    if first is not None and first > today:
        first = last = None
    made = made_on if made_on is not None and made_on <= today and (first is None or first <= made_on) else None
    return Said(title=naming.title_of(name), speaks_from=first, speaks_to=last, made_on=made)


@contextmanager
def _writing(context: jobs.JobContext, number: int) -> Iterator[tuple[database.AuditSession, EvidenceBatch]]:
    """A session that may write to a ZIP that is still being read.

    Raises:
        JobCancelled: its owner threw it away meanwhile.
    """
    with database.session_for(context.engine, context.scope) as session:
        service_files.hold(session)  # before the row: whoever removes files takes the two in this order
        batch = queries.get_batch(session, context.authority_id, number, lock=True)
        if batch.state is not BatchState.reading:
            raise jobs.JobCancelled
        yield session, batch


def _end(context: jobs.JobContext, number: int, state: BatchState, message: str) -> None:
    """Write down how the reading ended, then let go of the ZIP: what stops in between is gone on with by the tasks."""
    with _writing(context, number) as (session, batch):
        batch.state, batch.message, batch.touched_at = state, message, clock.now()
        if state is not BatchState.waiting:
            batch.ended_at = clock.now()
        parts = batch.parts.split()
        session.add(batch)
    evidence_store.remove_parts(context.config, parts)
    with database.session_for(context.engine, context.scope) as session:
        batch = session.exec(
            select(EvidenceBatch).where(
                EvidenceBatch.authority_id == context.authority_id, EvidenceBatch.number == number
            )
        ).one()
        batch.parts = ""
        session.add(batch)


def _fail(context: jobs.JobContext, number: int, message: str, problem: Exception) -> None:
    """Tell it on the page of the ZIP, where that can be written, and as the end of the job in any case."""
    with contextlib.suppress(OSError, SQLAlchemyError, evidence_store.Unavailable):
        _end(context, number, BatchState.failed, message)
    raise jobs.JobFailed(message) from problem
