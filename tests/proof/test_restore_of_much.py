"""Ten thousand audits and 5 GB of evidence, backed up and restored: how long it takes, and with how much memory."""

import hashlib
import multiprocessing
import os
import resource
import shutil
import time

import pytest

from audit_app import backups, clock, create_app, database, migrations
from audit_app.evidence.given import TakenFile
from audit_app.evidence.states import Held
from audit_app.people.access import Role, system_scope
from tests import builders, builders_evidence
from tests.audit_app.backups.conftest import make_key
from tests.bench import town
from tests.conftest import TEST_SETTINGS

GIGABYTE = 10**9
EVIDENCE_BYTES, FILE_BYTES = 5 * GIGABYTE, 20 * 10**6
MOST_SECONDS = 600
MOST_MEGABYTES = 400  # of one process, the whole product loaded


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The town, and 250 files of 20 MB that rows name, each with bytes of its own."""
    folder = tmp_path_factory.mktemp("large")
    if shutil.disk_usage(folder).free < 4 * EVIDENCE_BYTES:
        pytest.skip("this needs 20 GB of free disk")
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), "EVIDENCE_PERSON_MB": 10_000})
    engine = app.extensions["engine"]
    migrations.upgrade(engine)
    town.fill(engine)
    with database.session_for(engine, system_scope("much evidence", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        person = builders.make_person(session, [Role.qa_manager, Role.admin]).id
        for number in range(EVIDENCE_BYTES // FILE_BYTES):
            file = TakenFile(data=os.urandom(FILE_BYTES), kind="pdf", given_name=f"{number}.pdf", text="A scan.")
            builders_evidence.add(session, by=person, held=Held.here, address="", file=file, config=app.config)
    app.identity_file = make_key(app, folder)
    engine.dispose()
    yield app, folder
    shutil.rmtree(folder)


def apart(function, *arguments):
    """Seconds, and the most megabytes, of a process that does nothing else."""
    box = multiprocessing.get_context("fork").SimpleQueue()

    def work():
        began = time.monotonic()
        function(*arguments)
        box.put((time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0
    return box.get()


def back_up(folder):
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")})
    backups.make_backup(app.extensions["engine"], app.config, clock.now())


def put_back(folder, config, identity):
    (archive,) = (folder / "data" / "backups").glob("audit-*.age")
    with archive.open("rb") as source:
        backups.restore(source, folder / "new", identity=identity, config=config, old_folder=None, now=clock.now())


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_ten_thousand_audits_and_five_gigabytes_are_back_in_ten_minutes(large):
    app, folder = large
    database_megabytes = (folder / "data" / "database" / "audit.db").stat().st_size / 10**6
    made_in, made_with = apart(back_up, folder)
    identity = backups.identity_from(app.identity_file.read_text())
    back_in, back_with = apart(put_back, folder, app.config, identity)
    print(
        f"database {database_megabytes:.0f} MB, evidence {EVIDENCE_BYTES / GIGABYTE:.0f} GB: backup {made_in:.0f} s "
        f"with {made_with:.0f} MB of memory, restore with every check {back_in:.0f} s with {back_with:.0f} MB"
    )
    there = hashes(folder / "new" / "evidence")
    assert len(there) == EVIDENCE_BYTES // FILE_BYTES
    assert all(name == sha256 for name, sha256 in there.items())
    assert back_in < MOST_SECONDS
    assert max(made_with, back_with) < MOST_MEGABYTES
