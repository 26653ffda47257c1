"""What of self-assessments waits for a person: to write, sign or mend, remarks to answer, words to sign."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.audits.tables import AuditVersion
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    SectionState,
    SelfAssessment,
    Suggestion,
    SuggestionState,
)
from audit_app.self_assessment.tables_outputs import AudienceVersion, VersionState, VersionWriter
from audit_app.self_assessment.who import MANAGERS
from findings.references import reference

MONTH = 31


class Wants(StrEnum):
    """What somebody would do."""

    write = auto()
    sign = auto()
    answer = auto()
    sign_words = auto()
    sign_version = auto()
    mend_version = auto()
    see_corrected = auto()


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    wants: Wants
    reference: str
    number: int
    words: str
    due_on: date | None = None
    section_id: int | None = None
    version_id: int | None = None
    count: int = 1


def waiting(session: Session, scope: Scope) -> list[Waiting]:
    """What waits for the person of a scope, in no order."""
    if scope.authority_id is None or scope.person_id is None:
        return []
    open_states = (AssessmentState.drafting, AssessmentState.with_reviewer)
    query = select(SelfAssessment).where(
        SelfAssessment.authority_id == scope.authority_id, col(SelfAssessment.state).in_(open_states)
    )
    light = query.options(sa.orm.defer(col(SelfAssessment.contents)))  # type: ignore[arg-type]
    rows = {row.number: row for row in session.exec(light).all()}
    drafts = {number: row for number, row in rows.items() if row.state is AssessmentState.drafting}
    return [
        *_to_sign(rows, scope),
        *_sections(session, drafts, scope),
        *_suggestions(session, drafts, scope),
        *_corrected(session, scope),
        *_versions(session, scope),
    ]


def _to_sign(rows: dict[int, SelfAssessment], scope: Scope) -> list[Waiting]:
    made = []
    for number, row in rows.items():
        name = reference(SELF_ASSESSMENT, number)
        if row.state is AssessmentState.with_reviewer and row.reviewer_id == scope.person_id:
            made.append(Waiting(Wants.sign, name, number, row.title, row.due_on))
        if row.leaders_words and row.words_signed_at is None and scope.has(Role.leader):
            made.append(Waiting(Wants.sign_words, name, number, row.title, row.due_on))
    return made


def _sections(session: Session, drafts: dict[int, SelfAssessment], scope: Scope) -> list[Waiting]:
    if not drafts:
        return []
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == scope.authority_id,
        col(AssessmentSection.assessment_number).in_(drafts),
        AssessmentSection.holder_id == scope.person_id,
        AssessmentSection.state == SectionState.to_write,
    )
    return [
        Waiting(
            Wants.write,
            reference(SELF_ASSESSMENT, row.assessment_number),
            row.assessment_number,
            f"{row.heading}: {row.agency_name}" if row.agency_name else row.heading,
            row.due_on or drafts[row.assessment_number].due_on,
            row.id,
        )
        for row in session.exec(query.order_by(col(AssessmentSection.position))).all()
    ]


def _suggestions(session: Session, drafts: dict[int, SelfAssessment], scope: Scope) -> list[Waiting]:
    """Suggested words that wait in sections this person has, or in those of a self-assessment they lead."""
    if not drafts:
        return []
    section = AssessmentSection
    led = [number for number, row in drafts.items() if row.lead_id == scope.person_id]
    query = (
        select(section.assessment_number, sa.func.count())
        .join(Suggestion, sa.and_(col(Suggestion.section_id) == section.id, _same_council()))
        .where(
            section.authority_id == scope.authority_id,
            col(section.assessment_number).in_(drafts),
            Suggestion.state == SuggestionState.open,
            sa.or_(section.holder_id == scope.person_id, col(section.assessment_number).in_(led)),  # type: ignore[arg-type]
        )
        .group_by(col(section.assessment_number))
    )
    return [
        Waiting(Wants.answer, reference(SELF_ASSESSMENT, number), number, drafts[number].title, count=int(count))
        for number, count in session.exec(query).all()
    ]


def _same_council() -> sa.ColumnElement[bool]:
    return col(Suggestion.authority_id) == AssessmentSection.authority_id


def _told_from(scope: Scope) -> datetime:
    """Corrections wait for a month; after that the page of the self-assessment alone tells of them."""
    today = scope.today or clock.today()
    return clock.moments(today - timedelta(days=MONTH), today)[0]


def _corrected(session: Session, scope: Scope) -> list[Waiting]:
    """That audits were corrected since the newest signature: whoever manages looks whether its claims are touched."""
    if not scope.has(*MANAGERS):
        return []
    query = select(SelfAssessment.number, SelfAssessment.title, SelfAssessment.signed_at).where(
        SelfAssessment.authority_id == scope.authority_id, SelfAssessment.state == AssessmentState.signed
    )
    newest = session.exec(query.order_by(sa.desc(col(SelfAssessment.signed_at))).limit(1)).first()
    if newest is None or newest[2] is None:
        return []
    number, title, signed_at = newest
    corrected = select(sa.func.count(sa.func.distinct(col(AuditVersion.audit_number)))).where(
        AuditVersion.authority_id == scope.authority_id,
        AuditVersion.version > 1,
        col(AuditVersion.submitted_at) > max(signed_at, _told_from(scope)),
    )
    count = int(session.exec(corrected).one())
    name = reference(SELF_ASSESSMENT, number)
    return [Waiting(Wants.see_corrected, name, number, title, count=count)] if count else []


def _versions(session: Session, scope: Scope) -> list[Waiting]:
    """Versions this person was asked to sign, and those they wrote in that were given back with a reason."""
    version, writer = AudienceVersion, VersionWriter
    wrote = sa.exists().where(
        col(writer.authority_id) == version.authority_id,
        col(writer.version_id) == version.id,
        col(writer.person_id) == scope.person_id,
    )
    offered = sa.and_(col(version.state) == VersionState.with_reviewer, col(version.reviewer_id) == scope.person_id)
    given_back = sa.and_(col(version.state) == VersionState.drafting, col(version.returned_note) != "", wrote)
    query = select(version.id, version.assessment_number, version.title, version.state).where(
        version.authority_id == scope.authority_id, sa.or_(offered, given_back)
    )
    return [
        Waiting(
            Wants.sign_version if state is VersionState.with_reviewer else Wants.mend_version,
            reference(SELF_ASSESSMENT, number),
            number,
            title,
            version_id=version_id,
        )
        for version_id, number, title, state in session.exec(query.order_by(col(version.id))).all()
    ]
