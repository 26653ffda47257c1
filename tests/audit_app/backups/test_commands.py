"""The commands: what they say, how they exit, and that a restore needs nothing of what was lost."""

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from audit_app import backups, commands
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite; test_on_postgresql.py is about the other")


@pytest.fixture
def run(council):
    """Call with the words of a command; gives its outcome."""

    def command(*words):
        info = ScriptInfo(create_app=lambda: council.app, set_debug_flag=False)
        return council.app.test_cli_runner().invoke(commands.make_group(), [str(word) for word in words], obj=info)

    return command


def no_application():
    pytest.fail("a restore made an application, which refuses to start where data were lost")


def alone(folder, *words, **settings):
    """A command where the data folder is worth nothing: its exit code and all it said."""
    given = {f"AUDIT_{name}": str(value) for name, value in settings.items()}
    info = ScriptInfo(create_app=no_application, set_debug_flag=False)
    done = CliRunner().invoke(
        commands.make_group(), list(map(str, words)), obj=info, env={"AUDIT_DATA_FOLDER": str(folder), **given}
    )
    said_last = str(done.exception) if isinstance(done.exception, commands.PLAIN_REFUSALS) else ""
    assert said_last or not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output + said_last


def test_a_second_machine_needs_the_file_and_the_sheet_alone(council, tmp_path):
    (tmp_path / "log_key").write_text(TEST_SETTINGS["LOG_KEY"] + "\n")
    into = tmp_path / "new"
    words = ("restore", council.archive, "--into", into, "--identity-file", council.identity_file)
    code, told = alone(tmp_path / "none", *words)
    assert (code, "number 2 on the sheet" in told) == (1, True), told
    code, told = alone(tmp_path / "none", *words, "--log-key-file", tmp_path / "log_key")
    assert code == 0, told
    assert "Every file was compared" in told
    assert "Lost: Whatever was done after" in told
    assert "Every invariant and the whole history log were checked, and hold." in told
    assert f"set AUDIT_DATA_FOLDER={into}" in told
    assert not (tmp_path / "none").exists()
    assert TEST_SETTINGS["LOG_KEY"] not in told
    assert f"write number 3 of the sheet into {into / 'keys' / 'factor_key'}" in told


def test_a_damaged_data_folder_does_not_stand_in_the_way(council, tmp_path):
    """Every other command refuses to start there."""
    old = tmp_path / "old"
    for part in ("database", "keys", "anchors"):
        (old / part).mkdir(parents=True)
    (old / "database" / "audit.db").write_bytes(b"torn")
    (old / "keys" / "log_key").write_text(TEST_SETTINGS["LOG_KEY"])
    (old / "keys" / "factor_key").write_text("the key of the apps")
    anchors = council.folder / "anchors" / "history-log.txt"
    (old / "anchors" / "history-log.txt").write_bytes(anchors.read_bytes())
    code, told = alone(
        old, "restore", council.archive, "--into", tmp_path / "new", BACKUP_IDENTITY_FILE=council.identity_file
    )
    assert code == 0, told
    assert "The key of the history log is taken from" in told
    assert (tmp_path / "new" / "keys" / "factor_key").read_text() == "the key of the apps"
    assert "number 3" not in told
    assert "Lost: Nothing that an anchor outside the backup witnesses" in told
    assert (old / "database" / "audit.db").read_bytes() == b"torn"


def test_a_backup_is_made_listed_and_tried_by_command(council, run):
    made = run("backup")
    assert made.exit_code == 0, made.output
    assert "It was not opened again, for this server holds no key that opens it" in made.output
    assert "Backups lie on the same disk as the data" in made.output
    assert run("backups").output.count(".tar.age") >= 2
    tried = run("restore", "--trial", "--identity-file", council.identity_file)
    assert tried.exit_code == 0, tried.output
    assert "Verified whole: restored into a temporary folder" in tried.output
    assert "One was last restored for trial" in run("backups").output
    assert "Name the backup and the new folder" in run("restore").output


def test_the_key_is_printed_once_and_only_its_public_half_stays(council, run):
    path = backups.recipient_path(council.config)
    before = path.read_text()
    refused = run("backup-key")
    assert (refused.exit_code, "There is a key already" in refused.output, path.read_text()) == (1, True, before)
    told = run("backup-key", "--replace").output
    identity = backups.identity_from(told)
    assert path.read_text().strip() == str(identity.to_public())
    assert "given to this server in AUDIT_LOG_KEY" in told
    lying = [each for each in council.folder.rglob("*") if each.is_file() and b"AGE-SECRET-KEY" in each.read_bytes()]
    assert lying == []
    path.write_text(before)
