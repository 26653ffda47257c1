"""Reads what only some kinds tell: evidence, a signed self-assessment, concerns, scales, what was opened again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.tables import CaseAudit
from audit_app.evidence import queries as evidence
from audit_app.evidence.lines import EvidenceLine
from audit_app.history.tables import HistoryEntry
from audit_app.improvement.events import PREFIX
from audit_app.library.set_name import SetName
from audit_app.packs.composing.extract import ForKind, Register
from audit_app.packs.composing.told.evidence import references_in
from audit_app.packs.kinds import choices
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.sections import Asks
from audit_app.packs.tables import EvidencePackRow
from audit_app.self_assessment.signing import contents as signed_contents
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentState, SelfAssessment
from findings.references import reference
from frameworks import Scale

REOPENED = f"{PREFIX}action_reopened"


def for_kind(session: Session, row: EvidencePackRow, register: Register) -> ForKind:
    """What the pack’s own kind needs beside the register."""
    chosen = choices.read(row.choices)
    authority_id = row.authority_id
    assessment = signed(session, authority_id, chosen.self_assessment) if chosen.self_assessment else None
    scales = _scales(session, authority_id, chosen) if chosen.theme else {}
    number = chosen.audits[0] if Asks.audit in chosen.asks and chosen.audits else None
    return ForKind(
        evidence=_evidence(session, authority_id, register, assessment),
        assessment=assessment,
        concerns=concerns.concerns_of(session, authority_id, number) if number else (),
        scales={key: tuple((point.code, point.name) for point in scale.points) for key, scale in scales.items()},
        unordered=frozenset(key for key, scale in scales.items() if not scale.ordered),
        reopened=_reopened(session, authority_id) if chosen.since else (),
    )


def signed(session: Session, authority_id: int, number: int) -> Assessment | None:
    """A self-assessment as it was signed; None while it is not."""
    query = select(SelfAssessment.contents).where(
        SelfAssessment.authority_id == authority_id,
        SelfAssessment.number == number,
        col(SelfAssessment.state) == AssessmentState.signed,
    )
    written = session.exec(query).first()
    return signed_contents.read(written) if written else None


def list_signed(session: Session, authority_id: int) -> list[tuple[int, str]]:
    """The signed self-assessments, the newest first: number and what they are called."""
    query: Any = (
        select(SelfAssessment.number, SelfAssessment.title)
        .where(SelfAssessment.authority_id == authority_id, col(SelfAssessment.state) == AssessmentState.signed)
        .order_by(sa.desc(col(SelfAssessment.signed_at)))
    )
    return [(number, f"{reference(SELF_ASSESSMENT, number)}: {title}") for number, title in session.exec(query).all()]


def _evidence(
    session: Session, authority_id: int, register: Register, assessment: Assessment | None
) -> Mapping[str, tuple[EvidenceLine, ...]]:
    names = references_in(register)
    lines = dict(evidence.evidence_of(session, authority_id, names, whole_things=True)) if names else {}
    if assessment is not None:
        own = evidence.evidence_of(session, authority_id, [assessment.reference], whole_things=True)
        lines |= {name: each for name, each in own.items() if each}
    return {name: each for name, each in lines.items() if each}


def _scales(session: Session, authority_id: int, chosen: Choices) -> dict[str, Scale]:
    """The scale each question of a set is answered on, whatever the length it was asked in."""
    edition_id, _, set_id = chosen.theme.partition("/")
    query: Any = (
        select(CaseAudit.length)
        .where(CaseAudit.authority_id == authority_id, CaseAudit.edition_id == edition_id, CaseAudit.set_id == set_id)
        .distinct()
    )
    scales: dict[str, Scale] = {}
    for length in sorted(session.exec(query).all()):
        questions = question_sets.find_set(session, SetName(edition_id, set_id, length))
        for question in questions.questions if questions else ():
            scale = questions.scale_for(question) if questions else None
            if scale is not None:
                scales[question.key] = scale
    return scales


def _reopened(session: Session, authority_id: int) -> tuple[tuple[str, datetime], ...]:
    """Each action that was opened again after it was done, and when, as the log has it."""
    query = (
        select(HistoryEntry)
        .where(HistoryEntry.authority_id == authority_id, HistoryEntry.event == REOPENED)
        .order_by(col(HistoryEntry.sequence))
    )
    return tuple((entry.reference, entry.at) for entry in session.exec(query).all())
