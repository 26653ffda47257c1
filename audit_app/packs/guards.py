"""Who may see which packs: QA managers all of this council, leaders all but the internal ones (OB-1)."""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.packs.disclosure.levels import LEADERSHIP
from audit_app.packs.tables import (
    EvidencePackRow,
    PackExhibit,
    PackKind,
    PackProof,
    PackRelease,
    SuspectDecision,
)
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role


def pack_seen(scope: Scope, columns: Any) -> Any:
    """The packs this person may open."""
    within = same_authority(scope, columns)
    if scope.everything or scope.has(Role.qa_manager):
        return within
    if scope.has(Role.leader):
        return sa.and_(within, columns.level >= LEADERSHIP)
    return sa.false()


def guard_tables() -> None:
    """Guard the tables of this feature."""
    database.guard(EvidencePackRow, pack_seen)
    database.guard(SuspectDecision, same_authority)
    database.guard(PackExhibit, pack_seen)
    database.guard(PackProof, pack_seen)
    database.guard(PackRelease, pack_seen)
    database.guard(PackKind, same_authority)
