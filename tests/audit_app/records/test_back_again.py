"""After a restore of an older backup: what was removed is told, and removed again; a new thing of that number stays."""

import shutil

import pytest
from sqlmodel import select

from audit_app.audits.tables import CaseAudit
from audit_app.checking import records
from audit_app.commands import backing_up
from audit_app.records.erasure import register
from tests.audit_app.records import planted
from tests.audit_app.records.planted import CASE, MARK
from tests.conftest import ON_POSTGRESQL
from tests.object_stores import CONTAINER

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the file of SQLite is put back by hand")


def check(engine, app):
    with engine.connect() as connection:
        return [line for line in records.back_again(connection, app.config) if isinstance(line, str)]


def put_back(engine, tmp_path):
    engine.dispose()
    shutil.copyfile(tmp_path / "older.db", tmp_path / "test.db")


def test_what_a_restore_brings_back_is_told_and_removed_again(session, people, ask, agree, work, engine, app, tmp_path):
    planted.plant_audit(session, people)
    session.commit()
    shutil.copyfile(tmp_path / "test.db", tmp_path / "older.db")
    agree(ask())
    work()
    session.close()
    assert check(engine, app) == []
    put_back(engine, tmp_path)
    (sentence,) = check(engine, app)
    assert sentence.startswith("AUD-0001 was removed under RMV-0001 and is here again.")
    told = app.test_cli_runner().invoke(args=["records", "erase-again", "--only-tell"])
    assert "AUD-0001 was removed on" in told.output and check(engine, app)
    assert "AUD-0001 was removed again." in app.test_cli_runner().invoke(args=["records", "erase-again"]).output
    (tmp_path / "older.db").unlink()
    assert check(engine, app) == [] and planted.traces(tmp_path, CASE, MARK) == []
    assert "Nothing that was removed" in app.test_cli_runner().invoke(args=["records", "erase-again"]).output


def test_a_new_thing_of_the_same_number_stays(session, people, ask, agree, work, engine, app, tmp_path):
    shutil.copyfile(tmp_path / "test.db", tmp_path / "older.db")
    planted.plant_audit(session, people)
    session.commit()
    agree(ask())
    work()
    session.close()
    put_back(engine, tmp_path)
    planted.plant_audit(session, people, case="G-121212")
    session.commit()
    assert session.exec(select(CaseAudit.number)).all() == [1]
    session.rollback()
    assert check(engine, app) == []


def test_the_register_lies_beside_the_backups_and_a_changed_line_is_told(
    session, people, ask, agree, work, engine, app
):
    planted.plant_audit(session, people)
    session.commit()
    agree(ask())
    work()
    first, beside = register.places(app.config)
    assert first.read_text() == beside.read_text() and CASE not in first.read_text()
    beside.write_text(beside.read_text() + "torn")
    register.add(beside, app.extensions["log_key"], register.entries(first)[0])
    assert len(register.entries(beside)) == 1
    first.write_text(first.read_text().replace("AUD-0001", "AUD-0002"))
    assert any("changed past the product" in sentence for sentence in check(engine, app))


def test_a_restored_backup_is_told_of_what_was_removed_since(
    session, people, ask, agree, work, engine, app, tmp_path, capsys
):
    planted.plant_audit(session, people)
    session.commit()
    into = tmp_path / "restored"
    (into / "database").mkdir(parents=True)
    shutil.copyfile(tmp_path / "test.db", into / "database" / "audit.db")
    agree(ask())
    work()
    backing_up.tell_removed_again({**app.config, "DATABASE_URL": ""}, into, [tmp_path / "data" / "backups"])
    assert "here again with it: AUD-0001" in capsys.readouterr().err
    assert len(register.entries(register.path_in(into))) == 1


def test_the_register_lies_beside_backups_in_a_store_and_is_read_from_there_alone(
    session, people, ask, agree, work, engine, app, tmp_path, s3_store
):
    """The server and all its folders are lost; the store did not answer at first."""
    store = {**s3_store.settings("kept"), "BACKUP_STORE_URL": f"s3://{CONTAINER}/kept", "EVIDENCE_STORE_URL": ""}
    away = {**store, "EVIDENCE_STORE_ENDPOINT": "http://127.0.0.1:9", "EVIDENCE_STORE_SECONDS": 1}
    planted.plant_audit(session, people)
    session.commit()
    shutil.copyfile(tmp_path / "test.db", tmp_path / "older.db")
    app.config.update(away, EVIDENCE_STORE_RETRIES=0)
    agree(ask())
    work()
    session.close()
    (sentence,) = check(engine, app)
    assert "not beside the backups in the object store yet" in sentence
    app.config.update(store)
    work()
    assert check(engine, app) == []
    assert register.places(app.config) == [register.path_in(tmp_path / "data")]
    shutil.rmtree(tmp_path / "data" / "anchors")
    put_back(engine, tmp_path)
    assert check(engine, app) == []  # nothing on this machine knows
    told = app.test_cli_runner().invoke(args=["records", "erase-again"])
    assert "1 line was taken over" in told.output and "AUD-0001 was removed again." in told.output
    app.config.update(away)
    unread = app.test_cli_runner().invoke(args=["records", "erase-again"])
    assert unread.exit_code == 1 and "cannot be read, so nothing was removed" in unread.stderr
