"""A fresh database in memory for each test, and a council's usual day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, event
from sqlmodel import Session

from findings import tables

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
COUNCIL = 7


@pytest.fixture(scope="session")
def stored_thread() -> bytes:
    """A database with the thread's tables and nothing in them, made once and copied for each test.

    A test file that starts from more overrides it with what it starts from.
    """
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        tables.metadata.create_all(connection, tables=thread_tables())
        made = connection.connection.driver_connection.serialize()
    engine.dispose()
    return made


@pytest.fixture
def session(stored_thread) -> Iterator[Session]:
    with opened(stored_thread) as session:
        yield session


@contextmanager
def opened(stored: bytes) -> Iterator[Session]:
    """A session on a copy of a database."""
    engine = create_engine("sqlite://")

    @event.listens_for(engine, "connect")
    def fill(connection, _record):
        connection.deserialize(stored)
        connection.execute("PRAGMA foreign_keys=ON")

    with Session(engine) as session:
        yield session
    engine.dispose()


def stored_again(session: Session) -> bytes:
    """The database of a session as it stands now, to be opened again and again."""
    session.commit()
    return session.connection().connection.driver_connection.serialize()


def thread_tables():
    """Only the thread's own tables, whatever else the test run has loaded."""
    return [getattr(tables, name).__table__ for name in tables.__all__ if name != "metadata"]


@pytest.fixture
def day() -> dict:
    """The two things every write wants to know: who, and when."""
    return {"by": 501, "now": NOW}


@pytest.fixture
def events() -> SimpleNamespace:
    """Collects what the register says has happened."""
    told: list[tuple[str, str, dict]] = []
    return SimpleNamespace(told=told, note=lambda code, about, facts: told.append((code, about, facts)))
