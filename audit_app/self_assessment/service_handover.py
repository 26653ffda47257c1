"""Handing over what a leaver leads or writes of self-assessments that are not signed yet."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app import notices, words
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.self_assessment import events, notice_words
from audit_app.self_assessment.service_draft import tell_log
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentSection, AssessmentState, SelfAssessment
from findings.references import reference

LEADS, READS = "leads", "reads"


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
    for row in _open(session, authority_id):
        mine = {part for number, _, part in (key.partition("/") for key in keys) if number == str(row.number)}
        if not mine:
            continue
        if LEADS in mine and row.lead_id == person_id:
            row.lead_id = new_person_id
        if READS in mine and row.reviewer_id == person_id:
            row.reviewer_id = new_person_id
        session.add(row)
        for section in _held(session, row, person_id):
            if str(section.id) in mine:
                section.holder_id = new_person_id
                section.revision += 1
                session.add(section)
        tell_log(session, row, events.HANDED_OVER, by=by, now=now, person=person_id, new=new_person_id)
        notices.tell(
            session,
            authority_id,
            new_person_id,
            notice_words.SECTION_GIVEN,
            reference(SELF_ASSESSMENT, row.number),
            now,
        )


PART = HandoverPart("self_assessments", "Self-assessments they lead, write or were asked to sign", list_open, hand_over)
