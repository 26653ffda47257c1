"""Reads what was last judged of areas for improvement, with the evidence it rests on: what a colour asks of them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from findings import rules
from findings.colours import JudgedArea
from findings.colours_in_sql import latest_judgements
from findings.states import AreaStatus, Impact
from findings.tables import AreaForImprovement, ImpactJudgement, Source


def judged_areas(session: Session, authority_id: int, areas: Collection[int]) -> dict[int, JudgedArea]:
    """What a colour asks of each of these areas.

    Returns:
        By its number, each area with the judgement that counts and the evidence that judgement rests on; one never
        judged has neither.

    Source:
        `rules.latest`.
    """
    wanted = select(ImpactJudgement).where(
        col(ImpactJudgement.authority_id) == authority_id, col(ImpactJudgement.area_number).in_(list(areas))
    )
    judgements: defaultdict[int, list[ImpactJudgement]] = defaultdict(list)
    for row in session.exec(wanted):
        judgements[row.area_number].append(row)
    latest = {number: rules.latest(rows) for number, rows in judgements.items()}
    evidence = _evidence_of(session, authority_id, [row.id for row in latest.values() if row is not None])
    return {number: _judged_area(number, latest.get(number), evidence) for number in areas}


def open_areas_by_impact(session: Session, authority_id: int) -> dict[Impact | None, int]:
    """How many open areas for improvement have each rating as the judgement that counts.

    Returns:
        Whole numbers by rating, with None for areas nobody has judged; a rating no open area has is left out.

    Source:
        `rules.latest`, told in SQL.
    """
    latest = latest_judgements(authority_id)
    query: Any = (
        select(latest.c.rating, func.count())
        .select_from(AreaForImprovement)
        .outerjoin(latest, latest.c.area_number == col(AreaForImprovement.number))
        .where(col(AreaForImprovement.authority_id) == authority_id, col(AreaForImprovement.status) == AreaStatus.open)
        .group_by(latest.c.rating)
    )
    return {rating: int(count) for rating, count in session.exec(query)}


def _judged_area(number: int, row: ImpactJudgement | None, evidence: dict[int, list[Source]]) -> JudgedArea:
    return JudgedArea(number, row, tuple(evidence.get(row.id, ())) if row is not None else ())


def _evidence_of(session: Session, authority_id: int, judgements: Collection[int]) -> dict[int, list[Source]]:
    wanted = select(Source).where(col(Source.authority_id) == authority_id, col(Source.impact_id).in_(list(judgements)))
    evidence: defaultdict[int, list[Source]] = defaultdict(list)
    for row in session.exec(wanted.order_by(col(Source.id))):
        evidence[row.impact_id or 0].append(row)
    return evidence
