"""People and a team that tests of audits start from."""

from types import SimpleNamespace

import pytest

from audit_app.people.tables import Role
from tests import builders


@pytest.fixture
def council(session, built_once):
    """A team, its manager, an auditor, a second auditor, a QA manager and a leader; committed."""
    return built_once("people of audits", lambda: _made(session))


def _made(session):
    team = builders.make_team(session)
    other_team = builders.make_team(session, "Court Team", service="Court work")
    made = SimpleNamespace(
        team=team,
        other_team=other_team,
        auditor=builders.make_person(session, [Role.auditor], name="Asha Auditor").id,
        other_auditor=builders.make_person(session, [Role.auditor], name="Omar Other").id,
        qa=builders.make_person(session, [Role.qa_manager], name="Quinn Quality").id,
        leader=builders.make_person(session, [Role.leader], name="Lena Leader").id,
        manager=builders.make_person(session, [Role.team_manager], manages=[team], name="Theo Manager").id,
        other_manager=builders.make_person(session, [Role.team_manager], manages=[other_team], name="Una Manager").id,
    )
    session.commit()
    return made
