"""Deciding about words that may tell of a person, one by one, each with its reason and by name."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.disclosure import Kind
from audit_app.errors import Invalid, OutOfTurn
from audit_app.packs import events
from audit_app.packs.clearing import queries
from audit_app.packs.disclosure.clearing import Clearing, Place, leaves, text_sha256, words_sha256
from audit_app.packs.disclosure.levels import PUBLISHABLE
from audit_app.packs.tables import PACK, Decision, EvidencePackRow, SuspectDecision
from findings.references import reference

SHORTEST_REASON = 3
# What no reason makes fit to leave: it is reworded, or it is not what it looks like.
NEVER_ACCEPTED = {Kind.case_reference, Kind.nhs_number, Kind.pupil_number, Kind.insurance_number}


def decide(
    session: Session,
    row: EvidencePackRow,
    key: str,
    *,
    decision: Decision,
    reason: str,
    by: int,
    now: datetime,
    evidence_months: int,
) -> Place:
    """Clear words that tell of nobody, or accept words that do; for the text as it stands, until it changes.

    Raises:
        OutOfTurn: the text was changed or the pack is built, so there is nothing of this kind to decide.
        Invalid: no reason was given, or such words are never accepted for people outside the council.
    """
    if row.contents or row.destroyed_at:
        raise OutOfTurn("This pack has been built. What it says cannot be decided about any more.")
    place = queries.clearing_of(session, row, now=now, evidence_months=evidence_months).find(key)
    if place is None:
        raise OutOfTurn("This text has been changed since the page was loaded. Load it again.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "Say why, so that whoever reads the log understands it.")
    if decision is Decision.accepted and place.suspect.kind in NEVER_ACCEPTED and leaves(row.level):
        raise Invalid(
            "decision", f"{place.suspect.looks_like.capitalize()} cannot be accepted in this pack. Reword it."
        )
    _keep(session, row, place, decision, reason=reason.strip(), by=by, now=now)
    return place


def _keep(
    session: Session, row: EvidencePackRow, place: Place, decision: Decision, *, reason: str, by: int, now: datetime
) -> None:
    text = place.text
    made = SuspectDecision(
        authority_id=row.authority_id,
        reference=text.reference,
        text_column=text.column,
        text_sha256=text_sha256(text),
        words_sha256=words_sha256(place.suspect),
        kind=place.suspect.kind.value,
        decision=decision,
        level=PUBLISHABLE if decision is Decision.cleared else row.level,
        reason=reason,
        decided_by=by,
        decided_at=now,
    )
    session.add(made)
    facts: dict[str, str | int] = {"column": made.text_column, "kind": made.kind, "text": made.text_sha256}
    event = events.CLEARED if decision is Decision.cleared else events.ACCEPTED
    if decision is Decision.accepted:
        facts["level"] = row.level
    name = text.reference or reference(PACK, row.number)
    history.note(session, event, name, by=by, authority_id=row.authority_id, facts=facts, after=reason, now=now)


def refuse_standing(clearing: Clearing) -> None:
    """Refuse to go on while words stand in a pack that leaves the council.

    Raises:
        OutOfTurn: how many stand, and where; never the words.
    """
    if clearing.stops and not clearing.standing:
        numbers = ", ".join(look.number for look in clearing.not_looked_at[:10])
        raise OutOfTurn(
            f"Nobody has looked at exhibits whose files cannot be read by a machine: {numbers}. "
            "Look at each on the page of the pack or leave it out, then build it."
        )
    if clearing.stops:
        count = len(clearing.standing)
        places = "1 place" if count == 1 else f"{count:,} places"
        raise OutOfTurn(
            f"{places} in its texts may tell of a person: {', '.join(clearing.references[:10])}. "
            "Look at each on the page of the pack, then build it."
        )
