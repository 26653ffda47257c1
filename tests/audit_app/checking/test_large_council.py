"""The council that benchmarks run on can still be written, and its rows break no invariant but those named."""

import sqlalchemy as sa

from audit_app import checking, create_app, migrations
from tests.bench import town
from tests.conftest import TEST_SETTINGS

AUDITS = 40
# Rows past the services have no counts of references, no frozen versions and nobody who agreed; and no administrator.
NOT_WRITTEN = {
    "No public reference can be given out twice",
    "Each council that is set up has an administrator who can sign in",
    "Submitted audits are frozen, and frozen audits unchanged",
    "Dates fit the stage of each audit",
}


def stand_at_the_last_step(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{migrations.head()}')")


def test_the_council_of_the_benchmarks_holds_but_for_what_nothing_there_measures(engine, tmp_path):
    town.fill(engine, AUDITS)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data")}, engine=engine)
    stand_at_the_last_step(engine)
    assert {one.words for one in checking.check(engine, app.config) if not one.holds} == NOT_WRITTEN
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM answer")) == AUDITS * town.ANSWERS
