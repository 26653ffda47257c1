"""How long the worker takes to make every audit of a large council into a workbook, and what saves take meanwhile.

    python -m tests.bench.saves_beside_export --audits 100000

Web process and worker are processes of their own, as where the product is installed; one person saves without pause.
The goals are 60 seconds for 100,000 rows, and 150 ms for the 95th centile of saves. Prints both, what saves take alone
in the same run, and the processor's seconds of the worker, which say more on a busy machine; asserts nothing.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from audit_app import create_app, database, jobs
from audit_app.audits.register import workbook_export
from audit_app.people.access import system_scope
from audit_app.people.exports import service_asking
from tests import builders
from tests.bench.kept_towns import large_council
from tests.bench.servers import serving
from tests.bench.serving import Client
from tests.bench.test_saving import domain_of_twelve, fields, path_of
from tests.conftest import TEST_SETTINGS

ALONE = 40


def made_by_worker(url, data, job_id, told):
    """The job, in a process of its own; how long it took, by the clock and of the processor."""
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": data, "DATABASE_URL": url, "JOBS_IMMEDIATE": False})
    began, used = time.monotonic(), time.process_time()
    jobs.run_job(app.extensions["jobs"], builders.AUTHORITY_ID, job_id)
    told.put((time.monotonic() - began, time.process_time() - used))


def asked_for(app, engine, person, rows):
    """The job of one long export of all audits."""
    scope = system_scope("a benchmark", builders.AUTHORITY_ID)
    with database.session_for(engine, scope) as session:
        session.info["log_key"] = app.extensions["log_key"]
        row = service_asking.ask(
            session, builders.AUTHORITY_ID, workbook_export.REGISTER, {}, rows, person, datetime.now(UTC)
        )
        return row.job_id


class Writer:
    """Somebody who saves a page of questions without pause."""

    def __init__(self, app, engine, port):
        with engine.connect() as connection:
            in_hand = "SELECT number, auditor_id FROM case_audit WHERE stage = 'in_progress' ORDER BY number LIMIT 1"
            number, person = connection.exec_driver_sql(in_hand).one()
        self.client, self.domain, self.revision = Client(app, engine, port, person), domain_of_twelve(), 1
        self.path = path_of(number, self.domain)

    def save(self):
        """One save; its milliseconds."""
        sent = fields(self.domain, self.revision, self.revision)
        status, seconds = self.client.ask("POST", self.path, sent)
        assert status == 303, status
        self.revision += 1
        return seconds * 1000


def spread(saves):
    """The middle and the 95th centile."""
    return f"p50 {statistics.median(saves):.0f}, p95 {statistics.quantiles(saves, n=20)[-1]:.0f} ms (n={len(saves)})"


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--audits", type=int, default=100_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with large_council(folder, given.audits, JOBS_IMMEDIATE=False) as (app, engine, people):
            url, data = f"sqlite:///{folder / 'town.db'}", str(folder / "data")
            with serving("waitress", processes=1, threads=8, database_url=url, data=data) as (port, _pids):
                writer = Writer(app, engine, port)
                alone = [writer.save() for _ in range(ALONE)]
                told = multiprocessing.get_context("spawn").Queue()
                job = asked_for(app, engine, people["qa"], given.audits)
                worker = multiprocessing.get_context("spawn").Process(
                    target=made_by_worker, args=(url, data, job, told)
                )
                worker.start()
                beside = []
                while worker.is_alive():
                    beside.append(writer.save())
                took, used = told.get(timeout=10)
                worker.join()
            with database.session_for(engine, system_scope("a benchmark"), reading=True) as session:
                ended = jobs.find(session, builders.AUTHORITY_ID, job).state.value
    print(f"{given.audits:,} audits as a workbook: {took:.1f} s, {used:.1f} s of the processor, {ended}")
    print(f"saves alone {spread(alone)}; beside it {spread(beside)}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
