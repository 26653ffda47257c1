"""Everything on one reference, and removing, in a council with 10,000 audits and the frozen version of each (PR-7).

In seconds of the processor, which do not depend on who else uses the machine.
"""

import json
import random
import time
from datetime import UTC, date, datetime

import pytest

from audit_app import create_app, database, jobs, migrations
from audit_app.audits.tables import AuditVersion
from audit_app.jobs.periodic import PeriodicContext
from audit_app.people.access import system_scope
from audit_app.people.tables import Role
from audit_app.records.erasure import queries as removals
from audit_app.records.erasure import queries_listing, service, service_removing
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.retention import service as periods
from audit_app.records.subject_access import queries as requests
from audit_app.records.subject_access import service as subject_access
from audit_app.records.subject_access.tables import SubjectKind
from audit_app.records.tables import RemovalKind, RemovalState
from tests import builders
from tests.bench import town
from tests.conftest import TEST_SETTINGS

COUNCIL, NOW, TODAY = builders.AUTHORITY_ID, datetime(2027, 6, 1, 12, tzinfo=UTC), date(2027, 6, 1)
VERSION_BYTES = 12_000
SECONDS = 60


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The application on the large council, with two who decide."""
    folder = tmp_path_factory.mktemp("protected")
    engine = database.make_engine(f"sqlite:///{folder / 'town.db'}")
    migrations.create_all(engine)
    settings = {**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), "JOBS_IMMEDIATE": False}
    app = create_app(settings, engine=engine)
    people = town.fill(engine)
    with database.session_for(engine, system_scope("a benchmark", COUNCIL)) as session:
        people["second"] = builders.make_person(session, roles=[Role.qa_manager]).id
    with engine.begin() as connection:
        town._write(connection, AuditVersion, _versions(people["auditor"]))
    yield app, engine, people
    engine.dispose()


def _versions(by):
    """What each audit said when it was submitted: as long as a real one, in words that repeat as real ones do."""
    chance = random.Random(7)
    words = [f"word{number}" for number in range(400)]
    for number in range(1, town.AUDITS + 1):
        text = " ".join(chance.choices(words, k=VERSION_BYTES // 8))
        contents = json.dumps({"case_reference": f"G-{number:06d}", "words": text})
        yield town._complete(
            AuditVersion, authority_id=COUNCIL, audit_number=number, version=1, contents=contents,
            fingerprint="0" * 64, contents_sha256="0" * 64, submitted_by=by, submitted_at=NOW,
        )  # fmt: skip


def session_of(app, engine):
    scope = system_scope("a benchmark", COUNCIL)
    return database.AuditSession(
        engine, expire_on_commit=False, info={"scope": scope, "log_key": app.extensions["log_key"]}
    )


@pytest.mark.parametrize(("subject", "sought"), [(SubjectKind.case_reference, "G-004242"), (SubjectKind.account, "")])
def test_everything_on_somebody(council, figures, subject, sought):
    app, engine, people = council
    person = people["auditor"] if subject is SubjectKind.account else None
    with session_of(app, engine) as session:
        row = subject_access.ask(
            session, COUNCIL, subject=subject, sought=sought, person_id=person, reason="A request", by=people["qa"],
            now=NOW, today=TODAY,
        )  # fmt: skip
        subject_access.agree(session, COUNCIL, row.number, by=people["second"], now=NOW)
        session.commit()
        began = time.process_time()
        jobs.run_job(app.extensions["jobs"], COUNCIL, row.job_id)
        took = time.process_time() - began
        session.expire_all()
        made = requests.get_request(session, COUNCIL, row.number)
        assert made.sha256, jobs.find(session, COUNCIL, made.job_id).message
        figures.keep(
            f"everything on a {subject.value}, {made.lines:,} places",
            took,
            target=SECONDS,
            unit="s of processor",
        )


def removed(council, wish, figures, name):
    """Ask for a list, agree to it and have it carried out, each timed."""
    app, engine, people = council
    given = {"now": NOW, "today": TODAY}
    with session_of(app, engine) as session:
        began = time.process_time()
        seen = queries_listing.work_out(session, COUNCIL, wish, TODAY)
        figures.keep(
            f"the list of {name}, {len(seen.items)} things",
            time.process_time() - began,
            target=SECONDS,
            unit="s of processor",
        )
        row = service.ask(session, COUNCIL, wish, reason="As asked", seen=seen.fingerprint, by=people["qa"], **given)
        service.agree(session, COUNCIL, row.number, seen=row.fingerprint, by=people["second"], **given)
        number = row.number
        session.commit()
        session.close()
        began = time.process_time()
        service_removing.carry_on(PeriodicContext(engine, app.config, system_scope("a benchmark")))
        took = time.process_time() - began
        assert removals.get_removal(session, COUNCIL, number).state is RemovalState.done
    return took, len(seen.items)


def test_one_record_is_removed(council, figures):
    took, _count = removed(council, Wish(RemovalKind.request, "G-004242"), figures, "one record")
    figures.keep("removing one record, and sweeping the database", took, target=SECONDS, unit="s of processor")


def test_what_is_past_its_time_is_removed(council, figures):
    app, engine, people = council
    with session_of(app, engine) as session:
        periods.set_period(session, COUNCIL, "audits_agreed", months=12, counts_from="submitted_at", why="A benchmark",
                           seen=0, by=people["qa"], now=NOW)  # fmt: skip
        session.commit()
    took, count = removed(council, Wish(RemovalKind.retention), figures, "what is past its time")
    figures.keep(
        f"removing {count} audits, and sweeping the database",
        took,
        target=10 * SECONDS,
        unit="s of processor",
    )
