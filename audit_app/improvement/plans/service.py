"""Writes of improvement plans: a plan, its themes, and what hangs on it as a whole."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app.improvement.actions.service import post_view, require_qa
from audit_app.improvement.service_log import note_taker
from findings import queries, register
from findings.states import PlanPart
from findings.tables import Plan, Theme


def open_plan(
    session: Session,
    authority_id: int,
    *,
    owner_post_id: int | None,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Plan:
    """Open a plan under a title, with its owner post as it is called today."""
    require_qa(session)
    owner = _owner(session, owner_post_id, today)
    note = note_taker(session, authority_id, by=by, now=now)
    return register.open_plan(session, authority_id, by=by, now=now, note=note, **fields, **owner)


def correct_plan(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    owner_post_id: int | None,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Plan:
    """Change what a plan says of itself; Stale when somebody else has changed it meanwhile.

    A post left as it was keeps the person recorded with it, though it has closed since.
    """
    require_qa(session)
    before = queries.get_plan(session, authority_id, number)
    owner = _owner(session, owner_post_id, today) if owner_post_id != before.owner_post_id else {}
    note = note_taker(session, authority_id, by=by, now=now)
    return register.correct_plan(
        session, authority_id, number, revision=revision, by=by, now=now, note=note, **fields, **owner
    )


def _owner(session: Session, post_id: int | None, today: date) -> dict[str, Any]:
    post = post_view(session, post_id, today, "owner_post_id")
    return {
        "owner_post_id": post.id if post else None,
        "owner_person_id": post.holder_id if post else None,
        "owner_post_title": post.title if post else "",
    }


def add_theme(
    session: Session,
    authority_id: int,
    plan_number: int,
    *,
    title: str,
    owner_post_id: int | None,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Theme:
    """Add a theme at the end of a plan, or at the end of another theme."""
    require_qa(session)
    more = _more(session, authority_id, by, now)
    owner = _theme_owner(session, owner_post_id, today)
    return register.add_theme(session, authority_id, plan_number=plan_number, title=title, **owner, **fields, **more)


def _more(session: Session, authority_id: int, by: int, now: datetime) -> dict[str, Any]:
    return {"by": by, "now": now, "note": note_taker(session, authority_id, by=by, now=now)}


def _theme_owner(session: Session, post_id: int | None, today: date) -> dict[str, Any]:
    owner = _owner(session, post_id, today)
    return {name: owner[name] for name in ("owner_post_id", "owner_post_title")}


def correct_theme(
    session: Session,
    authority_id: int,
    theme: Theme,
    *,
    revision: int,
    owner_post_id: int | None,
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Theme:
    """Change what a theme says; Stale when somebody else has changed it meanwhile."""
    require_qa(session)
    owner = _theme_owner(session, owner_post_id, today) if owner_post_id != theme.owner_post_id else {}
    more = _more(session, authority_id, by, now)
    return register.correct_theme(session, authority_id, theme.id, revision=revision, **owner, **fields, **more)


def move_theme(
    session: Session,
    authority_id: int,
    theme_id: int,
    *,
    parent_id: int | None,
    after_id: int | None,
    revision: int,
    by: int,
    now: datetime,
) -> Theme:
    """Move a theme within its plan."""
    require_qa(session)
    more = _more(session, authority_id, by, now)
    return register.move_theme(
        session, authority_id, theme_id, parent_id=parent_id, after_id=after_id, revision=revision, **more
    )


def remove_theme(
    session: Session,
    authority_id: int,
    theme_id: int,
    *,
    why: str,
    actions_to: int | None,
    revision: int,
    by: int,
    now: datetime,
) -> Theme:
    """Take a theme out of its plan with the reason; its actions go where they are sent."""
    require_qa(session)
    more = _more(session, authority_id, by, now)
    return register.remove_theme(
        session, authority_id, theme_id, why=why, actions_to=actions_to, revision=revision, **more
    )


def restore(session: Session, authority_id: int, part: PlanPart, row_id: int, *, by: int, now: datetime) -> None:
    """Put a theme or a milestone back into its plan."""
    require_qa(session)
    write = register.restore_theme if part is PlanPart.theme else register.restore_milestone
    write(session, authority_id, row_id, **_more(session, authority_id, by, now))


def write_part(session: Session, authority_id: int, write: Callable[..., Any], *given: Any, **fields: Any) -> Any:
    """Add, change or take out a review date, a risk or a measure of a plan, by the register's own write for that."""
    require_qa(session)
    by, now = fields.pop("by"), fields.pop("now")
    return write(session, authority_id, *given, **fields, **_more(session, authority_id, by, now))
