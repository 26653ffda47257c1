"""Migrations: they make what the code expects, keep every row, leave nothing half done, and refuse the unknown."""

import shutil
import stat
import subprocess
import sys
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from audit_app import database, migrations, tables
from audit_app.migrations import known, writing
from tests import servers
from tests.conftest import ON_POSTGRESQL

ADD_COLUMN = '''"""Try a change of a table that others point at."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("service", recreate="{recreate}") as batch:
        batch.add_column(sa.Column("short_name", sa.String(20), nullable=False, server_default="none"))
        batch.alter_column("name", existing_type=sa.String(120), type_=sa.String(150))
'''
ORPHANS = '''"""Try a change that leaves rows pointing at nothing."""

from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade():
    op.execute("UPDATE service SET name = 'Changed'")
    op.execute("DELETE FROM team")
'''
LAST = known.head()
NEXT = f"{int(LAST) + 1:04}"
ROWS = """
INSERT INTO authority (id, key, name, reference_pattern, reference_example, logo_sha256, marking, fictional, revision)
VALUES (1, 'greenhaven', 'Greenhaven', '', '', '', 'OFFICIAL', false, 1);
INSERT INTO service (authority_id, id, name, from_on) VALUES (1, 11, 'Safeguarding', '2025-01-01');
INSERT INTO team (authority_id, id, opened_on) VALUES (1, 21, '2025-01-01');
INSERT INTO team_spell (authority_id, id, team_id, service_id, name, from_on)
VALUES (1, 31, 21, 11, 'Team', '2025-01-01');
"""


@pytest.fixture
def bare(database_template, tmp_path):
    """An engine on a database with nothing in it."""
    tables.load()
    if ON_POSTGRESQL:
        with servers.fresh_database(database_template[0]) as url:
            engine = database.make_engine(url)
            yield engine
            engine.dispose()
        return
    engine = database.make_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def migrated(bare, request):
    """An engine on a database of this test's own that took every step there is."""
    if ON_POSTGRESQL:
        migrations.upgrade(bare)
    else:
        shutil.copyfile(request.getfixturevalue("stepped"), bare.url.database)
    return bare


@pytest.fixture
def backups(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def more_steps(tmp_path):
    """Call with the text of a second step: the folder of the steps with that one added."""

    def add(text):
        folder = tmp_path / "steps"
        shutil.copytree(known.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "9000_try.py").write_text(text.format(recreate="always", head=known.head()))
        return folder

    return add


def fill(engine):
    """A council, a service, a team and a spell that points at both."""
    with engine.begin() as connection:
        for statement in ROWS.split(";")[:-1]:
            connection.exec_driver_sql(statement)


def shape(engine):
    """Everything about the tables that a database can tell: columns, keys, checks, indexes, triggers."""
    look = sa.inspect(engine)
    found = {}
    for table in look.get_table_names():
        if table == known.VERSION_TABLE or table.startswith("huey_"):
            continue
        found[table] = {
            "columns": sorted((one["name"], str(one["type"]), one["nullable"]) for one in look.get_columns(table)),
            "key": look.get_pk_constraint(table),
            "foreign": sorted(str(sorted(one.items(), key=str)) for one in look.get_foreign_keys(table)),
            "unique": sorted(str(sorted(one.items())) for one in look.get_unique_constraints(table)),
            "checks": sorted((one["name"], one["sqltext"]) for one in look.get_check_constraints(table)),
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), one["unique"]) for one in look.get_indexes(table)
            ),
        }
    return found, triggers(engine)


def triggers(engine):
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    if ON_POSTGRESQL:
        statement = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    with engine.execution_options(reading=True).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def test_the_steps_make_exactly_what_the_code_expects(migrated, engine):
    with migrated.execution_options(reading=True).connect() as connection:
        assert writing.differences(connection) == []
    made, expected = shape(migrated), shape(engine)
    assert made[0].keys() == expected[0].keys()
    for table in made[0]:
        assert made[0][table] == expected[0][table], table
    assert made[1] == expected[1]
    assert made[1], "there are no triggers to compare"


def test_the_steps_are_known_without_alembic_as_alembic_knows_them(more_steps):
    """A process that serves does not load it: it would hold ten megabytes that no page needs."""
    folder = more_steps(ADD_COLUMN)  # the product's own steps and one more
    told = ScriptDirectory.from_config(known.configuration(folder)).walk_revisions()
    assert known.steps(folder) == tuple(step.revision for step in told)[::-1]
    assert known.steps(known.FOLDER) == known.steps(folder)[:-1]
    loaded = "import sys, audit_app.commands, audit_app.wiring; print('alembic' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", loaded], text=True).strip() == "False"


@pytest.mark.proof("takes every step for several databases")
def test_a_database_is_served_only_at_the_step_this_version_knows(bare, more_steps):
    with pytest.raises(migrations.SchemaNotKnown, match="empty"):
        migrations.check_known(bare)
    done = migrations.upgrade(bare)
    assert (done.before, done.after, done.changed) == (None, migrations.head(), True)
    migrations.check_known(bare)
    with pytest.raises(migrations.SchemaNotKnown, match=r"needs step 9000.*audit-app migrate"):
        migrations.check_known(bare, more_steps(ADD_COLUMN))


@pytest.mark.parametrize(("step", "words"), [("0999", "newer version"), (None, "does not say which version made them")])
def test_a_newer_database_and_one_of_unknown_making_are_left_alone(migrated, step, words):
    with migrated.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
        if step:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{step}')")
    for use in (migrations.check_known, migrations.upgrade):
        with pytest.raises(migrations.SchemaNotKnown, match=words):
            use(migrated)


def test_a_step_keeps_every_row_and_what_points_at_it(migrated, backups, more_steps):
    fill(migrated)
    folder = more_steps(ADD_COLUMN if not ON_POSTGRESQL else ADD_COLUMN.replace("{recreate}", "never"))
    done = migrations.upgrade(migrated, backups, backed_up=ON_POSTGRESQL, folder=folder)
    assert (done.before, done.after) == (migrations.head(), "9000")
    with migrated.begin() as connection:
        assert connection.exec_driver_sql("SELECT name, short_name FROM service").all() == [("Safeguarding", "none")]
        assert connection.exec_driver_sql("SELECT service_id FROM team_spell").all() == [(11,)]
        with pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql("UPDATE team_spell SET service_id = 99")
            connection.commit()
    assert [name for name, _ in triggers(migrated)], "the log must still be append-only"
    again = migrations.upgrade(migrated, backups, folder=folder)
    assert not again.changed


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has backups of its own, and is asked for one below")
def test_data_are_copied_before_they_are_changed(migrated, backups, more_steps):
    fill(migrated)
    folder = more_steps(ADD_COLUMN)
    with pytest.raises(migrations.NoBackup):
        migrations.upgrade(migrated, folder=folder)
    done = migrations.upgrade(migrated, backups, folder=folder)
    assert done.backup.parent == backups
    assert stat.S_IMODE(done.backup.stat().st_mode) == 0o600
    with closing(database.make_engine(f"sqlite:///{done.backup}").raw_connection()) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrations.head(),)]
        assert copy.execute("SELECT name FROM service").fetchall() == [("Safeguarding",)]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite is copied by the product itself")
def test_on_postgresql_somebody_must_say_that_there_is_a_backup(migrated, backups, more_steps):
    with pytest.raises(migrations.NoBackup, match="pg_dump"):
        migrations.upgrade(migrated, backups, folder=more_steps(ADD_COLUMN.replace("{recreate}", "never")))


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL refuses such a step by itself")
def test_a_step_that_leaves_rows_pointing_at_nothing_changes_nothing(migrated, backups, more_steps):
    fill(migrated)
    before = shape(migrated)
    with pytest.raises(migrations.SchemaNotKnown, match="nothing was changed"):
        migrations.upgrade(migrated, backups, folder=more_steps(ORPHANS))
    assert shape(migrated) == before
    with migrated.begin() as connection:
        assert known.current(connection) == migrations.head()
        assert connection.exec_driver_sql("SELECT count(*) FROM team_spell").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_of_two_starts_at_once_one_migrates(bare):
    done, faults = [], []

    def start():
        try:
            done.append(migrations.upgrade(bare))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(one.changed for one in done) == [False, False, True]
