"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.people.access import Role
from audit_app.records import routes_front
from audit_app.records.blueprint import blueprint
from audit_app.records.papers import routes as routes_papers
from audit_app.records.papers import routes_open
from audit_app.records.subject_access import routes as routes_subject_access

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (routes_front, routes_papers, routes_open, routes_subject_access)

NAVIGATION = (("Data protection", "records.index", frozenset({Role.qa_manager, Role.leader}), 85),)
