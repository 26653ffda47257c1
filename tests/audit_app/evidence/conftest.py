"""One council for a module: people in every role, a finding, an area and an action, and pages for whoever signs in."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from audit_app import clock, create_app, database
from audit_app.people.access import Role, system_scope, web_session
from tests import builders, builders_improvement, builders_plans, servers
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS
from tests.pages import Page

ROLES = ("qa_manager", "leader", "auditor", "team_manager", "business_support", "practitioner", "admin")


@pytest.fixture(scope="module")
def council(database_template, tmp_path_factory):
    """The council; tests of one module share it and look only at what they made themselves."""
    folder = tmp_path_factory.mktemp("evidence")
    first, template = database_template
    if ON_POSTGRESQL:
        with servers.fresh_database(first, template) as url:
            engine = database.make_engine(url)
            yield made_council(engine, folder)
            engine.dispose()
        return
    shutil.copyfile(first, folder / "test.db")
    engine = database.make_engine(f"sqlite:///{folder / 'test.db'}")
    yield made_council(engine, folder)
    engine.dispose()


def made_council(engine, folder):
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    scope = system_scope("a test", builders.AUTHORITY_ID)
    made = SimpleNamespace(app=app, engine=engine, people={}, pages={})

    def session(seen=scope):
        given = database.AuditSession(engine, expire_on_commit=False, info={"scope": seen})
        given.info["log_key"] = app.extensions["log_key"]
        return given

    with session() as s:
        s.add(builders.make_authority())
        s.commit()
    with session() as s:
        for role in ROLES:
            made.people[role] = builders.make_person(s, [Role(role)], name=f"A {role.replace('_', ' ')}").id
        made.post = builders_plans.make_post(s, "Team Manager North", made.people["team_manager"])
        made.qa_post = builders_plans.make_post(s, "Head of Quality", made.people["qa_manager"])
        made.finding = builders_improvement.raise_finding(s).number
        made.area = builders_improvement.open_area(s).number
        plans = SimpleNamespace(lead_post=made.post, lead=made.people["team_manager"], areas=[made.area], manager=1)
        made.action = builders_plans.make_action(s, plans, due_on=date(2027, 6, 30)).number
        s.commit()

    def page(role):
        if role not in made.pages:
            with database.session_for(engine, system_scope("signing in for a test")) as s:
                token = web_session.start(s, made.people[role], now=clock.now(), address="127.0.0.1", browser="a test")
            made.pages[role] = Page(app.test_client())
            made.pages[role].client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)
        return made.pages[role]

    made.session, made.page = session, page
    return made
