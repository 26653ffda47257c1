"""A council with files, and one enciphered backup of it, made once: most tests only read."""

import resource
import shutil
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from audit_app import backups, create_app, database, history
from audit_app.evidence.states import Held
from audit_app.migrations import known
from audit_app.people.access import Role, system_scope, web_session
from tests import builders, builders_evidence
from tests.conftest import TEST_SETTINGS

LARGE = b"A long report. " * 200_000


def make_council(folder, template, **settings):
    """An installation in a folder of its own: an administrator with an open session, two files, a log.

    `template` is a database of SQLite to copy; None where DATABASE_URL names one on a server.
    """
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder), **settings})
    engine = app.extensions["engine"]
    if template:
        shutil.copyfile(template, folder / "database" / "audit.db")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {known.VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO {known.VERSION_TABLE} VALUES ('{known.head()}')")
    with database.session_for(engine, system_scope("a council for a test")) as session:
        session.add(builders.make_authority())
    with database.session_for(engine, system_scope("a council for a test", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = history.key_from(app.config)
        person = builders.make_person(session, [Role.admin, Role.qa_manager])
        for text in (b"The minutes of October.", LARGE):
            builders_evidence.add(
                session, by=person.id, held=Held.here, file=builders_evidence.a_file(text), config=app.config
            )
        web_session.start(session, person.id, now=builders.MOMENT, address="127.0.0.1", browser="a test")
    return app


def make_key(app, folder):
    """A key of backups: its public half in the data folder, the other in a file elsewhere."""
    identity, recipient = backups.make_pair()
    backups.recipient_path(app.config).write_text(recipient)
    kept = folder / "identity.txt"
    kept.write_text(f"# keep this\n{identity}\n")
    return kept


@contextmanager
def files_no_larger_than(size):
    """The system itself refuses to write further: what a full disk or a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def council(database_template, tmp_path_factory):
    """The council, its backup, and the key that opens it."""
    folder = tmp_path_factory.mktemp("council")
    app = make_council(folder / "data", database_template[0])
    identity_file = make_key(app, folder)
    made = backups.make_backup(app.extensions["engine"], app.config, builders.MOMENT)
    return SimpleNamespace(
        app=app, engine=app.extensions["engine"], config=app.config, folder=folder / "data", made=made,
        archive=folder / "data" / "backups" / made.line.name, identity_file=identity_file,
        identity=backups.identity_from(identity_file.read_text()),
    )  # fmt: skip
