"""What tests start from: a fresh database, the application on it, pages that are checked, people who are signed in."""

import gc
import itertools
import os
import re
import shutil
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import g, request, template_rendered

from audit_app import clock, create_app, database, migrations, tables
from audit_app.people.access import door, system_scope, web_session
from tests import builders, chosen, in_haste, said_again, servers
from tests.chosen import ON_POSTGRESQL
from tests.documents import documents  # noqa: F401 (a fixture)
from tests.emptied import Emptied
from tests.object_stores import azure_store, s3_store  # noqa: F401 (fixtures)
from tests.pages import Page
from tests.worlds import Worlds

TEST_SETTINGS = {
    "TESTING": True,
    "PROPAGATE_EXCEPTIONS": False,
    "SECRET_KEY": "a key for tests only, thirty-two bytes long",
    "LOG_KEY": "a log key for tests only, thirty-two bytes",
    "ARGON2_MEMORY_KIB": 64,
    "ARGON2_TIME": 1,
    "ARGON2_LANES": 1,
    "JOBS_IMMEDIATE": True,
}


@template_rendered.connect
def no_page_reads_while_it_is_rendered(_app, template, **_shown):
    """A GET has left the database before its page is made: on SQLite whoever saves would wait for it.

    So has a POST that is refused: it held the turn to write.
    """
    has_left = request.method in door.SAFE_METHODS or g.get("refused")
    if has_left and g.get("session") is not None and g.session.in_transaction():
        raise AssertionError(f"{template.name} was rendered, or read itself, in an open transaction.")


in_haste.compile_templates_once()
in_haste.put_addresses_together_once()
in_haste.list_static_files_once()
in_haste.read_addresses_once()
in_haste.build_addresses_when_asked()
in_haste.read_files_once()


def pytest_collection():
    """Nothing that is loaded now is rubbish, and the collector would look at all of it again and again."""
    gc.disable()


def pytest_collection_finish():
    """Everything is loaded now."""
    gc.enable()
    in_haste.look_for_rubbish_seldom()


def pytest_configure(config):
    """What a test may be marked with."""
    config.addinivalue_line("markers", "proof(why): slow to prove; run by `make proof`, which leaves nothing out")
    if folder := os.environ.get("AUDIT_TEST_SAID"):
        config.pluginmanager.register(
            said_again.Listening(folder, chosen.about_it, chosen.meant_for_it, chosen.skipped_there)
        )


def pytest_ignore_collect(collection_path):
    """What a run does not read."""
    return True if chosen.passed_over(collection_path) else None


def pytest_collection_modifyitems(config, items):
    """Each run takes what it is for."""
    chosen.leave_out(config, items)


FOLDERS = itertools.count(1)


@pytest.fixture
def tmp_path(tmp_path_factory, request):
    """A folder of this test's own. Pytest's fixture looks through those of all earlier tests for a free number."""
    folder = tmp_path_factory.getbasetemp() / f"{re.sub(r'[^0-9A-Za-z_]', '_', request.node.name)[:30]}-{next(FOLDERS)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def database_template(tmp_path_factory):
    """A database with every table and nothing in it, made once: a file's path, or a URL on PostgreSQL."""
    tables.load()
    if ON_POSTGRESQL:
        with servers.postgres_url() as server, servers.fresh_database(server) as url:
            engine = database.make_engine(url)
            migrations.create_all(engine)
            engine.dispose()
            in_haste.keep_statements(engine)
            yield server, url
        return
    path = tmp_path_factory.mktemp("template") / "template.db"
    engine = database.make_engine(f"sqlite:///{path}")
    migrations.create_all(engine)
    engine.dispose()
    in_haste.keep_statements(engine)
    yield path, None


@pytest.fixture(scope="session")
def council_template(database_template, tmp_path_factory):
    """On SQLite, the same database with one council in it: what an application's test starts from."""
    first, url = database_template
    if url:
        return None
    path = shutil.copyfile(first, tmp_path_factory.mktemp("template") / "council.db")
    engine = database.make_engine(f"sqlite:///{path}")
    builders.begin_council(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def stepped(tmp_path_factory):
    """A file of SQLite that took every step there is, made once."""
    tables.load()
    path = tmp_path_factory.mktemp("stepped") / "stepped.db"
    engine = database.make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def emptied(database_template):
    """On PostgreSQL, the database that test after test starts from, empty again each time; elsewhere None."""
    server, template = database_template
    kept = Emptied(server, template) if template else None
    yield kept
    if kept:
        kept.close()


@pytest.fixture
def engine(database_template, council_template, emptied, tmp_path, request):
    """An engine on a database of this test's own."""
    if emptied:
        made = in_haste.sharing_statements(database.make_engine(emptied.url))
        yield made
        made.dispose()
        emptied.empty()
        return
    empty, _template = database_template
    path = shutil.copyfile(council_template if "app" in request.fixturenames else empty, tmp_path / "test.db")
    made = in_haste.sharing_statements(database.make_engine(f"sqlite:///{path}"))
    sa.event.listen(made, "connect", _in_haste)
    yield made
    made.dispose()


def _in_haste(connection, _record):
    """Tests need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_mode=MEMORY")


@pytest.fixture
def app(engine, tmp_path):
    """The application on this test's database, with one council in it: Greenhaven."""
    made = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data")}, engine=engine)
    builders.begin_council(engine)
    return made


@pytest.fixture
def now():
    """A fixed moment for services that are handed one: Monday 2 November 2026, 10am in London."""
    return datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def session(app, engine):
    """A session that sees everything of the council, ready to write and to note history."""
    scope = system_scope("a test", builders.AUTHORITY_ID)
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": scope}) as made:
        made.info["log_key"] = app.extensions["log_key"]
        yield made


@pytest.fixture(scope="session")
def worlds(tmp_path_factory, emptied):
    """The councils that were built already."""
    return Worlds(tmp_path_factory.mktemp("worlds"), emptied)


@pytest.fixture
def built_once(app, session, worlds):
    """Call with a name and a builder to get what it returns, on a database as it leaves it; the name says it all."""
    return lambda name, build: worlds.begin(name, build, app=app, session=session)


@pytest.fixture
def page(app):
    """The only way a test fetches HTML, as a visitor who is not signed in."""
    return Page(app.test_client())


@pytest.fixture
def signed_in_as(app, engine):
    """Call with roles (or a person's id) to get a `Page` for somebody signed in."""

    def sign_in(*roles, person_id=None, **more):
        with database.session_for(engine, system_scope("signing in for a test")) as session:
            if person_id is None:
                person_id = builders.make_person(session, roles=roles, **more).id
            token = web_session.start(session, person_id, now=clock.now(), address="127.0.0.1", browser="a test")
        made = Page(app.test_client())
        made.client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)
        made.person_id = person_id
        return made

    return sign_in
