"""What every write of a self-assessment begins with: the draft locked and still a draft, and its writer noted."""

from datetime import datetime

from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import NotAllowed, NotFound, OutOfTurn
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import wording
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    AssessmentWriter,
    SelfAssessment,
)
from audit_app.self_assessment.who import may_assemble, may_write
from findings.references import reference


def locked(session: Session, authority_id: int, number: int) -> SelfAssessment:
    """A self-assessment that nobody else can write or sign until this transaction ends.

    Raises:
        NotFound: there is none of that number in the session's scope.
    """
    query = select(SelfAssessment).where(SelfAssessment.authority_id == authority_id, SelfAssessment.number == number)
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(SELF_ASSESSMENT, number)} here.")
    return row


def open_draft(session: Session, authority_id: int, number: int) -> SelfAssessment:
    """The same, while it may be written in.

    Raises:
        OutOfTurn: it is with the reviewer, signed or given up; the message says what to do.
    """
    row = locked(session, authority_id, number)
    if row.state is AssessmentState.drafting:
        return row
    name = reference(SELF_ASSESSMENT, number)
    if row.state is AssessmentState.with_reviewer:
        raise OutOfTurn(
            f"{name} is with its reviewer, so nothing in it can change. Copy what you typed from here. It can be "
            "written in again once the reviewer has given it back."
        )
    state = wording.STATES[row.state].lower()
    raise OutOfTurn(f"{name} is {state}, so nothing in it can change. Copy what you typed from here.")


def section_of(session: Session, row: SelfAssessment, section_id: int) -> AssessmentSection:
    """A section of this very self-assessment, as it stands in the database now.

    Raises:
        NotFound: it has no such section.
    """
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == row.authority_id, AssessmentSection.id == section_id
    )
    section = session.exec(query.execution_options(populate_existing=True)).first()
    if section is None or section.assessment_number != row.number:
        raise NotFound("There is no such section in this self-assessment.")
    return section


def require(holds: bool, what: str) -> None:
    """Refuse a step that is not this person's.

    Raises:
        NotAllowed: it is not; `what` says whose it is.
    """
    if not holds:
        raise NotAllowed(what)


def writable(session: Session, at: Place, *, assembling: bool = False) -> tuple[SelfAssessment, AssessmentSection]:
    """A draft and the section of it that this session's person may write in, both locked.

    Raises:
        NotAllowed: the section is somebody else's.
        OutOfTurn: nothing may be written now.
    """
    row = open_draft(session, at.authority_id, at.number)
    section = section_of(session, row, at.section_id)
    scope: Scope = session.info["scope"]
    allowed = may_assemble(scope, row, section) if assembling else may_write(scope, row, section)
    require(allowed, "This section is written by whoever it was given to, and by those who lead the self-assessment.")
    return row, section


def note_writer(session: Session, row: SelfAssessment, *, by: int, now: datetime) -> None:
    """Note that somebody's words or choice of evidence stand in it: they may not sign it."""
    query = select(AssessmentWriter).where(
        AssessmentWriter.authority_id == row.authority_id,
        col(AssessmentWriter.assessment_number) == row.number,
        AssessmentWriter.person_id == by,
    )
    writer = session.exec(query).first() or AssessmentWriter(
        authority_id=row.authority_id, assessment_number=row.number, person_id=by, first_at=now, last_at=now
    )
    writer.last_at = now
    session.add(writer)


def tell_log(session: Session, row: SelfAssessment, event: str, *, by: int, now: datetime, **facts: str | int) -> None:
    """Put what was done into the council's log: codes, references and numbers, never a text."""
    kept = {name: value for name, value in facts.items() if value != ""}
    name = reference(SELF_ASSESSMENT, row.number)
    history.note(session, event, name, by=by, authority_id=row.authority_id, facts=kept, now=now)
