"""What is left out of a run is left out with a reason, and no queries of ours go unasked on PostgreSQL."""

import re

import pytest

from tests import chosen, said_again
from tests.house import source

SPEAKS_SQL = re.compile(r"^(service|queries)(_\w+)?$")
TESTS = source.ROOT / "tests"
# What opens every page and sends every form, so that a route's own reads are asked on PostgreSQL too.
EVERY_PAGE = ("audit_app/security/test_reading.py", "audit_app/security/test_fuzz.py")
# Their own tests start from an engine of their own; these use them on both.
BY_OTHERS = {
    "audit_app/jobs": "audit_app/packs/test_asking_and_ending.py",
    "audit_app/notices": "audit_app/home/morning/test_morning.py",
}


def test_every_test_that_waits_for_the_proof_says_why():
    marks = re.compile(r"pytest\.mark\.proof\b(\(\"[^\"]{20,})?")
    for path in sorted(TESTS.rglob("test_*.py")):
        silent = [mark.group() for mark in marks.finditer(path.read_text("utf-8")) if not mark[1]]
        assert path.name == "test_which_tests_run_where.py" or silent == [], path


def test_every_room_with_queries_has_tests_in_the_run_on_postgresql(request):
    items = request.session.items
    files = {item.path for item in items if chosen.on_postgresql(item)}
    if len(files) < 60:
        pytest.skip("only in a run of all tests can it be seen which of them are for PostgreSQL")
    assert [path for path in files if not chosen.may_be_for_it(path)] == [], (
        "the run on PostgreSQL would pass over these"
    )
    rooms = {path.parent.relative_to(source.ROOT) for path in source.modules() if SPEAKS_SQL.match(path.stem)}
    assert {str(room) for room in rooms if not has_tests(room, files)} == BY_OTHERS.keys()
    assert [name for name in (*EVERY_PAGE, *BY_OTHERS.values()) if TESTS / name not in files] == []
    listed = said_again.listed()
    gone = listed - {name for item in items for name in (item.nodeid, said_again.function_of(item.nodeid))}
    assert len(gone) <= len(listed) / 10, "many have other names now: have them listed again, as said_again.py tells"


def has_tests(room, files):
    """Whether a file chosen for PostgreSQL lies in the room's own folder of tests, or else in its feature's."""
    feature = TESTS.joinpath(*room.parts[:2])
    folder = TESTS / room
    while not folder.is_dir() and folder != feature:
        folder = folder.parent
    return any(folder in path.parents for path in files)
