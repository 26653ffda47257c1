"""A real server with a database of its own, a real browser, and visitors in it."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
import waitress
from playwright.sync_api import sync_playwright

from audit_app import create_app, database, migrations, tables
from audit_app.people.access import system_scope, web_session
from tests import builders, servers
from tests.conftest import TEST_SETTINGS
from tests.journeys.visiting import WIDE, LookedAt, Visitor
from tests.serving import serving

SETTINGS = {
    **TEST_SETTINGS,
    # However slow the machine is, nobody is asked for the password again on a way that takes people a minute.
    "PROOF_MINUTES": 600,
}
# Two browsers share the journeys file by file, and each is given two files to begin with: had one of them the longest
# to walk last, the other would wait for it.
LONGEST_FIRST = (
    "test_every_page", "test_a_year", "test_by_keyboard", "test_whole_story", "test_first_brief_audit",
    "test_from_excel",
)  # fmt: skip
HERE = Path(__file__).parent
# As root Chromium cannot use its sandbox; it reads nothing but our own pages.
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


def pytest_collection_modifyitems(items):
    """The long journeys first, when nothing but journeys is walked."""
    if all(item.path.parent == HERE for item in items):
        items.sort(key=lambda item: LONGEST_FIRST.index(name) if (name := item.path.stem) in LONGEST_FIRST else 99)


class House:
    """The product as it runs: served by waitress on a port of its own, on a file of its own."""

    def __init__(self, app, engine, address):
        self.app, self.engine, self.address = app, engine, address
        app.config["PUBLIC_ADDRESS"] = address

    @contextmanager
    def session(self, authority_id=builders.AUTHORITY_ID):
        """A session that sees everything of the council, to prepare what a journey begins with."""
        scope = system_scope("preparing a journey", authority_id)
        with database.session_for(self.engine, scope) as session:
            session.info["log_key"] = self.app.extensions["log_key"]
            yield session

    def cookie(self, person_id):
        """The cookie of somebody who has just signed in."""
        with self.session(None) as session:
            token = web_session.start(session, person_id, now=datetime.now(UTC), address="127.0.0.1", browser="a test")
        # The browser takes this name from a secure address alone, and then sends it to ours too: it is this machine.
        address = self.address.replace("http://", "https://")
        return {"name": self.app.config["SESSION_COOKIE"], "value": token, "url": address, "secure": True}


@cache
def _empty():
    """The file of a database with every table and nothing in it."""
    tables.load()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = database.make_engine(f"sqlite:///{path}")
        migrations.create_all(engine)
        engine.dispose()
        return path.read_bytes()


@contextmanager
def serve(folder, *, council=True, name="127.0.0.1", port=0, settings=None):
    """Serve the product from a folder, with the council Greenhaven in it or with nobody at all.

    Passkeys want a name: `localhost` is one, and this machine's own.
    """
    path = folder / "journey.db"
    if not path.exists():
        path.write_bytes(_empty())
    engine = database.make_engine(f"sqlite:///{path}")
    # Nobody cuts the power on a journey: it need not wait for the disk.
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    app = create_app({**SETTINGS, "DATA_FOLDER": str(folder / "data"), **(settings or {})}, engine=engine)
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=4, ident=None)
    house = House(app, engine, f"http://{name}:{server.effective_port}")
    if council:
        with house.session(None) as session:
            session.add(builders.make_authority())
    try:
        with serving(server):
            yield house
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The product with one council in it, for the journeys of one module."""
    with serve(tmp_path_factory.mktemp("house")) as served:
        yield served


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all journeys; the system's, or the one that Playwright brings."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=servers.chromium_path(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory):
    """What axe has looked at in this run, here or in the process beside."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "looked-at"
    folder.mkdir(exist_ok=True)
    return LookedAt(folder)


@pytest.fixture
def visit(chromium, looked_at):
    """Call with a house, and who somebody is, to get a `Visitor` with a window of their own."""
    visitors = []

    def open_window(house, person_id=None, *, width=WIDE, scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="en-GB", accept_downloads=True
        )
        if person_id is not None:
            context.add_cookies([house.cookie(person_id)])
        visitors.append(Visitor(context, house.address, looked_at=looked_at, scripts=scripts))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.no_faults()
        visitor.context.close()
