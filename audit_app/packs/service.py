"""Every write of packs: asking for one, freezing its contents, keeping its files, stopping and asking again."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

import frameworks
from audit_app import history, jobs
from audit_app.errors import Invalid, OutOfTurn
from audit_app.packs import contents, events, queries
from audit_app.packs.clearing import service as clearing_service
from audit_app.packs.disclosure import levels, pseudonyms
from audit_app.packs.disclosure.clearing import Clearing
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.kinds import choices, refusals
from audit_app.packs.kinds import queries as kinds_queries
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.tables import PACK, Decision, EvidencePackRow, PackState
from findings.numbering import next_number
from findings.references import reference

JOB = "pack"
LONGEST_PERIOD_DAYS = 10 * 366


@dataclass(frozen=True)
class Wish:
    """What somebody asks a pack to be."""

    title: str
    edition_id: str
    period_from: date
    period_to: date
    level: int
    purpose: str
    marking: str
    each_audit: bool = False
    author_post: str = ""
    owner_post: str = ""
    approvals: str = ""
    circulation: str = ""
    review_on: date | None = None
    destroy_on: date | None = None
    for_inspection: str = ""  # its reference or a label: packs of one inspection call an audit by one name
    replaces: int | None = None  # the number of the pack this is a new version of
    chosen: Choices = field(default_factory=lambda: choices.read(""))


def check(wish: Wish) -> None:
    """Refuse what could not be built, or would tell more than it may without a reason.

    Raises:
        Invalid: which value, and what to do.
    """
    if wish.level not in levels.NAMES:
        raise Invalid("level", "Choose one of the audiences on the page.")
    if wish.level < levels.PUBLISHABLE and not wish.purpose.strip():
        raise Invalid("purpose", "Say why this pack must tell more than a publishable one.")
    if wish.period_to < wish.period_from:
        raise Invalid("period_to", "The last day of the period must not be before the first.")
    if (wish.period_to - wish.period_from).days > LONGEST_PERIOD_DAYS:
        raise Invalid("period_from", "Choose a period of ten years or less.")
    if not wish.title.strip() or not wish.marking.strip():
        raise Invalid("title", "Give the pack a title and a marking.")
    if not levels.marking_fits(wish.level, wish.marking):
        raise Invalid(
            "marking", f"A publishable pack cannot be marked {wish.marking.strip()}. Mark it {levels.OPEN_MARKING}."
        )
    try:
        edition = frameworks.edition(wish.edition_id)
    except frameworks.UnknownEdition as unknown:
        raise Invalid("edition_id", "Choose a framework from the list.") from unknown
    refusals.refuse(wish.chosen, wish.level, edition)


def ask_for_pack(
    session: Session, authority_id: int, wish: Wish, *, by: int | None, now: datetime, exhibits_first: bool = False
) -> EvidencePackRow:
    """Ask for a pack: a row with its reference, and a job that builds it after the commit.

    With `exhibits_first` it waits to be built until somebody has chosen its exhibits and asks again; a new version
    begins with those of the last one.

    Raises:
        Invalid: something of the wish cannot be, or what was chosen is not there; see `check`.
    """
    check(wish)
    kinds_queries.refuse_unknown(session, authority_id, wish.chosen)
    last = queries.get_pack(session, authority_id, wish.replaces) if wish.replaces else None
    if last is not None and last.level != wish.level:
        raise Invalid("level", f"{reference(PACK, last.number)} is for another audience. Build a pack of its own.")
    number = next_number(session, authority_id, PACK)
    name = reference(PACK, number)
    allowed = wish.each_audit and wish.level <= levels.LEADERSHIP
    whole = {
        "each_audit": allowed,
        "purpose": wish.purpose.strip(),
        "for_inspection": " ".join(wish.for_inspection.split()),
        "kind": wish.chosen.kind,
        "choices": choices.written(wish.chosen),
    }
    asked = {name: value for name, value in wish.__dict__.items() if name != "chosen"}
    row = EvidencePackRow(
        **{**asked, **whole},
        authority_id=authority_id,
        number=number,
        asked_by=by,
        asked_at=now,
        pseudonym_key=pseudonyms.new_key(),
    )
    # Versions for one audience, and packs for one inspection at one level, call an audit by one name, so that pages can
    # be compared; nobody else's pack shares it.
    same = last if last is not None and _continues(last, row) else queries.find_of_same_inspection(session, row)
    if same is not None:
        row.pseudonym_key, row.names_from = same.pseudonym_key, same.names_from or same.number
    session.add(row)
    session.flush()
    if last is not None:
        exhibits.take_over(session, last, row, by=by, now=now)
    if not exhibits_first:
        row.job_id = jobs.ask(session, authority_id, JOB, name, by, now).id
    session.flush()
    _note_asked(session, row, wish, by=by, now=now)
    return row


def _note_asked(session: Session, row: EvidencePackRow, wish: Wish, *, by: int | None, now: datetime) -> None:
    """In the log: what was asked for, and that it tells more than a publishable pack where it does."""
    name, authority_id = reference(PACK, row.number), row.authority_id
    facts: dict[str, str | int] = {
        "edition": wish.edition_id,
        "kind": wish.chosen.kind,
        "level": wish.level,
        "period_from": wish.period_from.isoformat(),
        "period_to": wish.period_to.isoformat(),
    }
    history.note(session, events.ASKED, name, by=by, authority_id=authority_id, facts=facts, now=now)
    if wish.level < levels.PUBLISHABLE:
        lowered = {"level": wish.level}
        history.note(
            session, events.LOWERED, name, by=by, authority_id=authority_id, facts=lowered, after=wish.purpose, now=now
        )


def _continues(last: EvidencePackRow, row: EvidencePackRow) -> bool:
    """Whether a new version keeps the names of the last: they are there still, and it is for the same inspection."""
    return bool(last.pseudonym_key) and last.for_inspection.casefold() == row.for_inspection.casefold()


def freeze(
    session: Session,
    row: EvidencePackRow,
    pack: contents.EvidencePack,
    keys: dict[str, int],
    *,
    clearing: Clearing,
    now: datetime,
) -> str:
    """Keep the contents for ever, with their fingerprint; from here on the pack no longer follows the register.

    Whoever asks, by page, command or job, comes through here: nothing is frozen for people outside the council while
    words stand in its texts that may tell of a person.

    Raises:
        OutOfTurn: such words stand.

    Returns:
        The contents as they are written down.
    """
    clearing_service.refuse_standing(clearing)
    written = contents.canonical(pack)
    row.contents = written
    row.fingerprint = contents.fingerprint_of(written)
    row.key_list = pseudonyms.write_key_list(keys)
    row.frozen_at = now
    row.state = PackState.frozen
    session.add(row)
    facts: dict[str, str | int] = {
        "fingerprint": row.fingerprint,
        "cleared": clearing.count(Decision.cleared),
        "accepted": clearing.count(Decision.accepted),
    }
    history.note(
        session, events.FROZEN, pack.reference, by=row.asked_by, authority_id=row.authority_id, facts=facts, now=now
    )
    return written


@dataclass(frozen=True)
class Built:
    """The files of a pack by their hashes in the evidence store."""

    pdf_sha256: str
    workbook_sha256: str
    archive_sha256: str
    manifest_sha256: str
    pages: int
    page_marks: str


def keep_files(session: Session, row: EvidencePackRow, built: Built, *, now: datetime) -> None:
    """Note which files the pack has become; their hashes go into the log (PD-6)."""
    for name, value in built.__dict__.items():
        setattr(row, name, value)
    row.state = PackState.ready
    row.built_at = now
    session.add(row)
    facts: dict[str, str | int] = {
        "pages": built.pages,
        "pdf": built.pdf_sha256,
        "workbook": built.workbook_sha256,
        "archive": built.archive_sha256,
        "manifest": built.manifest_sha256,
        "fingerprint": row.fingerprint,
    }
    name = reference(PACK, row.number)
    history.note(session, events.BUILT, name, by=row.asked_by, authority_id=row.authority_id, facts=facts, now=now)


def ask_again(session: Session, authority_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Ask for the files of a pack again after a failure or a stop; contents that were frozen stay as they are.

    Raises:
        OutOfTurn: it is being built, or it is ready.
    """
    row = queries.get_pack(session, authority_id, number)
    job = jobs.find(session, authority_id, row.job_id) if row.job_id else None
    running = job is not None and job.state in (jobs.JobState.waiting, jobs.JobState.running)
    if row.state is PackState.ready or running or row.destroyed_at:
        raise OutOfTurn("This pack is ready or being built. Load the page again to see how far it is.")
    name = reference(PACK, number)
    row.job_id = jobs.ask(session, authority_id, JOB, name, by, now).id
    session.add(row)
    history.note(session, events.ASKED_AGAIN, name, by=by, authority_id=authority_id, now=now)


def stop(session: Session, authority_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Stop the building of a pack.

    Raises:
        OutOfTurn: it has ended already.
    """
    row = queries.get_pack(session, authority_id, number)
    if row.job_id is None:
        raise OutOfTurn("This pack is not being built.")
    jobs.cancel(session, authority_id, row.job_id, now)
    history.note(session, events.CANCELLED, reference(PACK, number), by=by, authority_id=authority_id, now=now)
