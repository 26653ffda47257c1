"""How a pack ends: withdrawn by one person; destroyed by two, or on its date. The register's line and the log stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, history, jobs
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.evidence import queries as evidence
from audit_app.packs import events, hooks, queries
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from audit_app.people import queries as people
from audit_app.people.tables import Authority
from audit_app.self_assessment.tables_outputs import WordTemplate
from findings.references import reference

TASK = "destroy-packs"
EVERY_MINUTES = 60
FILES = {"pdf": "pdf_sha256", "workbook": "workbook_sha256", "archive": "archive_sha256"}


def withdraw(session: Session, authority_id: int, number: int, *, reason: str, by: int, now: datetime) -> None:
    """Withdraw a ready pack: it can be read and downloaded no more, and every page of it says so.

    Raises:
        OutOfTurn: it is not ready, or has ended already.
        Invalid: no reason was given.
    """
    row = queries.get_pack(session, authority_id, number)
    if not row.may_be_read:
        raise OutOfTurn("Only a pack that is ready and stands can be withdrawn.")
    row.withdrawn_reason = _said(reason)
    row.withdrawn_at, row.withdrawn_by = now, by
    session.add(row)
    name = reference(PACK, number)
    history.note(session, events.WITHDRAWN, name, by=by, authority_id=authority_id, after=row.withdrawn_reason, now=now)


def ask_to_destroy(session: Session, authority_id: int, number: int, *, reason: str, by: int, now: datetime) -> None:
    """Ask for a pack to be destroyed; somebody else must agree before anything goes (PE-4).

    Raises:
        OutOfTurn: it is being built, was destroyed, or somebody has asked already.
        Invalid: no reason was given.
    """
    row = queries.get_pack(session, authority_id, number)
    if row.destroyed_at is not None or row.destroy_asked_at is not None:
        raise OutOfTurn("This pack was destroyed, or somebody has asked for it already. Load the page again.")
    if _is_being_built(session, row):
        raise OutOfTurn("This pack is being built. Stop it first.")
    row.destroy_reason = _said(reason)
    row.destroy_asked_at, row.destroy_asked_by = now, by
    session.add(row)
    _note(session, row, events.DESTRUCTION_ASKED, by, now, after=row.destroy_reason)


def keep_after_all(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> None:
    """Take back, or refuse, what somebody asked: the pack stays.

    Raises:
        OutOfTurn: nobody has asked for it to be destroyed.
    """
    row = _asked_for(session, authority_id, number)
    row.destroy_asked_at, row.destroy_asked_by, row.destroy_reason = None, None, ""
    session.add(row)
    _note(session, row, events.DESTRUCTION_REFUSED, by, now)


def destroy(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> None:
    """Agree that a pack is destroyed: its contents go now, its files as soon as this is committed.

    Raises:
        OutOfTurn: nobody has asked for it, it is being built again, or a legal hold keeps it.
        NotAllowed: the same person asked (PE-4).
    """
    row = _asked_for(session, authority_id, number)
    if row.destroy_asked_by == by:
        raise NotAllowed("You asked for this pack to be destroyed. Somebody else must agree.")
    if hold := _kept_by(session, authority_id, reference(PACK, number)):
        raise OutOfTurn(f"{hold} keeps this pack: a legal hold beats every removal. It must be lifted first.")
    if _is_being_built(session, row):
        raise OutOfTurn("This pack is being built. Stop it first.")
    facts = {"fingerprint": row.fingerprint}
    _empty(session, row, by, now)
    _note(session, row, events.DESTROYED, by, now, facts=facts)
    jobs.soon(session, TASK)


def _asked_for(session: Session, authority_id: int, number: int) -> EvidencePackRow:
    row = queries.get_pack(session, authority_id, number)
    if row.destroyed_at is not None or row.destroy_asked_at is None:
        raise OutOfTurn("Nobody is asking for this pack to be destroyed any more. Load the page again.")
    return row


def _kept_by(session: Session, authority_id: int, name: str) -> str:
    """What keeps a pack from being destroyed, such as a legal hold; empty where nothing does."""
    return next(filter(None, (keeps(session, authority_id, name) for keeps in hooks.keepers)), "")


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid("reason", "Say why.")
    return reason.strip()


def _is_being_built(session: Session, row: EvidencePackRow) -> bool:
    job = jobs.find(session, row.authority_id, row.job_id) if row.job_id else None
    return job is not None and job.state in (jobs.JobState.waiting, jobs.JobState.running)


def empty_for_good(session: Session, authority_id: int, number: int, *, why: str, now: datetime) -> None:
    """Empty a pack that two people agreed to remove with others; the hashes stay until its files are gone."""
    row = queries.get_pack(session, authority_id, number)
    row.destroy_reason, row.page_marks, row.choices = why, "", ""
    _empty(session, row, None, now)


def forget_files_of(session: Session, authority_id: int, number: int) -> None:
    """Say that the files of such a pack are gone."""
    _forget_files(session, queries.get_pack(session, authority_id, number))


def _empty(session: Session, row: EvidencePackRow, by: int | None, now: datetime) -> None:
    """Take everything out of the row that the pack told; its hashes stay until the files are gone."""
    row.contents, row.key_list, row.pseudonym_key = "", "", ""
    row.destroyed_at, row.destroyed_by = now, by
    session.add(row)
    exhibits.forget(session, row)


def _note(session: Session, row: EvidencePackRow, event: str, by: int | None, now: datetime, **more: Any) -> None:
    history.note(session, event, reference(PACK, row.number), by=by, authority_id=row.authority_id, now=now, **more)


def register_tasks() -> None:
    """Look every hour for packs whose day has come, and for files of destroyed packs."""
    jobs.register_periodic(TASK, EVERY_MINUTES, destroy_what_is_due)


def destroy_what_is_due(context: jobs.PeriodicContext) -> None:
    """Destroy the packs whose date has come, council by council, then remove the files of all destroyed packs."""
    with database.session_for(context.engine, context.scope, reading=True) as session:
        councils = people.every_council(session)
    for authority_id in councils:
        with writing(context) as session:
            destroy_on_date(session, authority_id, today=clock.today(), now=clock.now())
        remove_files(context, authority_id)


@contextmanager
def writing(context: jobs.PeriodicContext) -> Iterator[database.AuditSession]:
    """A session that may write and note history."""
    with database.session_for(context.engine, context.scope) as session:
        session.info["log_key"] = history.key_from(context.config)
        yield session


def destroy_on_date(session: Session, authority_id: int, *, today: date, now: datetime) -> None:
    """Destroy each pack of a council whose day of destruction has come; one that is built or held waits."""
    due = select(EvidencePackRow).where(
        EvidencePackRow.authority_id == authority_id,
        col(EvidencePackRow.destroyed_at).is_(None),
        col(EvidencePackRow.destroy_on) <= today,
    )
    # The log names them as their days came; PostgreSQL gives them in no order of its own.
    in_order = due.order_by(col(EvidencePackRow.destroy_on), col(EvidencePackRow.number))
    for row in session.exec(in_order).all():
        if _is_being_built(session, row) or _kept_by(session, authority_id, reference(PACK, row.number)):
            continue
        facts = {"on": str(row.destroy_on), "fingerprint": row.fingerprint}
        _empty(session, row, None, now)
        _note(session, row, events.DESTROYED_ON_DATE, None, now, facts=facts)


def remove_files(context: jobs.PeriodicContext, authority_id: int) -> None:
    """Remove the files of destroyed packs that nothing else names; done again, it changes nothing.

    The bytes go first and the hashes after them: stopped in between, it comes round again.
    """
    with database.session_for(context.engine, context.scope, reading=True) as session:
        named = hashes_named(session)
        gone = session.exec(
            select(EvidencePackRow).where(
                EvidencePackRow.authority_id == authority_id,
                col(EvidencePackRow.destroyed_at).is_not(None),
                sa.or_(*(getattr(EvidencePackRow, column) != "" for column in FILES.values())),
            )
        ).all()
        session.expunge_all()
    for row in gone:
        for column in FILES.values():
            if (sha256 := getattr(row, column)) and sha256 not in named:
                evidence_store.remove(context.config, sha256)
        with writing(context) as session:
            _remove_copies(context, session, row, named)
            _forget_files(session, queries.get_pack(session, authority_id, row.number))


def _forget_files(session: Session, row: EvidencePackRow) -> None:
    facts = {name: getattr(row, column) for name, column in FILES.items()}
    for column in (*FILES.values(), "manifest_sha256"):
        setattr(row, column, "")
    session.add(row)
    _note(session, row, events.FILES_REMOVED, None, clock.now(), facts=facts)


def _remove_copies(context: jobs.PeriodicContext, session: Session, row: EvidencePackRow, named: set[str]) -> None:
    """Remove the files of a destroyed pack's released copies; the register keeps who had them."""
    copies = select(PackRelease).where(
        PackRelease.authority_id == row.authority_id, PackRelease.pack_number == row.number
    )
    for copy in session.exec(copies.where(col(PackRelease.pdf_sha256) != "")).all():
        for sha256 in {copy.pdf_sha256, copy.archive_sha256} - named - {""}:
            evidence_store.remove(context.config, sha256)
        copy.pdf_sha256, copy.archive_sha256 = "", ""
        session.add(copy)


def hashes_named(session: Session) -> set[str]:
    """The files that packs which stand, logos and evidence still name: equal contents have equal bytes and one file."""
    columns: list[Any] = [getattr(EvidencePackRow, column) for column in FILES.values()]
    stands: Any = sa.select(*columns).where(col(EvidencePackRow.destroyed_at).is_(None))
    given: Any = sa.select(PackRelease.pdf_sha256, PackRelease.archive_sha256).join(  # type: ignore[call-overload]
        EvidencePackRow,
        sa.and_(
            col(EvidencePackRow.authority_id) == col(PackRelease.authority_id),
            col(EvidencePackRow.number) == col(PackRelease.pack_number),
        ),
    )
    copies = given.where(col(EvidencePackRow.destroyed_at).is_(None))
    named = {sha256 for files in (stands, copies) for row in session.execute(files).all() for sha256 in row if sha256}
    named |= evidence.hashes_named(session)
    named |= set(session.exec(select(WordTemplate.sha256)).all())
    return named | {sha256 for sha256 in session.exec(select(Authority.logo_sha256)).all() if sha256}
