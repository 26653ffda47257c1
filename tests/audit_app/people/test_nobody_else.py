"""What is done to one person, team or role leaves every other as it was: whoever stands before or after them in a list.

Whoever does it here stands after those it is done to, so that no order of ids decides who is oneself.
"""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from audit_app.errors import NotAllowed
from audit_app.people import queries
from audit_app.people.access import Role, web_session
from audit_app.people.accounts import service as accounts
from audit_app.people.directory import service as directory
from audit_app.people.joining import service as joining
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import (
    AccountState,
    Invitation,
    Joining,
    ManagerSpell,
    Membership,
    Person,
    PostHolding,
    Service,
    TeamMember,
    TeamSpell,
    WebSession,
)
from tests import builders

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
ROLES = (Role.auditor, Role.leader, Role.qa_manager)


@pytest.fixture
def teams(session):
    return [builders.make_team(session, name) for name in ("Ash", "Beech", "Cedar")]


@pytest.fixture
def people(session, teams):
    """Three alike, in every team."""
    made = [builders.make_person(session, ROLES, teams=teams, password_hash="kept").id for _ in range(3)]
    boss = builders.make_person(session, [Role.admin]).id
    for person_id in made:
        spell = {"authority_id": builders.AUTHORITY_ID, "person_id": person_id, "manager_id": boss}
        session.add(ManagerSpell(**spell, from_on=JUNE - DAY))
    session.flush()
    return made


@pytest.fixture
def by(session, people, now):
    return {"by": builders.make_person(session, [Role.admin]).id, "now": now}


def rows_of(session, *tables):
    """Every row as it stands."""
    session.flush()
    session.expire_all()
    return [row.model_dump() for table in tables for row in session.exec(select(table)).all()]


PERSONS = (Membership, TeamMember, ManagerSpell, PostHolding)


def roles_of(session, person_id):
    rows = session.exec(select(Membership).where(Membership.person_id == person_id)).all()
    return sorted((row.role.value, row.from_on, row.to_on) for row in rows)


def test_a_role_given_again_is_a_new_row_and_one_ended_ends_alone(session, people, by):
    _first, middle, _last = people
    others = [row for row in rows_of(session, *PERSONS) if row["person_id"] != middle]
    directory.end_role(session, middle, Role.leader, last_day=JUNE, **by)
    ended = [("auditor", builders.LONG_AGO, None), ("leader", builders.LONG_AGO, JUNE)]
    rest = ("qa_manager", builders.LONG_AGO, None)
    assert roles_of(session, middle) == [*ended, rest]
    directory.give_role(session, middle, Role.leader, from_on=JULY, **by)
    again = ("leader", JULY, None)
    assert roles_of(session, middle) == [*ended, again, rest]
    directory.end_role(session, middle, Role.leader, last_day=JULY + DAY, **by)
    assert roles_of(session, middle) == [*ended, ("leader", JULY, JULY + DAY), rest]
    directory.give_role(session, middle, Role.leader, from_on=JULY, **by)  # on the very day: it goes on
    assert roles_of(session, middle) == [*ended, again, rest]
    for role in (Role.admin, Role.team_manager):  # in the alphabet before and after those held from that day
        directory.give_role(session, middle, role, from_on=builders.LONG_AGO, **by)
    more = [("admin", builders.LONG_AGO, None), ("team_manager", builders.LONG_AGO, None)]
    assert roles_of(session, middle) == sorted([*ended, again, rest, *more])
    assert [row for row in rows_of(session, *PERSONS) if row["person_id"] != middle] == others


def test_a_place_or_a_manager_of_one_is_nobody_elses(session, people, teams, by):
    _first, middle, last = people
    others = [row for row in rows_of(session, *PERSONS) if row["person_id"] != middle]

    def places(day):
        return sorted(row.team_id for row in directory.places_on(session, middle, day))

    directory.leave_team(session, middle, teams[1], last_day=JUNE, **by)
    assert places(JUNE) == teams and places(JUNE + DAY) == [teams[0], teams[2]]
    directory.put_into_team(session, middle, teams[1], manages=True, from_on=JULY, **by)
    assert places(JULY - DAY) == [teams[0], teams[2]] and places(JULY) == [teams[1]]
    directory.set_manager(session, middle, last, from_on=JULY, **by)
    assert queries.managers_upward(session, middle, JULY) >= {last}
    directory.set_manager(session, middle, None, from_on=JULY, **by)
    assert queries.managers_upward(session, middle, JULY) == set()
    assert [row for row in rows_of(session, *PERSONS) if row["person_id"] != middle] == others


@pytest.mark.parametrize(
    "change",
    [
        lambda session, teams, service, by: organisation.rename_team(session, teams[1], "Birch", on=JULY, **by),
        lambda session, teams, service, by: organisation.move_team(session, teams[1], service, on=JULY, **by),
        lambda session, teams, service, by: organisation.close_team(session, teams[1], last_day=JULY, **by),
        lambda session, teams, service, by: organisation.rename_service(session, service, "Elm", **by),
    ],
)
def test_a_change_of_one_team_or_service_is_no_others(session, people, teams, by, change):
    services = [organisation.make_service(session, name, from_on=JUNE, **by).id for name in ("Oak", "Pine", "Rowan")]
    changed = {"team_id": teams[1], "id": services[1]}

    def others():
        rows = rows_of(session, TeamMember, TeamSpell, Service)
        return [
            row
            for row in rows
            if row.get("team_id") != changed["team_id"] and ("team_id" in row or row["id"] != changed["id"])
        ]

    before, whole = others(), rows_of(session, TeamMember, TeamSpell, Service)
    change(session, teams, services[1], by)
    assert others() == before and rows_of(session, TeamMember, TeamSpell, Service) != whole


def test_a_post_given_or_closed_is_no_other_post(session, people, by):
    made = [posts.make_post(session, title, **by).id for title in ("Head of Ash", "Head of Beech", "Head of Cedar")]
    for post_id, person_id in zip(made, people, strict=True):
        posts.give_post(session, post_id, person_id, on=JUNE, **by)
    posts.give_post(session, made[1], people[0], on=JULY, **by)
    assert queries.holders_of(session, made, JULY) == dict(zip(made, [people[0], people[0], people[2]], strict=True))
    posts.close_post(session, made[1], last_day=JULY, **by)
    assert queries.holders_of(session, made, JULY + DAY) == {made[0]: people[0], made[2]: people[2]}
    assert queries.holders_of(session, made, JUNE) == dict(zip(made, people, strict=True))


@pytest.mark.parametrize(
    "change",
    [
        lambda session, one, by: accounts.end_sessions(session, one, **by),
        lambda session, one, by: accounts.disable(session, one, **by),
        lambda session, one, by: accounts.change_password(session, one, "new", keeping="", now=by["now"]),
    ],
)
def test_sessions_and_an_account_that_end_are_ones_own(session, people, by, now, change):
    marks = {}
    for person_id in people:
        token = web_session.start(session, person_id, now=now, address="", browser="")
        marks[person_id] = web_session.hash_of(token)
    change(session, people[1], by)
    session.flush()
    session.expire_all()
    assert [session.get(WebSession, marks[each]).ended_at for each in people] == [None, now, None]
    others = [session.get(Person, each) for each in (people[0], people[2])]
    assert [(each.state, each.password_hash) for each in others] == [(AccountState.active, "kept")] * 2


def test_a_new_link_ends_ones_own_earlier_ones_alone(app, session, people, by, now):
    for person_id in people:
        accounts.make_link(session, person_id, "reset", config=app.config, **by)
    accounts.make_link(session, people[1], "reset", config=app.config, by=None, now=now + DAY)
    rows = session.exec(select(Invitation).order_by(Invitation.made_at)).all()
    used = {(row.person_id, row.made_at): row.used_at for row in rows}
    assert used == {(each, now): None for each in people} | {
        (people[1], now): now + DAY, (people[1], now + DAY): None,
    }  # fmt: skip


def test_pe_3_an_administrator_changes_whoever_stands_before_them_and_never_themselves(app, session, people, by, now):
    boss, one = by["by"], people[1]
    assert directory.set_roles(session, one, [Role.leader], from_on=JUNE, **by) == 2
    directory.give_role(session, one, Role.auditor, from_on=JUNE, **by)
    directory.rename_person(session, one, "Another Name", session.get(Person, one).revision, **by)
    directory.send_link(session, one, config=app.config, **by)
    directory.disable_person(session, one, on=JUNE, **by)
    directory.enable_person(session, one, **by)
    for refused in (
        lambda: directory.set_roles(session, boss, [Role.leader], from_on=JUNE, **by),
        lambda: directory.give_role(session, boss, Role.leader, from_on=JUNE, **by),
        lambda: directory.end_role(session, boss, Role.admin, last_day=JUNE, **by),
        lambda: directory.send_link(session, boss, config=app.config, **by),
        lambda: directory.disable_person(session, boss, on=JUNE, **by),
        lambda: directory.enable_person(session, boss, **by),
    ):
        with pytest.raises(NotAllowed):
            refused()
    first_boss = session.exec(select(Membership.person_id).where(Membership.role == Role.admin)).first()
    directory.refuse_last_administrator(session, first_boss, JUNE)  # the other stands after them
    directory.refuse_last_administrator(session, boss, JUNE)  # and before


def test_of_teams_merged_only_those_two_change(session, people, teams, by):
    rest = [row for row in rows_of(session, TeamSpell, TeamMember) if row["team_id"] == teams[0]]
    night = organisation.split_team(session, teams[1], "Night", [people[1]], on=JUNE, **by)
    assert [row.person_id for row in organisation.members_on(session, night, JUNE)] == [people[1]]
    assert [row.person_id for row in organisation.members_on(session, teams[1], JUNE)] == [people[0], people[2]]
    organisation.merge_team(session, night, teams[1], on=JULY, **by)
    assert sorted(row.person_id for row in organisation.members_on(session, teams[1], JULY)) == people
    assert [row for row in rows_of(session, TeamSpell, TeamMember) if row["team_id"] == teams[0]] == rest


def test_who_joins_joins_alone(app, session, people, by, now):
    tokens = {}
    for person_id in people:
        joining.ask(session, person_id, **by)
        row = session.get(Joining, (builders.AUTHORITY_ID, person_id))
        tokens[person_id] = joining.make_link(session, row, config=app.config, **by)
    # Tokens are random: the one in the middle of their marks has others before and after it.
    by_mark = sorted(people, key=lambda each: web_session.hash_of(tokens[each]))
    joining.join(session, tokens[by_mark[1]], by_mark[1], now)
    session.expire_all()
    waits = [session.get(Joining, (builders.AUTHORITY_ID, each)).joined_at for each in by_mark]
    assert waits == [None, now, None]


def test_a_session_begun_keeps_the_password_and_one_renewed_its_factor(session, people, now):
    given = {"now": now, "address": "", "browser": ""}
    old = web_session.hash_of(accounts.begin_session(session, people[0], factor="code", **given))
    assert session.get(Person, people[0]).password_hash == "kept"
    accounts.begin_session(session, people[0], new_hash="newer", **given)
    assert session.get(Person, people[0]).password_hash == "newer"
    same = web_session.hash_of(accounts.renew_session(session, old, now=now))
    other = web_session.hash_of(accounts.renew_session(session, same, now=now, factor="passkey"))
    assert [session.get(WebSession, mark).factor for mark in (old, same, other)] == ["code", "code", "passkey"]
