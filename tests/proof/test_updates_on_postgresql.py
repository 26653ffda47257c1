"""A PostgreSQL database of an earlier revision, its update killed in the middle: old or new, never between (DU-7).

The process that updates is killed at moments drawn by seed, all over the time a whole update takes. The control makes
the same changes statement by statement, each kept by itself.
"""

import gzip
import json
import multiprocessing
import random
import time

import psycopg
import pytest
import sqlalchemy as sa

from audit_app import database, migrations
from tests import servers
from tests.audit_app.test_kept_databases import KEPT, restore

SEED, KILLS, CARELESS = 20_261_130, 50, 10
FIRST = KEPT / "0001-postgresql.sql.gz"
SHAPE = """
SELECT table_name, column_name, data_type, is_nullable, character_maximum_length
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
RULES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
KEYS = "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
TRIGGERS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"


@pytest.fixture(scope="module")
def server():
    with servers.postgres_url() as url:
        yield url


@pytest.fixture(scope="module")
def old(server):
    """A database of the first revision, with data in it, to be copied."""
    with servers.fresh_database(server) as url:
        restore(url, gzip.decompress(FIRST.read_bytes()).decode())
        yield url


def update(url):
    engine = database.make_engine(url)
    migrations.upgrade(engine, backed_up=True)
    engine.dispose()


def update_carelessly(url, statements):
    """The control: what the whole update says to the database, each statement kept by itself."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def plain(url):
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def state_of(url):
    """Step, shape, rules, keys, triggers and the number of rows of each table, from PostgreSQL's own catalogue."""
    with psycopg.connect(plain(url)) as connection:
        read = [connection.execute(question).fetchall() for question in (SHAPE, RULES, KEYS, TRIGGERS)]
        tables = sorted({row[0] for row in read[0]})
        rows = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
        step = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return json.dumps([read, rows, step])


def seconds_of(function, *arguments):
    began = time.monotonic()
    process = multiprocessing.get_context("fork").Process(target=function, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def killed(function, arguments, after):
    """Run it in a process of its own and kill that; PostgreSQL then takes back what was not committed."""
    process = multiprocessing.get_context("fork").Process(target=function, args=arguments)
    process.start()
    process.join(after)
    process.kill()
    process.join()


def wait_until_alone(url):
    """Until the server has noticed that the process is gone."""
    name = sa.make_url(url).database
    with psycopg.connect(plain(url)) as connection:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        until = time.monotonic() + 60
        while connection.execute(asked, (name,)).fetchone()[0]:
            assert time.monotonic() < until
            connection.rollback()
            time.sleep(0.02)


def left_by(server, old, function, more, times):
    """What each of so many killed runs left: old, new or between."""
    before, dice, left = state_of(old), random.Random(SEED), []
    with servers.fresh_database(server, old) as url:
        seconds = seconds_of(function, url, *more)
        after = state_of(url)
    # Half of them anywhere, half about the end, where everything is kept at once.
    spans = ((0.0, 1.0), (0.85, 1.15))
    for moment in sorted(dice.uniform(*spans[number % 2]) * seconds for number in range(times)):
        with servers.fresh_database(server, old) as url:
            killed(function, (url, *more), moment)
            wait_until_alone(url)
            left.append({before: "old", after: "new"}.get(state_of(url), "between"))
    return left, after


def said_by_an_update(server, old):
    """Every statement of a whole update that changes something, with its values in it."""
    statements = []
    with servers.fresh_database(server, old) as url:
        engine = database.make_engine(url)

        @sa.event.listens_for(engine, "before_cursor_execute")
        def keep(_connection, cursor, statement, parameters, *_more):
            if statement.lstrip().split(" ")[0].upper() in {"CREATE", "ALTER", "DROP"} and not parameters:
                statements.append(statement)

        migrations.upgrade(engine, backed_up=True)
        engine.dispose()
    return statements


def test_fifty_updates_of_a_postgresql_database_killed_in_the_middle_leave_the_old_or_the_new(server, old):
    left, new = left_by(server, old, update, (), KILLS)
    print({state: left.count(state) for state in sorted(set(left))})
    assert "between" not in left
    assert left.count("old") >= KILLS // 10
    assert state_of(old) != new
    careless = said_by_an_update(server, old)
    assert len(careless) > 20
    left, _new = left_by(server, old, update_carelessly, (careless,), CARELESS)
    assert "between" in left  # the control
