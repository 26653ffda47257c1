"""Who sees requests for everything on somebody: QA managers, who make them, and leaders, who agree (OB-1)."""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role
from audit_app.records.subject_access.tables import SubjectRequest


def request_seen(scope: Scope, columns: Any) -> Any:
    """The requests of their council, for those who ask or agree."""
    if scope.everything or scope.has(Role.qa_manager, Role.leader):
        return same_authority(scope, columns)
    return sa.false()


def guard_tables() -> None:
    """Guard the table of this room."""
    database.guard(SubjectRequest, request_seen)
