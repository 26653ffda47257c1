"""Counts the gaps of an authority by their kind where rows are many: `gaps` told again, most of it in SQL."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session, col

from findings import rules, rules_in_sql, worded_dates
from findings.colours import DONE
from findings.gaps import GapCode, area_gaps, review_gaps
from findings.queries.gaps import (
    ACTION_COLUMNS,
    AREA_COLUMNS,
    IMPACT_COLUMNS,
    SOURCE_COLUMNS,
    tuples,
)
from findings.queries.lists import FindingFilter, count_findings
from findings.queries.plans import list_reviews_to_hold
from findings.states import ActionStatus, AreaStatus, FindingKind, FindingStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    ImpactJudgement,
    Inspection,
    Measure,
    Source,
)
from findings.thread import Rows, weave
from findings.worded_dates import Sort

_IMPACT_CODES = frozenset(
    {
        GapCode.impact_not_judged,
        GapCode.impact_without_evidence,
        GapCode.impact_evidence_old,
        GapCode.impact_not_sustained,
    }
)


def count_gaps(session: Session, authority_id: int, today: date, *, evidence_months: int) -> dict[GapCode, int]:
    """How many gaps of each kind an authority has on a day, without reading every finding and every action.

    Returns:
        A whole number for each kind that occurs, in the order the thread runs.

    Source:
        `gaps.gaps`, told in SQL; the two are held to one another by a test.
    """
    counts = {
        GapCode.finding_in_no_area: count_findings(session, authority_id, FindingFilter(in_no_area=True)),
        GapCode.answer_overdue: sum(rules.date_passed(x.answer_on, today) for x in unanswered(session, authority_id)),
        **_count_areas(session, authority_id),
        **_count_actions(session, authority_id, today),
        **_count_impact(session, authority_id, today, evidence_months),
        GapCode.plan_review_passed: len(review_gaps(list_reviews_to_hold(session, authority_id), today)),
    }
    return {code: counts[code] for code in GapCode if counts.get(code)}


@dataclass(frozen=True)
class Unanswered:
    """A finding that asks for something while nothing that answers it is done, and the day by which it was to be."""

    number: int
    inspection_number: int | None
    answer_on: date | None


def unanswered(session: Session, authority_id: int) -> list[Unanswered]:
    """Every finding that asks for something, by an inspection or a day, while nothing that answers it is done.

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
    dated = or_(
        col(Finding.due_on).is_not(None), col(Finding.timescale).is_not(None), col(Finding.timescale_text) != ""
    )
    query: Any = (
        select(*(col(column) for column in columns), col(Inspection.published_on))
        .outerjoin(Inspection, own)
        .where(
            col(Finding.authority_id) == authority_id,
            col(Finding.status) != FindingStatus.withdrawn,
            col(Finding.kind) != FindingKind.strength,
            or_(col(Finding.inspection_number).is_not(None), dated),
            col(Finding.number).not_in(_answered(authority_id)),
        )
        .order_by(col(Finding.number))
    )
    rows = [
        Unanswered(row.number, row.inspection_number, rules.answer_day(row, row.published_on))
        for row in session.exec(query)
    ]
    return [row for row in rows if row.inspection_number is not None or row.answer_on is not None]


def _answered(authority_id: int) -> Any:
    """The findings in an area that is closed, or that an action which is done answers."""
    done: Any = select(col(ActionInArea.area_number)).join(Action, _of(Action, ActionInArea.action_number))
    done = done.where(col(ActionInArea.authority_id) == authority_id, col(Action.status).in_(DONE))
    return (
        select(col(FindingInArea.finding_number))
        .join(AreaForImprovement, _of(AreaForImprovement, FindingInArea.area_number))
        .where(
            col(FindingInArea.authority_id) == authority_id,
            or_(
                col(AreaForImprovement.status) == AreaStatus.closed,
                col(FindingInArea.area_number).in_(done),
            ),
        )
    )


def _of(table: Any, number: Any) -> ColumnElement[bool]:
    """The row of a numbered table that a column of a link names."""
    return and_(col(table.authority_id) == number.class_.authority_id, col(table.number) == number)


def _linked(table: Any, link: Any, number: Any) -> Any:
    return exists().where(col(link.authority_id) == table.authority_id, col(number) == table.number)


def _count(session: Session, table: Any, authority_id: int, *conditions: Any) -> int:
    query: Any = select(func.count()).select_from(table).where(col(table.authority_id) == authority_id, *conditions)
    return int(session.exec(query).scalar_one())


def _count_areas(session: Session, authority_id: int) -> dict[GapCode, int]:
    area, is_open = AreaForImprovement, col(AreaForImprovement.status) == AreaStatus.open
    sourced = (
        exists()
        .where(col(FindingInArea.authority_id) == authority_id, col(FindingInArea.area_number) == area.number)
        .where(_of(Finding, FindingInArea.finding_number), col(Finding.status) != FindingStatus.withdrawn)
        .where(col(Source.authority_id) == authority_id, col(Source.finding_number) == Finding.number)
    )
    in_force = (
        exists()
        .where(col(ActionInArea.authority_id) == authority_id, col(ActionInArea.area_number) == area.number)
        .where(_of(Action, ActionInArea.action_number), col(Action.status) != ActionStatus.withdrawn)
    )
    nobody = (
        col(area.owner_post_id).is_(None),
        col(area.owner_person_id).is_(None),
        col(area.owner_post_title) == "",
    )
    return {
        GapCode.area_without_source: _count(session, area, authority_id, ~sourced),
        GapCode.area_without_action: _count(session, area, authority_id, is_open, ~in_force),
        GapCode.area_without_owner: _count(session, area, authority_id, is_open, *nobody),
    }


def _count_actions(session: Session, authority_id: int, today: date) -> dict[GapCode, int]:
    action = Action
    is_open, in_force = col(action.status) == ActionStatus.open, col(action.status) != ActionStatus.withdrawn
    in_area = _linked(action, ActionInArea, ActionInArea.action_number)
    measured = _linked(action, Measure, Measure.action_number)
    nobody = (
        col(action.lead_post_id).is_(None),
        col(action.lead_person_id).is_(None),
        col(action.lead_post_title) == "",
    )
    unmeasured = (in_force, col(action.success_measure) == "", ~measured)
    counted = {
        GapCode.action_in_no_area: (in_force, ~in_area),
        GapCode.action_without_lead: (is_open, *nobody),
        GapCode.action_without_success_measure: unmeasured,
        GapCode.action_overdue: (rules_in_sql.overdue(today),),
        GapCode.action_not_verified: (col(action.status) == ActionStatus.completed,),
    }
    counts = {code: _count(session, action, authority_id, *conditions) for code, conditions in counted.items()}
    undated: Any = select(col(action.due_text)).where(
        col(action.authority_id) == authority_id, is_open, ~col(action.ongoing), rules_in_sql.due_day().is_(None)
    )
    texts = session.execute(undated).scalars().all()
    counts[GapCode.action_without_date] = sum(worded_dates.read(text).sort is not Sort.ongoing for text in texts)
    return counts


def _count_impact(session: Session, authority_id: int, today: date, evidence_months: int) -> Counter[GapCode]:
    """The gaps of impact: judgements with their evidence are few beside findings, so these are woven as ever."""
    done = col(Action.status).in_(DONE)
    actions = tuples(session, Action, ACTION_COLUMNS, authority_id, done)
    answered = {row.number for row in actions}
    links = tuples(session, ActionInArea, ("action_number", "area_number"), authority_id) if answered else []
    rows = Rows(
        sources=tuples(session, Source, SOURCE_COLUMNS, authority_id, col(Source.impact_id).is_not(None)),
        areas=tuples(session, AreaForImprovement, AREA_COLUMNS, authority_id),
        actions=actions,
        actions_in_areas=[link for link in links if link.action_number in answered],
        impacts=tuples(session, ImpactJudgement, IMPACT_COLUMNS, authority_id),
    )
    threads = weave(rows).threads
    codes = (gap.code for thread in threads for gap in area_gaps(thread, today, evidence_months))
    return Counter(code for code in codes if code in _IMPACT_CODES)
