"""Brings in the people of a confirmed workbook, in the caller's one transaction: all of them or none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, drafts, history
from audit_app.errors import OutOfTurn
from audit_app.people import queries
from audit_app.people.accounts import service as accounts
from audit_app.people.arrivals import queries as arriving
from audit_app.people.arrivals.planning import Arrival
from audit_app.people.directory import service as directory
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts as posts
from audit_app.people.organisation.names import same_as
from audit_app.people.tables import Person, Role
from audit_app.sheets import Row

KEPT_HOURS = 24


@dataclass(frozen=True)
class Waiting:
    """A workbook that was read without a fault and waits to be confirmed by the person who uploaded it."""

    sha256: str
    filename: str
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()  # how it was read: which sheet, and what was passed over


def keep(session: Session, path: str, waiting: Waiting, *, by: int, now: datetime) -> None:
    """Keep the rows for their uploader until confirmed, at most a day (IM-6: bound to the file's hash and the user)."""
    rows = json.dumps([[row.line, row.values] for row in waiting.rows])
    fields = [("sha256", waiting.sha256), ("filename", waiting.filename), ("rows", rows)]
    fields.append(("remarks", json.dumps(waiting.remarks)))
    authority_id = queries.authority_of(session)
    drafts.keep(session, authority_id=authority_id, person_id=by, path=path, fields=fields, reason=drafts.FILE, now=now)


def find(session: Session, path: str, *, by: int, now: datetime) -> Waiting | None:
    """What this person uploaded and has not confirmed yet."""
    authority_id = queries.authority_of(session)
    draft = drafts.find(session, authority_id=authority_id, person_id=by, path=path, now=now, hours=KEPT_HOURS)
    if draft is None or draft[1].reason != drafts.FILE:
        return None
    kept = dict(draft[0])
    rows = tuple(Row(line, values) for line, values in json.loads(kept["rows"]))
    return Waiting(kept["sha256"], kept["filename"], rows, tuple(json.loads(kept.get("remarks", "[]"))))


def bring_in(
    session: Session, waiting: Waiting, *, config: Mapping[str, Any], on: date, by: int, now: datetime
) -> tuple[int, int]:
    """Do what the preview said; planned afresh, so that what changed meanwhile is seen.

    Returns:
        How many rows changed something, and how many people were invited.

    Raises:
        OutOfTurn: the workbook no longer fits what is here; nothing is written.
    """
    plan = arriving.plan_arrivals(session, waiting.rows, by=by, on=on)
    if plan.faults:
        raise OutOfTurn("Something here has changed since you uploaded the workbook. Upload it again.")
    changing = plan.changing
    for arrival in changing:
        _person(session, arrival.values, on=on, by=by, now=now)
    for arrival in changing:
        _place(session, arrival.values, on=on, by=by, now=now)
    invited = _invite(session, changing, config=config, by=by, now=now)
    if changing:
        facts = {"count": len(changing)}
        authority_id = queries.authority_of(session)
        history.note(session, "people.imported", by=by, authority_id=authority_id, facts=facts, now=now)
    return len(changing), invited


def _person(session: Session, values: Mapping[str, Any], *, on: date, by: int, now: datetime) -> None:
    roles = {Role(role) for role in values["roles"]}
    person = accounts.find_account(session, values["user_name"])
    if person is None or not queries.names_of(session, [person.id]):
        directory.add_person(session, values["user_name"], values["name"], roles, from_on=on, by=by, now=now)
        return
    held = {row.role for row in directory.memberships_on(session, person.id, on)}
    for role in sorted(roles - held):
        directory.give_role(session, person.id, role, from_on=on, by=by, now=now)


def _known(session: Session, user_name: str) -> Person:
    person = accounts.find_account(session, user_name)
    if person is None:
        raise OutOfTurn("Something here has changed since you uploaded the workbook. Upload it again.")
    return person


def _place(session: Session, values: Mapping[str, Any], *, on: date, by: int, now: datetime) -> None:
    """Team, manager and post, once everybody is there."""
    person = _known(session, values["user_name"])
    if values["team"]:
        team_id = _team_id(session, values, on=on, by=by, now=now)
        manages = bool(values["manages"])
        places = directory.places_on(session, person.id, on)
        if not any(row.team_id == team_id and row.manages == manages for row in places):
            directory.put_into_team(session, person.id, team_id, manages=manages, from_on=on, by=by, now=now)
    if values["manager"]:
        manager = _known(session, values["manager"])
        directory.set_manager(session, person.id, manager.id, from_on=on, by=by, now=now)
    if values["post"]:
        _post(session, values["post"], person.id, on=on, by=by, now=now)


def _team_id(session: Session, values: Mapping[str, Any], *, on: date, by: int, now: datetime) -> int:
    for team in queries.list_teams(session, on):
        if same_as(team.name) == same_as(values["team"]):
            return team.id
    services = {same_as(name): service_id for service_id, name in queries.list_services(session, on)}
    service_id = services.get(same_as(values["service"]))
    if service_id is None:
        service_id = organisation.make_service(session, values["service"], from_on=on, by=by, now=now).id
    return organisation.open_team(session, values["team"], service_id, on=on, by=by, now=now)


def _post(session: Session, title: str, person_id: int, *, on: date, by: int, now: datetime) -> None:
    same = [post for post in queries.list_posts(session, on) if post.title.casefold() == title.casefold()]
    post_id = same[0].id if same else posts.make_post(session, title, by=by, now=now).id
    if not same or same[0].holder_id != person_id:
        posts.give_post(session, post_id, person_id, on=on, by=by, now=now)


def _invite(
    session: Session,
    changing: Sequence[Arrival],
    *,
    config: Mapping[str, Any],
    by: int,
    now: datetime,
) -> int:
    new = [arrival for arrival in changing if "new" in arrival.changes]
    waiting = [_known(session, arrival.values["user_name"]) for arrival in new]
    invited = [person for person in waiting if directory.may_invite(session, person, clock.london_day(now))]
    for person in invited:
        directory.send_link(session, person.id, config=config, by=by, now=now)
    return len(invited)
