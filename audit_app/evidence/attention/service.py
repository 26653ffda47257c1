"""What the worker does for evidence: scans files that wait, and tells owners, once each, of what is to be renewed."""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, history, jobs, notices
from audit_app.evidence import events, freshness, queries
from audit_app.evidence.attention import notice_words
from audit_app.evidence.attention.queries import entries_due
from audit_app.evidence.states import Freshness, Held, Scan
from audit_app.evidence.tables import EVIDENCE, FOLDER, Evidence, EvidenceVersion, FolderEntry
from audit_app.evidence_store import scanning
from audit_app.people import queries as people
from audit_app.people.access.scope import system_scope
from findings.references import reference

REMIND_TASK, SCAN_TASK, CLEAR_TASK = "evidence-reminders", "scan-evidence", "clear-unfinished-files"
REMIND_MINUTES, SCAN_MINUTES, CLEAR_MINUTES = 180, 1, 60
# No upload takes so long: what was last touched before was cut off, by a power cut or a stop.
UNFINISHED_AFTER = timedelta(hours=6)
AT_ONCE = 50  # files a run of the scanner looks at; the rest come round in the next


def register_tasks() -> None:
    """Have the worker scan what waits each minute, clear each hour what was cut off, remind every few hours."""
    jobs.register_periodic(SCAN_TASK, SCAN_MINUTES, scan_waiting)
    jobs.register_periodic(REMIND_TASK, REMIND_MINUTES, remind)
    jobs.register_periodic(CLEAR_TASK, CLEAR_MINUTES, clear_cut_off)


def clear_cut_off(context: jobs.PeriodicContext) -> None:
    """Remove what uploads left behind that were cut off hours ago; no row names it, and none ever will."""
    evidence_store.clear_unfinished(context.config, (clock.now() - UNFINISHED_AFTER).timestamp())


def remind(context: jobs.PeriodicContext) -> None:
    """Look through every council's evidence and folder and tell owners of what is to be renewed."""
    now, today = clock.now(), clock.today()
    for authority_id in _councils(context):
        with _writing(context, "reminding owners of evidence", authority_id) as session:
            tell_owners(session, authority_id, now=now, today=today, grace_days=context.config["EVIDENCE_GRACE_DAYS"])


def tell_owners(session: Session, authority_id: int, *, now: datetime, today: date, grace_days: int) -> int:
    """Tell each owner, once for each version, that evidence is to be renewed, and that it is stale; how many."""
    old = select(Evidence, EvidenceVersion.added_at).join(EvidenceVersion, queries.is_current()).where(
        Evidence.authority_id == authority_id, col(Evidence.withdrawn_at).is_(None), col(Evidence.renew_by) < today
    )  # fmt: skip
    sent = 0
    for row, since in session.exec(old.order_by(col(Evidence.number))).all():
        stale = freshness.stands(row.renew_by, today, grace_days) is Freshness.stale
        code = notice_words.STALE if stale else notice_words.TO_RENEW
        owner = _owner(session, row.owner_post_id, row.added_by, today)
        sent += notices.tell_once(
            session, authority_id, owner, code, reference(EVIDENCE, row.number), since=since, now=now
        )
    for entry in session.exec(entries_due(authority_id, today).order_by(col(FolderEntry.number))).all():
        owner = _owner(session, entry.owner_post_id, None, today)
        about, since = reference(FOLDER, entry.number), clock.moments(entry.refresh_on or today, today)[0]
        sent += notices.tell_once(session, authority_id, owner, notice_words.ENTRY_DUE, about, since=since, now=now)
    return sent


def _owner(session: Session, post_id: int | None, person_id: int | None, today: date) -> int | None:
    """Whoever holds the post today; before there was one, whoever added it."""
    return people.holder_of(session, post_id, today) or person_id


# --- scanning --------------------------------------------------------------------------------------------------------


def scan_waiting(context: jobs.PeriodicContext) -> None:
    """Have the scanner look at files nobody has looked at; those it could not look at wait for next time (UP-10)."""
    command = str(context.config["EVIDENCE_SCANNER"])
    if not command:
        return
    for authority_id in _councils(context):
        with database.session_for(
            context.engine, system_scope("scanning files", authority_id), reading=True
        ) as session:
            waiting = session.exec(_unscanned(authority_id)).all()
        _scan_each(context, command, authority_id, waiting)


def _unscanned(authority_id: int) -> Any:
    return (
        select(EvidenceVersion.evidence_number, EvidenceVersion.version, EvidenceVersion.sha256)
        .where(
            EvidenceVersion.authority_id == authority_id,
            EvidenceVersion.held == Held.here,
            col(EvidenceVersion.scan).in_([Scan.waiting, Scan.not_asked]),
        )
        .order_by(col(EvidenceVersion.added_at))
        .limit(AT_ONCE)
    )


def _scan_each(
    context: jobs.PeriodicContext, command: str, authority_id: int, waiting: Iterable[tuple[int, int, str]]
) -> None:
    for number, version, sha256 in waiting:
        try:
            verdict = scanning.scan(command, evidence_store.read_file(context.config, sha256))
        except (evidence_store.Missing, evidence_store.Damaged):
            continue  # `check` tells of it; no scanner has seen it
        except evidence_store.Unavailable:
            return  # the state page tells of it; they wait for the next run
        with _writing(context, "noting what a scanner said", authority_id) as session:
            note_verdict(session, authority_id, number, version, verdict, now=clock.now())


def note_verdict(
    session: Session, authority_id: int, number: int, version: int, verdict: scanning.Verdict, *, now: datetime
) -> None:
    """Write down what the scanner said; a scanner that could not look leaves the file unscanned (UP-10)."""
    row = queries.get_version(session, authority_id, number, version)
    row.scan = {scanning.Verdict.clean: Scan.clean, scanning.Verdict.harmful: Scan.refused}.get(verdict, Scan.waiting)
    session.add(row)
    if verdict is scanning.Verdict.unknown:
        return
    row.scanned_at = now
    about = reference(EVIDENCE, number)
    facts: dict[str, str | int] = {"version": version, "outcome": verdict.value}
    history.note(session, events.SCANNED, about, by=None, authority_id=authority_id, facts=facts, now=now)
    if row.scan is Scan.refused:
        notices.tell(session, authority_id, row.added_by, notice_words.HARMFUL, about, now)


def _councils(context: jobs.PeriodicContext) -> list[int]:
    with database.session_for(context.engine, context.scope, reading=True) as session:
        return people.every_council(session)


@contextmanager
def _writing(context: jobs.PeriodicContext, why: str, authority_id: int) -> Any:
    with database.session_for(context.engine, system_scope(why, authority_id)) as session:
        session.info["log_key"] = history.key_from(context.config)
        yield session
