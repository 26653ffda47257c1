"""How actions stand, as an expression in SQL, for narrowing and counting where rows are many: `colours` told again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, not_, or_
from sqlmodel import Session, col, select

from findings import rules_in_sql
from findings.colours import COLOUR_OF, DONE, OF_DELIVERY
from findings.rules import DISAGREES, SHOWS_DIFFERENCE
from findings.states import ActionStatus, Brag, Delivery, Standing
from findings.tables import Action, ActionInArea, ImpactJudgement, Source


def latest_judgements(authority_id: int) -> Subquery:
    """Each area's judgement that counts: of the latest day, and of one day the one written last.

    Returns:
        A sub-select with the columns id, area_number, rating and judged_on; an area never judged is not in it.

    Source:
        `rules.latest`, told in SQL.
    """
    newest_first = func.row_number().over(
        partition_by=col(ImpactJudgement.area_number),
        order_by=(col(ImpactJudgement.judged_on).desc(), col(ImpactJudgement.id).desc()),
    )
    row = ImpactJudgement
    ranked = (
        select(col(row.id), col(row.area_number), col(row.rating), col(row.judged_on), newest_first.label("place"))  # type: ignore[call-overload]
        .where(col(row.authority_id) == authority_id)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


def _disagreeing(authority_id: int, latest: Subquery) -> Any:
    """Actions one of whose areas shows no difference, or none that lasted."""
    return (
        select(ActionInArea.action_number)
        .join(latest, latest.c.area_number == col(ActionInArea.area_number))
        .where(col(ActionInArea.authority_id) == authority_id, latest.c.rating.in_(DISAGREES))
    )


def _newest_evidence(authority_id: int, latest: Subquery) -> Subquery:
    """For each area that shows a difference and each kind of evidence of it, the latest day the evidence speaks of.

    Gathered by area first: joined the other way round, SQLite holds every action against every source there is.
    """
    return (
        select(latest.c.area_number, col(Source.kind).label("kind"), func.max(Source.dated_on).label("dated_on"))
        .select_from(latest)
        .join(Source, and_(col(Source.authority_id) == authority_id, col(Source.impact_id) == latest.c.id))
        .where(latest.c.rating.in_(SHOWS_DIFFERENCE), col(Source.dated_on) <= latest.c.judged_on)
        .group_by(latest.c.area_number, col(Source.kind))
        .subquery()
    )


def _all_evidenced(authority_id: int, latest: Subquery) -> Any:
    """Verified actions all of whose areas show a difference on evidence that counts for them (`colours.verdict`)."""
    newest = _newest_evidence(authority_id, latest)
    own = and_(col(Action.authority_id) == ActionInArea.authority_id, col(Action.number) == ActionInArea.action_number)
    counts = and_(
        newest.c.area_number == col(ActionInArea.area_number),
        newest.c.kind == col(Action.impact_test),
        newest.c.dated_on > col(Action.completed_on),
    )
    return (
        select(ActionInArea.action_number)
        .join(Action, own)
        .outerjoin(newest, counts)
        .where(
            col(ActionInArea.authority_id) == authority_id,
            col(Action.status) == ActionStatus.verified,
            col(Action.impact_test).is_not(None),
        )
        .group_by(col(ActionInArea.action_number))
        .having(func.count() == func.count(newest.c.area_number))
    )


def standing(authority_id: int, today: date) -> ColumnElement[str]:
    """How each plan action of an authority stands on a day, as the name of its standing.

    Returns:
        An expression over the table of actions.

    Source:
        `colours.standing`, told in SQL.
    """
    latest = latest_judgements(authority_id)
    done = col(Action.status).in_(DONE)
    evidenced = and_(
        col(Action.status) == ActionStatus.verified,
        col(Action.number).in_(_all_evidenced(authority_id, latest)),
    )
    unstarted, start = col(Action.delivery) == Delivery.not_started, rules_in_sql.start_day()
    return case(
        (col(Action.status) == ActionStatus.withdrawn, Standing.withdrawn.value),
        (and_(done, col(Action.number).in_(_disagreeing(authority_id, latest))), Standing.done_in_doubt.value),
        (evidenced, Standing.evidenced.value),
        (done, Standing.done.value),
        (rules_in_sql.overdue(today), Standing.overdue.value),
        (and_(unstarted, start.is_(None)), Standing.no_start.value),
        (and_(unstarted, start < today), Standing.start_passed.value),
        (unstarted, Standing.not_due.value),
        *((col(Action.delivery) == delivery, stands.value) for delivery, stands in OF_DELIVERY.items()),
    )


def has_standing(authority_id: int, stands: Standing, today: date) -> ColumnElement[bool]:
    """Actions that stand so on a day.

    Returns:
        A condition on the table of actions.

    Source:
        `colours.standing`, told in SQL.
    """
    return standing(authority_id, today) == stands.value


def has_colour(authority_id: int, colour: Brag, today: date) -> ColumnElement[bool]:
    """Actions whose delivery has earned a colour on a day.

    Returns:
        A condition on the table of actions; one that was withdrawn has no colour.

    Source:
        `colours.delivery_colour`, told in SQL.
    """
    standings = [stands.value for stands, has in COLOUR_OF.items() if has is colour]
    return or_(standing(authority_id, today).in_(standings))


def count_standings(session: Session, authority_id: int, today: date, *conditions: Any) -> dict[Standing, int]:
    """How many plan actions stand in which way on a day.

    Those overdue are counted by their dates alone, as no other standing comes before it for what is open.

    Returns:
        A whole number for each standing that occurs.

    Source:
        Plain counting by `standing`.
    """
    late = rules_in_sql.overdue(today)
    own = (col(Action.authority_id) == authority_id, *conditions)
    overdue = session.exec(select(func.count()).select_from(Action).where(*own, late)).one()
    each = (
        select(standing(authority_id, today).label("standing")).select_from(Action).where(*own, not_(late)).subquery()
    )
    rows = session.exec(select(each.c.standing, func.count()).group_by(each.c.standing))
    counts = {Standing(name): number for name, number in rows}
    return counts | {Standing.overdue: overdue} if overdue else counts


@dataclass(frozen=True)
class CalledDone:
    """Plan actions that are called done, by what shows that they made a difference."""

    in_force: int  # every action that was not withdrawn, whatever its state
    evidenced: int
    without_evidence: int
    in_doubt: int


def count_called_done(session: Session, authority_id: int, today: date) -> CalledDone:
    """How many plan actions are called done: with evidence of impact, without, and where no difference lasted.

    Returns:
        Whole numbers; the three together are all that are completed or verified.

    Source:
        Plain counting by `standing`.
    """
    counts = count_standings(session, authority_id, today)
    return CalledDone(
        in_force=sum(number for stands, number in counts.items() if stands is not Standing.withdrawn),
        evidenced=counts.get(Standing.evidenced, 0),
        without_evidence=counts.get(Standing.done, 0),
        in_doubt=counts.get(Standing.done_in_doubt, 0),
    )


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
    query = select(col(Action.status), func.count()).where(col(Action.authority_id) == authority_id)
    statuses = session.exec(query.group_by(col(Action.status))).all()
    return ActionTotals(dict(statuses), count_standings(session, authority_id, today))
