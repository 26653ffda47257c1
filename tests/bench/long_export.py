"""A register made by the worker while somebody saves: seconds, memory, and how long the saves take.

    .venv/bin/python -m tests.bench.long_export --audits 100000

The goals: 100,000 rows in less than 60 seconds with constant memory, and 95 of 100 saves within 150 milliseconds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

import frameworks
from audit_app import clock, create_app, database, jobs, migrations
from audit_app.audits.tables import CaseAudit, DomainAnswer
from audit_app.people.access import Role, system_scope
from audit_app.people.exports import kinds, service_asking
from tests import builders
from tests.bench import memory, town
from tests.bench.serving import Client, served
from tests.bench.test_saving import domain_of_twelve, fields, path_of
from tests.conftest import TEST_SETTINGS

PAUSE = 0.05  # seconds between two saves of one person
ALONE = 60
IN_HAND = 20  # an audit in progress


def settings_of(folder):
    return {**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), "DATABASE_URL": f"sqlite:///{folder / 'town.db'}"}


def opened(folder):
    """The application on the database of a folder, which is not asked to do jobs by itself."""
    engine = database.make_engine(settings_of(folder)["DATABASE_URL"])
    app = create_app(settings_of(folder), engine=engine)
    app.extensions["jobs"].ring = lambda *_references: None
    return app, engine


def fill(engine, audits):
    """A council with so many audits and no answers; who saves, and who takes the register out."""
    with database.session_for(engine, system_scope("a large council for a benchmark")) as session:
        session.add(builders.make_authority())
        session.flush()
        teams = [builders.make_team(session, f"Team {number}", service=f"Service {number % 3}") for number in range(12)]
        auditors = [builders.make_person(session, roles=[Role.auditor]).id for _ in range(30)]
        qa = builders.make_person(session, roles=[Role.qa_manager]).id
    questions = frameworks.question_set(town.EDITION, town.SET, town.LENGTH)
    with engine.begin() as connection:
        rows = (town._audit(number, teams, auditors, questions) for number in range(1, audits + 1))
        town._write(connection, CaseAudit, rows)
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        own = {"authority_id": builders.AUTHORITY_ID, "audit_number": IN_HAND, "saved_at": moment}
        answered = ({**town._plain(DomainAnswer), **own, "domain_id": domain.id} for domain in questions.domains)
        town._write(connection, DomainAnswer, answered)
        connection.execute(sa.text("ANALYZE"))
    return qa


def asked(engine, app, qa):
    """The export as the page asks for it; its job."""
    with database.session_for(engine, system_scope("asking for an export", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        register = kinds.register_of("audits")
        row = service_asking.ask(session, builders.AUTHORITY_ID, register, {}, 0, qa, clock.now())
        return row.job_id


def work(folder, job_id):
    """In a process of its own, as the worker is one: do the job and tell of it."""
    app, engine = opened(folder)
    before, began = memory.peak_mib(), time.perf_counter()
    jobs.run_job(app.extensions["jobs"], builders.AUTHORITY_ID, job_id)
    took, processor = time.perf_counter() - began, time.process_time()
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT rows, size FROM long_export").one()
    told = {"seconds": took, "processor": processor, "before": before, "peak": memory.peak_mib()}
    print(json.dumps({**told, "rows": row[0], "size": row[1]}))


def saver(app, engine, port):
    """A function that saves a page of an audit once more and gives the milliseconds."""
    with engine.connect() as connection:
        auditor = connection.exec_driver_sql(f"SELECT auditor_id FROM case_audit WHERE number = {IN_HAND}").scalar()
    client, domain, turns = Client(app, engine, port, auditor), domain_of_twelve(), iter(range(10**9))

    def save():
        turn = next(turns)
        status, seconds = client.ask("POST", path_of(IN_HAND, domain), fields(domain, turn, turn + 1))
        assert status == 303, status
        time.sleep(PAUSE)
        return seconds * 1000

    return save


def p95(times):
    return statistics.quantiles(times, n=20)[-1]


def run(audits):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrations.create_all(database.make_engine(settings_of(folder)["DATABASE_URL"]))
        app, engine = opened(folder)
        qa = fill(engine, audits)
        job_id = asked(engine, app, qa)
        with served(app) as port:
            save = saver(app, engine, port)
            alone = [save() for _ in range(ALONE)]
            command = [sys.executable, "-m", "tests.bench.long_export", "--work", name, str(job_id)]
            worker, beside = subprocess.Popen(command, stdout=subprocess.PIPE, text=True), []
            while worker.poll() is None:
                beside.append(save())
        told = json.loads(worker.stdout.read())
        engine.dispose()
    print(
        f"{told['rows']:,} rows in {told['seconds']:.1f} s ({told['processor']:.1f} s of processor with its start), "
        f"{told['size'] / 1e6:.1f} MB; memory {told['before']:.0f} MiB before, {told['peak']:.0f} at most"
    )
    print(
        f"A save: median {statistics.median(alone):.0f}, p95 {p95(alone):.0f} ms alone; "
        f"median {statistics.median(beside):.0f}, p95 {p95(beside):.0f} ms beside ({len(beside)} saves)"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--audits", type=int, default=10_000)
    parser.add_argument("--work", nargs=2, metavar=("FOLDER", "JOB"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(Path(given.work[0]), int(given.work[1]))
    else:
        run(given.audits)


if __name__ == "__main__":
    main()
