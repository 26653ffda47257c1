"""Writes of what is planned: actions with their leads, dates and areas, moved, withdrawn and opened again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from audit_app import history, notices
from audit_app.improvement.actions import notice_words
from audit_app.improvement.actions.queries import delivery_leads
from audit_app.improvement.service_log import note_taker
from audit_app.people import queries as people
from audit_app.people.queries import PostView
from audit_app.people.tables import Role
from findings import register
from findings.errors import Invalid, NotAllowed
from findings.references import ACTION, reference
from findings.register import Lead
from findings.states import Delivery
from findings.tables import Action, ActionInArea

EXPORTED = history.declare_event(
    "improvement.exported", "{who} exported {what} as {reference}: {count} rows", facts=("chosen",)
)


def require_qa(session: Session) -> None:
    """Plans are written by QA managers.

    Raises:
        NotAllowed: the session's person is none.
    """
    scope = session.info.get("scope")
    if scope is None or not (scope.everything or scope.has(Role.qa_manager)):
        raise NotAllowed("Plans and their actions are written by a QA manager. Ask one to make this change.")


def post_view(session: Session, post_id: int | None, today: date, field: str) -> PostView | None:
    """A post of this council with its holder; None when none was chosen (OB-5).

    Raises:
        Invalid: the post is not one of this council's open posts.
    """
    if post_id is None:
        return None
    post = {post.id: post for post in people.list_posts(session, today)}.get(post_id)
    if post is None:
        raise Invalid(field, "Choose a post from the list.")
    return post


def add_action(
    session: Session,
    authority_id: int,
    *,
    lead_post_id: int | None,
    delivery_post_ids: Sequence[int] = (),
    areas: Sequence[int] = (),
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Action:
    """Add an action to a plan, with who leads and delivers it and the areas it answers, and tell them."""
    require_qa(session)
    lead = _lead(session, lead_post_id, today)
    leads = _delivery(session, delivery_post_ids, today)
    action = register.add_action(
        session,
        authority_id,
        areas=areas,
        delivery_leads=leads,
        by=by,
        now=now,
        note=note_taker(session, authority_id, by=by, now=now),
        **fields,
        **lead,
    )
    _tell(session, action, [lead["lead_person_id"]], notice_words.LEAD_NAMED, by=by, now=now)
    _tell(session, action, (lead.person_id for lead in leads), notice_words.DELIVERY_NAMED, by=by, now=now)
    return action


def _lead(session: Session, post_id: int | None, today: date) -> dict[str, Any]:
    post = post_view(session, post_id, today, "lead_post_id")
    return {
        "lead_post_id": post.id if post else None,
        "lead_person_id": post.holder_id if post else None,
        "lead_post_title": post.title if post else "",
    }


def _delivery(session: Session, post_ids: Sequence[int], today: date) -> list[Lead]:
    posts = [post_view(session, post_id, today, "delivery_post_ids") for post_id in dict.fromkeys(post_ids)]
    return [Lead(post.title, post.id, post.holder_id) for post in posts if post is not None]


def _tell(
    session: Session, action: Action, people_told: Iterable[int | None], code: str, *, by: int, now: datetime
) -> None:
    """Tell people of an action, but nobody of what they did themselves."""
    for person_id in {person for person in people_told if person is not None and person != by}:
        notices.tell(session, action.authority_id, person_id, code, reference(ACTION, action.number), now)


def correct_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    lead_post_id: int | None,
    delivery_post_ids: Sequence[int],
    areas: Sequence[int],
    by: int,
    now: datetime,
    today: date,
    **fields: Any,
) -> Action:
    """Change an open action: its words, who leads and delivers it, and the areas it answers.

    A post left as it was keeps the person recorded with it, so that correcting a word does not change whose it is.
    """
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    before = register.get_open_action(session, authority_id, number, revision)
    led_by, lead_post = before.lead_person_id, before.lead_post_id
    lead = _lead(session, lead_post_id, today) if lead_post_id != lead_post else {}
    action = register.correct_action(session, authority_id, number, **more, **fields, **lead)
    if lead and lead["lead_person_id"] != led_by:
        _tell(session, action, [lead["lead_person_id"]], notice_words.LEAD_NAMED, by=by, now=now)
    _change_delivery(session, action, delivery_post_ids, by=by, now=now, today=today)
    _change_areas(session, action, areas, by=by, now=now)
    return action


def _change_delivery(
    session: Session, action: Action, post_ids: Sequence[int], *, by: int, now: datetime, today: date
) -> None:
    """Say anew who delivers, when it is not who it was; those who have no post stay."""
    old = delivery_leads(session, action)
    if {lead.post_id for lead in old if lead.post_id is not None} == set(post_ids):
        return
    known = {lead.post_id: Lead(lead.post_title, lead.post_id, lead.person_id) for lead in old}
    kept = [Lead(lead.post_title, None, lead.person_id) for lead in old if lead.post_id is None]
    new = _delivery(session, [post_id for post_id in post_ids if post_id not in known], today)
    leads = [*kept, *(known[post_id] for post_id in post_ids if post_id in known), *new]
    note = note_taker(session, action.authority_id, by=by, now=now)
    register.name_delivery_leads(session, action.authority_id, action.number, leads=leads, by=by, now=now, note=note)
    _tell(session, action, (lead.person_id for lead in new), notice_words.DELIVERY_NAMED, by=by, now=now)


def _change_areas(session: Session, action: Action, areas: Sequence[int], *, by: int, now: datetime) -> None:
    query = select(ActionInArea.area_number).where(
        ActionInArea.authority_id == action.authority_id, ActionInArea.action_number == action.number
    )
    old, new = set(session.exec(query).all()), set(areas)
    note = note_taker(session, action.authority_id, by=by, now=now)
    more: dict[str, Any] = {"action_number": action.number, "by": by, "now": now, "note": note}
    for area in sorted(new - old):
        register.link_action(session, action.authority_id, area_number=area, **more)
    for area in sorted(old - new):
        register.unlink_action(session, action.authority_id, area_number=area, **more)


def change_due_date(
    session: Session,
    authority_id: int,
    number: int,
    *,
    new_on: date | None,
    due_text: str,
    why: str,
    revision: int,
    by: int,
    now: datetime,
) -> Action:
    """Move an action's due date with the reason; the old date stays on record."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    return register.change_due_date(session, authority_id, number, new_on=new_on, due_text=due_text, why=why, **more)


def withdraw_action(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> Action:
    """Withdraw an open action with a reason; it stays readable."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    return register.withdraw_action(session, authority_id, number, reason=reason, **more)


def reopen_action(
    session: Session,
    authority_id: int,
    number: int,
    *,
    delivery: Delivery,
    reason: str,
    revision: int,
    by: int,
    now: datetime,
    today: date,
) -> Action:
    """Open an action again, with the reason, and tell its lead."""
    require_qa(session)
    note = note_taker(session, authority_id, by=by, now=now)
    more: dict[str, Any] = {"revision": revision, "by": by, "now": now, "note": note}
    action = register.reopen_action(
        session, authority_id, number, delivery=delivery, text=reason, dated_on=today, **more
    )
    holder = people.holder_of(session, action.lead_post_id, today)
    _tell(session, action, [holder or action.lead_person_id], notice_words.REOPENED, by=by, now=now)
    return action


def note_export(
    session: Session, authority_id: int, export_id: str, *, count: int, chosen: str, by: int, now: datetime
) -> None:
    """Tell the log that actions left as a workbook: how many, and by which filters they were chosen."""
    facts: dict[str, str | int] = {"what": "plan actions", "count": count, "chosen": chosen}
    history.note(session, EXPORTED, export_id, by=by, authority_id=authority_id, facts=facts, now=now)
