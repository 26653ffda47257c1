"""The colour delivery has earned as a condition in SQL, so that a long register can be narrowed to one colour.

The rule itself is `rules.delivery_colour`; a test holds the two against each other.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlmodel import col, select

from findings.rules import DELIVERY_COLOURS, DISAGREES, SHOWS_DIFFERENCE
from findings.states import ActionStatus, Brag, Delivery
from findings.tables import Action, ActionInArea, ImpactJudgement

DONE = (ActionStatus.completed, ActionStatus.verified)


def _latest_impacts(authority_id: int) -> Any:
    """Each area's judgement of the latest day, and of one day the one written last, with its rating."""
    newest_first = func.row_number().over(
        partition_by=col(ImpactJudgement.area_number),
        order_by=(col(ImpactJudgement.judged_on).desc(), col(ImpactJudgement.id).desc()),
    )
    return select(col(ImpactJudgement.area_number), col(ImpactJudgement.rating), newest_first.label("place")).where(
        col(ImpactJudgement.authority_id) == authority_id
    )


def _actions_of_areas(authority_id: int, areas: Select[Any] | None = None) -> Select[Any]:
    query: Select[Any] = select(ActionInArea.action_number).where(col(ActionInArea.authority_id) == authority_id)
    return query if areas is None else query.where(col(ActionInArea.area_number).in_(areas))


def _open_with(colour: Brag, today: date) -> ColumnElement[bool]:
    late = and_(col(Action.status) == ActionStatus.open, col(Action.due_on).is_not(None), col(Action.due_on) < today)
    said = [delivery for delivery in Delivery if DELIVERY_COLOURS[delivery] is colour]
    own = and_(col(Action.status).not_in(DONE), ~late, col(Action.delivery).in_(said))
    return or_(late, own) if colour is Brag.red else own


def has_colour(authority_id: int, colour: Brag, today: date) -> ColumnElement[bool]:
    """Actions whose delivery has earned a colour on a day.

    Returns:
        A condition on the table of actions.

    Source:
        `rules.delivery_colour`, told in SQL.
    """
    latest = _latest_impacts(authority_id).subquery()
    ratings = select(latest.c.area_number).where(latest.c.place == 1)
    disagreeing = col(Action.number).in_(_actions_of_areas(authority_id, ratings.where(latest.c.rating.in_(DISAGREES))))
    different = ratings.where(latest.c.rating.in_(SHOWS_DIFFERENCE))
    without_proof = _actions_of_areas(authority_id).where(col(ActionInArea.area_number).not_in(different))
    embedded = and_(
        col(Action.status) == ActionStatus.verified,
        col(Action.number).in_(_actions_of_areas(authority_id)),
        col(Action.number).not_in(without_proof),
    )
    done = col(Action.status).in_(DONE)
    found = _open_with(colour, today)
    if colour is Brag.amber:
        return or_(found, and_(done, disagreeing))
    if colour is Brag.blue:
        return and_(embedded, ~disagreeing)
    if colour is Brag.green:
        return or_(found, and_(done, ~disagreeing, ~embedded))
    return found
