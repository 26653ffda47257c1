"""Who may see which self-assessments: those who lead quality, and whoever leads, reviews or writes one (OB-1)."""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role
from audit_app.self_assessment.tables import (
    AssessmentComment,
    AssessmentSection,
    AssessmentWriter,
    Citation,
    Claim,
    LookBack,
    OwnShape,
    Passage,
    PlanLine,
    SelfAssessment,
    Suggestion,
)
from audit_app.self_assessment.tables_outputs import (
    AudienceVersion,
    SummaryText,
    VersionPart,
    VersionState,
    VersionWriter,
    WordTemplate,
)

# Business support assembles: it holds no text of a case, and what a figure is made of is hidden by the audits' guard.
SEE_ALL = (Role.qa_manager, Role.leader, Role.business_support)

# Aliases, so that a statement which joins the table itself does not lend its own row to the sub-select.
SEEN_ASSESSMENT = SelfAssessment.__table__.alias("seen_assessment")  # type: ignore[attr-defined]
HELD_SECTION = AssessmentSection.__table__.alias("held_section")  # type: ignore[attr-defined]
SEEN_SECTION = AssessmentSection.__table__.alias("seen_section")  # type: ignore[attr-defined]
SEEN_VERSION = AudienceVersion.__table__.alias("seen_version")  # type: ignore[attr-defined]
SEEN_CLAIM = Claim.__table__.alias("seen_claim")  # type: ignore[attr-defined]


def _sees_all(scope: Scope) -> bool:
    """Whether everything of the council is seen, so that no row need be asked what it belongs to."""
    return scope.everything or scope.has(*SEE_ALL)


def assessment_seen(scope: Scope, columns: Any) -> Any:
    """The self-assessments this person may open: all, or those they lead, review or hold a section of."""
    within = same_authority(scope, columns)
    if _sees_all(scope):
        return within
    section = HELD_SECTION.c
    holds = sa.exists().where(
        section.authority_id == columns.authority_id,
        section.assessment_number == columns.number,
        section.holder_id == scope.person_id,
    )
    leads = sa.or_(columns.lead_id == scope.person_id, columns.reviewer_id == scope.person_id)
    return sa.and_(within, sa.or_(leads, holds))


def of_seen_assessment(scope: Scope, columns: Any) -> Any:
    """Rows that belong to a self-assessment are seen by whoever sees it."""
    if _sees_all(scope):
        return same_authority(scope, columns)
    assessment = SEEN_ASSESSMENT.c
    seen = sa.exists().where(
        assessment.authority_id == columns.authority_id,
        assessment.number == columns.assessment_number,
        assessment_seen(scope, assessment),
    )
    return sa.and_(same_authority(scope, columns), seen)


def of_seen_section(scope: Scope, columns: Any) -> Any:
    """Rows that belong to a section are seen by whoever sees its self-assessment."""
    if _sees_all(scope):
        return same_authority(scope, columns)
    section = SEEN_SECTION.c
    seen = sa.exists().where(
        section.authority_id == columns.authority_id,
        section.id == columns.section_id,
        of_seen_assessment(scope, section),
    )
    return sa.and_(same_authority(scope, columns), seen)


def of_seen_claim(scope: Scope, columns: Any) -> Any:
    """What a claim cites is seen by whoever sees the claim; what stands behind it, by whom its own guard lets."""
    if _sees_all(scope):
        return same_authority(scope, columns)
    claim = SEEN_CLAIM.c
    seen = sa.exists().where(
        claim.authority_id == columns.authority_id, claim.id == columns.claim_id, of_seen_section(scope, claim)
    )
    return sa.and_(same_authority(scope, columns), seen)


def version_seen(scope: Scope, columns: Any) -> Any:
    """A version for staff or for children is everybody's here once it is signed; before, its self-assessment's."""
    published = sa.and_(same_authority(scope, columns), columns.state == VersionState.signed)
    return sa.or_(published, of_seen_assessment(scope, columns))


def of_seen_version(scope: Scope, columns: Any) -> Any:
    """Rows that belong to a version are seen by whoever sees it."""
    version = SEEN_VERSION.c
    seen = sa.exists().where(
        version.authority_id == columns.authority_id,
        version.id == columns.version_id,
        version_seen(scope, version),
    )
    return sa.and_(same_authority(scope, columns), seen)


def guard_tables() -> None:
    """Guard every table of this feature."""
    database.guard(SelfAssessment, assessment_seen)
    for table in (AssessmentWriter, AssessmentSection, LookBack, SummaryText):
        database.guard(table, of_seen_assessment)
    for written in (Passage, Claim, AssessmentComment, Suggestion, PlanLine):
        database.guard(written, of_seen_section)
    database.guard(Citation, of_seen_claim)
    database.guard(AudienceVersion, version_seen)
    for part in (VersionPart, VersionWriter):
        database.guard(part, of_seen_version)
    for shared in (OwnShape, WordTemplate):
        database.guard(shared, same_authority)
