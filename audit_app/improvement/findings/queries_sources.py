"""Which audits named by a thread's sources a reader may open, and how one that is no longer here is told."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from audit_app.audits.tables import AUDIT, CaseAudit
from audit_app.people.access import Role
from audit_app.people.access.scope import Scope
from findings.references import number_of, reference
from findings.tables import Source
from findings.thread_shapes import FindingStrand, ImpactStrand

REMOVED = "Record removed under retention."


def sources_of(strands: Iterable[FindingStrand | ImpactStrand]) -> list[Source]:
    """The sources of findings' or impacts' strands."""
    return [source for strand in strands for source in strand.sources]


def ways_in(session: Session, authority_id: int, scope: Scope, sources: Sequence[Source]) -> dict[str, int | str]:
    """For each audit named, its number to link to, or words to put after it; one left out is plain text.

    Only somebody who may see every audit can tell one that is gone from one that is not theirs to open.
    """
    named = {x.audit_reference: number_of(x.audit_reference, AUDIT) for x in sources if x.audit_reference}
    numbers = sorted({number for number in named.values() if number is not None})
    wanted = select(CaseAudit.number).where(CaseAudit.authority_id == authority_id, col(CaseAudit.number).in_(numbers))
    seen = {reference(AUDIT, number): number for number in session.exec(wanted)} if numbers else {}
    sees_all = scope.everything or scope.has(Role.qa_manager)
    return {name: seen.get(name, REMOVED) for name in named if name in seen or sees_all}
