"""Makes the files of a released copy: the frozen contents again, with who has this copy, without the draft's mark.

The contents and their fingerprint stay as they are; the same contents and release give the same bytes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, database, history, jobs
from audit_app.errors import OutOfTurn
from audit_app.packs import contents, events, queries, service_building
from audit_app.packs.exhibits import building as exhibits
from audit_app.packs.exhibits.joining import Stopped
from audit_app.packs.release import copies
from audit_app.packs.release.queries import get_release
from audit_app.packs.service import Built
from audit_app.packs.service_building import Renderers
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from findings.references import number_of, reference

JOB = "pack-copy"


def ask_for_files(session: Session, row: EvidencePackRow, release: PackRelease, *, by: int, now: datetime) -> None:
    """Have the worker make the files of a copy.

    Raises:
        OutOfTurn: the pack has ended, or the files are there or being made.
    """
    job = jobs.find(session, row.authority_id, release.job_id) if release.job_id else None
    running = job is not None and job.state in (jobs.JobState.waiting, jobs.JobState.running)
    if not row.may_be_read or release.pdf_sha256 or running:
        raise OutOfTurn("The files of this copy are there or being made, or the pack has ended. Load the page again.")
    name = f"{reference(PACK, row.number)}/{release.copy_number}"
    release.job_id = jobs.ask(session, row.authority_id, JOB, name, by, now).id
    session.add(release)
    session.flush()


def job_with(renderers: Renderers) -> Callable[[Any, str], str | None]:
    """The function the worker calls for a job of the kind “pack-copy”, named like PCK-0001/2."""

    def make(context: Any, name: str) -> str:
        pack_name, _, copy_number = name.partition("/")
        number = number_of(pack_name, PACK) or 0
        with database.session_for(context.engine, context.scope, reading=True) as session:
            row = queries.get_pack(session, context.authority_id, number)
            if not row.may_be_read:
                raise jobs.JobFailed("The pack was withdrawn or destroyed meanwhile, so no copy of it is made.")
            copy = copies.copy_of(get_release(session, row, int(copy_number)))
            written = row.contents
        made = _made(context, written, renderers, copy)
        with service_building.writing(context) as session:
            row = queries.get_pack(session, context.authority_id, number)
            keep_files(session, row, copy.number, made.pdf_sha256, made.archive_sha256)
        return pack_name

    return make


def _made(context: Any, written: str, renderers: Renderers, copy: copies.Copy) -> Built:
    """The files of a copy, with the exhibits that the contents name."""
    pack = contents.read_pack(written)
    try:
        taken = exhibits.taken_again(context.config, pack, each=service_building.fetching(context))
    except Stopped as problem:
        raise jobs.JobFailed(str(problem)) from problem
    try:
        return service_building.make_files(context, pack, written, renderers, taken, copy=copy)
    finally:
        taken.close()


def keep_files(session: Session, row: EvidencePackRow, copy_number: int, pdf_sha256: str, archive_sha256: str) -> None:
    """Note which files a copy has become; their hashes go into the log (PD-6)."""
    release = get_release(session, row, copy_number)
    release.pdf_sha256, release.archive_sha256 = pdf_sha256, archive_sha256
    session.add(release)
    facts: dict[str, str | int] = {"copy": copy_number, "pdf": pdf_sha256, "archive": archive_sha256}
    name = reference(PACK, row.number)
    history.note(
        session, events.COPY_MADE, name, by=release.released_by, authority_id=row.authority_id, facts=facts,
        now=clock.now(),
    )  # fmt: skip
