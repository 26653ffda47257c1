"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.home import routes_dashboard, routes_first_page, routes_log, routes_notices
from audit_app.home.blueprint import blueprint
from audit_app.people.access import Role

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (routes_first_page, routes_dashboard, routes_notices, routes_log)

EVERYBODY = frozenset(Role)
FIRST_PAGE = "home.index"
NAVIGATION = (
    ("What needs you", FIRST_PAGE, EVERYBODY, 10),
    ("Dashboard", "home.dashboard", frozenset({Role.qa_manager, Role.leader}), 15),
    ("Log", "home.log", EVERYBODY, 95),
)
