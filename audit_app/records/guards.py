"""Who may see how long things are kept, what is held and what was removed: QA managers and leaders (OB-1).

That a thing is held is told on its page to everybody who may open it; why is not.
"""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role
from audit_app.records.tables import LegalHold, Removal, RemovalLine, RetentionPeriod

ANSWER_FOR_RECORDS = (Role.qa_manager, Role.leader)


def removal_seen(scope: Scope, columns: Any) -> Any:
    """Those who answer for the records of a council."""
    if scope.everything or scope.has(*ANSWER_FOR_RECORDS):
        return same_authority(scope, columns)
    return sa.false()


def guard_tables() -> None:
    """Guard the tables of this feature."""
    database.guard(RetentionPeriod, same_authority)
    database.guard(LegalHold, same_authority)
    database.guard(Removal, removal_seen)
    database.guard(RemovalLine, removal_seen)
