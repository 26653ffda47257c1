"""The long part, done by the worker: read everything at one moment, freeze it, make the files, keep them."""

import io
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import sqlalchemy as sa

from audit_app import clock, database, evidence_store, history, jobs
from audit_app.errors import OutOfTurn
from audit_app.packs import archive, contents, queries, queries_gathering, service
from audit_app.packs.clearing import queries as clearing_queries
from audit_app.packs.clearing import service as clearing_service
from audit_app.packs.composing import pack as composing
from audit_app.packs.composing.extract import Extract
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure import levels, pseudonyms, typed_texts
from audit_app.packs.disclosure.clearing import Clearing
from audit_app.packs.exhibits import building as exhibits
from audit_app.packs.exhibits.joining import Stopped, Taken
from audit_app.packs.release import swaps
from audit_app.packs.release.copies import Copy
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.paper import document, style
from findings.references import number_of, reference

PACK_LIMIT = 500 * 1024 * 1024


@dataclass(frozen=True)
class Renderers:
    """What turns contents into files: given by whoever starts the job, because paper stands above services."""

    pdf: Callable[..., bytes]  # nothing where it writes into something
    workbook: Callable[..., bytes]


def job_with(renderers: Renderers) -> Callable[[Any, str], str | None]:
    """The function the worker calls for a job of the kind “pack”."""

    def build(context: Any, name: str) -> str:
        number = number_of(name, PACK)
        if number is None:
            raise jobs.JobFailed("This is not a pack. Ask for the pack again.")
        try:
            pack, written, taken = frozen(context, number)
        except Stopped as problem:
            raise jobs.JobFailed(str(problem)) from problem
        try:
            context.check()
            files = make_files(context, pack, written, renderers, taken)
        finally:
            taken.close()
        with writing(context) as session:
            row = queries.get_pack(session, context.authority_id, number)
            service.keep_files(session, row, files, now=clock.now())
        return name

    return build


@contextmanager
def writing(context: Any) -> Iterator[database.AuditSession]:
    """A session that may write and note history."""
    with database.session_for(context.engine, context.scope) as session:
        session.info["log_key"] = history.key_from(context.config)
        yield session


def frozen(context: Any, number: int) -> tuple[EvidencePack, str, Taken]:
    """The contents and how they are written down: as frozen before, else read in one look at the register and frozen.

    What was written down by an earlier version of the product is never written anew: its fingerprint must hold.
    """
    context.progress(0, message="Reading the register")
    written = frozen_before(context, number)
    if written:
        pack = contents.read_pack(written)
        return pack, written, exhibits.taken_again(context.config, pack, each=fetching(context))
    extract, clearing, cases = looked_at(context, number)
    context.check()
    if extract.exhibits:
        refuse_standing(clearing)  # before their files are fetched: that takes a while
    extract, taken = exhibits.taken(context.config, extract, each=fetching(context))
    try:
        pack, written = frozen_now(context, number, extract, clearing, cases)
    except BaseException:
        taken.close()
        raise
    return pack, written, taken


def frozen_before(context: Any, number: int) -> str:
    """The contents as they were frozen; nothing while they are not."""
    with database.session_for(context.engine, context.scope, reading=True) as session:
        return queries.get_pack(session, context.authority_id, number).contents


def looked_at(context: Any, number: int) -> tuple[Extract, Clearing, list[str]]:
    """Everything a pack is composed of as it stands at one moment, and what in it may tell of a person."""
    with database.session_for(one_look(context.engine), context.scope, reading=True) as session:
        row = queries.get_pack(session, context.authority_id, number)
        months = context.config["IMPACT_EVIDENCE_MONTHS"]
        extract = queries_gathering.gather(session, row, now=clock.now(), evidence_months=months)
        cases = queries.case_references(session, context.authority_id)
        known, level = clearing_queries.known_of(session, row, extract.about.as_at), row.level
        session.expunge_all()  # the rows stay as they were read when the session lets go of them
    # Every word is looked at now, with the register let go: a reader who stays long holds up those who write.
    return extract, clearing_queries.clearing_with(known, extract, level), cases


def frozen_now(
    context: Any, number: int, extract: Extract, clearing: Clearing, cases: list[str]
) -> tuple[EvidencePack, str]:
    """The contents of an extract, looked over once more and frozen."""
    pack = composing.compose(extract)
    refuse_leaks(pack, cases)
    refuse_unread(pack, clearing)
    with writing(context) as session:
        row = queries.get_pack(session, context.authority_id, number)
        keys = pseudonyms.key_list(extract.audits.names) if pack.level >= levels.INSPECTOR else {}
        try:
            written = service.freeze(session, row, pack, keys, clearing=clearing, now=extract.about.as_at)
        except OutOfTurn as refusal:
            raise jobs.JobFailed(str(refusal)) from refusal
    return pack, written


def refuse_standing(clearing: Clearing) -> None:
    """Stop while words stand that may tell of a person, or a file that nobody has looked at."""
    try:
        clearing_service.refuse_standing(clearing)
    except OutOfTurn as refusal:
        raise jobs.JobFailed(str(refusal)) from refusal


def fetching(context: Any) -> Callable[[int], None]:
    """Tells how many exhibits were fetched, and stops when somebody asked for that."""

    def each(done: int) -> None:
        context.check()
        context.progress(done, message=f"Exhibits fetched: {done:,}")

    return each


def one_look(engine: sa.Engine) -> sa.Engine:
    """Reads that all see the register as it was at one moment; SQLite's transactions do so by themselves."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def refuse_leaks(pack: EvidencePack, cases: list[str]) -> None:
    """Stop before anything is kept when a typed text names a case this audience must not get."""
    places = typed_texts.places_that_name_a_case(pack, cases)
    if places:
        raise jobs.JobFailed(
            f"A text names an audit or a case, which this audience must not get: {', '.join(places[:10])}. "
            "Reword it there and ask for the pack again, or choose another audience."
        )


def refuse_unread(pack: EvidencePack, clearing: Clearing) -> None:
    """A second look, at what was composed: words that may tell of a person and that nobody was shown stop the pack.

    Texts are looked at where they were typed. This finds what reached the contents by another way.
    """
    places = typed_texts.places_nobody_was_shown(pack, clearing)
    if places:
        raise jobs.JobFailed(
            f"The pack would tell of a person in a place nobody was asked about: {', '.join(places[:10])}. "
            "Reword it there and ask for the pack again, or choose another audience."
        )


def make_files(
    context: Any,
    pack: EvidencePack,
    written: str,
    renderers: Renderers,
    taken: Taken,
    *,
    copy: Copy | None = None,
) -> service.Built:
    """The PDF, the workbook and the ZIP, kept under their hashes: of a draft, or of one released copy."""
    marks: list[document.PrintedPage] = []

    def show_pages(done: int) -> None:
        context.progress(done, message=f"Page {done:,}")

    with tempfile.TemporaryFile() as pdf, tempfile.TemporaryFile() as whole:
        try:
            renderers.pdf(
                pack,
                logo=logo_of(context, pack),
                copy=copy,
                progress=show_pages,
                cancelled=context.cancelled,
                time_limit_seconds=seconds_left(context),
                printed=marks.extend,
                joined=taken.behind(),
                into=pdf,
            )
        except document.Cancelled as stopped:
            raise jobs.JobCancelled from stopped
        except (document.TookTooLong, style.FontsMissing) as problem:
            raise jobs.JobFailed(str(problem)) from problem
        context.check()
        kept = [keep(context, pdf), keep(context, io.BytesIO(workbook := renderers.workbook(pack, copy=copy)))]
        manifest = archive.write(
            whole, pack, written=written, fingerprint=contents.fingerprint_of(written), pdf=pdf, workbook=workbook,
            pages=len(marks), beside=exhibits.beside(pack, taken),
        )  # fmt: skip
        context.check()
        kept.append(keep(context, whole))
    written_marks = swaps.write([swaps.PageMark(page.heading, swaps.mark_of(page.words)) for page in marks])
    return service.Built(kept[0], kept[1], kept[2], manifest, len(marks), written_marks)


def keep(context: Any, file: BinaryIO) -> str:
    """Put a file into the store; returns its hash.

    Raises:
        JobFailed: it is larger than a pack may be, or the store does not answer.
    """
    file.seek(0)
    try:
        return evidence_store.put(context.config, file, PACK_LIMIT).sha256
    except evidence_store.TooLarge as problem:
        raise jobs.JobFailed("The pack is larger than 500 MB. Leave some of its exhibits out.") from problem
    except evidence_store.Unavailable as problem:
        raise jobs.JobFailed(f"The pack was made and could not be kept: {problem} Try again later.") from problem


def seconds_left(context: Any) -> float:
    """What is left of the time a pack may take (PD-4)."""
    return max(1.0, context.config["PACK_SECONDS"] - (time.monotonic() - context.started))


def logo_of(context: Any, pack: EvidencePack) -> bytes | None:
    """The council's logo, its hash worked out again (UP-9).

    Raises:
        JobFailed: the file is missing or has changed.
    """
    if not pack.logo_sha256:
        return None
    try:
        return evidence_store.read_file(context.config, pack.logo_sha256)
    except (evidence_store.Missing, evidence_store.Damaged) as problem:
        raise jobs.JobFailed(f"The council’s logo cannot be used: {problem} Upload it again.") from problem
    except evidence_store.Unavailable as problem:
        raise jobs.JobFailed(f"The council’s logo cannot be read: {problem} Try again later.") from problem


def render_again(
    config: Any, row: EvidencePackRow, renderers: Renderers, given: Iterable[tuple[Copy, str]] = ()
) -> dict[str, bool]:
    """Make the files of a ready pack once more from its frozen contents, and say which come out the same (PD-7).

    `given` are its released copies, each with the hash of its PDF.
    """
    pack = contents.read_pack(row.contents)
    logo = evidence_store.read_file(config, pack.logo_sha256) if pack.logo_sha256 else None
    taken = exhibits.taken_again(config, pack, each=lambda done: None)
    try:
        pdf, workbook = renderers.pdf(pack, logo=logo, joined=taken.behind()), renderers.workbook(pack)
        whole = io.BytesIO()
        archive.write(
            whole, pack, written=row.contents, fingerprint=row.fingerprint, pdf=pdf, workbook=workbook,
            pages=row.pages, beside=exhibits.beside(pack, taken),
        )  # fmt: skip
        copied = {
            copy.number: (renderers.pdf(pack, logo=logo, joined=taken.behind(), copy=copy), pdf_sha256)
            for copy, pdf_sha256 in given
        }
    finally:
        taken.close()
    name = reference(PACK, row.number)
    made = {f"{name}.pdf": (pdf, row.pdf_sha256), f"{name}.xlsx": (workbook, row.workbook_sha256)}
    made[f"{name}.zip"] = (whole.getvalue(), row.archive_sha256)
    made |= {f"{name}-copy-{number}.pdf": kept for number, kept in copied.items()}
    return {file: contents.sha256_of(data) == kept for file, (data, kept) in made.items()}
