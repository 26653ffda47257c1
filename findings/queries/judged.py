"""Reads what was last judged of areas for improvement, with the evidence it rests on: what a colour asks of them."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, select

from findings import rules
from findings.colours import JudgedArea
from findings.tables import ImpactJudgement, Source


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


def _judged_area(number: int, row: ImpactJudgement | None, evidence: dict[int, list[Source]]) -> JudgedArea:
    return JudgedArea(number, row, tuple(evidence.get(row.id, ())) if row is not None else ())


def _evidence_of(session: Session, authority_id: int, judgements: Collection[int]) -> dict[int, list[Source]]:
    wanted = select(Source).where(col(Source.authority_id) == authority_id, col(Source.impact_id).in_(list(judgements)))
    evidence: defaultdict[int, list[Source]] = defaultdict(list)
    for row in session.exec(wanted.order_by(col(Source.id))):
        evidence[row.impact_id or 0].append(row)
    return evidence
