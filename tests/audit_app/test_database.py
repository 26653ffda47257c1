"""Scoped reads (OB-1), settings that keep what was committed (DU-1), and the write lock (DU-2)."""

import sqlite3
import threading
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, func, select

from audit_app import database, guards
from audit_app.audits.tables import Answer, CaseAudit
from audit_app.drafts import KeptForm
from audit_app.people.access import Role, Scope, system_scope
from audit_app.people.tables import Authority, Person
from tests import builders

OTHER_AUTHORITY = 2
ON_SQLITE_ONLY = "this is about SQLite"


def audit(number, auditor, authority=builders.AUTHORITY_ID):
    return CaseAudit(
        authority_id=authority,
        number=number,
        edition_id="case-audit-1",
        set_id="child-protection",
        length="core",
        fingerprint="f" * 64,
        subject="child",
        audit_type="case_audit",
        how_chosen="random",
        case_reference="G-123456",
        team_id=1,
        team_name="Team",
        window_from=date(2026, 1, 1),
        window_to=date(2026, 6, 30),
        auditor_id=auditor,
        allocated_on=date(2026, 7, 1),
        due_on=date(2026, 7, 22),
    )


@pytest.fixture
def three_audits(app, engine):
    """Two audits of our council by persons 7 and 8, one of another council by person 7, an answer on each."""
    with database.session_for(engine, system_scope("a test")) as session:
        session.add(Authority(id=OTHER_AUTHORITY, key="other", name="Other Council"))
        session.add(Person(id=5, user_name="a@b.example", name="A", made_at=builders.MOMENT))
        session.flush()
        rows = [audit(1, 7), audit(2, 8), audit(1, 7, OTHER_AUTHORITY)]
        session.add_all(rows)
        session.flush()
        for row in rows:
            session.add(
                Answer(
                    authority_id=row.authority_id, audit_number=row.number, question_key="plan/specific", code="good"
                )
            )


@pytest.fixture
def as_auditor_7(three_audits, engine):
    scope = Scope(authority_id=builders.AUTHORITY_ID, person_id=7, roles=frozenset({Role.auditor}))
    with database.session_for(engine, scope, reading=True) as session:
        yield session


SHAPES = {
    "entities": lambda: select(CaseAudit),
    "a column": lambda: select(CaseAudit.number),
    "an alias": lambda: select(sa.orm.aliased(CaseAudit)),
    "rows beneath": lambda: select(Answer),
    "a join": lambda: select(Answer.code).join(
        CaseAudit,
        sa.and_(col(CaseAudit.number) == Answer.audit_number, col(CaseAudit.authority_id) == Answer.authority_id),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_select_shows_only_what_the_scope_allows_ob_1(as_auditor_7, shape):
    assert len(as_auditor_7.exec(SHAPES[shape]()).all()) == 1


COUNTS = {
    "a count": lambda: select(func.count()).select_from(CaseAudit),
    "a count of a sub-select": lambda: select(func.count()).select_from(select(CaseAudit.number).subquery()),
    "a scalar sub-select": lambda: select(select(func.count(col(CaseAudit.number))).scalar_subquery()),
}


@pytest.mark.parametrize("shape", COUNTS)
def test_counts_are_scoped_too_ob_3(as_auditor_7, shape):
    assert as_auditor_7.exec(COUNTS[shape]()).one() == 1


def test_a_row_out_of_scope_is_not_got_by_its_key(as_auditor_7):
    assert as_auditor_7.get(CaseAudit, (builders.AUTHORITY_ID, 1)) is not None
    assert as_auditor_7.get(CaseAudit, (builders.AUTHORITY_ID, 2)) is None
    assert as_auditor_7.get(CaseAudit, (OTHER_AUTHORITY, 1)) is None


def test_a_question_whether_something_exists_sees_no_further_than_the_scope(as_auditor_7):
    def people_if(auditor):
        return select(Person.name).where(sa.exists().where(col(CaseAudit.auditor_id) == auditor))

    assert as_auditor_7.exec(people_if(7)).all() == ["A"]
    assert as_auditor_7.exec(people_if(8)).all() == []


def test_changes_reach_only_rows_in_scope(three_audits, engine):
    scope = Scope(authority_id=builders.AUTHORITY_ID, person_id=7, roles=frozenset({Role.auditor}))
    with database.session_for(engine, scope) as session:
        assert session.exec(sa.update(CaseAudit).values(theme="neglect")).rowcount == 1


def test_a_session_without_a_scope_reads_no_guarded_table(three_audits, engine):
    with pytest.raises(database.NoScope), database.session_for(engine, None) as session:
        session.exec(select(CaseAudit)).all()


def test_the_table_behind_a_class_is_no_way_around_the_scope(as_auditor_7):
    with pytest.raises(database.NoScope):
        as_auditor_7.exec(sa.select(CaseAudit.__table__.c.number)).all()


def test_every_table_of_a_councils_data_is_guarded(app):
    """OB-1: a table with authority_id that nobody guards would be open to all."""
    tables = {name for name, table in SQLModel.metadata.tables.items() if "authority_id" in table.c}
    open_on_purpose = {"history_entry", "reference_count", "seal"}
    assert tables - database.guarded_tables().keys() - open_on_purpose == set()


def test_unsaved_text_is_visible_to_its_author_only_fo_2(app, engine, now):
    with database.session_for(engine, system_scope("a test")) as session:
        session.add(KeptForm(authority_id=1, person_id=7, path="/x", reason="typing", values="[]", kept_at=now))
    for person_id, seen in ((7, 1), (8, 0)):
        scope = Scope(authority_id=1, person_id=person_id, roles=frozenset(Role))
        with database.session_for(engine, scope, reading=True) as session:
            assert len(session.exec(select(KeptForm)).all()) == seen


def test_guards_name_each_table_once():
    assert len({*guards.PLAIN}) == len(guards.PLAIN)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 1), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_is_used_only_where_sqlite_is_mended_du_1(version, mode):
    assert database.journal_mode(version) == mode


def test_sqlite_is_told_to_keep_what_it_is_given_du_1(tmp_path):
    engine = database.make_engine(f"sqlite:///{tmp_path / 'kept.db'}")
    with engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert read["journal_mode"] == database.journal_mode().lower()
    assert read["synchronous"] in (2, 3)
    assert (read["foreign_keys"], read["secure_delete"]) == (1, 1)
    assert read["busy_timeout"] >= 10_000


def test_a_network_share_is_refused_du_1(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/share {tmp_path} nfs4 rw 0 0\n")
    with pytest.raises(database.UnsafeDatabase, match="network share"):
        database.refuse_network_file_system(tmp_path / "database" / "audit.db", mounts)
    mounts.write_text("/dev/sda / ext4 rw 0 0\n")
    database.refuse_network_file_system(tmp_path / "database" / "audit.db", mounts)


def test_writers_take_turns_and_lose_no_update_du_2(tmp_path):
    """Read, add one, write: without an immediate transaction most of these would be lost."""
    engine = database.make_engine(f"sqlite:///{tmp_path / 'turns.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tally (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO tally VALUES (0)")

    def add_ten():
        for _ in range(10):
            with database.session_for(engine, system_scope("a test")) as session:
                seen = session.connection().exec_driver_sql("SELECT n FROM tally").scalar()
                session.connection().exec_driver_sql("UPDATE tally SET n = ?", (seen + 1,))

    threads = [threading.Thread(target=add_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    with sqlite3.connect(tmp_path / "turns.db") as plain:
        assert plain.execute("SELECT n FROM tally").fetchone() == (40,)
    plain.close()
