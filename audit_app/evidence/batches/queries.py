"""Reads of ZIPs that were brought in: one with its files as a person checks them, and those that wait for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from audit_app import alphabet, jobs, words
from audit_app.errors import NotFound
from audit_app.evidence.batches import said
from audit_app.evidence.batches.said import Said
from audit_app.evidence.batches.tables import BATCH, EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.states import BatchState
from audit_app.evidence.tables import EVIDENCE, EvidenceVersion
from findings.references import reference

OPEN = (BatchState.reading, BatchState.waiting)
RUNNING = (jobs.JobState.waiting, jobs.JobState.running)


@dataclass(frozen=True)
class FileLine:
    """A file that can be added: what is said of it, and whether its bytes are here or in the ZIP a second time."""

    row: EvidenceBatchFile
    own: Said  # what is said of this one alone
    whole: Said  # with what is said of all
    already: str = ""  # EVD-0012, where its bytes are in the register
    twin: str = ""  # the name of an earlier file of the ZIP with the same bytes

    @property
    def chosen(self) -> bool:
        """Whether it is to be added; what is here already is not, unless somebody ticks it."""
        if self.row.chosen is None:
            return not self.already and not self.twin
        return self.row.chosen

    @property
    def differs(self) -> str:
        """In what something else is said of this one than of all, in words; what stands in the table itself is not."""
        return words.listing([called for name, called in said.CALLED.items() if getattr(self.own, name)])


@dataclass(frozen=True)
class BatchView:
    """A ZIP with everything its page shows."""

    row: EvidenceBatch
    of_all: Said
    lines: tuple[FileLine, ...]
    refused: tuple[EvidenceBatchFile, ...]
    by_itself: tuple[str, ...]
    added: tuple[EvidenceBatchFile, ...]
    job: Any

    @property
    def reference(self) -> str:
        """BAT-0001."""
        return reference(BATCH, self.row.number)

    @property
    def is_being_read(self) -> bool:
        """Whether the worker is at it or will be."""
        return self.row.state is BatchState.reading and self.job is not None and self.job.state in RUNNING


def get_batch(session: Session, authority_id: int, number: int, *, lock: bool = False) -> EvidenceBatch:
    """One ZIP.

    Raises:
        NotFound: there is none, or somebody else uploaded it.
    """
    statement = select(EvidenceBatch).where(EvidenceBatch.authority_id == authority_id, EvidenceBatch.number == number)
    if lock:
        statement = statement.with_for_update()
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(BATCH, number)} here. Check the reference.")
    return row


def files_of(session: Session, batch: EvidenceBatch) -> list[EvidenceBatchFile]:
    """What was in a ZIP, by its names."""
    wanted = select(EvidenceBatchFile).where(
        EvidenceBatchFile.authority_id == batch.authority_id, EvidenceBatchFile.batch_number == batch.number
    )
    return sorted(session.exec(wanted).all(), key=lambda row: (alphabet.place_of(row.path), row.place))


def view_of(session: Session, authority_id: int, number: int) -> BatchView:
    """A ZIP for its page.

    Raises:
        NotFound: there is none, or somebody else uploaded it.
    """
    batch = get_batch(session, authority_id, number)
    files = files_of(session, batch)
    return BatchView(
        row=batch, of_all=said.read(batch.particulars), lines=lines_of(session, batch, files),
        refused=tuple(row for row in files if row.fault), by_itself=tuple(row.path for row in files if row.by_itself),
        added=tuple(row for row in files if row.evidence_number is not None),
        job=jobs.find(session, authority_id, batch.job_id) if batch.job_id else None,
    )  # fmt: skip


def lines_of(session: Session, batch: EvidenceBatch, files: Iterable[EvidenceBatchFile]) -> tuple[FileLine, ...]:
    """The files that can be added, each with what is said of it."""
    rows, of_all = [row for row in files if row.sha256], said.read(batch.particulars)
    here = references_of(session, batch.authority_id, [row.sha256 for row in rows])
    first: dict[str, EvidenceBatchFile] = {}
    lines = []
    for row in rows:
        own, earlier = said.read(row.particulars), first.setdefault(row.sha256, row)
        twin = "" if earlier is row else earlier.path
        lines.append(FileLine(row, own, said.together(of_all, own), here.get(row.sha256, ""), twin))
    return tuple(lines)


def references_of(session: Session, authority_id: int, hashes: Sequence[str]) -> dict[str, str]:
    """The evidence that names each of these files, as far as this person may see it; the first of several."""
    wanted = select(EvidenceVersion.sha256, EvidenceVersion.evidence_number).where(
        EvidenceVersion.authority_id == authority_id, col(EvidenceVersion.sha256).in_(hashes)
    )
    here: dict[str, str] = {}
    for sha256, number in session.exec(wanted.order_by(col(EvidenceVersion.evidence_number))).all():
        here.setdefault(sha256, reference(EVIDENCE, number))
    return here


def list_open(session: Session, authority_id: int, person_id: int | None) -> list[EvidenceBatch]:
    """What somebody uploaded and has neither confirmed nor thrown away, the newest first."""
    wanted = select(EvidenceBatch).where(
        EvidenceBatch.authority_id == authority_id, EvidenceBatch.added_by == person_id,
        col(EvidenceBatch.state).in_(OPEN),
    )  # fmt: skip
    return list(session.exec(wanted.order_by(col(EvidenceBatch.number).desc())).all())
