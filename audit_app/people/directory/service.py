"""Writes about people: added, invited, given roles, teams and managers from a date, disabled."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from audit_app import clock, history
from audit_app.errors import Invalid, NotAllowed, Stale
from audit_app.people import queries
from audit_app.people.access.scope import has_joined, held_on
from audit_app.people.accounts import service as accounts
from audit_app.people.directory.addresses import why_no_address
from audit_app.people.directory.queries_rows import get_person, memberships_from, memberships_on, places_on
from audit_app.people.joining import queries as joining
from audit_app.people.joining import service as joining_service
from audit_app.people.organisation import service as organisation
from audit_app.people.tables import (
    AccountState,
    Authority,
    InvitationPurpose,
    ManagerSpell,
    Membership,
    Person,
    Role,
    TeamMember,
)

DAY = timedelta(days=1)
LONGEST_NAME = 120


def _note(session: Session, event: str, *, by: int | None, now: datetime, **facts: int | str) -> None:
    history.note(session, event, by=by, authority_id=queries.authority_of(session), facts=facts, now=now)


def add_person(
    session: Session,
    user_name: str,
    name: str,
    roles: Collection[Role],
    *,
    from_on: date,
    by: int | None,
    now: datetime,
) -> Person:
    """Somebody with roles here from a day on. Who has an account already is asked to join: until then the roles rest.

    Raises:
        Invalid: the address is not one, the name or the roles are missing, or the person is here already.
    """
    user_name, name = user_name.strip().casefold(), " ".join(name.split())
    if fault := why_no_address(user_name):
        raise Invalid("user_name", fault)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid("name", f"Enter a name of 1 to {LONGEST_NAME} characters")
    if not roles:
        raise Invalid("roles", "Choose at least one role")
    person = accounts.find_account(session, user_name)
    if person is not None and queries.names_of(session, [person.id]):
        raise Invalid("user_name", "There is already somebody with this e-mail address")
    if person is None:
        person, is_new = _new_account(session, user_name, name, now)
    else:
        is_new = False
    if not is_new:
        joining_service.ask(session, person.id, by=by, now=now)
    for role in sorted(roles):
        give_role(session, person.id, role, from_on=from_on, by=by, now=now, known=True)
    _note(session, "people.added", by=by, now=now, person=person.id)
    return person


def _new_account(session: Session, user_name: str, name: str, now: datetime) -> tuple[Person, bool]:
    """The account and whether it is new: two councils may add one address at the same moment."""
    person = Person(user_name=user_name, name=name, made_at=now)
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError:
        there = accounts.find_account(session, user_name)
        if there is None:
            raise
        return there, False
    return person, True


def refuse_unless_looked_after(session: Session, person_id: int, on: date, remedy: str) -> None:
    """An account that another council has a part in belongs to the person, not to either administrator.

    Raises:
        NotAllowed: it is not this council's alone, or the person has not joined yet.
    """
    if joining.find_waiting(session, person_id) is not None:
        raise NotAllowed(
            f"This person has not joined this council yet, so the account is not yours to change. {remedy}"
        )
    if joining.works_elsewhere(session, person_id, on):
        raise NotAllowed(f"This person also works for another council, so the account is theirs. {remedy}")


END_HERE = "You can end their roles in this council instead."


def rename_person(session: Session, person_id: int, name: str, seen_revision: int, *, by: int, now: datetime) -> None:
    """Change how a person is called; refused when somebody else changed the account meanwhile (FO-1).

    Whose account two councils share changes the name alone, on the page of their account.
    """
    person = get_person(session, person_id)
    if by != person_id:
        remedy = "They can change the name themselves, under “Your account”."
        refuse_unless_looked_after(session, person_id, clock.london_day(now), remedy)
    if person.revision != seen_revision:
        raise Stale(person)
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid("name", f"Enter a name of 1 to {LONGEST_NAME} characters")
    person.name, person.revision = name, person.revision + 1
    session.add(person)
    _note(session, "people.renamed", by=by, now=now, person=person_id)


# --- roles -----------------------------------------------------------------------------------------------------------


def set_roles(
    session: Session, person_id: int, roles: Collection[Role], *, from_on: date, by: int, now: datetime
) -> int:
    """Exactly these roles from a day on; returns how many changed. Nobody changes their own (PE-3).

    A role planned for a later day that is not among them does not begin.
    """
    if by == person_id:
        raise NotAllowed("Nobody changes their own roles. Ask another administrator.")
    get_person(session, person_id)
    held = {row.role for row in memberships_on(session, person_id, from_on)}
    for role in sorted(set(roles) - held):
        give_role(session, person_id, role, from_on=from_on, by=by, now=now)
    over = {row.role for row in memberships_from(session, person_id, from_on)} - set(roles)
    for role in sorted(over):
        end_role(session, person_id, role, last_day=from_on - DAY, by=by, now=now)
    return len(set(roles) - held | over)


def give_role(
    session: Session, person_id: int, role: Role, *, from_on: date, by: int | None, now: datetime, known: bool = False
) -> None:
    """A role from a day on. `known` spares the look-up for somebody just added."""
    if by is not None and by == person_id:
        raise NotAllowed("Nobody changes their own roles. Ask another administrator.")
    if not known:
        get_person(session, person_id)
        _ask_returner_to_join(session, person_id, by=by, now=now)
    authority_id = queries.authority_of(session)
    row = session.exec(
        select(Membership).where(
            Membership.authority_id == authority_id,
            Membership.person_id == person_id,
            Membership.role == role,
            Membership.from_on == from_on,
        )
    ).first()
    row = row or Membership(authority_id=authority_id, person_id=person_id, role=role, from_on=from_on)
    row.to_on, row.given_by = None, by
    session.add(row)
    session.flush()
    _note(session, "people.role_given", by=by, now=now, person=person_id, role=role.value, from_on=from_on.isoformat())


def _ask_returner_to_join(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Who had left, and has been known to another council, joins afresh: their account may have been in its hands."""
    today = clock.london_day(now)
    here = select(Membership.id).where(
        Membership.authority_id == queries.authority_of(session), Membership.person_id == person_id
    )
    held = session.exec(here.where(sa.or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= today))).first()
    if held is None and joining.known_elsewhere(session, person_id):
        joining_service.ask(session, person_id, by=by, now=now)


def end_role(session: Session, person_id: int, role: Role, *, last_day: date, by: int | None, now: datetime) -> None:
    """A role ends after a day; not one's own, and not the last administrator's (PE-3)."""
    if by is not None and by == person_id:
        raise NotAllowed("Nobody changes their own roles. Ask another administrator.")
    if role == Role.admin:
        refuse_last_administrator(session, person_id, last_day + DAY)
    rows = session.exec(
        select(Membership).where(
            Membership.authority_id == queries.authority_of(session),
            Membership.person_id == person_id,
            Membership.role == role,
        )
    ).all()
    for row in rows:
        if row.to_on is None or row.to_on > last_day:
            row.to_on = last_day
            session.add(row)
    _note(session, "people.role_ended", by=by, now=now, person=person_id, role=role.value, to_on=last_day.isoformat())


def refuse_last_administrator(session: Session, person_id: int, on: date) -> None:
    """Somebody else who can sign in must be administrator from that day on (PE-3).

    The council's row is locked first, so that two administrators who remove each other at once do not both succeed.

    Raises:
        NotAllowed: this person is the last one.
    """
    authority_id = queries.authority_of(session)
    session.exec(select(Authority.id).where(Authority.id == authority_id).with_for_update()).first()
    mine = [row for row in memberships_on(session, person_id, on) if row.role == Role.admin]
    others = session.exec(
        select(Membership.id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(
            Membership.authority_id == authority_id,
            Membership.role == Role.admin,
            Membership.person_id != person_id,
            held_on(Membership, on),
            col(Membership.to_on).is_(None),
            Person.state == AccountState.active,
            has_joined(Membership.authority_id, Membership.person_id),
        )
    ).first()
    if mine and others is None:
        raise NotAllowed("This is the last administrator who can sign in. Make somebody else administrator first.")


# --- accounts --------------------------------------------------------------------------------------------------------


def disable_person(session: Session, person_id: int, *, on: date, by: int | None, now: datetime) -> None:
    """Shut the account of somebody who works for this council only; not one's own, not the last administrator's."""
    get_person(session, person_id)
    refuse_unless_looked_after(session, person_id, on, END_HERE)
    refuse_last_administrator(session, person_id, on)
    accounts.disable(session, person_id, by=by, now=now)


def enable_person(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """Open an account again."""
    get_person(session, person_id)
    if by == person_id:
        raise NotAllowed("Nobody enables their own account.")
    refuse_unless_looked_after(session, person_id, clock.london_day(now), END_HERE)
    accounts.enable(session, person_id, by=by, now=now)


def may_invite(session: Session, person: Person, on: date) -> bool:
    """Whether a link goes out once somebody was added: to join, or the first one, to choose a password with."""
    if joining.find_waiting(session, person.id) is not None:
        return True
    return person.state == AccountState.invited and not joining.works_elsewhere(session, person.id, on)


def send_link(session: Session, person_id: int, *, config: Mapping[str, Any], by: int | None, now: datetime) -> str:
    """A fresh one-time link: to join while this council waits for the person; else an invitation or a reset.

    Whoever holds an invitation or a reset becomes the person, in every council they work for: so no council's
    administrator makes one for somebody who also works for another. A link to join opens nothing without the password.
    """
    person = get_person(session, person_id)
    if by == person_id:
        raise NotAllowed("Change your own password on your account page.")
    waiting = joining.find_waiting(session, person_id)
    if waiting is not None:
        return joining_service.make_link(session, waiting, config=config, by=by, now=now)
    if by is not None and joining.works_elsewhere(session, person_id, clock.london_day(now)):
        raise NotAllowed(
            "This person also works for another council, so they reset the password themselves on the sign-in page, or "
            "whoever runs this service makes a link with: audit-app people reset-link"
        )
    return make_password_link(session, person, config=config, by=by, now=now)


def make_password_link(
    session: Session, person: Person, *, config: Mapping[str, Any], by: int | None, now: datetime
) -> str:
    """A link that sets the password, and so makes its holder the person: for the council that looks after the account,
    and for whoever runs the service (`by` is None then)."""
    if person.state == AccountState.disabled:
        raise Invalid("state", "This account is disabled. Enable it first.")
    purpose = InvitationPurpose.reset if person.password_hash else InvitationPurpose.invitation
    return accounts.make_link(
        session,
        person.id,
        purpose,
        config=config,
        by=by,
        now=now,
        authority_id=queries.authority_of(session),
    )


def end_sessions(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """An administrator ends every session of a person (AU-11)."""
    get_person(session, person_id)
    remedy = "They end sessions themselves, under “Your account”. " + END_HERE
    refuse_unless_looked_after(session, person_id, clock.london_day(now), remedy)
    accounts.end_sessions(session, person_id, by=by, now=now)


# --- teams and managers ----------------------------------------------------------------------------------------------


def put_into_team(
    session: Session,
    person_id: int,
    team_id: int,
    *,
    manages: bool,
    from_on: date,
    by: int | None,
    now: datetime,
    keep_others: bool = False,
) -> None:
    """Into a team from a day on, out of the others the day before unless they are kept."""
    get_person(session, person_id)
    team = organisation.get_team(session, team_id)
    if from_on < team.opened_on or (team.closed_on is not None and from_on > team.closed_on):
        raise Invalid("team_id", "This team is not open on that day. Choose another team or another day")
    for row in places_on(session, person_id, from_on):
        if row.team_id == team_id or not keep_others:
            leave_team(session, person_id, row.team_id, last_day=from_on - DAY, by=by, now=now)
    session.add(
        TeamMember(
            authority_id=team.authority_id,
            team_id=team_id,
            person_id=person_id,
            manages=manages,
            from_on=from_on,
            to_on=team.closed_on,
        )
    )
    session.flush()
    _note(session, "people.team_given", by=by, now=now, person=person_id, team=team_id, from_on=from_on.isoformat())


def leave_team(
    session: Session, person_id: int, team_id: int, *, last_day: date, by: int | None, now: datetime
) -> None:
    """A place in a team ends after a day; one that had not begun is taken out."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session),
        TeamMember.person_id == person_id,
        TeamMember.team_id == team_id,
    )
    for row in session.exec(statement).all():
        if row.from_on > last_day:
            session.delete(row)
        elif row.to_on is None or row.to_on > last_day:
            row.to_on = last_day
            session.add(row)
    session.flush()
    _note(session, "people.team_left", by=by, now=now, person=person_id, team=team_id, to_on=last_day.isoformat())


def set_manager(
    session: Session, person_id: int, manager_id: int | None, *, from_on: date, by: int | None, now: datetime
) -> None:
    """Who manages a person from a day on; None for nobody. A circle is refused."""
    get_person(session, person_id)
    if manager_id is not None:
        if manager_id == person_id or not queries.names_of(session, [manager_id]):
            raise Invalid("manager_id", "Choose somebody else as manager")
        if person_id in queries.managers_upward(session, manager_id, from_on):
            raise Invalid("manager_id", "This person is already above the manager you chose. Choose somebody else")
    authority_id = queries.authority_of(session)
    rows = session.exec(
        select(ManagerSpell).where(ManagerSpell.authority_id == authority_id, ManagerSpell.person_id == person_id)
    ).all()
    for row in rows:
        if row.from_on >= from_on:
            session.delete(row)
        elif row.to_on is None or row.to_on >= from_on:
            row.to_on = from_on - DAY
            session.add(row)
    session.flush()
    if manager_id is not None:
        session.add(
            ManagerSpell(authority_id=authority_id, person_id=person_id, manager_id=manager_id, from_on=from_on)
        )
        session.flush()
        first_day = from_on.isoformat()
        _note(session, "people.manager_given", by=by, now=now, person=person_id, manager=manager_id, from_on=first_day)
