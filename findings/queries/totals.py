"""How many findings there are of each sort that figures tell, counted in one pass."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlmodel import Session, col

from findings.queries.lists import in_area
from findings.states import FindingKind, FindingStatus
from findings.tables import Finding


@dataclass(frozen=True)
class FindingTotals:
    """Findings that stand: all of them, the strengths among them, and those that ask for an area and are in none."""

    standing: int
    strengths: int
    loose: int


def total_findings(session: Session, authority_id: int) -> FindingTotals:
    """How many findings stand, how many are strengths, and how many of the others are in no area for improvement.

    Returns:
        Whole numbers; withdrawn findings count for nothing.

    Source:
        Plain counting of what the register holds; `count_findings` says the same of each.
    """
    strength = col(Finding.kind) == FindingKind.strength
    columns = [func.sum(case((condition, 1), else_=0)) for condition in (strength, and_(~strength, ~in_area()))]
    query: Any = select(func.count(), *columns).select_from(Finding)
    query = query.where(col(Finding.authority_id) == authority_id, col(Finding.status) == FindingStatus.raised)
    return FindingTotals(*(int(number or 0) for number in session.execute(query).one()))
