"""Public references: the count of each kind stands at or beyond the highest number in use."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import words
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, AuditAction, CaseAudit
from audit_app.checking.looking import Compared
from audit_app.evidence.batches.tables import BATCH, EvidenceBatch
from audit_app.evidence.tables import EVIDENCE, FOLDER, Evidence, FolderEntry
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.self_assessment.tables import SELF_ASSESSMENT, SelfAssessment
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, reference
from findings.tables import Action, AreaForImprovement, Finding, Inspection, Plan, ReferenceCount

NUMBERED: dict[str, type[SQLModel]] = {
    AUDIT: CaseAudit,
    AUDIT_ACTION: AuditAction,
    FINDING: Finding,
    AREA: AreaForImprovement,
    ACTION: Action,
    PLAN: Plan,
    INSPECTION: Inspection,
    PACK: EvidencePackRow,
    EVIDENCE: Evidence,
    FOLDER: FolderEntry,
    BATCH: EvidenceBatch,
    SELF_ASSESSMENT: SelfAssessment,
}


def columns_of(table: type[SQLModel]) -> Any:
    """A table's columns, for statements past the session."""
    return table.__table__.c  # type: ignore[attr-defined]


def counts_behind(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """A count below a number in use would give that number out again."""
    count = columns_of(ReferenceCount)
    given = {
        (row.authority_id, row.prefix): row.last_number
        for row in connection.execute(sa.select(count.authority_id, count.prefix, count.last_number))
    }
    for prefix, table in NUMBERED.items():
        column = columns_of(table)
        highest = sa.select(column.authority_id, sa.func.max(column.number)).group_by(column.authority_id)
        for authority_id, number in connection.execute(highest):
            last = given.get((authority_id, prefix), 0)
            if last < number:
                name = reference(prefix, number)
                yield f"{name} exists in council {authority_id}, but the count stands at {last}."
    yield Compared(f"The highest number of {words.count(len(NUMBERED), 'kind')} of reference, council by council.")
