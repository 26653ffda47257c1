"""Writes of a ZIP that is brought in: begun, what is said of its files, added whole or not at all, thrown away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any

from sqlmodel import Session

from audit_app import evidence_store, history, jobs
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from audit_app.evidence import events, service, service_files
from audit_app.evidence.batches import queries, said
from audit_app.evidence.batches.queries import FileLine
from audit_app.evidence.batches.said import Said
from audit_app.evidence.batches.tables import BATCH, EvidenceBatch
from audit_app.evidence.given import WaitingFile
from audit_app.evidence.proving import queries as things
from audit_app.evidence.proving import service as proving
from audit_app.evidence.states import BatchState
from audit_app.evidence_store import zips
from findings.numbering import next_number
from findings.references import reference

JOB = "read-evidence-zip"
CLEAR_TASK = "clear-evidence-zips"
MOST_OPEN = 3  # of one person: each may hold 200 MB that nobody has confirmed
NAMED = "file"


@dataclass(frozen=True)
class Sheet:
    """What was typed on the page of a ZIP: what holds of all, and of each file its title and whether it is added."""

    of_all: Said
    titles: Mapping[int, str]
    chosen: Collection[int]


def check_room(session: Session, authority_id: int, *, by: int) -> None:
    """Refuse another ZIP while too many wait, before it is carried anywhere.

    Raises:
        Invalid: how many wait, and what to do.
    """
    if len(queries.list_open(session, authority_id, by)) >= MOST_OPEN:
        raise Invalid(
            NAMED, f"{MOST_OPEN} ZIPs of yours wait to be checked. Add their files or throw one away, then come back."
        )


def put_down(config: Mapping[str, Any], stream: IO[bytes], filename: str) -> evidence_store.InParts:
    """Keep a ZIP until it has been read; nothing is kept when this raises.

    Raises:
        Invalid: it is empty or too large, or the store cannot keep it.
    """
    name = evidence_store.clean_name(filename)
    try:
        kept = evidence_store.put_in_parts(config, stream, zips.PACKED_LIMIT)  # type: ignore[arg-type]
    except evidence_store.TooLarge:
        raise Invalid(NAMED, too_large(filename)) from None
    except evidence_store.Unavailable as problem:
        again = "Choose it again in a few minutes; if it goes on, tell whoever looks after this service."
        raise Invalid(NAMED, f"{name} could not be kept, and nothing was saved. {problem} {again}") from None
    if not kept.size:
        raise Invalid(NAMED, f"{name}: The file is empty. Check it and choose it again.")
    return kept


def too_large(filename: str) -> str:
    """Which ZIP is larger than one may be, the limit, and what to do."""
    most = zips.PACKED_LIMIT // zips.MEGABYTE
    return f"{evidence_store.clean_name(filename)} is larger than {most} MB. Make two or more ZIPs of it and try again."


def begin_batch(
    session: Session, authority_id: int, kept: evidence_store.InParts, filename: str, of_all: Said, *, by: int,
    now: datetime,
) -> EvidenceBatch:  # fmt: skip
    """Have a ZIP read. The same one that is open already is gone on with: the caller removes what it put down.

    Raises:
        Invalid: too many of this person's ZIPs wait.
    """
    waiting = queries.list_open(session, authority_id, by)
    same = next((row for row in waiting if row.sha256 == kept.sha256), None)
    if same is not None:
        return same
    check_room(session, authority_id, by=by)
    row = EvidenceBatch(
        authority_id=authority_id, number=next_number(session, authority_id, BATCH),
        given_name=evidence_store.clean_name(filename), sha256=kept.sha256, size=kept.size, parts=" ".join(kept.parts),
        particulars=said.written(of_all), added_by=by, added_at=now, touched_at=now,
    )  # fmt: skip
    row.job_id = jobs.ask(session, authority_id, JOB, reference(BATCH, row.number), by, now).id
    session.add(row)
    session.flush()
    return row


def save_sheet(
    session: Session, authority_id: int, number: int, sheet: Sheet, *, revision: int, now: datetime
) -> EvidenceBatch:
    """Keep what was typed; nothing of it is evidence yet.

    Raises:
        OutOfTurn: it was added or thrown away already.
        Stale: it was changed since the page was opened, in another window.
    """
    row = _for_change(session, authority_id, number, revision)
    row.particulars = said.written(sheet.of_all)
    for file in queries.files_of(session, row):
        if file.sha256:
            own = replace(said.read(file.particulars), title=sheet.titles.get(file.place, ""))
            file.particulars, file.chosen = said.written(own), file.place in sheet.chosen
            session.add(file)
    return _changed(session, row, now)


def save_file(
    session: Session, authority_id: int, number: int, place: int, own: Said, *, revision: int, now: datetime
) -> EvidenceBatch:
    """Keep what is said of one file alone.

    Raises:
        OutOfTurn: it was added or thrown away already.
        Stale: it was changed since the page was opened, in another window.
    """
    row = _for_change(session, authority_id, number, revision)
    file = next((file for file in queries.files_of(session, row) if file.place == place and file.sha256), None)
    if file is None:
        raise OutOfTurn("This file cannot be added.")
    file.particulars = said.written(own)
    session.add(file)
    return _changed(session, row, now)


def bring_in(
    session: Session, authority_id: int, number: int, *, by: int, now: datetime, today: date, config: Mapping[str, Any]
) -> int:
    """Add every file that was chosen as a piece of evidence, in the caller's one transaction; how many.

    Raises:
        OutOfTurn: they were added or thrown away already.
        Invalid: something is missing or cannot be, and of which file; nothing is added.
        NotAllowed: this person may not add to what they are to prove.
    """
    service_files.hold(session)  # before the row: whoever removes files takes the two in this order
    row = queries.get_batch(session, authority_id, number, lock=True)
    _refuse_ended(row)
    lines = [line for line in queries.lines_of(session, row, queries.files_of(session, row)) if line.chosen]
    if not lines:
        raise Invalid("take", "Tick at least one file to add.")
    _check_things(session, authority_id, lines)
    _check_said(lines)
    for line in lines:
        _add(session, line, by=by, now=now, today=today, config=config)
    row.state, row.ended_at, row.particulars = BatchState.brought_in, now, ""
    _changed(session, row, now)
    facts: dict[str, str | int] = {"count": len(lines)}
    about = reference(BATCH, number)
    history.note(session, events.BROUGHT_IN, about, by=by, authority_id=authority_id, facts=facts, now=now)
    jobs.soon(session, CLEAR_TASK)
    return len(lines)


def _check_things(session: Session, authority_id: int, lines: Collection[FileLine]) -> None:
    """That each thing they are to prove is there, and this person may add to it."""
    for thing in sorted({line.whole.thing for line in lines if line.whole.thing}):
        try:
            things.thing_to_attach_to(session, authority_id, thing)
        except (NotFound, NotAllowed) as refusal:
            raise Invalid("reference", f"{thing}: {refusal}") from None


def _check_said(lines: Collection[FileLine]) -> None:
    """That nothing is missing; the first files that lack something are named."""
    for name, what in said.NEEDED.items():
        missing = [line.row.given_name for line in lines if name in said.lacking(line.whole)]
        if missing:
            more = f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
            of_all = "" if name == "title" else " for all, or for each"
            raise Invalid(name, f"{what}{of_all}. It is missing for {', '.join(missing[:3])}{more}.")


def _add(session: Session, line: FileLine, **given: Any) -> None:
    """One file becomes evidence: the very road that a single file goes."""
    row, whole = line.row, line.whole
    file = WaitingFile(
        sha256=row.sha256, size=row.size, kind=row.kind, given_name=row.given_name, pages=row.pages,
        picture_sha256=row.picture_sha256, text=row.text, whole_text=row.whole_text,
    )  # fmt: skip
    try:
        new, version = said.as_evidence(whole, file)
        evidence = service.add_evidence(session, row.authority_id, new, version, **given)
        if whole.thing:
            by_whom = {"proves": whole.proves, "by": given["by"], "now": given["now"]}
            proving.attach(session, row.authority_id, evidence.number, whole.thing, **by_whom)
    except Invalid as refusal:
        raise Invalid(refusal.field, f"{row.given_name}: {refusal.message}") from None
    row.evidence_number, row.text = evidence.number, ""
    session.add(row)


def throw_away(session: Session, authority_id: int, number: int, *, now: datetime) -> EvidenceBatch:
    """Throw a ZIP away, while it is read or afterwards: nothing of it becomes evidence, and its files are removed.

    Raises:
        OutOfTurn: its files were added already.
    """
    row = queries.get_batch(session, authority_id, number, lock=True)
    if row.state is BatchState.brought_in:
        raise OutOfTurn("Its files were added already. Withdraw those that should not be here, one by one.")
    if row.state in queries.OPEN:
        row.state, row.ended_at = BatchState.ended, now
        row.message = "You threw it away. Nothing of it was added."
    job = jobs.find(session, authority_id, row.job_id) if row.job_id else None
    if job is not None and job.state in queries.RUNNING:
        jobs.cancel(session, authority_id, job.id, now)
    jobs.soon(session, CLEAR_TASK)
    return _changed(session, row, now)


def _for_change(session: Session, authority_id: int, number: int, revision: int) -> EvidenceBatch:
    row = queries.get_batch(session, authority_id, number, lock=True)
    _refuse_ended(row)
    if row.revision != revision:
        raise Stale(row)
    return row


def _refuse_ended(row: EvidenceBatch) -> None:
    if row.state is BatchState.brought_in:
        raise OutOfTurn("Its files were added already. Nothing was done twice.")
    if row.state is not BatchState.waiting:
        raise OutOfTurn(row.message or "This ZIP is not ready to be added.")


def _changed(session: Session, row: EvidenceBatch, now: datetime) -> EvidenceBatch:
    row.revision += 1
    row.touched_at = now
    session.add(row)
    session.flush()
    return row
