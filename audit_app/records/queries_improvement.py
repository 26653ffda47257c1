"""Reads of self-assessments, inspections, findings, areas, plans and actions as things that are kept for a time."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.records.things import Thing
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentState, SelfAssessment
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, number_of, reference
from findings.states import ActionStatus, AreaStatus, FindingStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    Inspection,
    Plan,
)

ROWS: dict[str, Any] = {
    SELF_ASSESSMENT: SelfAssessment, INSPECTION: Inspection, FINDING: Finding, AREA: AreaForImprovement,
    PLAN: Plan, ACTION: Action,
}  # fmt: skip
NUMBERS: dict[str, Any] = {prefix: col(table.number) for prefix, table in ROWS.items()}
DAYS: dict[str, dict[str, Any]] = {
    SELF_ASSESSMENT: {name: getattr(SelfAssessment, name) for name in ("signed_at", "period_to", "made_at")},
    INSPECTION: {name: getattr(Inspection, name) for name in ("inspected_to", "published_on", "recorded_at")},
    FINDING: {"raised_at": Finding.raised_at},
    AREA: {"closed_on": AreaForImprovement.closed_on},
    PLAN: {name: getattr(Plan, name) for name in ("period_to", "opened_at")},
    ACTION: {name: getattr(Action, name) for name in ("added_at", "completed_on")},
}
SIGNED = col(SelfAssessment.state) == AssessmentState.signed
IS_OF: dict[str, Any] = {
    "self_assessments": SIGNED,
    "self_assessments_unsigned": ~SIGNED,
    "inspections": sa.true(),
    "findings": col(Finding.inspection_number).is_(None),
    "areas": col(AreaForImprovement.status) == AreaStatus.closed,
    "plans": sa.true(),
    "actions": sa.and_(
        col(Action.plan_number).is_(None),
        col(Action.status).in_((ActionStatus.verified, ActionStatus.withdrawn)),
    ),
}
# The kind a thing is told as; what its period takes is narrower where IS_OF says so.
KIND_NAMES: dict[str, Any] = {
    SELF_ASSESSMENT: sa.case((SIGNED, "self_assessments"), else_="self_assessments_unsigned"),
    INSPECTION: sa.literal("inspections"), FINDING: sa.literal("findings"), AREA: sa.literal("areas"),
    PLAN: sa.literal("plans"), ACTION: sa.literal("actions"),
}  # fmt: skip

# What is part of something else that may be kept or removed by itself: the column that says of which.
WITHIN: dict[str, tuple[Any, str]] = {
    FINDING: (col(Finding.inspection_number), INSPECTION), ACTION: (col(Action.plan_number), PLAN),
}  # fmt: skip


def is_of(code: str) -> Any:
    """The condition for things of a kind that a period may take."""
    return IS_OF[code]


def things_where(prefix: str, session: Session, authority_id: int, *conditions: Any, day: Any = None) -> list[Thing]:
    """Rows of one sort as things; `day` is the one their time counts from."""
    table, first = ROWS[prefix], next(iter(DAYS[prefix].values()))
    counted: Any = first if day is None else day
    above, above_prefix = WITHIN.get(prefix, (sa.null(), ""))
    statement = sa.select(col(table.number), KIND_NAMES[prefix], counted, above)
    within = statement.where(col(table.authority_id) == authority_id, *conditions)
    rows = session.execute(within.order_by(counted, col(table.number))).all()
    return [
        Thing(prefix, row[0], row[1], _day(row[2]), within=reference(above_prefix, row[3]) if row[3] else "")
        for row in rows
    ]


def parts_of(session: Session, authority_id: int, things: Sequence[Thing]) -> dict[str, list[str]]:
    """The references of what goes with each thing and has one of its own: findings, and actions."""
    parts: dict[str, list[str]] = {}
    for part, (above, prefix) in WITHIN.items():
        numbers = [thing.number for thing in things if thing.prefix == prefix]
        rows = sa.select(above, NUMBERS[part]).where(
            col(ROWS[part].authority_id) == authority_id, above.in_(numbers)
        )  # fmt: skip
        for number, own in session.execute(rows.order_by(NUMBERS[part])).all() if numbers else ():
            parts.setdefault(reference(prefix, number), []).append(reference(part, own))
    return parts


def joined_to(session: Session, authority_id: int, thing: Thing) -> list[str]:
    """What stays and a thing that goes was joined to: its page tells afterwards that something is gone."""
    if thing.prefix == SELF_ASSESSMENT:
        newer = select(SelfAssessment.number).where(
            SelfAssessment.authority_id == authority_id, SelfAssessment.previous_number == thing.number
        )
        return [reference(SELF_ASSESSMENT, number) for number in session.exec(newer).all()]
    names = [thing.reference, *parts_of(session, authority_id, [thing]).get(thing.reference, ())]
    joined: set[str] = set()
    for link, column, prefix in ((FindingInArea, "finding_number", FINDING), (ActionInArea, "action_number", ACTION)):
        own, area = col(getattr(link, column)), col(link.area_number)
        mine: Any = own.in_([number for name in names if (number := number_of(name, prefix))])
        if thing.prefix == AREA:
            mine = area == thing.number
        rows = session.exec(select(own, area).where(link.authority_id == authority_id, mine)).all()
        joined |= {reference(prefix, row[0]) if thing.prefix == AREA else reference(AREA, row[1]) for row in rows}
    return sorted(joined)


def _day(moment: date | datetime | None) -> date | None:
    return None if moment is None else clock.london_day(moment)


THINGS: dict[str, Callable[..., list[Thing]]] = {prefix: partial(things_where, prefix) for prefix in ROWS}


def in_use(session: Session, authority_id: int, things: Sequence[Thing]) -> set[Thing]:
    """What work that is not finished still stands on: it stays until that is done, however old it is."""
    kept: set[Thing] = set()
    for prefix, asked in _ASKED.items():
        mine = {thing.number: thing for thing in things if thing.prefix == prefix}
        if mine:
            kept |= {mine[number] for number in session.exec(asked(authority_id, list(mine))).all()}
    return kept


def _open_area(link: Any, authority_id: int) -> Any:
    """The rows that join something to an area for improvement that is open."""
    area = col(AreaForImprovement.number) == link.area_number
    return select(link).where(link.authority_id == authority_id).join(
        AreaForImprovement,
        sa.and_(col(AreaForImprovement.authority_id) == link.authority_id, area,
                col(AreaForImprovement.status) == AreaStatus.open),
    )  # fmt: skip


def _looked_back_on(authority_id: int, numbers: Sequence[int]) -> Any:
    open_states = (AssessmentState.drafting, AssessmentState.with_reviewer)
    return select(SelfAssessment.previous_number).where(
        SelfAssessment.authority_id == authority_id,
        col(SelfAssessment.previous_number).in_(numbers),
        col(SelfAssessment.state).in_(open_states),
    )


def _findings(authority_id: int, *conditions: Any) -> Any:
    """Findings that stand and are in an open area."""
    joined = _open_area(FindingInArea, authority_id).subquery()
    return (
        sa.select(col(Finding.number), col(Finding.inspection_number))
        .join(joined, joined.c.finding_number == col(Finding.number))
        .where(col(Finding.authority_id) == authority_id, col(Finding.status) != FindingStatus.withdrawn, *conditions)
    )


def _findings_in_use(authority_id: int, numbers: Sequence[int]) -> Any:
    standing = _findings(authority_id, col(Finding.number).in_(numbers)).subquery()
    return select(standing.c.number)


def _inspections_in_use(authority_id: int, numbers: Sequence[int]) -> Any:
    standing = _findings(authority_id, col(Finding.inspection_number).in_(numbers)).subquery()
    return select(standing.c.inspection_number)


def _areas_in_use(authority_id: int, numbers: Sequence[int]) -> Any:
    return (
        select(ActionInArea.area_number)
        .join(Action, sa.and_(
            col(Action.authority_id) == ActionInArea.authority_id, col(Action.number) == ActionInArea.action_number
        ))
        .where(ActionInArea.authority_id == authority_id, col(ActionInArea.area_number).in_(numbers), _unfinished())
    )  # fmt: skip


def _unfinished() -> Any:
    return col(Action.status).in_((ActionStatus.open, ActionStatus.completed))


def _answers_open_area(authority_id: int) -> Any:
    answering = _open_area(ActionInArea, authority_id).subquery()
    return col(Action.number).in_(sa.select(answering.c.action_number))


def _plans_in_use(authority_id: int, numbers: Sequence[int]) -> Any:
    unfinished = sa.or_(_unfinished(), _answers_open_area(authority_id))
    return select(Action.plan_number).where(
        Action.authority_id == authority_id, col(Action.plan_number).in_(numbers), unfinished
    )


def _actions_in_use(authority_id: int, numbers: Sequence[int]) -> Any:
    return select(Action.number).where(
        Action.authority_id == authority_id, col(Action.number).in_(numbers), _answers_open_area(authority_id)
    )


_ASKED: dict[str, Callable[[int, Sequence[int]], Any]] = {
    SELF_ASSESSMENT: _looked_back_on, INSPECTION: _inspections_in_use, FINDING: _findings_in_use,
    AREA: _areas_in_use, PLAN: _plans_in_use, ACTION: _actions_in_use,
}  # fmt: skip
