"""Who lays a self-assessment out, writes a section of it and attaches evidence. Pure."""

from collections.abc import Collection

from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment.tables import AssessmentSection, SelfAssessment

MANAGERS = (Role.qa_manager, Role.leader)


def may_manage(scope: Scope, row: SelfAssessment) -> bool:
    """Whether somebody lays it out, gives sections to people and offers it for signature."""
    return scope.everything or scope.has(*MANAGERS) or row.lead_id == scope.person_id


def may_write(scope: Scope, row: SelfAssessment, section: AssessmentSection) -> bool:
    """Whether somebody writes in a section: whoever has it, and those who manage the whole."""
    return may_manage(scope, row) or section.holder_id == scope.person_id


def may_assemble(scope: Scope, row: SelfAssessment, section: AssessmentSection) -> bool:
    """Whether somebody attaches evidence: its writers, and business support, who write no claim."""
    return may_write(scope, row, section) or scope.has(Role.business_support)


def may_retell(scope: Scope, row: SelfAssessment, holders: Collection[int | None]) -> bool:
    """Whether somebody writes versions for staff and for children: those who lead it, or have a section of it."""
    return may_manage(scope, row) or scope.person_id in holders
