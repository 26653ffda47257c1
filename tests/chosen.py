"""Which tests are run where: on PostgreSQL what a database can change, in `make proof` what is slow to prove.

The rule for PostgreSQL: a test that touches a database is run there as well, unless it asks for a page (`page`,
`signed_in_as`, a file named for pages) or for paper. What a page or a PDF says does not depend on who answered; that
every page and every form finds its rows there is seen by `tests/audit_app/security/`, which reads and sends them all.
Of those that are left, the ones that ask PostgreSQL nothing that others do not ask wait too (`said_again.py`).
Of several who write at once all are asked there. Files with nothing for that run are not even read.
`make proof` leaves nothing out.
"""

import inspect
import os
import re
from functools import cache
from pathlib import Path

import pytest

from tests import said_again

HERE = Path(__file__).resolve().parent
ON_POSTGRESQL = os.environ.get("AUDIT_TEST_DATABASE") == "postgresql"
WHOLE = os.environ.get("AUDIT_TEST_WHOLE") == "1"
PAGES = {"page", "signed_in_as"}
# Several who write in the same moment: the databases hold them back in ways of their own.
AT_ONCE = re.compile(r"two_(who|people)|writers_at|starts_at_once")
OF_ONE = re.compile(r"sqlite|postgresql")
# What a file says that starts from a database, in a fixture of its own or of its folder.
STARTS = re.compile(r"\b(session|app|engine|database|connection|council|house|town|composed)\b")
# Folders and files of what is printed, written into files, or composed out of rows that other tests read on both.
PAPER = (
    "packs/composing", "packs/disclosure", "packs/exhibits", "packs/kinds", "packs/planted", "packs/test_building",
    "packs/test_terms_in_packs", "packs/test_paper_used", "packs/test_reader", "paper", "word_files", "demo",
)  # fmt: skip
# Rooms that are tested through pages and paper alone: for their queries' sake these are run on PostgreSQL all the same.
FOR_A_ROOM = {
    HERE / "audit_app" / name
    for name in (
        "audits/offline/test_offline.py", "audits/on_paper/test_on_paper.py", "improvement/areas/test_areas.py",
        "improvement/inspections/test_dates_passed.py",
        "library/crosswalk/test_doubts_pages.py", "library/terms/test_terms.py",
        "packs/exhibits/test_joined.py", "packs/kinds/test_kinds.py",
        "people/exports/test_long_exports.py", "records/papers/test_papers.py",
    )
}  # fmt: skip


def one_in(number, cases, why):
    """Cases of a test: the first of each so many in every run, the others in `make proof`, for a reason."""
    waits = pytest.mark.proof(f"one case in {number} is run every time: {why}")
    return [
        case if place % number == 0 else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=waits)
        for place, case in enumerate(cases)
    ]


def leave_out(config, items):
    """Take out what this run is not for."""
    kept = [item for item in items if _is_for_this_run(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _is_for_this_run(item):
    if item.get_closest_marker("proof") and not WHOLE:
        return False
    if not ON_POSTGRESQL:
        return True
    return on_postgresql(item) or (WHOLE and touches_database(item))


def touches_database(item):
    """Whether a test starts from a database, or makes one by itself: in its file, or through its folder's engine."""
    return "database_template" in item.fixturenames or _starts_one(item.path)


@cache
def _starts_one(path):
    by_itself = re.search(r"(?i)postgres|fresh_database", _text_of(path))
    folders = 'getfixturevalue("database_template")' in _text_of(path.parent / "conftest.py")
    return bool(by_itself) or folders


def on_postgresql(item):
    """Whether `make test` runs a test on PostgreSQL as well."""
    alone = meant_for_it(item) and not skipped_there(item) and not said_again.says_again(item.nodeid)
    return about_it(item) or alone


def about_it(item):
    """Whether a test is run there whatever others ask: several write at once, or it tells the two databases apart."""
    if not touches_database(item) or skipped_there(item):
        return False
    several = meant_for_it(item) and AT_ONCE.search(item.name)
    return bool(several or _skipped(item, not ON_POSTGRESQL) or _tells_apart(item))


def skipped_there(item):
    """Whether PostgreSQL is never asked by a test: it is of SQLite."""
    return _skipped(item, ON_POSTGRESQL)


def _skipped(item, where):
    """Whether a mark skips a test on a condition that is `where`: `ON_POSTGRESQL` or the contrary."""
    return any(mark.args and mark.args[0] is where for mark in item.iter_markers("skipif"))


def _tells_apart(item):
    """Whether something in a test is done on PostgreSQL alone, or its case is of one database."""
    if OF_ONE.search(item.name.partition("[")[2]):
        return True
    # To find one function in its file is slow, and few files ask.
    asks = "ON_POSTGRESQL" in _text_of(item.path)
    return asks and bool(re.search(r"(?<!not )\bON_POSTGRESQL", inspect.getsource(item.function)))


def meant_for_it(item):
    """Whether a test is of what a database can change: about no page and nothing printed, or of a room all the same."""
    of_a_page = PAGES & set(item.fixturenames)
    return touches_database(item) and (item.path in FOR_A_ROOM or not (of_a_page or _of_pages_or_paper(item.path)))


def _of_pages_or_paper(path):
    place = path.relative_to(HERE).as_posix()
    return "pages" in path.stem or place.removeprefix("audit_app/").startswith(PAPER)


def passed_over(path):
    """Whether a run on PostgreSQL need not even read a file of tests: by its words, nothing in it is for that run."""
    if not ON_POSTGRESQL or WHOLE or path.suffix != ".py" or not path.name.startswith("test_"):
        return False
    return not may_be_for_it(path)


@cache
def may_be_for_it(path):
    """Whether a test of a file may be run on PostgreSQL, as far as its words tell."""
    text, place = _text_of(path), path.relative_to(HERE.parent).as_posix()
    if re.search(r"(?i)postgres", text):
        return True
    if _of_pages_or_paper(path) and path not in FOR_A_ROOM:
        return False
    names = {f"{place}::{name}" for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    return bool(STARTS.search(text)) and not names <= said_again.listed()


@cache
def _text_of(path):
    return path.read_text("utf-8") if path.exists() else ""
