"""What the evidence said at the time, written beside a finding or beside a judgement of impact."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from findings.errors import Invalid
from findings.states import SourceKind
from findings.tables import Source


@dataclass(frozen=True)
class NewSource:
    """What one piece of evidence says, in words without a child's detail."""

    kind: SourceKind
    audit_reference: str = ""
    question_reference: str = ""
    grade_code: str = ""
    grade_words: str = ""
    dated_on: date | None = None
    words: str = ""
    document: str = ""
    paragraph: str = ""
    evidence_reference: str = ""


def source_rows(
    authority_id: int,
    sources: Iterable[NewSource],
    *,
    finding_number: int | None = None,
    impact_id: int | None = None,
    by: int,
    now: datetime,
) -> list[Source]:
    """Rows, not yet written, for what the evidence said beside a finding or a judgement of impact.

    Raises:
        Invalid: A source does not say what it is.
    """
    made = [
        Source(
            authority_id=authority_id,
            finding_number=finding_number,
            impact_id=impact_id,
            added_by=by,
            added_at=now,
            **asdict(source),
        )
        for source in sources
    ]
    for row in made:
        if not (row.audit_reference or row.words or row.document or row.evidence_reference):
            raise Invalid("words", "Say what the evidence is: name an audit or a document, or describe it in words.")
    return made
