"""What most tests of a self-assessment begin with."""

import pytest

from audit_app.people.access import Role
from tests import builders
from tests import builders_self_assessment as made


@pytest.fixture
def draft(session):
    """A draft, its places and the leader who began it."""
    leader = builders.make_person(session, roles=(Role.leader,)).id
    row, places = made.begin(session, leader)
    session.commit()
    return row, places, {"by": leader, "now": builders.MOMENT}
