"""What a part of a plan said before it was changed, moved or taken out: one row a change, written and never changed."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum

from sqlmodel import Session

from findings.register import rows
from findings.states import PlanPart, PlanStep
from findings.tables import Action, Measure, Milestone, Plan, PlanChange, PlanReview, PlanRisk, Theme

Part = Plan | Theme | Action | Milestone | PlanReview | PlanRisk | Measure
PARTS: Mapping[type, PlanPart] = {
    Plan: PlanPart.plan,
    Theme: PlanPart.theme,
    Action: PlanPart.action,
    Milestone: PlanPart.milestone,
    PlanReview: PlanPart.review,
    PlanRisk: PlanPart.risk,
    Measure: PlanPart.measure,
}
PLACES = frozenset({"position", "parent_id", "theme_id", "plan_number", "action_number"})


def change(
    session: Session,
    row: Part,
    changes: Mapping[str, object],
    allowed: Iterable[str],
    *,
    by: int,
    now: datetime,
    why: str = "",
    required: tuple[str, ...] = (),
    step: PlanStep = PlanStep.changed,
) -> list[str]:
    """Set columns of a part of a plan and keep what they said before; nothing is kept where nothing differs.

    A change of place alone is kept as moved.
    """
    before = {name: getattr(row, name) for name in changes if hasattr(row, name)}
    home = _home(session, row)
    changed = rows.change(session, row, changes, allowed, required=required)
    if changed:
        only_moved = step is PlanStep.changed and PLACES.issuperset(changed)
        kept = {name: before[name] for name in changed}
        _keep(session, row, home, kept, PlanStep.moved if only_moved else step, by=by, now=now, why=why)
    return changed


def _home(session: Session, row: Part) -> tuple[int | None, int | None]:
    """The plan and the action a part belongs to, as it stood before it was changed."""
    if isinstance(row, Plan):
        return row.number, None
    if isinstance(row, Action):
        return row.plan_number, row.number
    if isinstance(row, Measure) and row.action_number is None:
        return row.plan_number, None
    if isinstance(row, Milestone | Measure):
        action = session.get(Action, (row.authority_id, row.action_number or 0))
        return (action.plan_number if action else None), row.action_number
    return row.plan_number, None


def _keep(
    session: Session,
    row: Part,
    home: tuple[int | None, int | None],
    before: Mapping[str, object],
    step: PlanStep,
    *,
    by: int,
    now: datetime,
    why: str,
) -> None:
    rows.add(
        session,
        PlanChange(
            authority_id=row.authority_id,
            plan_number=home[0],
            action_number=home[1],
            row_id=None if isinstance(row, Plan | Action) else row.id,
            part=PARTS[type(row)],
            step=step,
            before=json.dumps({name: _plain(value) for name, value in before.items()}, ensure_ascii=False),
            why=why,
            changed_by=by,
            changed_at=now,
        ),
    )


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value
