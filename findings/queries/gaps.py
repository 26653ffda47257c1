"""Reads just enough of every thread to find its gaps: plain tuples of a few columns instead of whole rows."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from findings.gaps import Gap, gaps, review_gaps
from findings.queries.plans import list_reviews_to_hold
from findings.states import FindingStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    ImpactJudgement,
    Inspection,
    Measure,
    Source,
)
from findings.thread import Rows, weave

INSPECTION_COLUMNS = ("number", "published_on")
FINDING_COLUMNS = ("number", "kind", "status", "inspection_number", "due_on", "timescale", "timescale_text")
AREA_COLUMNS = (
    "number",
    "status",
    "owner_post_id",
    "owner_person_id",
    "owner_post_title",
    "edition_id",
    "judgement_area_id",
)
ACTION_COLUMNS = (
    "number",
    "status",
    "delivery",
    "due_on",
    "due_text",
    "completed_on",
    "ongoing",
    "lead_post_id",
    "lead_person_id",
    "lead_post_title",
    "success_measure",
    "impact_test",
)
IMPACT_COLUMNS = ("id", "area_number", "rating", "judged_on")
SOURCE_COLUMNS = ("id", "finding_number", "impact_id", "kind", "dated_on")


def _columns(table: type[SQLModel], names: tuple[str, ...]) -> list[Any]:
    return [getattr(table, name) for name in names]


def tuples(session: Session, table: Any, names: tuple[str, ...], authority_id: int, *conditions: Any) -> list[Any]:
    """Named tuples that have the columns asked for and nothing else; the session's scope applies to them too."""
    query: Any = select(*_columns(table, names)).where(col(table.authority_id) == authority_id, *conditions)
    return list(session.exec(query))


def _one_source_each(session: Session, authority_id: int) -> list[Any]:
    """One source per finding: a gap asks only whether there is any."""
    others = (
        func.min(getattr(Source, name)).label(name) for name in SOURCE_COLUMNS if name not in ("finding_number", "kind")
    )
    query: Any = (
        select(col(Source.finding_number), *others)
        .where(col(Source.authority_id) == authority_id, col(Source.finding_number).is_not(None))
        .group_by(col(Source.finding_number))
    )
    return list(session.exec(query))


def load_gap_rows(session: Session, authority_id: int) -> Rows:
    """What `gaps` looks at, of a whole authority; withdrawn findings count for nothing there."""
    standing = col(Finding.status) != FindingStatus.withdrawn
    return Rows(
        inspections=tuples(session, Inspection, INSPECTION_COLUMNS, authority_id),
        findings=tuples(session, Finding, FINDING_COLUMNS, authority_id, standing),
        sources=[
            *_one_source_each(session, authority_id),
            *tuples(session, Source, SOURCE_COLUMNS, authority_id, col(Source.impact_id).is_not(None)),
        ],
        areas=tuples(session, AreaForImprovement, AREA_COLUMNS, authority_id),
        findings_in_areas=tuples(session, FindingInArea, ("finding_number", "area_number"), authority_id),
        actions=tuples(session, Action, ACTION_COLUMNS, authority_id),
        actions_in_areas=tuples(session, ActionInArea, ("action_number", "area_number"), authority_id),
        measures=tuples(session, Measure, ("id", "action_number", "area_number"), authority_id),
        impacts=tuples(session, ImpactJudgement, IMPACT_COLUMNS, authority_id),
    )


def list_gaps(session: Session, authority_id: int, today: date, *, evidence_months: int) -> tuple[Gap, ...]:
    """Every gap of an authority, in the order the thread runs; then the reviews of plans that were not held."""
    broken = gaps(weave(load_gap_rows(session, authority_id)), today, evidence_months=evidence_months)
    return (*broken, *review_gaps(list_reviews_to_hold(session, authority_id), today))
