"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.people.access import Role
from audit_app.records import routes_front
from audit_app.records.blueprint import blueprint
from audit_app.records.erasure import routes as erasure
from audit_app.records.holds import routes as holds
from audit_app.records.papers import routes as papers
from audit_app.records.papers import routes_open as open_papers
from audit_app.records.retention import routes as retention
from audit_app.records.subject_access import routes as subject_access

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (routes_front, retention, holds, erasure, subject_access, papers, open_papers)

NAVIGATION = (("Data protection", "records.index", frozenset({Role.qa_manager, Role.leader}), 85, "Council"),)
