"""Handing over everything a leaver holds, in one go and from a day on; and what of it this feature itself knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from audit_app import alphabet, history
from audit_app.errors import Invalid
from audit_app.people import hooks, queries
from audit_app.people.access.scope import held_on
from audit_app.people.directory import queries_rows, service
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import EscalationContact, ManagerSpell, Post, PostHolding

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One kind of thing the person holds, and each of them."""

    part: HandoverPart
    things: tuple[HeldThing, ...]


def list_held(session: Session, person_id: int, on: date) -> list[Held]:
    """Everything open that a person holds on a day, kind by kind; kinds with nothing are left out."""
    service.get_person(session, person_id)
    authority_id = queries.authority_of(session)
    kinds = [Held(part, tuple(part.list_open(session, authority_id, person_id, on))) for part in all_parts()]
    return [held for held in kinds if held.things]


def all_parts() -> tuple[HandoverPart, ...]:
    """This feature's own kinds, then those of the features above."""
    return (*OWN_PARTS, *hooks.handover_parts)


def hand_over(
    session: Session, person_id: int, chosen: Mapping[tuple[str, str], int], *, on: date, by: int, now: datetime
) -> int:
    """Give each chosen thing, named by part and key, to its new holder from a day on; returns how many.

    Raises:
        Invalid: a thing is not the person's, or a new holder is not somebody else of this council.
    """
    held = list_held(session, person_id, on)
    known = {(kind.part.code, thing.key) for kind in held for thing in kind.things}
    if not set(chosen) <= known:
        raise Invalid("chosen", "Something on this page has changed meanwhile. Load the page again")
    holders = set(chosen.values())
    active = {person.id for person in queries.list_people_views(session, on)}
    if person_id in holders or not holders <= active:
        raise Invalid("chosen", "Choose somebody else who has a role in this council on that day")
    for kind in held:
        _hand_over_part(session, kind, chosen, person_id=person_id, on=on, by=by, now=now)
    return len(chosen)


def _hand_over_part(
    session: Session,
    kind: Held,
    chosen: Mapping[tuple[str, str], int],
    *,
    person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    by_holder: dict[int, list[str]] = {}
    for thing in kind.things:
        new = chosen.get((kind.part.code, thing.key))
        if new is not None:
            by_holder.setdefault(new, []).append(thing.key)
    authority_id = queries.authority_of(session)
    for new, keys in by_holder.items():
        kind.part.hand_over(session, authority_id, keys, person_id=person_id, new_person_id=new, on=on, by=by, now=now)
        facts: dict[str, str | int] = {
            "count": len(keys),
            "part": kind.part.code,
            "person": person_id,
            "new": new,
            "on": on.isoformat(),
        }
        history.note(session, "people.handed_over", by=by, authority_id=authority_id, facts=facts, now=now)


def leave(session: Session, person_id: int, *, last_day: date, by: int, now: datetime) -> None:
    """End every role, place in a team and manager record of a leaver after their last day; none planned begins."""
    after = last_day + DAY
    for role in sorted({row.role for row in queries_rows.memberships_from(session, person_id, after)}):
        service.end_role(session, person_id, role, last_day=last_day, by=by, now=now)
    for team_id in sorted({row.team_id for row in queries_rows.places_from(session, person_id, after)}):
        service.leave_team(session, person_id, team_id, last_day=last_day, by=by, now=now)
    service.set_manager(session, person_id, None, from_on=after, by=by, now=now)


# --- what this feature knows -----------------------------------------------------------------------------------------


def _managed_teams(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    rows = [row for row in service.places_on(session, person_id, on) if row.manages]
    return [HeldThing(str(row.team_id), f"Manager of {_team_name(session, row.team_id, on)}") for row in rows]


def _team_name(session: Session, team_id: int, on: date) -> str:
    team = queries.team_as_of(session, team_id, on)
    return team.name if team else "a team"


def _give_teams(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    for key in keys:
        service.leave_team(session, person_id, int(key), last_day=on - DAY, by=by, now=now)
        service.put_into_team(
            session, new_person_id, int(key), manages=True, from_on=on, by=by, now=now, keep_others=True
        )


def _held_posts(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    rows = session.exec(
        select(Post.id, Post.title)
        .join(PostHolding, PostHolding.post_id == Post.id)  # type: ignore[arg-type]
        .where(
            Post.authority_id == authority_id,
            PostHolding.authority_id == authority_id,
            PostHolding.person_id == person_id,
            held_on(PostHolding, on),
        )
    ).all()
    named = alphabet.in_order(rows, lambda row: row[1])
    return [HeldThing(str(post_id), f"Post: {title}, with the plan actions it leads") for post_id, title in named]


def _give_posts(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    for key in keys:
        posts.give_post(session, int(key), new_person_id, on=on, by=by, now=now)


def _contact_places(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    services = dict(queries.list_services(session, on))
    rows = [row for row in queries.list_contacts(session) if row.person_id == person_id]
    return [
        HeldThing(str(row.id), f"Escalation contact for {services.get(row.service_id or 0, 'every service')}")
        for row in rows
    ]


def _give_contacts(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    """Contacts have no dates: the new one is told from now on, and once only. The old telephone number goes."""
    rows = (session.get(EscalationContact, (authority_id, int(key))) for key in keys)
    for row in filter(None, rows):  # one that went in this very moment needs nobody
        theirs = [
            contact.service_id for contact in queries.list_contacts(session) if contact.person_id == new_person_id
        ]
        if row.service_id in theirs:
            session.delete(row)
        else:
            row.person_id, row.telephone = new_person_id, ""
            session.add(row)


def _people_managed(session: Session, authority_id: int, person_id: int, on: date) -> list[HeldThing]:
    rows = session.exec(
        select(ManagerSpell.person_id).where(
            ManagerSpell.authority_id == authority_id, ManagerSpell.manager_id == person_id, held_on(ManagerSpell, on)
        )
    ).all()
    names = queries.names_of(session, rows)
    return [
        HeldThing(str(managed_id), f"Manager of {names.get(managed_id, 'somebody who has left')}")
        for managed_id in rows
    ]


def _give_people(
    session: Session,
    authority_id: int,
    keys: Collection[str],
    *,
    person_id: int,
    new_person_id: int,
    on: date,
    by: int,
    now: datetime,
) -> None:
    """A new manager is not made their own manager: they keep whom they had above."""
    for key in keys:
        if int(key) != new_person_id:
            service.set_manager(session, int(key), new_person_id, from_on=on, by=by, now=now)


OWN_PARTS = (
    HandoverPart("teams", "Teams they manage", _managed_teams, _give_teams),
    HandoverPart("posts", "Posts they hold", _held_posts, _give_posts),
    HandoverPart("contacts", "Escalation contact", _contact_places, _give_contacts),
    HandoverPart("managed", "People they manage", _people_managed, _give_people),
)
