"""Every page that GET opens finds its rows, on either database, and leaves every row of the council as it was."""

import pytest
import sqlalchemy as sa
from flask import g
from sqlmodel import SQLModel

from audit_app.people.access import open_to_all
from tests import builders
from tests.audit_app.security import canaries, world
from tests.chosen import WHOLE
from tests.conftest import ON_POSTGRESQL

# Plumbing writes these for itself: the line in the log that somebody read, when they were last seen, and that they took
# a register out, which counts towards how many they may take.
WRITTEN_BY_PLUMBING = {"history_entry", "history_head", "register_export", "web_session"}


def rows_of(engine):
    """Every row of every table, by table."""
    with engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            for name, table in SQLModel.metadata.tables.items()
            if name not in WRITTEN_BY_PLUMBING
        }


@pytest.fixture
def made(app, engine, built_once):
    return world.begin_small(app, engine, built_once)


def changed(before, after):
    return {table for table in before if before[table] != after[table]}


@pytest.mark.skipif(not (ON_POSTGRESQL or WHOLE), reason="on SQLite, library/terms/test_terms_everywhere.py sees it")
def test_no_page_that_is_only_read_changes_a_row(app, engine, made):
    addresses = canaries.addresses(app, engine, most=1)
    page = world.sign_in(app, engine, made.person)
    before = rows_of(engine)
    answers = {address: page.client.get(address, base_url="http://localhost").status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert list(answers.values()).count(200) > 60
    assert changed(before, rows_of(engine)) == set()


@pytest.mark.skipif(ON_POSTGRESQL, reason="the door rolls back in one way; seen on SQLite")
def test_a_page_that_writes_and_commits_by_itself_is_seen(app, engine, made):
    """The control: a view that goes round the door's rollback is found by its rows."""

    def careless():
        g.session.add(builders.make_authority(id=3, key="careless", name="Careless"))
        g.session.commit()
        return "done"

    app._got_first_request = False
    app.add_url_rule("/careless", "careless", open_to_all(careless))
    page = world.sign_in(app, engine, made.person)
    before = rows_of(engine)
    assert page.client.get("/careless", base_url="http://localhost").status_code == 200
    assert changed(before, rows_of(engine)) == {"authority"}
