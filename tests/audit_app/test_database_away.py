"""A database server that cannot be reached: a page with words and what was typed, and nothing waits for it twice."""

import socket
import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from audit_app import create_app, database, jobs
from tests.conftest import TEST_SETTINGS


def wrapped(orig):
    return sa.exc.OperationalError("COMMIT", {}, orig)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (wrapped(psycopg.OperationalError("connection refused")), True),
        (wrapped(psycopg.errors.ConnectionTimeout("timeout expired")), True),
        (wrapped(psycopg.errors.AdminShutdown("terminating connection")), True),
        (wrapped(psycopg.errors.CannotConnectNow("the database system is starting up")), True),
        (sa.exc.InternalError("INSERT", {}, psycopg.errors.ReadOnlySqlTransaction("read-only")), True),
        (psycopg.errors.ConnectionFailure("no line"), True),
        (wrapped(psycopg.errors.DiskFull("no space")), False),
        (wrapped(psycopg.errors.DeadlockDetected("deadlock")), False),
        (sa.exc.IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation("twice")), False),
        (wrapped(sqlite3.OperationalError("database is locked")), False),
    ],
)
def test_which_errors_say_that_the_server_cannot_be_reached(error, away):
    assert database.is_away(error) is away
    outer = RuntimeError("while saving")
    outer.__cause__ = error
    assert database.is_away(outer) is away


@pytest.fixture
def nowhere():
    """The address of a server that is not there."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"postgresql+psycopg://u:secret@127.0.0.1:{held.getsockname()[1]}/audit"


@pytest.fixture
def visitor(nowhere, tmp_path):
    engine = database.make_engine(nowhere)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path)}, engine=engine)
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE"], "somebody", domain="localhost", secure=True)
    yield client
    engine.dispose()


def test_a_page_that_was_asked_for_says_that_the_records_cannot_be_reached(visitor):
    seen = visitor.get("/greenhaven/audits", base_url="https://localhost")
    assert seen.status_code == 503
    assert "Sorry, the records cannot be reached just now" in seen.text
    assert int(seen.headers["Retry-After"]) > 0
    assert "What you typed" not in seen.text


def test_what_was_sent_stands_on_the_page_ready_to_be_sent_again_and_nothing_is_claimed_of_it(visitor):
    typed = {"text": "Visits were late in nine of fourteen records.", "once": "abc", "csrf_token": "t"}
    seen = visitor.post("/greenhaven/findings/raise", data=typed, base_url="https://localhost")
    assert seen.status_code == 503
    assert typed["text"] in seen.text and "Send it again" in seen.text
    assert '<input type="hidden" name="once" value="abc">' in seen.text
    assert "nobody can tell whether what you sent was saved" in seen.text
    assert "Nothing was saved" not in seen.text


def test_a_start_without_its_server_is_a_sentence_without_the_password(nowhere, tmp_path):
    settings = {**TEST_SETTINGS, "JOBS_IMMEDIATE": False, "DATA_FOLDER": str(tmp_path), "DATABASE_URL": nowhere}
    engine = database.make_engine(nowhere)
    with pytest.raises(database.Unreachable, match="The database does not answer") as refused:
        jobs.open_queue(settings, engine)
    engine.dispose()
    assert "secret" not in str(refused.value)
