"""Writes of improvement plans: a plan and its themes."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app.improvement.actions.service import post_view, require_qa
from audit_app.improvement.service_log import note_taker
from findings import register
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
    """Change what a plan says of itself; Stale when somebody else has changed it meanwhile."""
    require_qa(session)
    owner = _owner(session, owner_post_id, today)
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
) -> Theme:
    """Add a theme at the end of a plan."""
    require_qa(session)
    post = post_view(session, owner_post_id, today, "owner_post_id")
    return register.add_theme(
        session,
        authority_id,
        plan_number=plan_number,
        title=title,
        owner_post_id=post.id if post else None,
        owner_post_title=post.title if post else "",
        by=by,
        now=now,
        note=note_taker(session, authority_id, by=by, now=now),
    )
