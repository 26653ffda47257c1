"""Every write on a pack's way out: proof-read by one person, released by another, each by name and in the log."""

from datetime import date, datetime

from sqlmodel import Session

from audit_app import clock, history
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.packs import contents, events, queries
from audit_app.packs.release import proofs, service_copies, steps
from audit_app.packs.release.queries import standing_of
from audit_app.packs.tables import PACK, EvidencePackRow, PackProof, PackRelease
from findings.references import reference


def faults_of(row: EvidencePackRow, today: date) -> tuple[proofs.Fault, ...]:
    """What a proof-reader must look at in the contents as they were frozen."""
    return proofs.faults(contents.read_pack(row.contents), today)


def proof_read(session: Session, authority_id: int, number: int, *, note: str, by: int, now: datetime) -> PackProof:
    """Say that these contents were read, every page; what is left of the faults is given its reason.

    Raises:
        OutOfTurn: the pack is not ready, or has ended.
        Invalid: faults are left and nobody says why they may stand.
    """
    row = queries.get_pack(session, authority_id, number)
    if not row.may_be_read:
        raise OutOfTurn("Only a pack that is ready and stands can be proof-read.")
    left = faults_of(row, clock.london_day(now))
    if left and not note.strip():
        raise Invalid("note", "Say why each thing on the list may stand, or mend it and build the pack again.")
    proof = PackProof(
        authority_id=authority_id, pack_number=number, level=row.level, fingerprint=row.fingerprint,
        faults=len(left), note=note.strip(), read_by=by, read_at=now,
    )  # fmt: skip
    session.add(proof)
    session.flush()
    facts: dict[str, str | int] = {"faults": len(left), "fingerprint": row.fingerprint}
    history.note(
        session, events.PROOF_READ, reference(PACK, number), by=by, authority_id=authority_id, facts=facts,
        after=proof.note, now=now,
    )  # fmt: skip
    return proof


def release(
    session: Session,
    authority_id: int,
    number: int,
    *,
    recipient: str,
    purpose: str,
    released_on: date | None,
    by: int,
    now: datetime,
) -> PackRelease:
    """Give a pack to somebody: noted with who gets it and what for, by somebody else than who made and read it (PE-4).

    Raises:
        OutOfTurn: it is not ready, has ended, or nobody has proof-read these contents.
        NotAllowed: the same person asked for it or proof-read it.
        Invalid: recipient, purpose or day are missing, or the day lies ahead or before the pack was made.
    """
    row = queries.hold_pack(session, authority_id, number)
    standing = standing_of(session, row)
    refusal = steps.why_not_released_by(row, standing.proofs, by)
    if refusal:
        own = standing.proof is not None and by in (standing.proof.read_by, row.asked_by)
        raise (NotAllowed if own else OutOfTurn)(refusal)
    for field, text in (("recipient", recipient), ("purpose", purpose)):
        if not text.strip():
            raise Invalid(field, "Say who gets the pack." if field == "recipient" else "Say what they get it for.")
    made_on = clock.london_day(row.frozen_at) if row.frozen_at else None
    if released_on is None or released_on > clock.london_day(now) or (made_on and released_on < made_on):
        raise Invalid("released_on", "Enter the day on which they get it: not before the pack was made, nor to come.")
    made = PackRelease(
        authority_id=authority_id, pack_number=number, level=row.level, fingerprint=row.fingerprint,
        recipient=recipient.strip(), purpose=purpose.strip(), released_on=released_on, released_by=by, released_at=now,
        copy_number=len(standing.releases) + 1,
    )  # fmt: skip
    session.add(made)
    session.flush()
    service_copies.ask_for_files(session, row, made, by=by, now=now)
    facts: dict[str, str | int] = {"fingerprint": row.fingerprint, "on": released_on.isoformat(), "level": row.level}
    history.note(
        session, events.RELEASED, reference(PACK, number), by=by, authority_id=authority_id, facts=facts,
        after=f"{made.recipient}\n{made.purpose}", now=now,
    )  # fmt: skip
    return made
