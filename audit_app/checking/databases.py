"""The database itself: whole, of the right shape, nothing dangling, the log's triggers in place."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import migrations, words
from audit_app.checking.looking import Compared
from audit_app.history import triggers
from audit_app.migrations import known, writing

MOST = 100


def damage(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """SQLite's own look at its file; PostgreSQL checks its pages itself."""
    if connection.dialect.name == "sqlite":
        for (answer,) in connection.exec_driver_sql(f"PRAGMA quick_check({MOST})"):
            if answer != "ok":
                yield f"SQLite says: {answer}"
        yield Compared("Every page, by SQLite’s own quick check; what stands in them is looked at below.")
    else:
        yield Compared("Not looked at: PostgreSQL checks its own pages.")


def dangling(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Foreign keys that lead nowhere, as after a repair by hand; PostgreSQL never lets one in."""
    if connection.dialect.name == "sqlite":
        for table, row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST):
            yield f"A row of {table} (row {row}) names a row of {parent} that is not there."
    yield Compared(f"Every foreign key of {words.count(len(sa.inspect(connection).get_table_names()), 'table')}.")


def other_tables(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """The step the database stands at, and tables or columns that differ from the code's."""
    step = known.current(connection)
    if step != migrations.head():
        yield f"It stands at {step or 'no step'}, and this version needs step {migrations.head()}: audit-app migrate"
        return
    for difference in writing.differences(connection):
        yield f"They differ: {difference}"
    yield Compared(f"Every table and column against step {step}.")


def missing_triggers(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """The triggers that make the log append-only."""
    catalogue = "sqlite_master WHERE type = 'trigger'"
    named = "name"
    if connection.dialect.name == "postgresql":
        catalogue, named = "pg_trigger WHERE NOT tgisinternal", "tgname"
    there = {row[0] for row in connection.exec_driver_sql(f"SELECT {named} FROM {catalogue}")}  # noqa: S608
    for statement in triggers.create(connection.dialect.name):
        parts = statement.split()
        if parts[:2] == ["CREATE", "TRIGGER"] and parts[2] not in there:
            yield f"The trigger {parts[2]} is missing, so the log could be changed. Restore a backup."
    yield Compared("Whether the triggers are there; a change made while they were off shows in the log's seals, below.")
