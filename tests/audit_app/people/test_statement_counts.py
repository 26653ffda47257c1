"""Lists of people, teams and posts, and the first pages, ask the database as often for fifty rows as for five."""

import pytest

from audit_app import database
from audit_app.people.access import Role, system_scope
from tests import builders, builders_plans
from tests.statements import ON_ONE_DATABASE, counted

pytestmark = ON_ONE_DATABASE

FEW, MANY = 5, 50
PAGES = (
    "/greenhaven/people",
    "/greenhaven/people/invitations",
    "/greenhaven/teams",
    "/greenhaven/posts",
    "/greenhaven/council",
    "/greenhaven/",
    "/greenhaven/log",
    "/greenhaven/notices",
)


def add_rows(engine, numbers):
    """For each number a team with a manager of its own, who holds a post and has a team manager above."""
    with database.session_for(engine, system_scope("a test", builders.AUTHORITY_ID)) as session:
        for number in numbers:
            manager = builders.make_person(session, (Role.team_manager,), name=f"Manager {number}").id
            team = builders.make_team(session, f"Team {number}", service=f"Service {number}")
            builders.make_person(session, (Role.practitioner,), name=f"Worker {number}", teams=[team])
            builders_plans.make_post(session, f"Post {number}", manager)


def reads_of_each(engine, page):
    """How often each page asks the database; once before, so that what is kept in memory is there both times."""
    counts = {}
    for address in PAGES:
        page.get(address)
        with counted(engine) as reads:
            page.get(address)
        counts[address] = len(reads)
    return counts


@pytest.fixture
def everyone(signed_in_as):
    return signed_in_as(Role.admin, Role.qa_manager, Role.leader)


def test_no_list_asks_the_database_more_often_for_more_rows(engine, everyone):
    add_rows(engine, range(FEW))
    few = reads_of_each(engine, everyone)
    add_rows(engine, range(FEW, MANY))
    many = reads_of_each(engine, everyone)
    assert {address: (few[address], many[address]) for address in PAGES if many[address] > few[address]} == {}
