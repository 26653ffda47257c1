"""Writes what the council says in its papers."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.errors import NotFound, Stale
from audit_app.records.papers import events
from audit_app.records.papers.blanks import BLANKS
from audit_app.records.papers.tables import CouncilStatement


def answer(
    session: Session, authority_id: int, question: str, text: str, *, seen: int, by: int, now: datetime
) -> CouncilStatement:
    """Write the council’s answer to a question its papers leave to it; an empty text takes an answer back.

    Raises:
        NotFound: no paper asks this.
        Stale: somebody else has answered meanwhile.
    """
    if question not in BLANKS:
        raise NotFound("No such question.")
    row = session.get(CouncilStatement, (authority_id, question))
    if row is None:
        row = CouncilStatement(authority_id=authority_id, question=question, written_by=by, written_at=now, revision=0)
    if seen != row.revision:
        raise Stale(row)
    before = row.text
    row.text, row.written_by, row.written_at, row.revision = text.strip(), by, now, row.revision + 1
    session.add(row)
    session.flush()
    history.note(
        session, events.ANSWERED, by=by, authority_id=authority_id, facts={"question": question},
        before=before, after=row.text, now=now,
    )  # fmt: skip
    return row
