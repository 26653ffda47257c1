"""A second council set up on a page: who may, its own first administrator, and a wall between. And the first one."""

import re

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.history import HistoryEntry
from audit_app.people import cli
from audit_app.people.access import Role, system_scope
from audit_app.people.councils import service, unnamed
from audit_app.people.councils.service import NewCouncil
from audit_app.people.tables import Authority, Membership, Person
from tests import builders

PASSWORD = "lantern orchard kettle"
KAY = {
    "council": "Kirkby Vale Council",
    "name": "Kay Vale",
    "user_name": "Kay@KirkbyVale.example",
}


def link_on(page):
    return re.search(r"/(one-time-links|joining)/[\w-]+", page.text)[0]


def test_a_second_council_is_set_up_with_an_administrator_of_its_own(admin, home, town, page, app):
    admin.get(f"{home}/council/another")
    admin.submit({**KAY, "key": "sign-in"}, status=422)
    admin.submit({**KAY, "key": ""}, status=200)
    assert admin.h1 == "Kirkby Vale Council is set up"
    page.get(link_on(admin))
    page.submit({"new_password": PASSWORD})
    assert page.h1 == "Council set-up" and "1 person. Still needed: a QA manager" in page.text
    page.get("/kirkby-vale/people")
    assert "Kay Vale" in page.text and "Ada Admin" not in page.text
    page.get(f"{home}/people", status=404)
    admin.get("/kirkby-vale/people", status=404)
    assert "set up another council, kirkby-vale" in admin.get(f"{home}/log").text
    assert "Ada Admin" not in page.get("/kirkby-vale/log").text
    admin.get(f"{home}/council/another", status=403)  # what several councils share is no single one's to give
    app.config["COUNCILS_SET_UP_BY"] = ["ADA.ADMIN@greenhaven.example"]
    admin.get(f"{home}/council/another")
    admin.submit({**KAY, "council": "Kirkby Vale"}, status=422)
    page.get("/kirkby-vale/council/another", status=403)


def test_whoever_sets_it_up_may_be_its_administrator_too_once_they_have_joined(admin, home, town, engine):
    admin.get(f"{home}/council/another")
    admin.submit({**KAY, "name": "Ada Admin", "user_name": "ada.admin@greenhaven.example"}, status=200)
    link = link_on(admin)
    admin.get("/kirkby-vale/people", status=404)
    admin.get(link)
    admin.submit()
    admin.get("/kirkby-vale/people")
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        given = session.exec(select(Membership).where(Membership.person_id == town.admin)).all()
        assert sorted((row.role, row.authority_id == 1) for row in given)[0][0] == Role.admin and len(given) == 2


def test_the_link_says_whether_it_opens_an_account_or_joins_one_and_for_how_long(app, session, town, now):
    app.config.update(INVITATION_HOURS=71, FIRST_ADMINISTRATOR_HOURS=23)

    def link_for(key, address):
        new = NewCouncil(key.title(), key, "Ada Admin", address)
        made = service.set_up_from_page(session, new, config=app.config, by=town.admin, now=now)
        return made.joins, made.hours, made.path.split("/")[1]

    assert link_for("kirkby", "kay@kirkby.example") == (False, 23, "one-time-links")
    app.config["COUNCILS_SET_UP_BY"] = ["ada.admin@greenhaven.example"]
    assert link_for("lorton", "ada.admin@greenhaven.example") == (True, 71, "joining")
    assert session.info["scope"].authority_id == builders.AUTHORITY_ID
    keys = dict(session.exec(select(Authority.key, Authority.fictional)).all())
    assert len(set(keys.values())) == 1  # beside a made-up council none is real, nor the other way round
    events = session.exec(select(HistoryEntry.event, HistoryEntry.actor)).all()
    assert [who for event, who in events if event == "people.council_set_up"] == [town.admin] * 2


@pytest.fixture
def first_link(app):
    """What an installation prints where nobody is there to be asked."""
    with app.app_context():
        new = NewCouncil(unnamed.COUNCIL, unnamed.KEY, unnamed.PERSON, unnamed.ADDRESS)
        return cli.make_first_administrator(new).path


def test_the_first_administrator_says_who_they_are_and_no_name_is_made_up(page, first_link, engine, town):
    page.get(first_link)
    assert unnamed.ADDRESS not in str(page.select("main")) and page.h1 == "Begin here"
    typed = {"council": "City of York Council", "name": "Ada Min", "user_name": "ada", "new_password": PASSWORD}
    page.submit(typed, status=422)
    page.submit({**typed, "user_name": "ada.admin@greenhaven.example"}, status=422)
    page.submit({**typed, "user_name": "Ada@York.example"})
    with database.session_for(engine, system_scope("a test"), reading=True) as session:
        person = session.exec(select(Person).where(Person.user_name == "ada@york.example")).one()
        council = session.exec(select(Authority).where(Authority.name == "City of York Council")).one()
        assert (person.name, council.key) == ("Ada Min", "city-of-york")
        assert session.exec(select(Person).where(Person.user_name == unnamed.ADDRESS)).first() is None
    assert page.get("/city-of-york/council").h1 == "Council set-up"
