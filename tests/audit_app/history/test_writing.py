"""Adding to the log: in the same transaction, one writer at a time, and only what may be kept for ever."""

import secrets
import threading
from datetime import datetime

import pytest
import sqlalchemy as sa

from audit_app import database, history
from audit_app.history import triggers
from audit_app.history.tables import ENTRY, HEAD
from audit_app.history.writing import cleaned

from .conftest import ASHA, KEY, NOON, postgresql_alone, sqlite_alone

WRITERS, EACH = 8, 25


def submit(session: database.AuditSession, **more: object) -> None:
    history.note(session, "test.submitted", "AUD-0001", **({"by": 7, "authority_id": 1, "now": NOON} | more))


def count(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(ENTRY)).scalar_one()


def test_an_entry_says_who_from_where_what_and_when_but_no_text(session):
    submit(session, facts={"answers": 12, "edition": "case-audit-1"}, before="He is safe.", after="She is safe.")
    (entry,) = history.entries_about(session, 1, "AUD-0001")
    kept = entry.model_dump()
    assert {name: kept[name] for name in ("sequence", "at", "actor", "role", "session_hash", "address")} == {
        "sequence": 1,
        "at": NOON,
        "actor": 7,
        "role": "auditor",
        "session_hash": "5e55",
        "address": "10.0.0.9",
    }
    assert (entry.event, entry.outcome, entry.request_id) == ("test.submitted", "done", "req-1")
    assert history.facts_of(entry) == {"answers": 12, "edition": "case-audit-1"}
    assert "safe" not in history.as_line(entry)


def test_the_change_and_its_entry_are_kept_together_or_not_at_all(engine):
    with pytest.raises(RuntimeError), database.session_for(engine, None) as session:
        session.info["log_key"] = KEY
        submit(session)
        raise RuntimeError("the save failed")
    assert count(engine) == 0
    with engine.connect() as connection:
        assert connection.execute(sa.select(HEAD.c.sequence)).scalar_one() == 0


def test_eight_writers_at_once_make_one_chain(engine, check, anchor):
    anchor()
    failed: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def work(person: int) -> None:
        try:
            start.wait()
            for number in range(EACH):
                with database.session_for(engine, None) as session:
                    session.info["log_key"] = KEY
                    submit(session, by=person, facts={"answers": number})
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    report = check()
    assert report.sound, report.lines()
    assert report.entries == report.head_sequence == WRITERS * EACH


def test_two_writers_who_saw_the_same_head_cannot_both_move_it(engine, session):
    """What the lock prevents; should it ever fail, the database refuses the second writer rather than fork."""
    submit(session)
    session.commit()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(HEAD.update().values(sequence=1, hash="", count=1))
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.execute(ENTRY.insert().from_select(ENTRY.c.keys(), sa.select(ENTRY)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET role = 'leader'",
        "DELETE FROM history_entry",
        "DELETE FROM history_head",
        "UPDATE history_head SET sequence = 0",
        "UPDATE history_head SET sequence = sequence + 2",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(engine, write, check, statement):
    write(3)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert count(engine) == 3


@sqlite_alone
def test_replacing_a_row_on_sqlite_is_refused_too(engine, write):
    write(3)
    copy = "INSERT OR REPLACE INTO history_entry SELECT * FROM history_entry WHERE sequence = 2"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(copy)


@postgresql_alone
def test_truncating_on_postgresql_is_refused_too(engine, write):
    write(3)
    for table in ("history_entry", "history_head"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {table}")


@pytest.fixture
def as_role(engine):
    """An engine that acts as a role which does not own the tables."""
    role = f"log_writer_{secrets.token_hex(4)}"
    with engine.begin() as connection:
        for statement in (f'CREATE ROLE "{role}"', *triggers.grants(role)):
            connection.exec_driver_sql(statement)
    limited = database.make_engine(
        engine.url.render_as_string(hide_password=False), connect_args={"options": f"-c role={role}"}
    )
    yield limited
    limited.dispose()
    with engine.begin() as connection:
        connection.exec_driver_sql(f'DROP OWNED BY "{role}"')
        connection.exec_driver_sql(f'DROP ROLE "{role}"')


@postgresql_alone
def test_a_role_that_does_not_own_the_log_can_add_to_it_and_do_nothing_else(as_role, check, anchor):
    history.note_apart(as_role, KEY, "test.signed_in", by=7, now=NOON)
    for statement in (
        "UPDATE history_entry SET role = 'leader'",
        "DELETE FROM history_entry",
        "TRUNCATE history_entry",
        "DELETE FROM history_head",
        "ALTER TABLE history_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER history_entry_kept ON history_entry",
        "DROP TABLE history_entry",
    ):
        with pytest.raises(sa.exc.DBAPIError, match=r"permission denied|must be owner"), as_role.begin() as connection:
            connection.exec_driver_sql(statement)
    anchor()
    assert check().entries == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"facts": {"name": "x"}}, "may not carry name"),
        ({"facts": {"answers": "x" * 81}}, "longer than 80"),
        ({"facts": {"answers": "a\nb"}}, "line break"),
        ({"facts": {"answers": "a\u2028b"}}, "line break"),
        ({"facts": {"answers": "a\x85b"}}, "line break"),
        ({"facts": {"answers": "a\x00b"}}, "control character"),
        ({"facts": {"answers": "a\u202eb"}}, "control character"),
        ({"facts": {"answers": 1.5}}, "float"),
        ({"facts": {"answers": True}}, "bool"),
        ({"facts": {"answers": None}}, "NoneType"),
        ({"outcome": "Not\ndone"}, "outcome"),
        ({"now": datetime(2026, 3, 4)}, "no zone"),  # noqa: DTZ001
    ],
)
def test_what_must_not_be_kept_for_ever_is_refused(session, more, said):
    with pytest.raises(history.BadEntry, match=said):
        submit(session, **more)
    assert history.entries_about(session, 1, "AUD-0001") == []


@pytest.mark.parametrize("reference", ["AUD-1\nFND-2", "A" * 81])
def test_a_reference_is_one_short_line(session, reference):
    with pytest.raises(history.BadEntry, match="the reference"):
        history.note(session, "test.submitted", reference, by=7, now=NOON)


def test_an_event_nobody_registered_is_an_error(session):
    with pytest.raises(history.UnknownEvent, match="nobody_knows"):
        history.note(session, "nobody_knows", by=7, now=NOON)


@sqlite_alone
def test_without_a_key_or_a_head_nothing_is_logged(session):
    session.execute(sa.text("DROP TRIGGER history_head_no_delete"))
    session.execute(HEAD.delete())
    with pytest.raises(history.LogNotReady, match="audit-app migrate"):
        submit(session)
    del session.info["log_key"]
    with pytest.raises(history.LogNotReady, match="log_key"):
        submit(session)
    with pytest.raises(history.LogNotReady, match="AUDIT_LOG_KEY"):
        history.key_from({"LOG_KEY": "short"})
    assert history.key_from({"LOG_KEY": "k" * 32}) == b"k" * 32
    session.rollback()


def test_a_hostile_header_cannot_stop_a_save_nor_start_a_line_in_a_text_log(session):
    session.info["actor"] = history.Actor(
        7, "auditor", "5e55", "10.0.0.9\r\nadmin signed in", "\x1b[2J\u2028" + "x" * 90
    )
    submit(session)
    (entry,) = history.entries_about(session, 1, "AUD-0001")
    line = history.as_line(entry)
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert entry.address == "10.0.0.9\ufffd\ufffdadmin signed in"
    assert len(entry.request_id) == 64
    assert cleaned("plain", 64) == "plain"


def test_a_log_told_after_somebody_put_line_breaks_into_it_keeps_to_one_line(session):
    submit(session, facts={"answers": 1})
    (entry,) = history.entries_about(session, 1, "AUD-0001")
    session.expunge(entry)
    entry.reference, entry.role, entry.facts = "AUD\n1", "a\r\nb", '{"answers": "x\\ny"}'
    assert len(history.tell(entry).splitlines()) == 1
    assert len(history.as_line(entry).splitlines()) == 1


def test_equal_texts_leave_different_hashes_and_erasing_them_leaves_the_chain_whole(session, engine, check, anchor):
    submit(session, before="No.", after="Yes.")
    submit(session, before="No.", after="Yes.")
    latest, first = history.entries_about(session, 1, "AUD-0001")
    assert len({first.before_hash, first.after_hash, latest.before_hash, latest.after_hash}) == 4
    assert history.fits(first, KEY, before="No.", after="Yes.")
    assert not history.fits(first, KEY, after="No.")
    assert not history.fits(first, b"x" * 32, after="Yes.")
    with pytest.raises(ValueError, match="Give the text"):
        history.fits(first, KEY)
    session.commit()
    anchor()
    assert check().sound


def test_an_entry_apart_is_kept_whatever_becomes_of_the_rest(engine, check, anchor):
    refused = {"by": None, "outcome": "refused", "now": NOON}
    history.note_apart(engine, KEY, "test.signed_in", actor=ASHA, **refused)
    history.note_apart(engine, KEY, "test.signed_in", **refused)
    with database.session_for(engine, None, reading=True) as session:
        latest, first = history.security_events(session)
        assert (first.address, latest.address, latest.role) == ("10.0.0.9", "", "system")
    anchor()
    assert check().sound
