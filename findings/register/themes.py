"""Writes of a plan's themes, at two levels: added, changed, moved, taken out with where their actions go, put back."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings.errors import Invalid, OutOfTurn
from findings.references import PLAN, reference
from findings.register import plan_history, rows
from findings.register.rows import Note, quiet
from findings.states import PlanStep
from findings.tables import Action, Plan, Theme

TOP = "A theme that stands under another can have none under itself. Choose a theme of the first level."


class ThemeFields(TypedDict, total=False):
    """What may be said of a theme beside its title."""

    label: str
    owner_post_id: int | None
    owner_post_title: str
    owner_printed: str
    description: str
    aims: str
    staff_said: str
    corporate_priority: str
    monitoring: str


class ThemeChanges(ThemeFields, total=False):
    """What may be corrected on a theme; where it stands changes by `move_theme`."""

    title: str


def in_force(session: Session, authority_id: int, plan_number: int) -> list[Theme]:
    """The themes of a plan that have not been taken out, in order."""
    every = rows.belonging_to(session, Theme, authority_id, "plan_number", plan_number)
    return sorted((theme for theme in every if theme.removed_at is None), key=lambda x: (x.position, x.id))


def add_theme(
    session: Session,
    authority_id: int,
    *,
    plan_number: int,
    title: str,
    parent_id: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[ThemeFields],
) -> Theme:
    """Add a theme at the end of a plan, or at the end of another theme."""
    rows.fetch(session, Plan, authority_id, plan_number, PLAN)
    _check_parent(session, authority_id, plan_number, parent_id)
    siblings = [x for x in in_force(session, authority_id, plan_number) if x.parent_id == parent_id]
    position = max((x.position for x in siblings), default=0) + 1
    row = Theme(
        authority_id=authority_id, plan_number=plan_number, parent_id=parent_id, position=position, title=title, **more
    )
    rows.add(session, row, required=("title",))
    note("theme_added", reference(PLAN, plan_number), {"position": position})
    return row


def _check_parent(session: Session, authority_id: int, plan_number: int, parent_id: int | None) -> None:
    """A theme stands under a theme of the first level of its own plan, or under none."""
    if parent_id is None:
        return
    parent = rows.fetch_inner(session, Theme, authority_id, parent_id, "theme")
    if parent.plan_number != plan_number or parent.removed_at is not None:
        raise Invalid("parent_id", "This theme is not in the plan. Choose a theme of the same plan.")
    if parent.parent_id is not None:
        raise Invalid("parent_id", TOP)


def get_theme_in_force(session: Session, authority_id: int, theme_id: int, revision: int | None = None) -> Theme:
    """A theme held for a change, if it has not been taken out.

    Raises:
        NotFound: There is no such theme.
        Stale: It changed since it was read.
        OutOfTurn: It was taken out.
    """
    row = rows.fetch_inner(session, Theme, authority_id, theme_id, "theme")
    rows.same_revision(row, revision)
    if row.removed_at is not None:
        raise OutOfTurn("This theme has been taken out of its plan. Put it back before you change it.")
    return row


def correct_theme(
    session: Session,
    authority_id: int,
    theme_id: int,
    *,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[ThemeChanges],
) -> Theme:
    """Change what a theme says; what it said before is kept."""
    row = get_theme_in_force(session, authority_id, theme_id, revision)
    allowed = ThemeChanges.__annotations__
    changed = plan_history.change(session, row, {**changes}, allowed, required=("title",), by=by, now=now)
    if changed:
        note("theme_changed", reference(PLAN, row.plan_number), {"fields": changed})
    return row


def move_theme(
    session: Session,
    authority_id: int,
    theme_id: int,
    *,
    parent_id: int | None,
    after_id: int | None,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Theme:
    """Move a theme within its plan: under another theme or under none, and after a sibling or to the front."""
    row = get_theme_in_force(session, authority_id, theme_id, revision)
    everywhere = in_force(session, authority_id, row.plan_number)
    _check_parent(session, authority_id, row.plan_number, parent_id)
    if parent_id is not None and (parent_id == row.id or any(x.parent_id == row.id for x in everywhere)):
        raise Invalid("parent_id", "This theme has themes under it. Move those first, or leave it at the first level.")
    siblings = [x for x in everywhere if x.parent_id == parent_id and x.id != row.id]
    _after(siblings, row, after_id)
    for position, theme in enumerate(siblings, start=1):
        places = {"parent_id": parent_id, "position": position}
        if theme.id == row.id:
            plan_history.change(session, theme, places, places, by=by, now=now)
        else:
            rows.change(session, theme, {"position": position}, ("position",))
    note("theme_moved", reference(PLAN, row.plan_number), {"position": row.position})
    return row


def _after(siblings: list[Theme], row: Theme, after_id: int | None) -> None:
    """Put a row among its siblings: after one of them, or first."""
    if after_id is None:
        siblings.insert(0, row)
        return
    places = [place for place, theme in enumerate(siblings) if theme.id == after_id]
    if not places:
        raise Invalid("after_id", "Choose where it goes from the list: it is to stand after a theme of the same level.")
    siblings.insert(places[0] + 1, row)


def remove_theme(
    session: Session,
    authority_id: int,
    theme_id: int,
    *,
    why: str,
    actions_to: int | None = None,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Theme:
    """Take a theme out of its plan; its actions go to another theme or to none, and the row stays readable.

    Raises:
        Invalid: Themes stand under it, no reason is given, or its actions would go to a theme that is not there.
    """
    row = get_theme_in_force(session, authority_id, theme_id, revision)
    everywhere = in_force(session, authority_id, row.plan_number)
    if any(theme.parent_id == row.id for theme in everywhere):
        raise Invalid("why", "Themes stand under this one. Move them or take them out first.")
    if actions_to is not None and actions_to not in {theme.id for theme in everywhere} - {row.id}:
        raise Invalid("actions_to", "Choose where its actions go from the list.")
    actions = rows.belonging_to(session, Action, authority_id, "theme_id", theme_id)
    _move_actions(session, actions, actions_to, by=by, now=now)
    take_out(session, row, why=why, by=by, now=now)
    note("theme_removed", reference(PLAN, row.plan_number), {"actions": len(actions)})
    return row


def _move_actions(session: Session, actions: Iterable[Action], to: int | None, *, by: int, now: datetime) -> None:
    for action in actions:
        plan_history.change(session, action, {"theme_id": to}, ("theme_id",), by=by, now=now)


def take_out(session: Session, row: plan_history.Part, *, why: str, by: int, now: datetime) -> None:
    """Mark a part of a plan as taken out, with the reason; it is read no more where plans are shown."""
    state = {"removed_at": now, "removed_by": by, "removed_why": why}
    required = ("removed_why",)
    plan_history.change(session, row, state, state, required=required, by=by, now=now, why=why, step=PlanStep.removed)


def put_back(session: Session, row: plan_history.Part, *, by: int, now: datetime) -> None:
    """Undo `take_out`; that it was out stays on record."""
    state = {"removed_at": None, "removed_by": None, "removed_why": ""}
    plan_history.change(session, row, state, state, by=by, now=now, step=PlanStep.restored)


def restore_theme(
    session: Session, authority_id: int, theme_id: int, *, by: int, now: datetime, note: Note = quiet
) -> Theme:
    """Put a theme back where it was; at the end of the first level where the theme it stood under is gone."""
    row = rows.fetch_inner(session, Theme, authority_id, theme_id, "theme")
    if row.removed_at is None:
        raise OutOfTurn("This theme is in its plan already.")
    there = [theme for theme in in_force(session, authority_id, row.plan_number) if theme.parent_id is None]
    put_back(session, row, by=by, now=now)
    if row.parent_id is not None and row.parent_id not in {theme.id for theme in there}:
        last = {"parent_id": None, "position": max((theme.position for theme in there), default=0) + 1}
        plan_history.change(session, row, last, last, by=by, now=now)
    note("theme_restored", reference(PLAN, row.plan_number), {})
    return row
