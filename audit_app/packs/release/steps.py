"""How far a pack is on its way out, and who may take the next step. Pure.

Whoever asked for a pack or proof-read it does not release it: two people stand behind everything that leaves (PE-4).
"""

from collections.abc import Collection
from enum import StrEnum, auto

from audit_app.packs.tables import EvidencePackRow, PackProof, PackRelease


class Step(StrEnum):
    """How far a pack is."""

    building = auto()
    draft = auto()
    proof_read = auto()
    released = auto()
    withdrawn = auto()
    destroyed = auto()


WORDS = {
    Step.building: "Not ready",
    Step.draft: "Draft: nobody has proof-read it",
    Step.proof_read: "Proof-read, not released",
    Step.released: "Released",
    Step.withdrawn: "Withdrawn",
    Step.destroyed: "Destroyed",
}


def step_of(row: EvidencePackRow, proofs: Collection[PackProof], releases: Collection[PackRelease]) -> Step:
    """How far a pack is; what was proof-read is the contents with that fingerprint and no others."""
    if row.destroyed_at is not None:
        return Step.destroyed
    if row.withdrawn_at is not None:
        return Step.withdrawn
    if not row.may_be_read:
        return Step.building
    if releases:
        return Step.released
    return Step.proof_read if standing_proof(row, proofs) is not None else Step.draft


def standing_proof(row: EvidencePackRow, proofs: Collection[PackProof]) -> PackProof | None:
    """The last time these very contents were proof-read."""
    of_these = [proof for proof in proofs if proof.fingerprint and proof.fingerprint == row.fingerprint]
    return max(of_these, key=lambda proof: (proof.read_at, proof.id), default=None)


def why_not_released_by(row: EvidencePackRow, proofs: Collection[PackProof], person: int) -> str:
    """Why this person may not release the pack now; nothing where they may."""
    if not row.may_be_read:
        return "Only a pack that is ready and stands can be released."
    proof = standing_proof(row, proofs)
    if proof is None:
        return "Nobody has proof-read this pack. That comes first."
    if person == proof.read_by:
        return "You proof-read this pack. Somebody else must release it."
    if person == row.asked_by:
        return "You asked for this pack. Somebody else must release it."
    return ""
