"""Counts the gaps of an authority by their kind where rows are many: `gaps` told again, most of it in SQL."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, literal_column, or_, select
from sqlmodel import Session, col

from findings import rules, rules_in_sql
from findings.colours import DONE
from findings.gaps import GapCode, review_gaps
from findings.queries.gap_places import Places, row_of, tied_to
from findings.queries.plans import list_reviews_to_hold
from findings.references import PLAN, reference
from findings.states import AreaStatus, FindingKind, FindingStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    Inspection,
    Plan,
)

Tally = dict[GapCode, Counter[str]]


def count_gaps(session: Session, authority_id: int, today: date, *, evidence_months: int) -> dict[GapCode, int]:
    """How many gaps of each kind an authority has on a day, without reading every finding and every action.

    Returns:
        A whole number for each kind that occurs, in the order the thread runs.

    Source:
        `gaps.gaps`, told in SQL; the two are held to one another by a test.
    """
    owned = tally(Places(session, authority_id, today, evidence_months))
    return {code: owners.total() for code, owners in owned.items()}


def tally(places: Places, *, judgement_area: tuple[str, str] | None = None) -> Tally:
    """How many gaps of each kind each owner has, the owner of the area or the lead of the action by title.

    Args:
        places: The authority, the day and how long evidence stays fresh.
        judgement_area: Only gaps that touch this area of this edition.

    Returns:
        For each kind that occurs, in the order the thread runs, a whole number by title; nobody's under "".

    Source:
        `gaps.gaps`, told in SQL.
    """
    counted: Tally = {
        **_of(places, Finding, literal(""), places.of_findings(), judgement_area),
        GapCode.answer_overdue: Counter({"": _count_late(places, judgement_area)}),
        **_of(places, AreaForImprovement, AreaForImprovement.owner_post_title, places.of_areas(), judgement_area),
        GapCode.impact_without_evidence: _untested(places, judgement_area),
        **_of(places, Action, Action.lead_post_title, places.of_actions(), judgement_area),
        **_of(places, Action, Action.lead_post_title, places.of_measures(), judgement_area),
        GapCode.plan_review_passed: Counter() if judgement_area else _of_plans(places),
    }
    return {code: +counted[code] for code in GapCode if +counted[code]}


def _of(
    places: Places,
    table: Any,
    owner: Any,
    conditions: Mapping[GapCode, ColumnElement[bool]],
    judgement_area: tuple[str, str] | None,
) -> Tally:
    """All kinds that are found in one table, in one pass over it; one alone only where it holds."""
    narrowed = [] if judgement_area is None else [tied_to(table, *judgement_area)]
    columns: list[Any] = [func.sum(case((condition, 1), else_=0)) for condition in conditions.values()]
    if len(conditions) == 1:
        columns, narrowed = [func.count()], [*narrowed, *conditions.values()]
    query: Any = select(owner, *columns).select_from(table)
    query = places.with_judgements(query) if table is AreaForImprovement else query
    query = query.where(col(table.authority_id) == places.authority_id, *narrowed)
    counted: Tally = {code: Counter() for code in conditions}
    for title, *numbers in places.session.exec(query if table is Finding else query.group_by(owner)):
        for code, number in zip(conditions, numbers, strict=True):
            counted[code][title or ""] += int(number or 0)
    return counted


def _untested(places: Places, judgement_area: tuple[str, str] | None) -> Counter[str]:
    pairs = places.untested().subquery()
    query: Any = select(col(AreaForImprovement.owner_post_title), func.count()).join(
        pairs, pairs.c.number == col(AreaForImprovement.number)
    )
    query = query.where(col(AreaForImprovement.authority_id) == places.authority_id)
    if judgement_area is not None:
        query = query.where(tied_to(AreaForImprovement, *judgement_area))
    rows = places.session.exec(query.group_by(col(AreaForImprovement.owner_post_title)))
    return Counter({title: int(number) for title, number in rows})


def _of_plans(places: Places) -> Counter[str]:
    passed = review_gaps(list_reviews_to_hold(places.session, places.authority_id), places.today)
    owners = plan_owners(places.session, places.authority_id) if passed else {}
    return Counter(owners.get(gap.reference, "") for gap in passed)


def plan_owners(session: Session, authority_id: int) -> dict[str, str]:
    """The title of each plan's owner.

    Returns:
        A title by the plan's reference; an empty one where nobody owns it.

    Source:
        The rows of the plans.
    """
    query: Any = select(col(Plan.number), col(Plan.owner_post_title)).where(col(Plan.authority_id) == authority_id)
    return {reference(PLAN, number): title for number, title in session.exec(query)}


def late_findings(places: Places, judgement_area: tuple[str, str] | None = None) -> list[int]:
    """The findings whose date for an answer has passed.

    Returns:
        Their numbers, in order.

    Source:
        `unanswered`, and `rules.date_passed`.
    """
    return sorted(_late(places, _may_be_late(places.today), *_tied(judgement_area)))


def _count_late(places: Places, judgement_area: tuple[str, str] | None) -> int:
    """How many those are; of the many that have a day in a column none is read."""
    own, tied = places.authority_id, _tied(judgement_area)
    query: Any = select(func.count()).select_from(Finding)
    dated = places.session.execute(query.where(*_asking(own), _day_passed(places.today), *tied)).scalar_one()
    return int(dated) + len(_late(places, col(Finding.due_on).is_(None), *tied))


def _late(places: Places, *which: ColumnElement[bool]) -> list[int]:
    asked = unanswered(places.session, places.authority_id, *which)
    return [row.number for row in asked if rules.date_passed(row.answer_on, places.today)]


def _tied(judgement_area: tuple[str, str] | None) -> list[ColumnElement[bool]]:
    return [] if judgement_area is None else [tied_to(Finding, *judgement_area)]


def _day_passed(today: date) -> ColumnElement[bool]:
    return rules_in_sql.date_passed(Finding.due_on, today)


def _may_be_late(today: date) -> ColumnElement[bool]:
    """Findings whose day has passed, or is not plain from a column."""
    return or_(col(Finding.due_on).is_(None), _day_passed(today))


@dataclass(frozen=True)
class Unanswered:
    """A finding that asks for something while nothing that answers it is done, and the day by which it was to be."""

    number: int
    inspection_number: int | None
    answer_on: date | None


def unanswered_items(session: Session, authority_id: int) -> list[Unanswered]:
    """What inspections asked for, with or without a day, while nothing that answers it is done.

    Returns:
        Those of `unanswered` that an inspection asked for, in order of number.

    Source:
        `unanswered`.
    """
    return unanswered(session, authority_id, col(Finding.inspection_number).is_not(None))


def unanswered(session: Session, authority_id: int, *more: ColumnElement[bool]) -> list[Unanswered]:
    """Every finding that asks for something, by an inspection or a day, while nothing that answers it is done.

    Args:
        session: Whose scope applies.
        authority_id: The council.
        more: What else must hold of the findings.

    Returns:
        Those of inspections, with or without a day, and those of other origin that have one; in order of number.

    Source:
        `gaps.answer_gaps`, in which a completed action or a closed area is an answer; `rules.answer_day`.
    """
    columns = (Finding.number, Finding.inspection_number, Finding.due_on, Finding.timescale, Finding.timescale_text)
    own = and_(
        col(Inspection.authority_id) == col(Finding.authority_id),
        col(Inspection.number) == col(Finding.inspection_number),
    )
    query: Any = (
        select(*(col(column) for column in columns), col(Inspection.published_on))
        .outerjoin(Inspection, own)
        .where(*_asking(authority_id), *more)
        .order_by(col(Finding.number))
    )
    rows = [
        Unanswered(row.number, row.inspection_number, rules.answer_day(row, row.published_on))
        for row in session.exec(query)
    ]
    return [row for row in rows if row.inspection_number is not None or row.answer_on is not None]


def _asking(authority_id: int) -> list[ColumnElement[bool]]:
    """Findings that stand and ask for something, by an inspection or a day, while nothing that answers it is done."""
    asks = or_(  # in the words of the index `ASKS`, a literal included, so that the database reads only those few
        col(Finding.inspection_number).is_not(None),
        col(Finding.due_on).is_not(None),
        col(Finding.timescale).is_not(None),
        col(Finding.timescale_text) != literal_column("''"),
    )
    return [
        col(Finding.authority_id) == authority_id,
        col(Finding.status) != FindingStatus.withdrawn,
        col(Finding.kind) != FindingKind.strength,
        asks,
        ~_is_answered(),
    ]


def _is_answered() -> ColumnElement[bool]:
    """The finding is in an area that is closed, or that an action which is done answers.

    Asked finding by finding: few ask for anything by a day, and gathering all that are answered reads everything.
    """
    done = (
        exists()
        .where(col(ActionInArea.authority_id) == col(FindingInArea.authority_id))
        .where(col(ActionInArea.area_number) == col(FindingInArea.area_number))
        .where(row_of(Action, ActionInArea.action_number), col(Action.status).in_(DONE))
    )
    return (
        exists()
        .where(col(FindingInArea.authority_id) == col(Finding.authority_id))
        .where(col(FindingInArea.finding_number) == col(Finding.number))
        .where(row_of(AreaForImprovement, FindingInArea.area_number))
        .where(or_(col(AreaForImprovement.status) == AreaStatus.closed, done))
    )
