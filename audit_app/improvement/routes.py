"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.improvement.actions import routes as actions
from audit_app.improvement.actions import routes_milestones as milestones
from audit_app.improvement.actions import routes_progress as progress
from audit_app.improvement.actions import routes_register as action_register
from audit_app.improvement.actions import routes_steps as steps
from audit_app.improvement.areas import routes as areas
from audit_app.improvement.areas import routes_findings as areas_and_findings
from audit_app.improvement.areas import routes_register as area_register
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import routes as findings
from audit_app.improvement.findings import routes_audits as findings_from_audits
from audit_app.improvement.findings import routes_file as findings_from_a_file
from audit_app.improvement.findings import routes_register as finding_register
from audit_app.improvement.inspections import routes as inspections
from audit_app.improvement.inspections import routes_pasting as pasted_lists
from audit_app.improvement.plans import routes as plans
from audit_app.improvement.plans import routes_actions as places_of_actions
from audit_app.improvement.plans import routes_changes as plan_changes
from audit_app.improvement.plans import routes_measures as measures
from audit_app.improvement.plans import routes_parts as plan_parts
from audit_app.improvement.plans import routes_themes as themes
from audit_app.improvement.plans.outline import routes as typed_plans
from audit_app.improvement.plans.outline import routes_adding as typed_into_plans
from audit_app.improvement.threads import routes as threads
from audit_app.improvement.who import READERS

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (
    inspections,
    pasted_lists,
    finding_register,
    findings,
    findings_from_audits,
    findings_from_a_file,
    area_register,
    areas,
    areas_and_findings,
    plans,
    themes,
    plan_parts,
    plan_changes,
    places_of_actions,
    measures,
    typed_plans,
    typed_into_plans,
    action_register,
    actions,
    milestones,
    steps,
    progress,
    threads,
)

SECTION = "Improvement"
NAVIGATION = (
    ("Findings", "improvement.list_findings", frozenset(READERS), 40, SECTION),
    ("Areas for improvement", "improvement.list_areas", frozenset(READERS), 42, SECTION),
    ("Plans", "improvement.list_plans", frozenset(READERS), 44, SECTION),
    ("Plan actions", "improvement.list_actions", frozenset(READERS), 46, SECTION),
    ("Inspections", "improvement.list_inspections", frozenset(READERS), 48, SECTION),
    ("Gaps", "improvement.list_gaps", frozenset(READERS), 50, SECTION),
)
