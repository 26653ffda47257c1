"""A pack of 300 audits with 200 exhibits of 3,000 pages against the same pack without them; and twice the exhibits."""

import io
import json
import subprocess
import sys

import pytest
from reportlab.pdfgen.canvas import Canvas

from audit_app import create_app, database, evidence_store, migrations
from audit_app.people.access import system_scope
from tests import builders, builders_packs
from tests.bench import exhibit_runs
from tests.bench.test_packs import AUDITS, SHORT
from tests.bench.yardstick import WAITING
from tests.conftest import TEST_SETTINGS

EXHIBITS, PAGES = 200, 15


def an_exhibit(number):
    """A report of fifteen full pages, unlike any other."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for page in range(PAGES):
        for line in range(46):
            words = f"Line {line} of page {page} of report {number}: practice, plans, supervision and what changed"
            canvas.drawString(60, 780 - 15 * line, words)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The address of a database with one frozen pack, its data folder, and the hashes of the files kept there."""
    folder = tmp_path_factory.mktemp("exhibits")
    url = f"sqlite:///{folder / 'pack.db'}"
    engine = database.make_engine(url)
    migrations.create_all(engine)
    data = str(folder / "data")
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": data, "PACK_SECONDS": 600}, engine=engine)
    scope = system_scope("a benchmark", builders.AUTHORITY_ID)
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": scope}) as session:
        session.info["log_key"] = app.extensions["log_key"]
        session.add(builders.make_authority())
        session.flush()
        year = builders_packs.make_year(session, random=AUDITS * 2 // 3, chosen=AUDITS // 3, **SHORT)
        builders_packs.ask(session, year.people, level=1, each_audit=True)
    engine.dispose()
    hashes = [evidence_store.put(app.config, an_exhibit(number)).sha256 for number in range(EXHIBITS)]
    return url, data, hashes


def run(url, folder, hashes):
    """One build, in a process of its own."""
    command = [sys.executable, "-m", exhibit_runs.__name__, url, folder, *hashes]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_pack_with_two_hundred_exhibits(council, figures):
    url, folder, hashes = council
    without, half, whole = (run(url, folder, hashes[:count]) for count in (0, EXHIBITS // 2, EXHIBITS))
    merged = EXHIBITS * PAGES
    name = f"{EXHIBITS} exhibits ({merged:,} pages) behind a pack of {AUDITS} audits ({without['pages']} pages)"
    allowed = 1.5 * without["seconds"] + merged * 0.005
    figures.keep(f"{name}, of what is allowed", whole["seconds"] / allowed, target=1, unit="times")
    each = (whole["seconds"] - without["seconds"]) * 1000 / merged
    figures.keep(f"{name}, each page from elsewhere", each, target=5, unit="ms", by=WAITING)
    figures.keep(f"{name}, memory of the process", whole["peak_mb"], target=600, unit="MB")
    more = (whole["seconds"] - without["seconds"]) / (half["seconds"] - without["seconds"])
    figures.keep(f"{name}, against half as many", more, target=2.2, unit="times")
