"""In which order areas for improvement are listed."""

from datetime import date
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import and_, case, func
from sqlmodel import col, select

from findings import rules_in_sql
from findings.colours_in_sql import latest_judgements
from findings.states import AreaStatus, Impact
from findings.tables import Action, ActionInArea, AreaForImprovement


class AreaSort(StrEnum):
    """In which order areas are listed."""

    opened = auto()  # as they were opened
    late = auto()  # by the day its longest overdue action was due, those without one last
    impact = auto()  # by how little is known or seen for children, closed areas last


# From the least that can be said for children to the most.
BY_IMPACT = (
    None, Impact.not_yet_known, Impact.no_difference, Impact.not_sustained, Impact.some_difference,
    Impact.clear_difference,
)  # fmt: skip


def area_order(authority_id: int, sort: AreaSort, today: date | None) -> tuple[Any, ...]:
    """What areas are ordered by, before their numbers; lateness is told on a day, and of none there is no order.

    Returns:
        Expressions over the table of areas, none for the order in which they were opened.

    Source:
        `rules.overdue` and `rules.latest`, told in SQL.
    """
    closed = col(AreaForImprovement.status) == AreaStatus.closed
    if sort is AreaSort.late and today is not None:
        since = _late_since(authority_id, today)
        return (since.is_(None), since)
    if sort is AreaSort.impact:
        latest = latest_judgements(authority_id)
        rating = select(latest.c.rating).where(latest.c.area_number == col(AreaForImprovement.number)).scalar_subquery()
        places = [(rating == impact, place) for place, impact in enumerate(BY_IMPACT) if impact is not None]
        return (closed, case(*places, else_=0))
    return ()


def _late_since(authority_id: int, today: date) -> Any:
    """The day on which the longest overdue action of an area was due; none where none is overdue."""
    own = and_(col(Action.authority_id) == ActionInArea.authority_id, col(Action.number) == ActionInArea.action_number)
    return (
        select(func.min(rules_in_sql.due_day()))
        .select_from(ActionInArea)
        .join(Action, own)
        .where(
            col(ActionInArea.authority_id) == authority_id,
            col(ActionInArea.area_number) == AreaForImprovement.number,
            rules_in_sql.overdue(today),
        )
        .correlate(AreaForImprovement)
        .scalar_subquery()
    )
