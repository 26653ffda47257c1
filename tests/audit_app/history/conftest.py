"""A log on a real SQLite file and on PostgreSQL, with the events the tests write."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import database, history
from audit_app.history.tables import ENTRY, HEAD, Seal
from tests import servers

ON_POSTGRESQL = os.environ.get("AUDIT_TEST_DATABASE") == "postgresql"
sqlite_alone = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite: the SQLite run has it")
postgresql_alone = pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL: the PostgreSQL run has it")
KEY = b"a key of the tests, 32 bytes or more"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ASHA = history.Actor(7, "auditor", "5e55", "10.0.0.9", "req-1")

history.declare_event("test.submitted", "{who} submitted {reference} with {answers} answers", facts=["edition"])
history.declare_event("test.due_moved", "{who} moved the due date of {reference} to {due_on}")
history.declare_event("test.signed_in", "{who} signed in", kind="security")
history.declare_event("test.read", "{who} read {reference}", kind="reading")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the kind under test; a file is really synchronised, unlike other tests'."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'log.db'}"
        return
    server, _ = request.getfixturevalue("database_template")
    with servers.fresh_database(server) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = database.make_engine(database_url)
    SQLModel.metadata.create_all(engine, tables=[ENTRY, HEAD, Seal.__table__])
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[database.AuditSession]:
    with database.session_for(engine, None) as session:
        session.info.update(log_key=KEY, actor=ASHA)
        yield session


@pytest.fixture
def write(engine: sa.Engine):
    """Adds so many entries, a minute apart, in one transaction."""

    def add(number: int, start: datetime = NOON) -> None:
        with database.session_for(engine, None) as session:
            session.info.update(log_key=KEY, actor=ASHA)
            for step in range(number):
                now = start + timedelta(minutes=step)
                history.note(
                    session, "test.submitted", f"AUD-{step:04}", by=7, authority_id=1, facts={"answers": step}, now=now
                )

    return add


@pytest.fixture
def anchor(engine: sa.Engine, tmp_path: Path):
    """Writes an anchor and gives the path of the file."""
    path = tmp_path / "history.anchor"

    def write_one(now: datetime = NOON) -> Path:
        with database.session_for(engine, None) as session:
            session.info["log_key"] = KEY
            history.write_anchor(session, path, now)
        return path

    return write_one


@pytest.fixture
def check(engine: sa.Engine, tmp_path: Path):
    """Checks the log as it stands, with another batch size or key if asked."""

    def run(key: bytes = KEY, batch: int = 7) -> history.Report:
        with database.session_for(engine, None, reading=True) as session:
            return history.verify(session, key, tmp_path / "history.anchor", batch=batch)

    return run
