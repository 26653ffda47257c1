"""A few of each rehearsal; `make proof` runs them in full."""

import pytest

from tests.audit_app.backups import rehearsals
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; test_on_postgresql.py is about the other")


@pytest.mark.proof("kills an update at work; test_migrations sees a step that fails change nothing")
def test_an_update_killed_in_the_middle_leaves_the_old_or_the_new(tmp_path):
    left, faults = rehearsals.updates_killed(tmp_path, 1, seed=11)
    assert set(left) <= {"old", "new"}
    assert faults == []


def test_a_backup_killed_in_the_middle_leaves_no_half_one_and_the_next_is_made(council, tmp_path):
    left = rehearsals.backups_killed(council, tmp_path, 1, seed=7)
    assert left == []


def test_backups_made_while_people_save_hold_all_that_was_saved_before(council, tmp_path):
    faults, _longest = rehearsals.backups_under_writes(council.app, council.identity, tmp_path, 1)
    assert faults == []
