"""Who may see which evidence (OB-1): by its level, and always one's own.

QA managers see all of their council's. Leaders see what is at their level or discloses less. Those who audit, manage
teams or put folders together see what an inspector may read, for that holds nothing of a single child; a practitioner
sees only their own. An administrator sees none.
"""

from typing import Any

import sqlalchemy as sa

from audit_app import database
from audit_app.disclosure.audiences import INSPECTOR, LEADERSHIP
from audit_app.evidence.batches.tables import EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.tables import Evidence, EvidenceText, EvidenceUse, EvidenceVersion, FolderEntry
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.tables import Role

READERS = (Role.qa_manager, Role.leader, Role.auditor, Role.moderator, Role.team_manager, Role.business_support)
# Whoever leads or delivers an action proves that it was done.
HOLDERS = (*READERS, Role.practitioner)


def evidence_seen(scope: Scope, columns: Any) -> Any:
    """The evidence this person may open."""
    within = same_authority(scope, columns)
    if scope.everything or scope.has(Role.qa_manager):
        return within
    if not scope.has(*HOLDERS):
        return sa.false()
    own = sa.or_(columns.added_by == scope.person_id, columns.owner_post_id.in_(sorted(scope.own_posts)))
    if scope.has(Role.leader):
        return sa.and_(within, sa.or_(columns.level >= LEADERSHIP, own))
    if scope.has(*READERS):
        return sa.and_(within, sa.or_(columns.level >= INSPECTOR, own))
    return sa.and_(within, own)


def part_seen(scope: Scope, columns: Any) -> Any:
    """What belongs to a piece of evidence is seen by whoever sees that."""
    within = same_authority(scope, columns)
    if scope.everything or scope.has(Role.qa_manager):
        return within
    # A name of its own: a statement that reads the evidence as well must not be taken for it.
    whole = Evidence.__table__.alias("evidence_seen").c  # type: ignore[attr-defined]
    of_it = (whole.authority_id == columns.authority_id, whole.number == columns.evidence_number)
    return sa.and_(within, sa.exists().where(*of_it, evidence_seen(scope, whole)))


def batch_seen(scope: Scope, columns: Any) -> Any:
    """What somebody uploaded and has not confirmed is theirs alone: its level is not said yet."""
    within = same_authority(scope, columns)
    if scope.everything:
        return within
    return sa.and_(within, columns.added_by == scope.person_id) if scope.has(*HOLDERS) else sa.false()


def batch_file_seen(scope: Scope, columns: Any) -> Any:
    """A file of a ZIP is seen by whoever uploaded that."""
    within = same_authority(scope, columns)
    if scope.everything:
        return within
    whole = EvidenceBatch.__table__.alias("batch_seen").c  # type: ignore[attr-defined]
    of_it = (whole.authority_id == columns.authority_id, whole.number == columns.batch_number)
    return sa.and_(within, sa.exists().where(*of_it, batch_seen(scope, whole)))


def folder_seen(scope: Scope, columns: Any) -> Any:
    """The index of the folder names no child: whoever reads evidence at all sees its entries."""
    if scope.everything or scope.has(*READERS):
        return same_authority(scope, columns)
    return sa.false()


def guard_tables() -> None:
    """Guard the tables of this feature."""
    database.guard(Evidence, evidence_seen)
    for part in (EvidenceVersion, EvidenceText, EvidenceUse):
        database.guard(part, part_seen)
    database.guard(FolderEntry, folder_seen)
    database.guard(EvidenceBatch, batch_seen)
    database.guard(EvidenceBatchFile, batch_file_seen)
