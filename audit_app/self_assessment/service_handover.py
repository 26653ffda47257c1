"""Handing over what a leaver leads or writes of self-assessments that are not signed yet."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app import notices, words
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.self_assessment import events, notice_words
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.service_draft import tell_log
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentSection, AssessmentState, SelfAssessment
from audit_app.self_assessment.tables_outputs import AudienceVersion, VersionState
from audit_app.self_assessment.versions import queries as versions
from findings.references import reference

LEADS, READS, VERSION = "leads", "reads", "version"
NOBODY_TO_SIGN = (
    "Whoever was asked to sign it handed this over to one of its writers. "
    "Offer it to somebody who has written nothing of it."
)


def list_open(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    """The unsigned self-assessments a person leads or was asked to sign, and the sections they write, oldest first."""
    held: list[HeldThing] = []
    for row in _open(session, authority_id):
        name = reference(SELF_ASSESSMENT, row.number)
        if row.lead_id == person_id:
            held.append(HeldThing(f"{row.number}/{LEADS}", f"{name}: leads it. {row.title}"))
        if row.reviewer_id == person_id and row.state is AssessmentState.with_reviewer:
            held.append(HeldThing(f"{row.number}/{READS}", f"{name}: was asked to sign it. {row.title}"))
        for section in _held(session, row, person_id):
            due = f", due {words.date_words(section.due_on)}" if section.due_on else ""
            held.append(HeldThing(f"{row.number}/{section.id}", f"{name}: writes “{section.heading}”{due}"))
    for version in _offered(session, authority_id, person_id):
        name = reference(SELF_ASSESSMENT, version.assessment_number)
        held.append(HeldThing(f"{VERSION}/{version.id}", f"{name}: was asked to sign its version “{version.title}”"))
    return held


def _open(session: Session, authority_id: int) -> list[SelfAssessment]:
    query = select(SelfAssessment).where(
        SelfAssessment.authority_id == authority_id,
        col(SelfAssessment.state).in_((AssessmentState.drafting, AssessmentState.with_reviewer)),
    )
    return list(session.exec(query.order_by(col(SelfAssessment.number))).all())


def _held(session: Session, row: SelfAssessment, person_id: int) -> list[AssessmentSection]:
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == row.authority_id,
        AssessmentSection.assessment_number == row.number,
        AssessmentSection.holder_id == person_id,
    )
    return list(session.exec(query.order_by(col(AssessmentSection.position))).all())


def _offered(session: Session, authority_id: int, person_id: int) -> list[AudienceVersion]:
    query = select(AudienceVersion).where(
        AudienceVersion.authority_id == authority_id,
        AudienceVersion.state == VersionState.with_reviewer,
        AudienceVersion.reviewer_id == person_id,
    )
    return list(session.exec(query.order_by(col(AudienceVersion.id))).all())


def hand_over(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    """Record the new person where the old one stood, and tell them once for each self-assessment."""
    given = set(keys)
    for row in _open(session, authority_id):
        mine = {part for number, _, part in (key.partition("/") for key in given) if number == str(row.number)}
        if not mine:
            continue
        if LEADS in mine and row.lead_id == person_id:
            row.lead_id = new_person_id
        if READS in mine and row.reviewer_id == person_id and row.state is AssessmentState.with_reviewer:
            _ask_to_sign(row, new_person_id, assessments.writers_of(session, authority_id, row.number))
        session.add(row)
        for section in _held(session, row, person_id):
            if str(section.id) in mine:
                section.holder_id = new_person_id
                section.revision += 1
                session.add(section)
        tell_log(session, row, events.HANDED_OVER, by=by, now=now, person=person_id, new=new_person_id)
        _tell(session, row, new_person_id, now)
    for version in _offered(session, authority_id, person_id):
        if f"{VERSION}/{version.id}" in given:
            _ask_to_sign(version, new_person_id, versions.writers_of(session, version))
            session.add(version)
            row = assessments.get_row(session, authority_id, version.assessment_number)
            tell_log(session, row, events.HANDED_OVER, by=by, now=now, person=person_id, new=new_person_id)
            _tell(session, row, new_person_id, now)


def _ask_to_sign(row: SelfAssessment | AudienceVersion, person_id: int, writers: Collection[int]) -> None:
    """Ask somebody else to sign; where they wrote in it themselves it goes back to be offered to another."""
    row.revision += 1
    if person_id not in writers:
        row.reviewer_id = person_id
        return
    row.state = AssessmentState.drafting if isinstance(row, SelfAssessment) else VersionState.drafting
    row.reviewer_id, row.returned_note = None, NOBODY_TO_SIGN


def _tell(session: Session, row: SelfAssessment, person_id: int, now: datetime) -> None:
    name = reference(SELF_ASSESSMENT, row.number)
    notices.tell(session, row.authority_id, person_id, notice_words.HANDED_OVER, name, now)


PART = HandoverPart(
    "self_assessments", "Self-assessments and their versions that they lead, write or were asked to sign", list_open,
    hand_over,
)  # fmt: skip
