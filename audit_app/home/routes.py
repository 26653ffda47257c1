"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.home import routes_dashboard, routes_first_page, routes_log, routes_notices
from audit_app.home.blueprint import blueprint
from audit_app.home.morning import routes as morning_routes
from audit_app.home.readiness import routes as readiness_routes
from audit_app.people.access import Role

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (routes_first_page, routes_dashboard, readiness_routes, morning_routes, routes_notices, routes_log)

EVERYBODY = frozenset(Role)
OVERVIEW, COUNCIL = "Overview", "Council"
NAVIGATION = (
    ("What needs you", "home.index", EVERYBODY, 10, OVERVIEW),
    ("Dashboard", "home.dashboard", frozenset({Role.qa_manager, Role.leader}), 15, OVERVIEW),
    ("Readiness", "home.readiness", frozenset({Role.qa_manager, Role.leader}), 16, OVERVIEW),
    ("State of this service", "home.state", frozenset({Role.admin}), 94, COUNCIL),
    ("Log", "home.log", EVERYBODY, 95, COUNCIL),
)
