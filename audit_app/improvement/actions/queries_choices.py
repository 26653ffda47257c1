"""Reads of what there is to choose from in the forms and filters of plan actions."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, func, or_, select

from audit_app import alphabet
from findings import queries as thread
from findings.references import ACTION, AREA, PLAN, reference
from findings.states import ActionStatus, AreaStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Milestone,
    Plan,
    Theme,
)

SHORT = 90
MOST_AREAS = 100
LONGEST_NUMBER = 10


def shortened(text: str) -> str:
    """The first words of a long text, for a list of choices."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHORT else f"{flat[:SHORT].rsplit(' ', 1)[0]}…"


def plan_choices(session: Session, authority_id: int) -> list[tuple[int, str]]:
    """Every plan, the newest first."""
    return [
        (plan.number, f"{reference(PLAN, plan.number)} {plan.title}")
        for plan in thread.list_plans(session, authority_id)
    ]


def home_choices(session: Session, authority_id: int) -> list[tuple[str, str]]:
    """Each plan, and each of its themes beneath it; the value holds both numbers."""
    themes = themes_in_order(thread.list_themes(session, authority_id))
    homes: list[tuple[str, str]] = []
    for plan in thread.list_plans(session, authority_id):
        homes.append((str(plan.number), plan.title))
        homes += [(f"{plan.number}:{x.id}", f"{plan.title}: {y}") for x, y in themes if x.plan_number == plan.number]
    return homes


def themes_in_order(themes: Iterable[Theme]) -> list[tuple[Theme, str]]:
    """Each theme with its title, and after it those under it, their titles after its own."""
    listed = list(themes)
    ordered = []
    for theme in listed:
        if theme.parent_id is None:
            ordered.append((theme, theme.title))
            ordered += [(x, f"{theme.title}: {x.title}") for x in listed if x.parent_id == theme.id]
    return ordered


def home_of(action: Action) -> str:
    """The choice that stands for an action's plan and theme."""
    if action.plan_number is None:
        return ""
    return f"{action.plan_number}:{action.theme_id}" if action.theme_id else str(action.plan_number)


def area_choices(session: Session, authority_id: int, named: Iterable[int] = ()) -> tuple[list[tuple[int, str]], bool]:
    """The newest open areas for improvement, and those named even where they have closed; whether there are more."""
    open_ones = _open(authority_id).order_by(col(AreaForImprovement.number).desc()).limit(MOST_AREAS + 1)
    newest = session.exec(open_ones).all()
    return _areas(session, authority_id, {*newest[:MOST_AREAS], *named}), len(newest) > MOST_AREAS


def filter_areas(session: Session, authority_id: int, chosen: str) -> list[tuple[int, str]]:
    """The newest open areas for the filter of the register, and the chosen one: thousands would make a book of it."""
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < LONGEST_NUMBER else 0
    return area_choices(session, authority_id, {number})[0]


def open_among(session: Session, authority_id: int, numbers: Iterable[int]) -> set[int]:
    """Those of these areas that are open."""
    return set(session.exec(_open(authority_id).where(col(AreaForImprovement.number).in_(sorted(numbers)))).all())


def _open(authority_id: int) -> Any:
    return select(AreaForImprovement.number).where(
        AreaForImprovement.authority_id == authority_id, AreaForImprovement.status == AreaStatus.open
    )


def _areas(session: Session, authority_id: int, numbers: Iterable[int]) -> list[tuple[int, str]]:
    query = (
        select(AreaForImprovement.number, AreaForImprovement.heading)
        .where(AreaForImprovement.authority_id == authority_id)
        .where(col(AreaForImprovement.number).in_(sorted(numbers)))
        .order_by(col(AreaForImprovement.number))
    )
    return [(number, f"{reference(AREA, number)} {shortened(heading)}") for number, heading in session.exec(query)]


def areas_of(session: Session, authority_id: int, action_number: int) -> list[int]:
    """The areas an action answers."""
    query = select(ActionInArea.area_number).where(
        ActionInArea.authority_id == authority_id, ActionInArea.action_number == action_number
    )
    return sorted(session.exec(query).all())


def lead_choices(session: Session, authority_id: int) -> list[tuple[int, str]]:
    """The posts that lead an action, as they are called in the newest of their actions."""
    led = (Action.authority_id == authority_id, col(Action.lead_post_id).is_not(None))
    newest = select(func.max(Action.number)).where(*led).group_by(col(Action.lead_post_id))
    query = select(Action.lead_post_id, Action.lead_post_title).where(*led, col(Action.number).in_(newest))
    named = {post_id: title for post_id, title in session.exec(query) if post_id is not None}
    return alphabet.in_order(named.items(), lambda pair: pair[1])


def plan_title(session: Session, authority_id: int, number: int) -> str:
    """What a plan is called; nothing when there is none."""
    query = select(Plan.title).where(Plan.authority_id == authority_id, Plan.number == number)
    return session.exec(query).first() or ""


def action_choices(session: Session, authority_id: int, action: Action) -> list[tuple[int, str]]:
    """The open actions of the same plan, by their references; the action itself where it is in none."""
    query = select(Action).where(col(Action.authority_id) == authority_id, Action.status == ActionStatus.open)
    same = col(Action.number) == action.number
    in_plan = col(Action.plan_number) == action.plan_number if action.plan_number else same
    rows = session.exec(query.where(or_(in_plan, same)).order_by(col(Action.number)))
    return [(row.number, f"{reference(ACTION, row.number)} {shortened(row.what)}") for row in rows]


def step_choices(session: Session, authority_id: int, action: Action, without: int) -> list[tuple[int, str]]:
    """The other milestones of the open actions of the same plan, each with its action, in order."""
    numbers = [number for number, _ in action_choices(session, authority_id, action)]
    query = select(Milestone).where(
        col(Milestone.authority_id) == authority_id,
        col(Milestone.action_number).in_(numbers),
        col(Milestone.removed_at).is_(None),
        col(Milestone.id) != without,
    )
    rows = session.exec(query.order_by(col(Milestone.action_number), col(Milestone.position), col(Milestone.id)))
    return [(row.id, f"{reference(ACTION, row.action_number)}: {shortened(row.text)}") for row in rows]
