"""Reads how far packs are on their way out, and the register of what went to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from audit_app.errors import NotFound
from audit_app.packs import queries
from audit_app.packs.release import steps, swaps
from audit_app.packs.tables import PACK, EvidencePackRow, PackProof, PackRelease
from findings.references import reference

Way = TypeVar("Way", PackProof, PackRelease)


@dataclass(frozen=True)
class Standing:
    """One pack on its way out."""

    step: steps.Step
    proof: PackProof | None
    releases: tuple[PackRelease, ...]
    proofs: tuple[PackProof, ...]

    def people_of(self, row: EvidencePackRow) -> list[int | None]:
        """Everybody whom the page of the pack names: who read, released, withdrew it or ended it."""
        ended = [row.withdrawn_by, row.destroy_asked_by, row.destroyed_by]
        return [*ended, *(proof.read_by for proof in self.proofs), *(each.released_by for each in self.releases)]


def standing_of(session: Session, row: EvidencePackRow) -> Standing:
    """How far a pack is, who proof-read it, and who has it, the first first."""
    proofs = tuple(session.exec(_of(PackProof, row).order_by(col(PackProof.id))).all())
    releases = tuple(session.exec(_of(PackRelease, row).order_by(col(PackRelease.id))).all())
    step = steps.step_of(row, proofs, releases)
    return Standing(step, steps.standing_proof(row, proofs), releases, proofs)


def get_release(session: Session, row: EvidencePackRow, copy_number: int) -> PackRelease:
    """One copy of a pack that was given to somebody, or NotFound."""
    release = session.exec(_of(PackRelease, row).where(PackRelease.copy_number == copy_number)).first()
    if release is None:
        raise NotFound(f"{reference(PACK, row.number)} has no copy of that number.")
    return release


def _of(table: type[Way], row: EvidencePackRow) -> SelectOfScalar[Way]:
    """What one table holds of one pack's way out."""
    return select(table).where(table.authority_id == row.authority_id, table.pack_number == row.number)


@dataclass(frozen=True)
class RegisterLine:
    """One pack in somebody's hands: who, for what, since when, released by whom, and whether it still stands."""

    number: int
    reference: str
    copy_number: int
    fingerprint: str
    title: str
    recipient: str
    purpose: str
    released_on: date
    released_by: int
    withdrawn_at: datetime | None
    destroyed_at: datetime | None

    @property
    def ended(self) -> str:
        """How the pack ended since; nothing while it stands."""
        return "Destroyed" if self.destroyed_at else "Withdrawn" if self.withdrawn_at else ""


def _released_in(authority_id: int) -> tuple[Any, ...]:
    return (
        PackRelease.authority_id == authority_id,
        EvidencePackRow.authority_id == authority_id,
        EvidencePackRow.number == PackRelease.pack_number,
    )


def count_released(session: Session, authority_id: int) -> int:
    """How many copies went to somebody."""
    asked = select(func.count(col(PackRelease.id))).select_from(PackRelease, EvidencePackRow)
    return session.exec(asked.where(*_released_in(authority_id))).one()


def list_released(session: Session, authority_id: int, limit: int = 500, offset: int = 0) -> list[RegisterLine]:
    """What went to whom, the latest first, whether or not it still stands."""
    statement = (
        select(PackRelease, EvidencePackRow)
        .where(*_released_in(authority_id))
        .order_by(col(PackRelease.released_on).desc(), col(PackRelease.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        RegisterLine(
            pack.number,
            reference(PACK, pack.number),
            release.copy_number,
            release.fingerprint,
            pack.title,
            release.recipient,
            release.purpose,
            release.released_on,
            release.released_by,
            pack.withdrawn_at,
            pack.destroyed_at,
        )
        for release, pack in session.exec(statement).all()
    ]


@dataclass(frozen=True)
class SwapList:
    """The pages that a new version changes: nothing to compare where one of the two has no marks of its pages."""

    last: str  # the reference of the last version
    swaps: tuple[swaps.Swap, ...]
    compared: bool
    kept: int


def swap_list(session: Session, row: EvidencePackRow) -> SwapList | None:
    """What to take out of the version that a pack replaces, and what to put in; None where it replaces none."""
    if row.replaces is None:
        return None
    last = queries.get_pack(session, row.authority_id, row.replaces)
    old, new = swaps.read(last.page_marks), swaps.read(row.page_marks)
    if not old or not new:
        return SwapList(reference(PACK, last.number), (), compared=False, kept=0)
    listed = swaps.swaps(old, new)
    put_in = sum(swap.put_in[1] - swap.put_in[0] + 1 for swap in listed if swap.put_in)
    return SwapList(reference(PACK, last.number), listed, compared=True, kept=len(new) - put_in)
