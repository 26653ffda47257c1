"""What one case audit answered to one question, as a finding takes it over: shown, ticked, kept as its source. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class AskedQuestion:
    """A question of a set: its words, the codes of its scale with the worst first, what it speaks to."""

    key: str
    text: str
    points: tuple[str, ...]
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


def those_ticked(answers: Sequence[AuditAnswer], chosen: Sequence[str]) -> list[AuditAnswer]:
    """The answers of the audits that were ticked."""
    return [answer for answer in answers if answer.reference in set(chosen)]
