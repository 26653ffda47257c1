"""Reads of the evidence folder: its entries in their order, each with the evidence under it and where that is used."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app.errors import NotFound
from audit_app.evidence import queries
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.states import EntryStatus, Freshness
from audit_app.evidence.tables import EVIDENCE, FOLDER, Evidence, EvidenceUse, EvidenceVersion, FolderEntry
from findings.references import number_of, reference


@dataclass(frozen=True)
class EntryView:
    """An entry with the evidence under it, each piece in its newest version: the folder is of today."""

    row: FolderEntry
    lines: tuple[EvidenceLine, ...]
    used: tuple[str, ...]
    oldest: Freshness

    @property
    def reference(self) -> str:
        """FOL-0004."""
        return reference(FOLDER, self.row.number)

    @property
    def dated(self) -> date | None:
        """The latest day that anything under it speaks of."""
        return max((line.speaks_to for line in self.lines), default=None)

    @property
    def pages(self) -> int:
        """The pages of what is kept here, and those that somebody said are kept elsewhere."""
        return sum(line.pages or 0 for line in self.lines) + (self.row.pages_said or 0)

    @property
    def missing(self) -> bool:
        """Whether something belongs here and nothing does."""
        return not self.lines and self.row.status is not EntryStatus.not_applicable


def get_entry(session: Session, authority_id: int, number: int, *, lock: bool = False) -> FolderEntry:
    """One entry.

    Raises:
        NotFound: there is none.
    """
    statement = select(FolderEntry).where(FolderEntry.authority_id == authority_id, FolderEntry.number == number)
    if lock:
        statement = statement.with_for_update()
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(FOLDER, number)} here. Check the reference.")
    return row


def list_entries(session: Session, authority_id: int) -> list[FolderEntry]:
    """The entries that stand, in their order."""
    statement = (
        select(FolderEntry)
        .where(FolderEntry.authority_id == authority_id, col(FolderEntry.removed_at).is_(None))
        .order_by(col(FolderEntry.position), col(FolderEntry.number))
    )
    return list(session.exec(statement).all())


def folder_of(session: Session, authority_id: int, *, today: date, grace_days: int) -> tuple[EntryView, ...]:
    """The whole folder."""
    return views_of(session, authority_id, list_entries(session, authority_id), today=today, grace_days=grace_days)


def views_of(
    session: Session, authority_id: int, entries: Sequence[FolderEntry], *, today: date, grace_days: int
) -> tuple[EntryView, ...]:
    """Some entries with what is under each."""
    under = _under(session, authority_id, [reference(FOLDER, entry.number) for entry in entries])
    numbers = {number_of(line.reference, EVIDENCE) or 0 for lines in under.values() for line in lines}
    used = _used(session, authority_id, numbers)
    made = []
    for entry in entries:
        lines = tuple(under.get(reference(FOLDER, entry.number), ()))
        things = sorted({thing for line in lines for thing in used.get(line.reference, ())})
        made.append(EntryView(entry, lines, tuple(things), _oldest(lines, today, grace_days)))
    return tuple(made)


def references_filled(session: Session, authority_id: int) -> set[str]:
    """The entries that have something under them which this person may see."""
    statement: Any = (
        select(EvidenceUse.reference)
        .join(Evidence, queries.same_evidence(EvidenceUse))
        .where(
            EvidenceUse.authority_id == authority_id,
            col(EvidenceUse.reference).startswith(f"{FOLDER}-"),
            col(EvidenceUse.detached_at).is_(None),
            col(Evidence.withdrawn_at).is_(None),
        )
        .distinct()
    )
    return set(session.exec(statement).all())


def _oldest(lines: Sequence[EvidenceLine], today: date, grace_days: int) -> Freshness:
    """How the piece stands that is worst off."""
    order = (Freshness.stale, Freshness.due)
    stands = {line.stands(today, grace_days) for line in lines}
    return next((each for each in order if each in stands), Freshness.fresh)


def _under(session: Session, authority_id: int, names: Sequence[str]) -> dict[str, list[EvidenceLine]]:
    statement: Any = (
        select(Evidence, EvidenceVersion, EvidenceUse)
        .join(EvidenceUse, queries.same_evidence(EvidenceUse))
        .join(EvidenceVersion, queries.is_current())
        .where(
            Evidence.authority_id == authority_id,
            col(Evidence.withdrawn_at).is_(None),
            col(EvidenceUse.reference).in_(names),
            col(EvidenceUse.detached_at).is_(None),
        )
        .order_by(col(EvidenceUse.id))
    )
    under: dict[str, list[EvidenceLine]] = defaultdict(list)
    for row, version, use in session.exec(statement).all():
        under[use.reference].append(queries.line_of(row, version, use))
    return under


def _used(session: Session, authority_id: int, numbers: set[int]) -> dict[str, list[str]]:
    """What else each piece of evidence proves."""
    statement = select(EvidenceUse.evidence_number, EvidenceUse.reference).where(
        EvidenceUse.authority_id == authority_id,
        col(EvidenceUse.evidence_number).in_(numbers),
        col(EvidenceUse.detached_at).is_(None),
        ~col(EvidenceUse.reference).startswith(f"{FOLDER}-"),
    )
    used: dict[str, list[str]] = defaultdict(list)
    for number, named in session.exec(statement).all():
        used[reference(EVIDENCE, number)].append(named)
    return used
