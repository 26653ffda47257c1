"""Removals whose worker is killed thirty times at moments drawn by seed: whole or gone, and nothing left at the end."""

import pytest

from audit_app.records.tables import RemovalState
from tests.audit_app.records import killing, planted
from tests.audit_app.records.conftest import agree, app, ask, people, work  # noqa: F401 (fixtures)
from tests.audit_app.records.planted import MARK
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="a forked process would share the connections of this one")
KILLS, EACH, SEED = 30, 5, 2026


def test_killed_thirty_times(session, people, ask, agree, engine, app, tmp_path):  # noqa: F811
    killed = number = 0
    while killed < KILLS and number < KILLS:
        number += 1
        case = f"G-{700000 + number}"
        for _ in range(EACH):
            planted.plant_audit(session, people, case=case)
        session.commit()
        agree(ask(case))
        session.rollback()
        url = f"sqlite:///{tmp_path / 'test.db'}"
        killed += killing.removed_though_killed(engine, url, app.config, number, kills=EACH, seed=SEED + number)
        assert killing.state_of(engine, number) is RemovalState.done
        assert planted.traces(tmp_path, MARK, case) == []
        session.expire_all()
    assert killed >= KILLS
