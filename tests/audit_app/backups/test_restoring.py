"""Everything comes back; and each thing that is wrong with a backup is told in words of its own, with nothing left."""

import gzip
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from audit_app import backups, database, history
from audit_app.backups.container import archive
from audit_app.backups.refusals import NoKey, NotRestored
from tests import builders
from tests.audit_app.backups import archives
from tests.audit_app.backups.conftest import files_no_larger_than
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; test_on_postgresql.py is about the other")
LATER = builders.MOMENT + timedelta(days=1)
KEPT = Path(__file__).resolve().parents[2] / "fixtures" / "0002-sqlite.db.gz"
CHANGED_BY_A_RESTORE = {"web_session", "history_entry", "history_head", "seal"}


def restore(council, archive, into, *, identity=None, old_folder=None, **settings):
    with archive.open("rb") as source:
        return backups.restore(
            source, into, identity=identity, config={**council.config, **settings}, old_folder=old_folder, now=LATER
        )


def rows(path):
    """Every row of every table, read past the product."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def restored(council, tmp_path_factory):
    """The backup, restored into a folder that was there and empty; what was said of it, and the folder."""
    into = tmp_path_factory.mktemp("place") / "new"
    into.mkdir()
    return restore(council, council.archive, into, identity=council.identity, old_folder=council.folder), into


def test_everything_comes_back_under_its_own_name_and_is_checked(council, restored):
    told, into = restored
    before, after = (rows(folder / "database" / "audit.db") for folder in (council.folder, into))
    assert len(before) > 60
    for table in before.keys() - CHANGED_BY_A_RESTORE:
        assert after[table] == before[table], table
    assert len(files(into / "evidence")) == 2
    assert files(into / "evidence") == files(council.folder / "evidence")
    assert (into / "keys" / "log_key").read_text() == TEST_SETTINGS["LOG_KEY"]
    assert [path.name for path in into.parent.iterdir()] == ["new"]
    assert (told.broken, told.migrated_from, told.manifest.lacks) == ((), "", ())
    assert all(path.stat().st_mode & 0o077 == 0 for path in into.rglob("*"))


def test_a_restore_ends_every_session_and_stands_in_the_log(restored):
    told, into = restored
    assert told.sessions_ended == 1
    with closing(sqlite3.connect(into / "database" / "audit.db")) as connection:
        assert connection.execute("SELECT count(*) FROM web_session WHERE ended_at IS NULL").fetchone() == (0,)
        last, event, facts = connection.execute(
            "SELECT sequence, event, facts FROM history_entry ORDER BY sequence DESC"
        ).fetchone()
    facts = json.loads(facts)
    assert (event, facts["sequence"], facts["lost"]) == ("backups.restored", last - 1, "none known")
    assert history.last_anchor(into / "anchors" / "history-log.txt").sequence == last
    restored_engine = database.make_engine(f"sqlite:///{into / DATABASE}")
    with database.session_for(restored_engine, None, reading=True) as session:
        assert history.verify(session, KEY.encode(), into / "anchors" / "history-log.txt").sound
    restored_engine.dispose()
    assert told.loss.sentence.startswith("Nothing: the database it replaces ends with the same entry")


def test_no_key_is_inside_and_other_tools_open_it(council):
    assert council.archive.read_bytes().startswith(b"age-encryption.org/v1")
    members = archives.opened(council.archive, council.identity)
    assert list(members)[:3] == ["head.json", "anchors/history-log.txt", "database/audit.db"]
    assert list(members)[-1] == "manifest.json"
    whole = b"".join(members.values())
    factor_key = (council.folder / "keys" / "factor_key").read_text()
    keys = [TEST_SETTINGS["LOG_KEY"], TEST_SETTINGS["SECRET_KEY"], "AGE-SECRET-KEY", str(council.identity), factor_key]
    assert [key for key in keys if key.encode() in whole] == []
    assert b"Greenhaven" in whole  # the control: what is inside would be found
    assert b"Greenhaven" not in council.archive.read_bytes()


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def members(council):
    return archives.opened(council.archive, council.identity)


def without(members, start):
    return {name: data for name, data in members.items() if not name.startswith(start)}


def evidence_in(members):
    return next(name for name in members if name.startswith("evidence/"))


def larger(members, name):
    return {**members, name: members[name] + b"more"}


def extra(made):
    return lambda path, members: archives.written(path, members, more=[(made, b"")])


KEY, DATABASE = TEST_SETTINGS["LOG_KEY"], "database/audit.db"
OTHER = "0" * 64
FORGED = {
    "a link": (extra(archives.entry("evidence/x", tarfile.SYMTYPE, "/etc/passwd")), "holds a link"),
    "a hard link": (extra(archives.entry("evidence/x", tarfile.LNKTYPE, "head.json")), "holds a link"),
    "a device": (extra(archives.entry("evidence/x", tarfile.CHRTYPE)), "holds a device"),
    "a folder": (extra(archives.entry("evidence", tarfile.DIRTYPE)), "holds a folder"),
    "an absolute name": (extra(archives.entry("/etc/cron.d/x")), "lead out of the folder"),
    "a name that leads out": (extra(archives.entry("evidence/../../x")), "lead out of the folder"),
    "a file twice": (extra(archives.entry("head.json")), "head.json twice"),
    "a file nobody named": (extra(archives.entry(f"evidence/00/{OTHER}")), "more than its manifest says"),
    "headers of another tar": (
        lambda path, members: archives.written(path, {**members, "head.json": members["head.json"]},
                                               more=[(archives.entry("x", tarfile.XHDTYPE), b"")]),
        "something other than a file",
    ),
    "a file too large": (
        lambda path, members: archives.written(path, larger(members, evidence_in(members))),
        "more than the",
    ),
    "a changed file": (
        lambda path, members: archives.written(path, {**members, DATABASE: members[DATABASE][::-1]}),
        "its hash is another",
    ),
    "a file missing": (lambda path, members: archives.written(path, without(members, "evidence/")), "lacks evidence/"),
    "no manifest": (lambda path, members: archives.written(path, without(members, "manifest")), "without a manifest"),
    "no head": (lambda path, members: archives.written(path, without(members, "head")), "does not begin with"),
    "something after the manifest": (
        lambda path, members: archives.written(path, members, after={f"evidence/00/{OTHER}": b""}),
        "goes on after its manifest",
    ),
    "sealed with another key": (
        lambda path, members: archives.written(path, archives.resealed(members, "another key, as long as the other")),
        "does not fit the key of the history log",
    ),
    "another first line": (
        lambda path, members: archives.written(
            path, {**members, "head.json": members["head.json"].replace(b"2026-11-02", b"2026-11-03")}
        ),
        "first lines of the backup",
    ),
    "a newer version": (
        lambda path, members: archives.written(path, archives.resealed(members, KEY, step="0999", version="9.0")),
        "made by a newer version (version 9.0): its tables stand at step 0999",
    ),
    "another format": (
        lambda path, members: archives.written(path, archives.resealed(members, KEY, format="somebody-else-1")),
        "not a backup made by this product",
    ),
    "cut off": (
        lambda path, members: path.write_bytes(archives.written(path, members).read_bytes()[:-40_000]),
        "cut off: its end is missing",
    ),
    "empty": (lambda path, members: path.write_bytes(b""), "cut off: its end is missing"),
    "something else": (lambda path, members: path.write_bytes(b"PK\x03\x04" * 5000), "not a backup made by this"),
}  # fmt: skip


def refused(council, path, tmp_path, **more):
    """What is said; and nothing at all was left beside."""
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises((NotRestored, NoKey)) as refusal:
        restore(council, path, place / "new", **more)
    assert list(place.iterdir()) == []
    return str(refusal.value)


@pytest.mark.parametrize("forgery", FORGED)
def test_each_forgery_is_refused_in_words_of_its_own_and_nothing_is_left(council, members, tmp_path, forgery):
    make, words = FORGED[forgery]
    make(tmp_path / "forged.tar", members)
    told = refused(council, tmp_path / "forged.tar", tmp_path)
    assert words in told
    assert "Nothing was restored" in told


def test_the_same_members_put_together_unchanged_are_restored(council, members, tmp_path):
    """The control of the forgeries: it is not the way they are put together that is refused."""
    archives.written(tmp_path / "same.tar", archives.resealed(members, KEY))
    assert restore(council, tmp_path / "same.tar", tmp_path / "new").broken == ()


BROKEN = {
    "cut off at the end": (lambda data: data[:-100], "is cut off, or was changed"),
    "cut off where a part ends": (lambda data: data[: len(data) - len(data) % 65552], "is cut off, or was changed"),
    "cut off in its first lines": (lambda data: data[:80], "first lines were changed or cut off"),
    "one bit changed": (lambda data: data[:500_000] + bytes([data[500_000] ^ 1]) + data[500_001:], "was changed"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_an_enciphered_backup_that_was_cut_or_changed_is_refused(council, tmp_path, how):
    change, words = BROKEN[how]
    (tmp_path / "broken.age").write_bytes(change(council.archive.read_bytes()))
    assert words in refused(council, tmp_path / "broken.age", tmp_path, identity=council.identity)


def test_without_the_right_key_nothing_opens(council, tmp_path):
    other = pyrage.x25519.Identity.generate()
    assert "not the key the backup was made for" in refused(council, council.archive, tmp_path, identity=other)
    with pytest.raises(NoKey, match="--identity-file"):
        restore(council, council.archive, tmp_path / "new")
    with pytest.raises(NotRestored, match="does not fit the key of the history log"):
        restore(council, council.archive, tmp_path / "new", identity=council.identity, LOG_KEY="another" * 9)


def test_running_data_are_never_written_over(council, tmp_path):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("kept")
    with pytest.raises(NotRestored, match="is not empty"):
        restore(council, council.archive, tmp_path / "used", identity=council.identity)
    assert files(tmp_path) == {"used/file": b"kept"}


def test_a_disk_that_fills_while_restoring_leaves_nothing(council, tmp_path):
    with files_no_larger_than(2_000_000):
        told = refused(council, council.archive, tmp_path, identity=council.identity)
    assert told.startswith("The disk is full")


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(council, members, tmp_path):
    older = without(members, "evidence/") | {"database/audit.db": gzip.decompress(KEPT.read_bytes())}
    older["anchors/history-log.txt"] = b""
    archives.written(tmp_path / "older.tar", archives.resealed(older, KEY, step="0002"))
    restored = restore(council, tmp_path / "older.tar", tmp_path / "new")
    assert restored.migrated_from == "0002"
    # What was amiss in it when it was kept, and that its anchors were never with it: see test_kept_databases.py.
    assert {sentence.split(":")[0] for sentence in restored.broken} == {
        "Actions were verified outside their line", "The history log is sound",
    }  # fmt: skip


def test_what_is_unpacked_is_read_in_parts_of_any_size(council, members, tmp_path):
    """A deciphering library hands over what it likes: a byte at a time comes to the same."""
    small = without(without(members, "evidence/"), "database/")
    data = archives.written(tmp_path / "small.tar", archives.resealed(small, KEY)).read_bytes()
    reader = archive.Unpacking(lambda name, size: io.BytesIO())
    for number in range(len(data)):
        reader.write(data[number : number + 1])
    reader.finish()
    assert [packed.name for packed in reader.unpacked] == ["head.json", "anchors/history-log.txt", "manifest.json"]
