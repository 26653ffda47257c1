"""The colour delivery has earned: the rule, and the same as a condition in SQL. Nothing else decides a colour.

A test holds the two against each other on actions of every sort.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlmodel import col, select

from findings import rules, rules_in_sql
from findings.rules import DISAGREES, SHOWS_DIFFERENCE, Dated, Judged
from findings.states import ActionStatus, Brag, Delivery
from findings.tables import Action, ActionInArea, ImpactJudgement

_OF_DELIVERY = {
    Delivery.not_started: Brag.grey,
    Delivery.on_track: Brag.green,
    Delivery.at_risk: Brag.amber,
    Delivery.off_track: Brag.red,
    Delivery.complete: Brag.green,
}
_DONE = (ActionStatus.completed, ActionStatus.verified)


def delivery_colour(action: Dated, impacts: Sequence[Judged | None], today: date) -> Brag:
    """The colour delivery has earned; what each colour's words are is the council's to say.

    Blue is never given for finishing a task. It needs a verifier from outside the line and, for every area for
    improvement the action answers, a dated judgement that shows a difference; it drops back to amber as soon as a
    later judgement disagrees. An open action past its date is red whatever its lead said.

    Args:
        action: The action.
        impacts: The latest judgement of impact of each area it answers, None for an area never judged.
        today: Today's date.

    Returns:
        A colour; grey means not started.

    Source:
        Common practice of council improvement boards; City of London, service development plan report,
        3 October 2019, paragraph 5 for the four colours.
    """
    if action.status in _DONE:
        if any(impact is not None and impact.rating in DISAGREES for impact in impacts):
            return Brag.amber
        embedded = bool(impacts) and all(rules.shows_difference(impact) for impact in impacts)
        return Brag.blue if action.status is ActionStatus.verified and embedded else Brag.green
    if rules.overdue(action, today):
        return Brag.red
    return _OF_DELIVERY[action.delivery]


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


def _not_done_with(colour: Brag, today: date) -> ColumnElement[bool]:
    late = rules_in_sql.overdue(today)
    deliveries = [delivery for delivery in Delivery if _OF_DELIVERY[delivery] is colour]
    by_delivery = and_(col(Action.status).not_in(_DONE), ~late, col(Action.delivery).in_(deliveries))
    return or_(late, by_delivery) if colour is Brag.red else by_delivery


def has_colour(authority_id: int, colour: Brag, today: date) -> ColumnElement[bool]:
    """Actions whose delivery has earned a colour on a day.

    Returns:
        A condition on the table of actions.

    Source:
        `delivery_colour`, told in SQL.
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
    done = col(Action.status).in_(_DONE)
    not_done = _not_done_with(colour, today)
    if colour is Brag.amber:
        return or_(not_done, and_(done, disagreeing))
    if colour is Brag.blue:
        return and_(embedded, ~disagreeing)
    if colour is Brag.green:
        return or_(not_done, and_(done, ~disagreeing, ~embedded))
    return not_done
