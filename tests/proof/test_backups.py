"""Backups, restores and updates on their worst days, in full, each with its control."""

from tests.audit_app.backups import rehearsals
from tests.audit_app.backups.conftest import council  # noqa: F401 (a fixture)

SEED = 20_261_130


def test_fifty_backups_under_twenty_writes_a_second_hold_every_write_acknowledged_before(council, tmp_path):  # noqa: F811
    faults, longest = rehearsals.backups_under_writes(council.app, council.identity, tmp_path, 50)
    print(f"50 backups; the longest a write took beside them: {longest:.2f} s")
    assert faults == []
    assert rehearsals.plain_copies_under_writes(council.app, tmp_path, 5) != []  # the control


def test_fifty_backups_killed_in_the_middle_leave_the_ones_before_and_no_half_one(council, tmp_path):  # noqa: F811
    assert rehearsals.backups_killed(council, tmp_path, 50, SEED) == []
    (tmp_path / "careless").mkdir()
    careless = rehearsals.backups_killed(
        council, tmp_path / "careless", 10, SEED, back_up=rehearsals.back_up_carelessly
    )  # fmt: skip
    assert any("does not open" in fault for fault in careless)  # the control


def test_twenty_restores_killed_in_the_middle_leave_nothing_that_has_the_name(council, tmp_path):  # noqa: F811
    faults, whole = rehearsals.restores_killed(council, tmp_path, 20, SEED)
    print(f"20 restores killed; {whole} had been whole before that")
    assert faults == []
    (tmp_path / "careless").mkdir()
    careless, _whole = rehearsals.restores_killed(
        council, tmp_path / "careless", 10, SEED, put_back=rehearsals.put_back_carelessly
    )  # fmt: skip
    assert careless  # the control


def test_fifty_updates_killed_in_the_middle_leave_the_old_or_the_new(tmp_path):
    left, faults = rehearsals.updates_killed(tmp_path, 50, SEED)
    print({state: left.count(state) for state in set(left)})
    assert faults == []
    assert "between" not in left
    assert left.count("old") >= 5
    assert "between" in rehearsals.careless_updates_killed(tmp_path, 10, SEED)  # the control
