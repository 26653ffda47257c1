"""Counts the facts readiness is told from, each part in a statement or two, within the session's scope."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.evidence import freshness
from audit_app.evidence.states import EntryStatus
from audit_app.evidence.tables import Evidence, FolderEntry
from audit_app.home.readiness import queries_coverage
from audit_app.home.readiness.facts import ClaimFacts, Draft, EvidenceFacts, Facts, Item, Items, Signed
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    Citation,
    Claim,
    Passage,
    SectionState,
    SelfAssessment,
)
from findings import queries as thread
from findings import rules, rules_in_sql
from findings.references import FINDING, reference
from findings.tables import Finding, Inspection

READY = (EntryStatus.ready, EntryStatus.not_applicable)
IN_HAND = (AssessmentState.drafting, AssessmentState.with_reviewer)
LOW_RUNGS = (0, 1)


def facts(session: Session, authority_id: int, today: date, config: Mapping[str, Any]) -> Facts:
    """Everything there is to say on a day, by the council's own windows."""
    evidence_months = int(config["IMPACT_EVIDENCE_MONTHS"])
    return Facts(
        today=today,
        coverage=queries_coverage.coverage(session, authority_id, today, int(config["COVERAGE_MONTHS"])),
        evidence=_evidence(session, authority_id, today, int(config["EVIDENCE_GRACE_DAYS"])),
        claims=_claims(session, authority_id),
        items=_items(session, authority_id, today),
        done=thread.count_called_done(session, authority_id, today),
        gaps=thread.count_gaps(session, authority_id, today, evidence_months=evidence_months),
        drafts=_drafts(session, authority_id),
        signed=_signed(session, authority_id),
        signed_months=int(config["SELF_ASSESSMENT_MONTHS"]),
    )


def _total(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _evidence(session: Session, authority_id: int, today: date, grace_days: int) -> EvidenceFacts:
    renew_by, stale_before = col(Evidence.renew_by), freshness.stale_before(today, grace_days)
    pieces: Any = sa.select(
        sa.func.count(), _total(rules_in_sql.date_passed(renew_by, today)),
        _total(rules_in_sql.date_passed(renew_by, stale_before)),
    ).where(col(Evidence.authority_id) == authority_id, col(Evidence.withdrawn_at).is_(None))  # fmt: skip
    count, passed, stale = session.execute(pieces).one()
    entry = FolderEntry
    entries: Any = sa.select(
        sa.func.count(), _total(col(entry.status).not_in(READY)),
        _total(rules_in_sql.date_passed(entry.refresh_on, today)),
    ).where(
        col(entry.authority_id) == authority_id, col(entry.removed_at).is_(None),
    )  # fmt: skip
    in_folder, not_ready, overdue = session.execute(entries).one()
    return EvidenceFacts(int(count), int(passed) - int(stale), int(stale), int(in_folder), int(not_ready), int(overdue))


def _claims(session: Session, authority_id: int) -> ClaimFacts:
    cited = sa.exists().where(col(Citation.authority_id) == Claim.authority_id, col(Citation.claim_id) == Claim.id)
    in_hand = _sections_in_hand(authority_id, AssessmentSection.id)
    query: Any = sa.select(
        sa.func.count(), _total(~cited), _total(col(Claim.rung).is_(None)), _total(col(Claim.rung).in_(LOW_RUNGS))
    ).where(
        col(Claim.authority_id) == authority_id, col(Claim.taken_out_at).is_(None), col(Claim.section_id).in_(in_hand)
    )
    return ClaimFacts(*(int(number) for number in session.execute(query).one()))


def _sections_in_hand(authority_id: int, *columns: Any) -> Any:
    """The sections of self-assessments that are being written."""
    own = sa.and_(
        col(SelfAssessment.authority_id) == AssessmentSection.authority_id,
        col(SelfAssessment.number) == AssessmentSection.assessment_number,
    )
    return (
        sa.select(*columns)
        .select_from(AssessmentSection)
        .join(SelfAssessment, own)
        .where(col(AssessmentSection.authority_id) == authority_id, col(SelfAssessment.state).in_(IN_HAND))
    )


# --- inspectors' items, actions --------------------------------------------------------------------------------------


def _items(session: Session, authority_id: int, today: date) -> Items:
    waiting = thread.unanswered_items(session, authority_id)
    late = {row.number: row.answer_on for row in waiting if row.answer_on and rules.date_passed(row.answer_on, today)}
    inspections = session.exec(
        select(sa.func.count(col(Inspection.number))).where(Inspection.authority_id == authority_id)
    ).one()
    return Items(
        inspections=int(inspections),
        waiting=len(waiting),
        undated=sum(row.answer_on is None for row in waiting),
        late=tuple(_late(session, authority_id, late, today)),
    )


def _late(session: Session, authority_id: int, days: Mapping[int, date], today: date) -> list[Item]:
    """Each with its words; the longest late first."""
    own = sa.and_(
        col(Inspection.authority_id) == Finding.authority_id, col(Inspection.number) == Finding.inspection_number
    )
    query: Any = (
        sa.select(col(Finding.number), col(Finding.title), col(Inspection.title).label("inspection"))
        .join(Inspection, own)
        .where(col(Finding.authority_id) == authority_id, col(Finding.number).in_(sorted(days)))
    )
    rows = session.execute(query).all() if days else []
    items = [
        Item(row.number, reference(FINDING, row.number), row.title, row.inspection, days[row.number],
             (today - days[row.number]).days)
        for row in rows
    ]  # fmt: skip
    return sorted(items, key=lambda item: (item.answer_on, item.number))


# --- self-assessments ------------------------------------------------------------------------------------------------


def _drafts(session: Session, authority_id: int) -> tuple[Draft, ...]:
    """The self-assessments that are being written, the newest first, each with how far its sections are."""
    section = AssessmentSection
    own = (col(Passage.authority_id) == section.authority_id, col(Passage.section_id) == section.id)
    claimed = (col(Claim.authority_id) == section.authority_id, col(Claim.section_id) == section.id)
    written = sa.or_(
        sa.exists().where(*own, col(Passage.text) != ""), sa.exists().where(*claimed, col(Claim.taken_out_at).is_(None))
    )
    columns = (SelfAssessment.number, SelfAssessment.title, SelfAssessment.state, SelfAssessment.due_on)
    query = _sections_in_hand(
        authority_id, *columns, sa.func.count().label("sections"), _total(~written).label("unwritten"),
        _total(col(section.state) == SectionState.ready).label("ready"),
    )  # fmt: skip
    rows = session.execute(query.group_by(*columns).order_by(col(SelfAssessment.number).desc())).all()
    return tuple(
        Draft(
            number=row.number,
            reference=reference(SELF_ASSESSMENT, row.number),
            title=row.title,
            sections=int(row.sections),
            unwritten=int(row.unwritten),
            ready=int(row.ready),
            offered=row.state == AssessmentState.with_reviewer,
            due_on=row.due_on,
        )
        for row in rows
    )


def _signed(session: Session, authority_id: int) -> tuple[Signed, ...]:
    """Of each edition, or of a shape of the council's own by its title, the one signed last."""
    own = SelfAssessment
    query: Any = (
        sa.select(col(own.number), col(own.title), col(own.edition_id), col(own.signed_at))
        .where(
            col(own.authority_id) == authority_id,
            col(own.state) == AssessmentState.signed,
            col(own.signed_at).is_not(None),
        )
        .order_by(col(own.signed_at).desc())
    )
    last: dict[str, Signed] = {}
    for row in session.execute(query).all():
        signed = Signed(row.number, reference(SELF_ASSESSMENT, row.number), row.title, clock.london_day(row.signed_at))
        last.setdefault(row.edition_id or row.title, signed)
    return tuple(last.values())
