"""One archive of one moment: what is in it, what is said of it, and what a failure leaves."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from audit_app import backups, database, history
from audit_app.backups import journal, turns
from audit_app.backups.journal import Verified
from audit_app.people.access import system_scope
from tests import builders
from tests.audit_app.backups import archives
from tests.audit_app.backups.conftest import LARGE, files_no_larger_than, make_council, make_key
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; test_on_postgresql.py is about the other")
LATER = builders.MOMENT + timedelta(hours=1)


@pytest.fixture
def own(database_template, tmp_path):
    """A council of this test's own, to be changed, with a key."""
    app = make_council(tmp_path / "data", database_template[0])
    app.identity_file = make_key(app, tmp_path)
    return app


def make(app, now=builders.MOMENT, **settings):
    return backups.make_backup(app.extensions["engine"], {**app.config, **settings}, now)


def lying_in(app):
    return sorted(path.name for path in (app.config["DATA_FOLDER"] / "backups").iterdir())


def told_of(app):
    return journal.lines(app.config["DATA_FOLDER"])


def test_the_manifest_names_every_file_with_what_other_code_finds_in_it(council):
    members = archives.opened(council.archive, council.identity)
    manifest = json.loads(members.pop("manifest.json"))
    assert [[name, size] for name, size, _ in manifest["files"]] == [
        [name, len(data)] for name, data in members.items()
    ]
    assert len([name for name in members if name.startswith("evidence/")]) == 2
    assert LARGE in members.values()
    (copy,) = [data for name, data in members.items() if name == "database/audit.db"]
    (council.folder.parent / "copy.db").write_bytes(copy)
    with closing(sqlite3.connect(council.folder.parent / "copy.db")) as connection:
        last = connection.execute("SELECT sequence, event FROM history_entry ORDER BY sequence DESC").fetchone()
    assert (manifest["log"][0], "backups.begun") == last
    anchored = [line.split(b" ")[1] for line in members["anchors/history-log.txt"].splitlines()]
    assert int(anchored[-1]) == last[0]
    assert manifest["lacks"] == []


def test_a_server_without_the_key_says_that_it_did_not_open_its_backup(council):
    assert council.made.line.verified is Verified.written
    assert council.made.line.enciphered
    assert council.archive.stat().st_mode & 0o777 == 0o600


def test_a_server_with_the_key_restores_each_backup_for_trial(own):
    made = make(own, BACKUP_IDENTITY_FILE=str(own.identity_file))
    assert (made.line.verified, made.line.broken, made.trouble) == (Verified.restored, 0, ())
    assert lying_in(own) == [made.line.name, "backup.lock", "backups.jsonl"]
    with (own.config["DATA_FOLDER"] / "backups" / made.line.name).open("rb") as source:
        line, broken = backups.try_backup(
            source, made.line.name, backups.identity_from(own.identity_file.read_text()), own.config, LATER
        )
    assert (line.what, line.verified, broken) == (journal.What.tried, Verified.restored, ())
    assert [each.what for each in told_of(own)] == [journal.What.made, journal.What.tried]


def test_a_key_that_does_not_fit_is_refused_before_anything_is_written(own, tmp_path):
    identity, _recipient = backups.make_pair()
    (tmp_path / "other").write_text(identity)
    with pytest.raises(backups.NotBackedUp, match="does not open what is made for the recipient"):
        make(own, BACKUP_IDENTITY_FILE=str(tmp_path / "other"))
    assert lying_in(own) == ["backup.lock", "backups.jsonl"]
    for settings, words in (
        ({"BACKUP_RECIPIENT": "age1nonsense"}, "is no recipient"),
        ({"BACKUP_IDENTITY_FILE": str(tmp_path / "none")}, "cannot be read"),
    ):
        with pytest.raises(backups.NotBackedUp, match=words):
            make(own, **settings)
    assert [each.what for each in told_of(own)] == [journal.What.failed] * 3


def test_server_mode_makes_none_that_is_not_enciphered(own):
    backups.recipient_path(own.config).unlink()
    with pytest.raises(backups.NotBackedUp, match="in server mode none is made without one"):
        make(own, SERVER_MODE=True)
    made = make(own)
    assert (made.line.enciphered, made.line.verified) == (False, Verified.restored)
    assert make(own, LATER, SERVER_MODE=True, BACKUP_RECIPIENT=backups.make_pair()[1]).line.enciphered


def test_files_the_store_lost_are_named_and_all_else_is_kept(own):
    store = own.config["DATA_FOLDER"] / "evidence"
    small, large = sorted((path for path in store.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    small.unlink()
    large.write_bytes(LARGE[:-1] + b"!")
    made = make(own)
    assert sorted(sentence.split(" (")[0] for sentence in made.manifest.lacks) == [
        "The file of EVD-0001, version 1, is missing from the evidence store",
        "The file of EVD-0002, version 1, is no longer the file that was kept",
    ]
    assert (made.line.lacks, made.line.files) == (2, 3)


def test_a_disk_that_fills_leaves_the_older_backup_and_no_half_one(own):
    first = make(own).line.name
    before = (own.config["DATA_FOLDER"] / "backups" / first).read_bytes()
    with files_no_larger_than(len(before) - 100_000), pytest.raises(backups.NotBackedUp, match="disk is full"):
        make(own, LATER)
    assert lying_in(own) == [first, "backup.lock", "backups.jsonl"]
    assert (own.config["DATA_FOLDER"] / "backups" / first).read_bytes() == before
    assert told_of(own)[-1].words.startswith("The disk is full")
    assert make(own, LATER).line.name in lying_in(own)


def test_what_a_cut_off_backup_left_is_removed_by_the_next(own):
    folder = own.config["DATA_FOLDER"] / "backups"
    (folder / ".work-old").mkdir()
    (folder / ".work-old" / "audit.db").write_bytes(b"half")
    (folder / ".unfinished-audit-20261101T020000Z.tar.age").write_bytes(b"half")
    (folder / "before-step-0016.db").write_bytes(b"made by an update")
    name = make(own).line.name
    assert lying_in(own) == [name, "backup.lock", "backups.jsonl", "before-step-0016.db"]


def test_one_backup_at_a_time(own):
    with turns.one_at_a_time(own.config["DATA_FOLDER"]), pytest.raises(backups.NotBackedUp, match="is under way"):
        make(own)
    make(own)


def test_people_save_while_a_backup_is_made_and_what_was_saved_before_is_in_it(own):
    engine = own.extensions["engine"]
    with database.session_for(engine, system_scope("a test")) as session:
        session.info["log_key"] = history.key_from(own.config)
        history.note(session, "people.signed_out", by=7, now=LATER)
    made = make(own)
    identity = backups.identity_from(own.identity_file.read_text())
    members = archives.opened(own.config["DATA_FOLDER"] / "backups" / made.line.name, identity)
    assert made.manifest.log.sequence == json.loads(members["manifest.json"])["log"][0]
    with database.session_for(engine, None, reading=True) as session:
        assert history.head_of(session).sequence == made.manifest.log.sequence
