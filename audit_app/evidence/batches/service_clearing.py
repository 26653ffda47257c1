"""What the worker clears: ZIPs that were thrown away, refused or forgotten, and files of theirs that nothing names."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, jobs, words
from audit_app.evidence import service_files
from audit_app.evidence.batches import queries, service
from audit_app.evidence.batches.tables import EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.states import BatchState
from audit_app.people.access.scope import system_scope

CLEAR_MINUTES = 60
AT_ONCE = 20  # files removed in one transaction: on a slow line each takes a while, and others wait to save
OVER = (BatchState.refused, BatchState.failed, BatchState.ended, BatchState.brought_in)

# Every file that any row names: only what stands above all features knows them.
HashesNamed = Callable[[Session], set[str]]


def register_tasks(hashes_named: HashesNamed) -> None:
    """Have the worker clear each hour, and soon after one was added or thrown away."""
    jobs.register_periodic(service.CLEAR_TASK, CLEAR_MINUTES, partial(clear, hashes_named))


def clear(hashes_named: HashesNamed, context: jobs.PeriodicContext) -> None:
    """End what was forgotten, then remove what nothing came of; stopped in between, it goes on the next time."""
    days = context.config["EVIDENCE_ZIP_DAYS"]
    with database.session_for(context.engine, context.scope) as session:
        end_forgotten(session, days)
        over: Any = select(EvidenceBatch.authority_id, EvidenceBatch.number).where(col(EvidenceBatch.state).in_(OVER))
        keys = [(row[0], row[1]) for row in session.exec(over).all()]
        parts = [row.parts for row in session.exec(select(EvidenceBatch).where(_needs_no_parts())).all()]
    for each in parts:
        evidence_store.remove_parts(context.config, each.split())
    with database.session_for(context.engine, context.scope) as session:
        session.exec(sa.update(EvidenceBatch).where(col(EvidenceBatch.parts).in_(parts)).values(parts=""))
    for authority_id, number in keys:
        while _clear_some(context, authority_id, number, hashes_named):
            pass
    _forget(context, days)


def _needs_no_parts() -> Any:
    return sa.and_(col(EvidenceBatch.state) != BatchState.reading, col(EvidenceBatch.parts) != "")


def end_forgotten(session: Session, days: int) -> None:
    """A ZIP that its owner left alone for days, and one whose reading was given up, is ended and says so."""
    now = clock.now()
    for row in session.exec(select(EvidenceBatch).where(col(EvidenceBatch.state).in_(queries.OPEN))).all():
        job = jobs.find(session, row.authority_id, row.job_id) if row.job_id else None
        if job is not None and job.state in queries.RUNNING:
            continue
        if row.state is BatchState.reading:
            row.state, row.message = BatchState.failed, job.message if job else ""
        elif now - row.touched_at > timedelta(days=days):
            row.state = BatchState.ended
            row.message = f"Nobody added its files within {words.count(days, 'day')}, so they were removed."
        else:
            continue
        row.ended_at = now
        row.revision += 1
        session.add(row)


def _clear_some(context: jobs.PeriodicContext, authority_id: int, number: int, hashes_named: HashesNamed) -> bool:
    """Remove some of the files of a ZIP that did not become evidence; whether there were any.

    The rows go first, so that they do not name the files themselves, and stand again if this does not come to its end.
    """
    with database.session_for(context.engine, system_scope("clearing ZIPs of evidence", None)) as session:
        service_files.hold(session, alone=True)
        batch = queries.get_batch(session, authority_id, number, lock=True)
        job = jobs.find(session, authority_id, batch.job_id) if batch.job_id else None
        if job is not None and job.state in queries.RUNNING:
            return False
        rows = session.exec(
            select(EvidenceBatchFile)
            .where(EvidenceBatchFile.authority_id == authority_id, EvidenceBatchFile.batch_number == number)
            .where(col(EvidenceBatchFile.evidence_number).is_(None))
            .limit(AT_ONCE)
        ).all()
        hashes = {sha256 for row in rows for sha256 in (row.sha256, row.picture_sha256) if sha256}
        for row in rows:
            session.delete(row)
        session.flush()
        for sha256 in sorted(hashes - hashes_named(session)) if hashes else ():
            evidence_store.remove(context.config, sha256)
    return bool(rows)


def _forget(context: jobs.PeriodicContext, days: int) -> None:
    """What nothing came of is forgotten as well, once whoever uploaded it had time to read why."""
    before = clock.now() - timedelta(days=days)
    with database.session_for(context.engine, context.scope) as session:
        gone = select(EvidenceBatch).where(
            col(EvidenceBatch.state).in_(OVER), EvidenceBatch.state != BatchState.brought_in,
            col(EvidenceBatch.ended_at) < before, EvidenceBatch.parts == "",
        )  # fmt: skip
        for row in session.exec(gone).all():
            if not queries.files_of(session, row):
                session.delete(row)
