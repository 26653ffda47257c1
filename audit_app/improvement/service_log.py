"""The note taker that every write of the thread is given: it puts each event into the council's log."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.improvement import events
from findings.register import Note


def note_taker(session: Session, authority_id: int, *, by: int, now: datetime) -> Note:
    """The note taker to hand to a write of `findings.register`; it keeps codes and references, never typed text."""

    def note(event: str, about: str, facts: dict[str, object]) -> None:
        kept = events.kept_facts(facts)
        history.note(session, events.PREFIX + event, about, by=by, authority_id=authority_id, facts=kept, now=now)

    return note
