"""A council with two teams and a few people, and an administrator's page into it."""

from types import SimpleNamespace

import pytest

from audit_app import database
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts import passwords
from tests import builders

PASSWORD = "three random words"


@pytest.fixture
def home():
    """Where the council's own addresses begin."""
    return f"/{builders.AUTHORITY_KEY}"


@pytest.fixture
def town(app, engine, built_once):
    """Ids of two teams and of people in several roles; each has the same known password."""
    return built_once("a town of people", lambda: make_town(app, engine))


def make_town(app, engine):
    with database.session_for(engine, system_scope("a town for a test")) as session:
        kept = passwords.make_hash(app.config, PASSWORD)
        duty = builders.make_team(session, "Duty Team")
        court = builders.make_team(session, "Court Team", service="Permanence")

        def person(name, *roles, **more):
            address = name.lower().replace(" ", ".") + "@greenhaven.example"
            return builders.make_person(session, roles, name=name, user_name=address, password_hash=kept, **more).id

        return SimpleNamespace(
            duty=duty,
            court=court,
            admin=person("Ada Admin", Role.admin),
            second_admin=person("Ben Second", Role.admin),
            qa=person("Asha Khan", Role.qa_manager),
            auditor=person("Owen Lewis", Role.auditor, teams=[duty]),
            manager=person("Mary Manager", Role.team_manager, manages=[duty]),
        )


@pytest.fixture
def admin(signed_in_as, town):
    """An administrator's browser."""
    return signed_in_as(person_id=town.admin)
