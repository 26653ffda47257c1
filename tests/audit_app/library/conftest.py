"""People of a council whom tests of the library start from."""

from types import SimpleNamespace

import pytest

from audit_app.people.tables import Role
from tests import builders


@pytest.fixture
def council(session, built_once):
    """Two QA managers, a leader, an auditor, a team manager and their team; committed."""
    return built_once("people of the library", lambda: make_people(session))


def make_people(session):
    team = builders.make_team(session)
    made = SimpleNamespace(
        team=team,
        qa=builders.make_person(session, [Role.qa_manager], name="Quinn Quality").id,
        second=builders.make_person(session, [Role.qa_manager], name="Sara Second").id,
        leader=builders.make_person(session, [Role.leader], name="Lena Leader").id,
        auditor=builders.make_person(session, [Role.auditor], name="Asha Auditor").id,
        manager=builders.make_person(session, [Role.team_manager], manages=[team], name="Theo Manager").id,
    )
    session.commit()
    return made


@pytest.fixture
def person(council, signed_in_as):
    """Call with a name of the council's people for their Page."""
    return lambda name: signed_in_as(person_id=getattr(council, name))
