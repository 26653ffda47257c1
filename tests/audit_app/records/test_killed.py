"""A removal killed in the middle goes on: twice here, thirty times in the proof."""

import pytest

from audit_app.records.tables import RemovalState
from tests.audit_app.records import killing, planted
from tests.audit_app.records.planted import CASE, MARK
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="a forked process would share the connections of this one")


@pytest.mark.proof("kills two processes; test_removing stops at any moment without one")
def test_killed_twice_and_finished(session, people, ask, agree, engine, app, tmp_path):
    for _ in range(3):
        planted.plant_audit(session, people)
    session.commit()
    agree(ask())
    session.rollback()
    killing.removed_though_killed(engine, f"sqlite:///{tmp_path / 'test.db'}", app.config, 1, kills=2, seed=7)
    assert killing.state_of(engine, 1) is RemovalState.done
    assert planted.traces(tmp_path, MARK, CASE) == []
