"""Reads one plan whole, in a fixed number of statements however large it is; and the reviews that are to be held."""

from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from findings.colours import JudgedArea
from findings.plan_shapes import PlanRows, WholePlan, join
from findings.queries.judged import judged_areas
from findings.queries.single import get_plan
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    DueDateChange,
    Measure,
    Milestone,
    PlanChange,
    PlanReview,
    PlanRisk,
    Progress,
    Theme,
)

Kept = TypeVar("Kept", bound=SQLModel)


def get_whole_plan(session: Session, authority_id: int, number: int) -> WholePlan:
    """A plan with its themes, actions, milestones, measures, risks, reviews and what each said before, or NotFound."""
    plan = get_plan(session, authority_id, number)
    of_plan = _Reader(session, authority_id, "plan_number", [number])
    actions = of_plan.all(Action)
    of_actions = _Reader(session, authority_id, "action_number", [action.number for action in actions])
    return join(
        PlanRows(
            plan=plan,
            themes=of_plan.all(Theme),
            actions=actions,
            leads=of_actions.all(ActionLead),
            milestones=of_actions.all(Milestone),
            measures=[*of_plan.all(Measure), *of_actions.all(Measure)],
            progress=of_actions.all(Progress),
            due_date_changes=of_actions.all(DueDateChange),
            areas=_areas(session, authority_id, of_actions.all(ActionInArea)),
            reviews=of_plan.all(PlanReview),
            risks=of_plan.all(PlanRisk),
            changes=of_plan.all(PlanChange),
        )
    )


def list_reviews_to_hold(session: Session, authority_id: int) -> list[PlanReview]:
    """The reviews of every plan that were neither held nor taken out, in the order of the plans."""
    query = select(PlanReview).where(
        PlanReview.authority_id == authority_id,
        col(PlanReview.held_on).is_(None),
        col(PlanReview.removed_at).is_(None),
    )
    return list(session.exec(query.order_by(col(PlanReview.plan_number), col(PlanReview.position))))


class _Reader:
    """Reads the rows of one authority that belong to some things; what was taken out of a plan is passed over."""

    def __init__(self, session: Session, authority_id: int, column: str, numbers: Collection[int]) -> None:
        self.session, self.authority_id = session, authority_id
        self.column, self.numbers = column, numbers

    def all(self, table: type[Kept]) -> list[Kept]:
        """The rows, those written first at the top."""
        columns = table.__table__.columns  # type: ignore[attr-defined]
        query = select(table).where(columns["authority_id"] == self.authority_id)
        query = query.where(columns[self.column].in_(self.numbers))
        if "removed_at" in columns:
            query = query.where(columns["removed_at"].is_(None))
        order = "id" if "id" in columns else self.column
        return list(self.session.exec(query.order_by(columns[order])))


def _areas(session: Session, authority_id: int, links: Collection[ActionInArea]) -> dict[int, tuple[JudgedArea, ...]]:
    """The areas each action answers, with what was judged there."""
    judged = judged_areas(session, authority_id, {link.area_number for link in links})
    by_action: dict[int, list[int]] = defaultdict(list)
    for link in links:
        by_action[link.action_number].append(link.area_number)
    return {
        action: tuple(judged.get(area, JudgedArea(area)) for area in sorted(areas))
        for action, areas in by_action.items()
    }
