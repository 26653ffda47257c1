"""Each invariant holds of a sound installation, and is named when somebody breaks it behind the product's back."""

import pytest

from audit_app import checking, database, migrations, tables
from audit_app.checking import databases, log_tasks
from audit_app.people.access import Role
from tests import builders, builders_audits
from tests.conftest import ON_POSTGRESQL


@pytest.fixture
def sound(session, app):
    """A council with an administrator and an agreed audit, anchored; returns what to check it with."""
    team = builders.make_team(session)
    auditor, qa = builders.make_person(session, [Role.auditor]), builders.make_person(session, [Role.qa_manager])
    builders.make_person(session, [Role.admin])
    builders_audits.make_agreed(session, team, auditor.id, agreed_by=qa.id)
    session.commit()
    engine = app.extensions["engine"]
    log_tasks.anchor(engine, app.config)
    return engine, app.config


def broken(sound):
    """The invariants that do not hold, each with what was found."""
    return {one.words: one.broken for one in checking.check(*sound) if not one.holds}


def broken_of(sound, words):
    """What one invariant finds; the others are not asked."""
    return checking.look_at(*sound, next(each for each in checking.INVARIANTS if each.words == words)).broken


@pytest.fixture
def stamped(sound):
    """The same, said to stand at the last step, as a migrated database would."""
    with sound[0].begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{migrations.head()}')")
    return sound


def test_a_sound_installation_holds(stamped):
    assert broken(stamped) == {}


def test_tables_of_another_step_are_named_and_nothing_else_is_asked_of_them(sound):
    outcomes = list(checking.check(*sound))
    assert [one.words for one in outcomes if not one.holds] == ["The tables are those this version knows"]
    assert outcomes[-1].words == "The tables are those this version knows"


BREAKS = {
    "No public reference can be given out twice": (
        "UPDATE reference_count SET last_number = 0 WHERE prefix = 'AUD'",
        "AUD-0001",
    ),
    "Each council that is set up has an administrator who can sign in": (
        "UPDATE person SET state = 'disabled'",
        "Greenhaven",
    ),
    "Each team has one name and service at a time": (
        (
            "INSERT INTO team_spell (authority_id, id, team_id, service_id, name, from_on)"
            " SELECT authority_id, id + 1, team_id, service_id, 'Other', from_on FROM team_spell"
        ),
        "Other",
    ),
    "Audits name teams and auditors that exist": ("UPDATE case_audit SET team_id = 5", "team that does not exist"),
    "Submitted audits are frozen, and frozen audits unchanged": ("DELETE FROM audit_version", "AUD-0001"),
    "Frozen contents fit their fingerprint": (
        "UPDATE audit_version SET contents = contents || ' '",
        "Version 1 of AUD-0001",
    ),
    "Dates fit the stage of each audit": ("UPDATE case_audit SET agreed_at = NULL", "agreed without a date"),
    "Grades and answers are points of their scale": ("UPDATE case_audit SET overall_grade = 'splendid'", "splendid"),
    "Findings, areas and actions named across the thread exist": (
        "UPDATE case_audit SET tests_area = 'AFI-0007'",
        "AFI-0007",
    ),
    "Evidence files are there and unchanged": (f"UPDATE authority SET logo_sha256 = '{'0' * 64}'", "logo"),
}


@pytest.mark.parametrize("words", BREAKS)
def test_what_is_broken_is_named(stamped, words):
    statement, told = BREAKS[words]
    with stamped[0].begin() as connection:
        connection.exec_driver_sql(statement)
    assert any(told in sentence for sentence in broken_of(stamped, words))


def test_answers_off_their_scale_are_counted(stamped):
    with stamped[0].begin() as connection:
        connection.exec_driver_sql("UPDATE answer SET code = 'perhaps' WHERE code <> ''")
    assert "perhaps" in broken_of(stamped, "Grades and answers are points of their scale")[0]


def test_a_log_that_can_be_changed_and_one_that_was_are_told_apart(stamped):
    engine, _config = stamped
    trigger = "DROP TRIGGER history_entry_no_update"
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER history_entry_kept ON history_entry" if ON_POSTGRESQL else trigger)
    assert set(broken(stamped)) == {"The log cannot be changed without leaving a trace"}
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE history_entry SET actor = 1 WHERE sequence = 1")
    assert "The history log is sound" in broken(stamped)


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL lets no such row in")
def test_a_row_that_points_at_nothing_is_named(stamped):
    engine, _config = stamped
    with database.make_engine(str(engine.url)).connect() as connection:
        driver = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("DELETE FROM team")
    assert any("team_spell" in line for line in broken_of(stamped, "No row points at one that is not there"))


def test_a_missing_column_is_named(stamped):
    with stamped[0].begin() as connection:
        connection.exec_driver_sql("ALTER TABLE used_key DROP COLUMN location")
        tables.load()
        assert next(databases.other_tables(connection, {})) == "They differ: add column: used_key location"
