"""How many findings and plan actions there are of each sort that figures tell, each table counted in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlmodel import Session, col

from findings.colours_in_sql import count_standings
from findings.queries.lists import in_area
from findings.states import ActionStatus, FindingKind, FindingStatus, Standing
from findings.tables import Action, Finding


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


@dataclass(frozen=True)
class ActionTotals:
    """Plan actions as they stand on a day: by status, and by what their delivery and impact show."""

    statuses: Mapping[ActionStatus, int]
    standings: Mapping[Standing, int]

    def of(self, status: ActionStatus) -> int:
        """How many have a status.

        Returns:
            A whole number, 0 when there are none.

        Source:
            Plain counting of what the register holds.
        """
        return self.statuses.get(status, 0)

    @property
    def overdue(self) -> int:
        """How many are open after their due date.

        Returns:
            A whole number; `colours.standing` calls every such action overdue, and no other.

        Source:
            `rules.overdue`.
        """
        return self.standings.get(Standing.overdue, 0)


def total_actions(session: Session, authority_id: int, today: date) -> ActionTotals:
    """How many plan actions there are of each status, and how they stand on a day.

    Returns:
        Whole numbers; what does not occur is left out.

    Source:
        Plain counting of what the register holds; `count_standings`.
    """
    query: Any = select(col(Action.status), func.count()).where(col(Action.authority_id) == authority_id)
    statuses = session.execute(query.group_by(col(Action.status))).all()
    return ActionTotals(
        {status: int(number) for status, number in statuses}, count_standings(session, authority_id, today)
    )
