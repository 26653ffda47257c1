"""What the proofs start from: applications on fresh databases of their own, as many as a proof needs."""

import pytest

from audit_app import create_app, database, migrations, tables
from audit_app.people.access import system_scope
from tests import builders
from tests.conftest import TEST_SETTINGS


@pytest.fixture
def make_app(tmp_path):
    """Call to get an application and its engine, with the council Greenhaven in it."""
    made = []

    def make(**settings):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        tables.load()
        engine = database.make_engine(f"sqlite:///{folder / 'proof.db'}")
        made.append(engine)
        migrations.create_all(engine)
        app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data"), **settings}, engine=engine)
        with database.session_for(engine, system_scope("a council for a proof")) as session:
            session.add(builders.make_authority())
        return app, engine

    yield make
    for engine in made:
        engine.dispose()
