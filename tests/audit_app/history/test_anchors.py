"""When an anchor is due, and that it never witnesses what may be undone."""

import stat
from datetime import timedelta

import pytest

from audit_app import database, history
from audit_app.history.anchors import NotItsOwn, last_anchor

from .conftest import KEY, NOON


@pytest.fixture
def due(engine, tmp_path):
    def ask(minutes_later: int):
        with database.session_for(engine, None) as session:
            session.info["log_key"] = KEY
            now = NOON + timedelta(minutes=minutes_later)
            return history.anchor_if_due(session, tmp_path / "history.anchor", now, entries=10, minutes=60)

    return ask


def test_the_first_is_due_at_once_and_readable_by_its_owner_alone(due, tmp_path):
    assert due(0).sequence == 0
    assert stat.S_IMODE((tmp_path / "history.anchor").stat().st_mode) == 0o600
    assert due(59) is None
    assert due(60).at == NOON + timedelta(minutes=60)


def test_enough_entries_make_one_due_before_its_time(due, write):
    due(0)
    write(9)
    assert due(1) is None
    write(1)
    assert due(2).sequence == 10


def test_the_file_only_grows_and_is_read_back_as_written(due, write, check, tmp_path):
    path = tmp_path / "history.anchor"
    due(0)
    before = path.read_bytes()
    write(12)
    written = due(5)
    assert path.read_bytes().startswith(before)
    assert last_anchor(path) == written
    report = check()
    assert report.sound, report.lines()
    assert report.anchors == 2


def test_an_anchor_is_not_written_beside_other_work(session, tmp_path):
    history.note(session, "test.signed_in", by=7, now=NOON)
    with pytest.raises(NotItsOwn):
        history.write_anchor(session, tmp_path / "history.anchor", NOON)
