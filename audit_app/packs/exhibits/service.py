"""Writes of exhibits: chosen for a pack that is not built, left out one by one, looked at, taken over, forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import history
from audit_app.errors import Invalid, OutOfTurn
from audit_app.packs import events
from audit_app.packs.disclosure.levels import PUBLISHABLE
from audit_app.packs.exhibits import chosen, looks, queries
from audit_app.packs.exhibits.chosen import Candidate
from audit_app.packs.exhibits.looks import Look
from audit_app.packs.tables import PACK, Decision, EvidencePackRow, PackExhibit, SuspectDecision
from findings.references import number_of, reference

BUILT = "This pack has been built. Its exhibits cannot be changed any more: build a new version of it."
SHORTEST_REASON = 3


def choose(
    session: Session, row: EvidencePackRow, candidates: Collection[Candidate], keys: Sequence[str], *, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Make these, in this order, the exhibits of a pack.

    Raises:
        OutOfTurn: the pack is built, or was destroyed.
        Invalid: one of them is not there, may not be read by the pack's audience, or they are too many.
    """
    _refuse_built(row)
    if len(keys) > chosen.MOST:
        raise Invalid("chosen", f"A pack has at most {chosen.MOST} exhibits. Choose fewer.")
    known = {candidate.key: candidate.line for candidate in candidates}
    known |= {chosen.key_of(line): line for line in queries.lines_of(session, row)}
    for key in keys:
        if key not in known:
            raise Invalid("chosen", "Something you ticked is not there any more. Load the page again.")
        if against := chosen.why_not(known[key], row.level):
            raise Invalid("chosen", f"{known[key].reference} cannot be an exhibit of this pack. {against}")
    forget(session, row)
    for at, key in enumerate(dict.fromkeys(keys), start=1):
        _put(session, row, known[key].reference, known[key].version, at, by=by, now=now)
    _note(session, row, events.EXHIBITS_CHOSEN, len(keys), by=by, now=now)


def leave_out(session: Session, row: EvidencePackRow, number: str, *, by: int, now: datetime) -> None:
    """Take one exhibit out; those behind it move up.

    Raises:
        OutOfTurn: the pack is built, or it has no exhibit of this number any more.
    """
    _refuse_built(row)
    rows = queries.rows_of(session, row)
    at = int(number[1:]) - 1 if number[1:].isdigit() else -1
    if not 0 <= at < len(rows):
        raise OutOfTurn("This pack has no such exhibit any more. Load the page again.")
    session.delete(rows[at])
    session.flush()
    _note(session, row, events.EXHIBITS_CHOSEN, len(rows) - 1, by=by, now=now)


def look_at(
    session: Session, row: EvidencePackRow, look: Look, *, decision: Decision, reason: str, by: int, now: datetime
) -> None:
    """Say by name that a file which cannot be read was looked at, and whom it tells of.

    Raises:
        OutOfTurn: the pack is built.
        Invalid: no reason was given.
    """
    _refuse_built(row)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "Say what you saw, so that whoever reads the log understands it.")
    cleared = decision is Decision.cleared
    session.add(
        SuspectDecision(
            authority_id=row.authority_id, reference=look.reference, text_column=looks.COLUMN,
            text_sha256=look.sha256, words_sha256=looks.MARK, kind=looks.KIND, decision=decision,
            level=PUBLISHABLE if cleared else row.level, reason=reason.strip(), decided_by=by, decided_at=now,
        )
    )  # fmt: skip
    facts: dict[str, str | int] = {"column": looks.COLUMN, "kind": looks.KIND, "text": look.sha256}
    if not cleared:
        facts["level"] = row.level
    event = events.CLEARED if cleared else events.ACCEPTED
    history.note(
        session, event, look.reference, by=by, authority_id=row.authority_id, facts=facts, after=reason.strip(),
        now=now,
    )  # fmt: skip


def take_over(session: Session, last: EvidencePackRow, row: EvidencePackRow, *, by: int | None, now: datetime) -> None:
    """Give a new version the exhibits of the last one in their order, but for those that may not go out any more."""
    kept = [line for line in queries.lines_of(session, last) if not chosen.why_not(line, row.level)]
    for at, line in enumerate(kept, start=1):
        _put(session, row, line.reference, line.version, at, by=by, now=now)


def forget(session: Session, row: EvidencePackRow) -> None:
    """Take out every choice: before others are made, and when the pack is destroyed."""
    session.execute(
        sa.delete(PackExhibit).where(
            col(PackExhibit.authority_id) == row.authority_id, col(PackExhibit.pack_number) == row.number
        )
    )
    session.flush()


def _refuse_built(row: EvidencePackRow) -> None:
    if row.contents or row.destroyed_at:
        raise OutOfTurn(BUILT)


def _put(
    session: Session, row: EvidencePackRow, piece: str, version: int, at: int, *, by: int | None, now: datetime
) -> None:
    session.add(
        PackExhibit(
            authority_id=row.authority_id, pack_number=row.number, level=row.level,
            evidence_number=number_of(piece, "EVD") or 0, version=version, position=at, chosen_by=by, chosen_at=now,
        )
    )  # fmt: skip


def _note(session: Session, row: EvidencePackRow, event: str, count: int, *, by: int | None, now: datetime) -> None:
    session.flush()
    facts: dict[str, str | int] = {"count": count}
    name = reference(PACK, row.number)
    history.note(session, event, name, by=by, authority_id=row.authority_id, facts=facts, now=now)
