"""Reads of improvement plans: the list with what each holds, and one with its actions by theme."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from audit_app.improvement import colour_words
from audit_app.improvement.actions import queries_rows
from audit_app.improvement.actions.queries_rows import ActionRow
from audit_app.improvement.colour_words import Colour
from audit_app.improvement.queries import post_and_holder
from audit_app.improvement.wording import period_words
from audit_app.people import queries as people
from findings import queries as thread
from findings import rules_in_sql
from findings.queries import ActionFilter
from findings.references import PLAN, reference
from findings.states import ActionStatus
from findings.tables import Action, Plan, Theme


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list of plans, with how many of its actions have which colour."""

    plan: Plan
    actions: int
    overdue: int

    @property
    def reference(self) -> str:
        """PLN-0001."""
        return reference(PLAN, self.plan.number)

    @property
    def period(self) -> str:
        """From when to when."""
        return period_words(self.plan)


@dataclass(frozen=True)
class PlanPage:
    """A plan with its actions by theme; actions outside a theme come last."""

    plan: Plan
    period: str
    themes: tuple[tuple[Theme | None, tuple[ActionRow, ...]], ...]
    legend: tuple[Colour, ...]
    counts: tuple[tuple[Colour, int], ...]
    total: int
    owner: str


def list_plans(session: Session, authority_id: int, today: date) -> list[PlanRow]:
    """All plans, the newest first, with how many actions they hold and how many of those are overdue."""
    in_force = _count_by_plan(session, authority_id, col(Action.status) != ActionStatus.withdrawn)
    late = _count_by_plan(session, authority_id, rules_in_sql.overdue(today))
    return [
        PlanRow(plan, in_force.get(plan.number, 0), late.get(plan.number, 0))
        for plan in thread.list_plans(session, authority_id)
    ]


def _count_by_plan(session: Session, authority_id: int, *conditions: Any) -> dict[int, int]:
    query = select(Action.plan_number, func.count()).where(col(Action.authority_id) == authority_id, *conditions)
    counts = session.exec(query.group_by(col(Action.plan_number))).all()
    return {number: count for number, count in counts if number is not None}


def get_plan(session: Session, authority_id: int, number: int, today: date) -> PlanPage:
    """A plan with its actions by theme, or NotFound."""
    plan = thread.get_plan(session, authority_id, number)
    rows = queries_rows.every_action(session, authority_id, ActionFilter(plan_number=number), today)
    by_theme: dict[int | None, list[ActionRow]] = defaultdict(list)
    for row in rows:
        by_theme[row.action.theme_id].append(row)
    themes: list[tuple[Theme | None, tuple[ActionRow, ...]]] = [
        (theme, tuple(by_theme[theme.id])) for theme in thread.list_themes(session, authority_id, number)
    ]
    if by_theme[None]:
        themes.append((None, tuple(by_theme[None])))
    words_of = colour_words.standings(people.brag_words(session), plan)
    in_force = [row for row in rows if row.action.status is not ActionStatus.withdrawn]
    return PlanPage(
        plan=plan,
        period=period_words(plan),
        themes=tuple(themes),
        legend=colour_words.legend(words_of),
        counts=colour_words.counted(words_of, Counter(row.standing for row in in_force)),
        total=len(in_force),
        owner=post_and_holder(session, plan.owner_post_title, plan.owner_post_id, today),
    )
