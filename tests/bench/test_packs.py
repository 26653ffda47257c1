"""A pack of 300 audits: against the same flowables untagged, in seconds, in memory, and twice the audits."""

import json
import subprocess
import sys

import pytest

from audit_app import create_app, database, migrations
from audit_app.audits.tables import Subject
from audit_app.people.access import system_scope
from tests import builders, builders_packs
from tests.bench import pack_runs
from tests.bench.yardstick import WAITING
from tests.conftest import TEST_SETTINGS

AUDITS = 300
TRIES = 2
# A short set, so that three hundred audits printed in full come to about five hundred pages.
SHORT = {"set_id": "supervision", "subject": Subject.supervision_file}


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """The addresses of two databases, each with one frozen pack: of 300 audits and of twice as many."""
    made = {}
    for audits in (AUDITS, 2 * AUDITS):
        folder = tmp_path_factory.mktemp(f"pack-{audits}")
        url = f"sqlite:///{folder / 'pack.db'}"
        engine = database.make_engine(url)
        migrations.create_all(engine)
        app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), "PACK_SECONDS": 600}, engine=engine)
        scope = system_scope("a benchmark", builders.AUTHORITY_ID)
        with database.AuditSession(engine, expire_on_commit=False, info={"scope": scope}) as session:
            session.info["log_key"] = app.extensions["log_key"]
            session.add(builders.make_authority())
            session.flush()
            year = builders_packs.make_year(session, random=audits * 2 // 3, chosen=audits // 3, **SHORT)
            builders_packs.ask(session, year.people, level=1, each_audit=True)
        engine.dispose()
        made[audits] = url
    return made


def run(url, way):
    """The best of some builds, each in a process of its own."""
    told = []
    for _ in range(TRIES):
        command = [sys.executable, "-m", pack_runs.__name__, url, way]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        told.append(json.loads(ran.stdout))
    return min(told, key=lambda one: one["seconds"])


def test_a_pack_of_three_hundred_audits(packs, figures):
    plain, tagged, twice = (
        run(packs[AUDITS], "untagged"),
        run(packs[AUDITS], "tagged"),
        run(packs[2 * AUDITS], "tagged"),
    )
    name = f"A pack of {AUDITS} audits ({tagged['pages']} pages)"
    ratio = tagged["seconds"] / plain["seconds"]
    figures.keep(f"{name} against the same untagged", ratio, target=2, unit="times")
    figures.keep(f"{name}, to build", tagged["seconds"], target=60, unit="s", by=WAITING)
    figures.keep(f"{name}, memory of the process", tagged["peak_mb"], target=400, unit="MB")
    more = twice["seconds"] / tagged["seconds"]
    figures.keep(f"Twice the audits ({twice['pages']} pages)", more, target=2.2, unit="times")
