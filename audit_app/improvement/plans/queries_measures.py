"""Reads of what a measure said before it was changed: what counted then stays on record beside what counts now."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from audit_app.improvement.actions import measuring
from audit_app.improvement.wording import who_and_when
from audit_app.people import queries as people
from findings.states import Band, PlanPart
from findings.tables import PlanChange

NAMES = {
    "name": "What is counted", "unit": "Unit", "baseline": "Where it begins", "target": "Target",
    "due_text": "Date of delivery", **{f"band_{band.value}": band.title for band in Band},
}  # fmt: skip


@dataclass(frozen=True)
class MeasureChange:
    """One change of a measure: by whom and when, why, and what each field that changed said before."""

    who: str
    why: str
    before: tuple[tuple[str, str], ...]


def changes_of(session: Session, authority_id: int, measures: Iterable[int]) -> dict[int, list[MeasureChange]]:
    """What some measures said before, by their ids, the newest change first."""
    query = select(PlanChange).where(
        PlanChange.authority_id == authority_id,
        PlanChange.part == PlanPart.measure,
        col(PlanChange.row_id).in_(list(measures)),
    )
    rows = session.exec(query.order_by(col(PlanChange.changed_at).desc(), col(PlanChange.id).desc())).all()
    names = people.names_of(session, [row.changed_by for row in rows])
    listed: dict[int, list[MeasureChange]] = defaultdict(list)
    for row in rows:
        who = who_and_when(row.changed_at, names, row.changed_by)
        before = tuple((NAMES[name], _text(value)) for name, value in json.loads(row.before).items() if name in NAMES)
        listed[row.row_id or 0].append(MeasureChange(who, row.why, before))
    return listed


def _text(value: Any) -> str:
    if isinstance(value, int | float):
        return measuring.figure(value)
    return str(value) if value not in (None, "") else "nothing"
