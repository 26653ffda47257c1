"""Who sees a long export: whoever asked for it, and nobody else (OB-1)."""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.exports.tables import LongExport


def export_seen(scope: Scope, columns: Any) -> Any:
    """One's own."""
    own = sa.true() if scope.everything else columns.asked_by == scope.person_id
    return sa.and_(same_authority(scope, columns), own)


def guard_tables() -> None:
    """Guard the table of this room."""
    database.guard(LongExport, export_seen)
