"""Which tests are run where: on PostgreSQL what a database can change, in `make proof` what is slow to prove.

The rule for PostgreSQL: a test that touches a database is run there as well, unless it asks for a page (`page`,
`signed_in_as`, a file named for pages) or for paper. What a page or a PDF says does not depend on who answered; that
every page and every form finds its rows there is seen by `tests/audit_app/security/`, which reads and sends them all.
Of those that are left, the ones that ask PostgreSQL nothing that others do not ask wait too (`said_again.py`).
`make proof` leaves nothing out.
"""

import os
import re
from functools import cache
from pathlib import Path

from tests import said_again

HERE = Path(__file__).resolve().parent
ON_POSTGRESQL = os.environ.get("AUDIT_TEST_DATABASE") == "postgresql"
WHOLE = os.environ.get("AUDIT_TEST_WHOLE") == "1"
PAGES = {"page", "signed_in_as"}
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
        "library/crosswalk/test_doubts_pages.py", "packs/exhibits/test_joined.py", "packs/kinds/test_kinds.py",
        "people/exports/test_long_exports.py", "records/papers/test_papers.py",
    )
}  # fmt: skip


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
    by_itself = re.search(r"(?i)postgres|fresh_database", _text_of(item.path))
    folders = 'getfixturevalue("database_template")' in _text_of(item.path.parent / "conftest.py")
    return "database_template" in item.fixturenames or bool(by_itself) or folders


def on_postgresql(item):
    """Whether `make test` runs a test on PostgreSQL as well."""
    return about_it(item) or (meant_for_it(item) and item.nodeid not in said_again.listed())


def about_it(item):
    """Whether a test is run there whatever others ask."""
    speaks = "not ON_POSTGRESQL" in _text_of(item.path) or "postgresql" in item.path.stem
    return (speaks or item.path in FOR_A_ROOM) and touches_database(item)


def meant_for_it(item):
    """Whether a test is of what a database can change: about no page and nothing printed."""
    place = item.path.relative_to(HERE).as_posix()
    of_a_page = PAGES & set(item.fixturenames) or "pages" in item.path.stem
    printed = place.removeprefix("audit_app/").startswith(PAPER)
    return touches_database(item) and not of_a_page and not printed


@cache
def _text_of(path):
    return path.read_text("utf-8") if path.exists() else ""
