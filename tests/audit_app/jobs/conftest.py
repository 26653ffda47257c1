"""A database with the tables of jobs in it, and a queue that answers at once."""

import os

import pytest
import sqlalchemy as sa

from audit_app import jobs
from audit_app.config import DEFAULTS
from audit_app.database import make_engine, session_for
from audit_app.jobs import kinds
from audit_app.jobs.tables import Job, PeriodicRun
from audit_app.people.access import system_scope

TABLES = [Job.__table__, PeriodicRun.__table__]


@pytest.fixture
def settings(tmp_path):
    """Settings of an installation in a folder of its own."""
    (tmp_path / "database").mkdir()
    url = f"sqlite:///{tmp_path / 'database' / 'audit.db'}"
    return {**DEFAULTS, "DATA_FOLDER": tmp_path, "DATABASE_URL": os.environ.get("JOBS_TEST_DATABASE_URL", url)}


@pytest.fixture
def engine(settings):
    engine = make_engine(settings["DATABASE_URL"])
    Job.metadata.drop_all(engine, tables=TABLES)
    Job.metadata.create_all(engine, tables=TABLES)
    yield engine
    engine.dispose()


@pytest.fixture
def registered():
    """Kinds and tasks registered in a test are forgotten after it."""
    before = dict(kinds.kinds), dict(kinds.periodics), list(kinds._scope_maker)
    kinds.kinds.clear()
    kinds.periodics.clear()
    yield jobs.register_job
    kinds.kinds.clear()
    kinds.kinds.update(before[0])
    kinds.periodics.clear()
    kinds.periodics.update(before[1])
    kinds._scope_maker[:] = before[2]


@pytest.fixture
def queue(settings, engine, registered):
    """A queue that does each job in this process, right after the commit."""
    opened = jobs.open_queue({**settings, "JOBS_IMMEDIATE": True}, engine)
    yield opened
    opened.close()


@pytest.fixture
def waiting_queue(settings, engine, registered):
    """A queue as the web process has it: rings are kept until a worker comes."""
    opened = jobs.open_queue(settings, engine)
    opened.huey.storage.flush_queue()
    yield opened
    opened.close()


@pytest.fixture
def session(engine):
    with session_for(engine, system_scope("a test")) as session:
        yield session


@pytest.fixture
def stored(engine):
    """The row of a job as another process would read it."""

    def read(job):
        with engine.execution_options(reading=True).connect() as connection:
            table = Job.__table__
            return connection.execute(sa.select(table).where(table.c.id == job.id)).one()

    return read
