"""Every page of self-assessments, and their place at the top."""

from audit_app.people.access import Role
from audit_app.self_assessment.assessments import routes as assessments
from audit_app.self_assessment.blueprint import blueprint
from audit_app.self_assessment.claims import routes as claims
from audit_app.self_assessment.claims import routes_citing, routes_plans
from audit_app.self_assessment.elsewhere import routes as elsewhere
from audit_app.self_assessment.sections import routes as sections
from audit_app.self_assessment.shapes import routes as shapes
from audit_app.self_assessment.signing import routes as signing
from audit_app.self_assessment.signing import routes_files
from audit_app.self_assessment.summary import routes as summary
from audit_app.self_assessment.three_views import routes as three_views
from audit_app.self_assessment.versions import routes as versions
from audit_app.self_assessment.versions import routes_signing as versions_signing
from audit_app.self_assessment.word import routes as word

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

READERS = frozenset({Role.qa_manager, Role.leader, Role.business_support})
LEADERS = frozenset({Role.team_manager, Role.qa_manager, Role.leader})
NAVIGATION = (
    ("Self-assessments", "self_assessment.list_assessments", READERS, 65, "Self-assessment"),
    ("Three views", "self_assessment.three_views", LEADERS, 67, "Self-assessment"),
)
PAGES = (
    assessments, sections, claims, routes_citing, routes_plans, signing, routes_files, three_views, elsewhere,
    shapes, word, summary, versions, versions_signing,
)  # fmt: skip
