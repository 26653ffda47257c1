"""Writes of doubts about lines of the crosswalk: raised by any reader, answered by a QA manager."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.library import events
from audit_app.library.crosswalk.queries import row_of
from audit_app.library.tables import MapDoubt
from audit_app.people.tables import Role
from findings.errors import Invalid, NotAllowed, OutOfTurn
from frameworks import reader

__all__ = ["events"]

LONGEST = 10_000


def raise_doubt(session: Session, authority_id: int, line: str, doubt: str, *, by: int, now: datetime) -> MapDoubt:
    """Doubt a line of the crosswalk.

    Raises:
        Invalid: there is no such line, or nothing was said.
    """
    if all(crossing.line != line for crossing in reader.crosswalk_file().lines):
        raise Invalid("line", "There is no such line of the crosswalk")
    _must_be_written("doubt", doubt, "Say what does not fit")
    made = MapDoubt(authority_id=authority_id, line=line, doubt=doubt, raised_by=by, raised_at=now)
    session.add(made)
    history.note(session, "map.doubted", by=by, authority_id=authority_id, facts={"line": line}, now=now)
    return made


def answer_doubt(session: Session, authority_id: int, number: int, answer: str, *, by: int, now: datetime) -> MapDoubt:
    """Answer a doubt, once.

    Raises:
        NotFound: there is none.
        NotAllowed: only a QA manager does.
        OutOfTurn: it is answered already.
        Invalid: nothing was said.
    """
    scope = session.info["scope"]
    if not (scope.everything or scope.has(Role.qa_manager)):
        raise NotAllowed("Only a QA manager answers doubts about the crosswalk.")
    row = row_of(session, authority_id, number, locking=True)
    if row.answered_at is not None:
        raise OutOfTurn("This doubt is answered already. Raise another if something is still wrong.")
    _must_be_written("answer", answer, "Say whether the line stands, and why")
    row.answer, row.answered_by, row.answered_at = answer, by, now
    row.revision += 1
    history.note(session, "map.answered", by=by, authority_id=authority_id, facts={"line": row.line}, now=now)
    return row


def _must_be_written(name: str, text: str, sentence: str) -> None:
    if not text.strip():
        raise Invalid(name, sentence)
    if len(text) > LONGEST:
        raise Invalid(name, f"Text must be {LONGEST:,} characters or fewer")
