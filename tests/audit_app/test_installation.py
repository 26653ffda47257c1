"""Empty does not mean new: a lost database or key is told, nothing is made in its place, and no command goes on."""

import os
import shutil
import stat
import subprocess
import sys

import pytest
from flask import Flask

from audit_app import commands, config, installation
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about files of SQLite: the SQLite run has it")
# A process each, so no more than these; every other command begins with the same refusal.
COMMANDS = (("run", "--port", "1"), ("worker",))


def audit_app(folder, *words):
    """One command as a process of its own: its exit code and all it said."""
    done = subprocess.run(
        [sys.executable, "-m", "audit_app.commands", *words],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), "AUDIT_DATA_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A data folder after its first start: database, key and anchors."""
    folder, before = tmp_path_factory.mktemp("used") / "data", os.umask(0o022)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setenv("AUDIT_DATA_FOLDER", str(folder))
        patch.setattr(sys, "argv", ["audit-app", "migrate"])
        commands.main()
    os.umask(before)
    assert ended.value.code == 0
    return folder


@pytest.fixture
def folder(used, tmp_path):
    return shutil.copytree(used, tmp_path / "data")


def contents_of(folder):
    """Every file but the queue's own, with what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "jobs")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def refusal(folder):
    """What every command is told when it starts; nothing when it may go on."""
    try:
        config.configure(Flask("audit_app"), {"DATA_FOLDER": str(folder)})
    except installation.NotWhole as refused:
        return str(refused)
    return ""


def database_of(folder):
    return folder / "database" / "audit.db"


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def half(path):
    cut(path, path.stat().st_size // 2)


@pytest.mark.skipif(os.name != "posix", reason="modes are read where there are modes")
@pytest.mark.proof("starts the product under other habits of a machine")
def test_every_file_and_folder_is_its_owners_alone_whatever_the_machines_habits_se_2(used):
    modes = {place: stat.S_IMODE(place.stat().st_mode) for place in [used, *used.rglob("*")]}
    files = {place: mode for place, mode in modes.items() if place.is_file()}
    assert {"audit.db", "secret_key", "log_key"} <= {place.name for place in files}
    assert {place: oct(mode) for place, mode in files.items() if mode != 0o600} == {}
    assert {place: oct(mode) for place, mode in modes.items() if place.is_dir() and mode != 0o700} == {}
    keys = [(used / "keys" / name).read_text() for name in ("secret_key", "log_key")]
    assert len(set(keys)) == 2


LOSSES = {
    "the database is missing": (lambda folder: database_of(folder).unlink(), "database is missing"),
    "the database is empty": (lambda folder: cut(database_of(folder), 0), "is empty (0 bytes)"),
    "half the database is missing": (lambda folder: half(database_of(folder)), "was cut off"),
    "the last page is missing": (lambda folder: cut(database_of(folder), -1), "was cut off"),
    "the database is something else": (lambda folder: database_of(folder).write_bytes(b"x" * 9000), "not a database"),
    "the key is missing": (lambda folder: (folder / "keys" / "log_key").unlink(), "key of the history log is missing"),
    "the key is empty": (lambda folder: cut(folder / "keys" / "log_key", 0), "key of the history log was cut off"),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_told_and_nothing_is_made_in_its_place(folder, loss):
    lose, told = LOSSES[loss]
    lose(folder)
    before = contents_of(folder)
    words = refusal(folder)
    assert told in words
    assert "Nothing was changed" in words
    assert str(folder) in words
    assert contents_of(folder) == before


@pytest.mark.parametrize("sign", ["keys/log_key", "anchors/history-log.txt", "evidence/ab/abc", "backups/old.db"])
def test_each_sign_of_use_alone_shows_that_this_is_no_first_start(tmp_path, sign):
    (tmp_path / sign).parent.mkdir(parents=True)
    (tmp_path / sign).write_text("ab" * 32)
    assert "not a first start" in refusal(tmp_path)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {sign.rsplit("/", 1)[1]}


def test_a_first_start_and_one_that_was_cut_short_go_on(tmp_path):
    assert refusal(tmp_path / "data") == ""
    key = (tmp_path / "data" / "keys" / "log_key").read_text()
    database_of(tmp_path / "data").touch()
    assert refusal(tmp_path / "data") == ""
    assert (tmp_path / "data" / "keys" / "log_key").read_text() == key


def test_a_sound_folder_and_a_database_sqlite_has_yet_to_finish_go_on(folder):
    assert refusal(folder) == ""
    half(database_of(folder))
    database_of(folder).with_name("audit.db-journal").write_bytes(b"not empty")
    assert refusal(folder) == ""


@pytest.mark.proof("starts a process for each command there is")
def test_no_command_makes_up_for_a_lost_database(folder):
    database_of(folder).unlink()
    before = contents_of(folder)
    for words in COMMANDS:
        code, told = audit_app(folder, *words)
        assert (code, "database is missing" in told, "Traceback" in told) == (1, True, False), (words, told)
    code, told = audit_app(folder, "--help")
    assert "Traceback" not in told and "serve" in told
    assert contents_of(folder) == before


@pytest.mark.proof("starts the product four times over")
def test_another_key_than_the_logs_own_is_refused_before_anything_is_written_with_it(folder):
    assert audit_app(folder, "log", "anchor")[0] == 0
    make_entry(folder)
    (folder / "keys" / "log_key").write_text("cd" * 32)
    before = contents_of(folder)
    code, told = audit_app(folder, *COMMANDS[0])
    assert (code, "is not the one this database was sealed with" in told) == (1, True), told
    assert contents_of(folder) == before


def make_entry(folder):
    words = ("people", "first-administrator", "--council", "Greenhaven", "--key", "greenhaven", "--name", "Asha Khan")
    code, told = audit_app(folder, *words, "--email", "asha@greenhaven.example")
    assert code == 0, told
