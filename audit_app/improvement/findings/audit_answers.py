"""What one case audit answered to one question, as a finding takes it over: shown, ticked, kept as its source. Pure."""

from dataclasses import dataclass
from datetime import date

from audit_app.audits.tables import AUDIT
from findings.references import number_of
from findings.register import NewSource
from findings.states import SourceKind


@dataclass(frozen=True)
class AuditAnswer:
    """One answer as the page shows it: never the auditor's free text, which may be about a child."""

    reference: str
    edition_id: str
    question: str
    question_words: str
    code: str
    grade: str
    dated_on: date | None
    how_chosen: str
    team: str

    @property
    def number(self) -> int | None:
        """Its audit's number."""
        return number_of(self.reference, AUDIT)


@dataclass(frozen=True)
class AskedQuestion:
    """A question of a set: its words, the answers of its scale with the worst first, what it speaks to."""

    key: str
    text: str
    points: tuple[tuple[str, str], ...]
    informs: tuple[str, ...]


def source_of(answer: AuditAnswer) -> NewSource:
    """What one answer said: its audit, question, grade and day."""
    asked = f"{answer.edition_id}/{answer.question}" if answer.question else ""
    return NewSource(
        SourceKind.audit_answer if asked else SourceKind.audit,
        audit_reference=answer.reference,
        question_reference=asked,
        grade_code=answer.code,
        grade_words=answer.grade,
        dated_on=answer.dated_on,
        words=answer.question_words if asked else "",
    )
