"""Attaching evidence to what it proves and taking it away; each is told to the log and the version is pinned."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.evidence import events, queries, uses
from audit_app.evidence.tables import EVIDENCE, EvidenceUse, EvidenceVersion
from findings.references import reference as named

SHORTEST_REASON = 3
MOST_FILES, MOST_BYTES = 200, 500 * 1024 * 1024  # of one thing (UP-2)


def attach(
    session: Session, authority_id: int, number: int, reference: str, *, proves: str = "", by: int, now: datetime
) -> EvidenceUse:
    """Attach a piece of evidence to a thing, in the version that stands now; a newer version will not change it.

    Whether the thing exists and this person may add to it is the caller's to know: it is the caller's thing.

    Args:
        session: Must see the evidence.
        authority_id: The council.
        number: Of the evidence.
        reference: The thing's public reference, with what of it is proved after a stroke: ACT-0011/completion.
        proves: What of the thing it proves, in a sentence.
        by: The person who attaches it.
        now: The moment.

    Raises:
        NotFound: there is no such evidence, or this person may not see it.
        OutOfTurn: it was withdrawn.
        Invalid: the reference is none, the evidence is attached there already in this version, or the thing has as
            much as it may have.
    """
    row = queries.get_evidence(session, authority_id, number, lock=True)
    if row.withdrawn_at is not None:
        raise OutOfTurn(f"{named(EVIDENCE, number)} was withdrawn, so it can prove nothing new.")
    if not uses.prefix_of(reference):
        raise Invalid("reference", "Enter the reference of what it proves, such as FND-0007.")
    standing = uses_of_thing(session, authority_id, reference)
    if any(use.evidence_number == number and use.version == row.current_version for use in standing):
        raise Invalid("reference", f"{named(EVIDENCE, number)} is attached to {reference} already.")
    _check_room(session, authority_id, reference, number, row.current_version)
    use = EvidenceUse(
        authority_id=authority_id, evidence_number=number, version=row.current_version, reference=reference,
        proves=proves.strip(), attached_by=by, attached_at=now,
    )  # fmt: skip
    session.add(use)
    _note(session, events.ATTACHED, use, by=by, now=now)
    return use


def detach(session: Session, authority_id: int, use_id: int, *, reason: str, by: int, now: datetime) -> EvidenceUse:
    """Take evidence away from what it proved; that it once did stays on record.

    Raises:
        NotFound: there is no such use, or this person may not see it.
        OutOfTurn: it was taken away already.
        Invalid: no reason was given.
    """
    use = get_use(session, authority_id, use_id)
    if use.detached_at is not None:
        raise OutOfTurn("This evidence was taken away from it already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "Say why it no longer belongs there.")
    use.detached_by, use.detached_at, use.detached_reason = by, now, reason.strip()
    session.add(use)
    _note(session, events.DETACHED, use, by=by, now=now)
    return use


def use_newest(session: Session, authority_id: int, use_id: int, *, by: int, now: datetime) -> EvidenceUse:
    """Attach the newest version where an older one is attached; the old use ends and stays on record.

    Raises:
        NotFound: there is no such use, or this person may not see it.
        OutOfTurn: it was taken away, the evidence was withdrawn, or there is no newer version.
    """
    use = get_use(session, authority_id, use_id)
    row = queries.get_evidence(session, authority_id, use.evidence_number)
    if row.current_version == use.version:
        raise OutOfTurn("The newest version is attached already.")
    reason = f"Replaced by version {row.current_version}."
    detach(session, authority_id, use_id, reason=reason, by=by, now=now)
    return attach(session, authority_id, row.number, use.reference, proves=use.proves, by=by, now=now)


def get_use(session: Session, authority_id: int, use_id: int, number: int | None = None) -> EvidenceUse:
    """One use; with a number, one of that piece of evidence.

    Raises:
        NotFound: there is none, or this person may not see its evidence.
    """
    wanted = select(EvidenceUse).where(EvidenceUse.authority_id == authority_id, EvidenceUse.id == use_id)
    use = session.exec(wanted).first()
    if use is None or number not in (None, use.evidence_number):
        raise NotFound("There is no such piece of evidence here.")
    return use


def uses_of_thing(session: Session, authority_id: int, reference: str) -> list[EvidenceUse]:
    """What is attached to a thing now."""
    statement = select(EvidenceUse).where(
        EvidenceUse.authority_id == authority_id,
        EvidenceUse.reference == reference,
        col(EvidenceUse.detached_at).is_(None),
    )
    return list(session.exec(statement).all())


def _check_room(session: Session, authority_id: int, reference: str, number: int, version: int) -> None:
    """Two hundred pieces and 500 MB for one thing: more than that nobody can read beside it (UP-2)."""
    joined = sa.and_(
        col(EvidenceVersion.authority_id) == EvidenceUse.authority_id,
        col(EvidenceVersion.evidence_number) == EvidenceUse.evidence_number,
        col(EvidenceVersion.version) == EvidenceUse.version,
    )
    sizes = session.exec(
        select(EvidenceVersion.size)
        .join(EvidenceUse, joined)
        .where(EvidenceUse.authority_id == authority_id, EvidenceUse.reference == reference)
        .where(col(EvidenceUse.detached_at).is_(None))
    ).all()
    more = queries.get_version(session, authority_id, number, version).size
    if len(sizes) >= MOST_FILES:
        raise Invalid("reference", f"{reference} has {MOST_FILES} pieces of evidence. Take one away first.")
    if sum(sizes) + more > MOST_BYTES:
        raise Invalid("reference", f"The files attached to {reference} would come to more than 500 MB. Take one away.")


def _note(session: Session, event: str, use: EvidenceUse, *, by: int, now: datetime) -> None:
    facts: dict[str, str | int] = {"thing": use.reference}
    if event == events.ATTACHED:
        facts["version"] = use.version
    about = named(EVIDENCE, use.evidence_number)
    history.note(session, event, about, by=by, authority_id=use.authority_id, facts=facts, now=now)
