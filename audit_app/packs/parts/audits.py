"""What a pack says of single audits, as frozen plain values. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AuditLine:
    """One audit in the list; fields above the pack's level are empty."""

    name: str
    case_reference: str
    submitted: str
    set_title: str
    how_chosen: str
    team: str
    grade: str
    grade_code: str
    agreed: str
    open_actions: int


@dataclass(frozen=True)
class AnswerPart:
    """One question of an audit with what was answered."""

    number: str
    question: str
    answer: str
    words: str


@dataclass(frozen=True)
class DomainPart:
    """One domain of an audit."""

    title: str
    grade: str
    grade_code: str
    rationale: str
    answers: tuple[AnswerPart, ...]


@dataclass(frozen=True)
class AuditActionPart:
    """One action that lives on an audit."""

    reference: str
    level: str
    what: str
    due_on: date | None
    state: str
    outcome: str


@dataclass(frozen=True)
class AuditPart:
    """One audit in full."""

    name: str
    facts: tuple[tuple[str, str], ...]
    domains: tuple[DomainPart, ...]
    closing: tuple[tuple[str, str], ...]
    actions: tuple[AuditActionPart, ...]
