"""The server that the tests start does its work and leaves the machine as it was."""

import os
import pwd
import stat
import sys
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from sqlalchemy import make_url

from tests import servers
from tests.emptied import Emptied


class Machine(NamedTuple):
    """What a server for tests must never change."""

    modes: dict[str, int]
    accounts: bytes
    groups: bytes


def read_machine():
    starts = [Path.home(), Path(sys.prefix), Path(psycopg.__file__).parent]
    folders = {folder for start in starts for folder in [start, *start.parents]}
    modes = {str(folder): stat.S_IMODE(folder.stat().st_mode) for folder in folders}
    return Machine(modes, Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes())


def say(url, statement):
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture(scope="module")
def server_and_machine():
    before = read_machine()
    with servers.own_server() as url:
        yield url, before
    assert read_machine() == before, "stopping the server changed the machine"


@pytest.fixture(scope="module")
def server(server_and_machine):
    return server_and_machine[0]


def test_starting_a_server_changes_no_folder_and_makes_no_account(server_and_machine):
    assert read_machine() == server_and_machine[1]


def test_the_server_answers_and_never_runs_as_root(server):
    assert "PostgreSQL" in say(server, "SELECT version()")[0]
    data = Path(make_url(server).query["host"]).parent / "data"
    number = (data / "postmaster.pid").read_text(encoding="utf-8").split()[0]
    assert Path("/proc", number).stat().st_uid == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)


def test_nobody_else_on_the_machine_can_reach_the_server(server):
    socket = next(Path(make_url(server).query["host"]).glob(".s.PGSQL.*[0-9]"))
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert say(server, "SHOW listen_addresses") == ("",)


def test_a_database_is_a_copy_of_its_template_and_gone_afterwards(server):
    with servers.fresh_database(server) as template:
        say(template, "CREATE TABLE kept (word text)")
        say(template, "INSERT INTO kept VALUES ('agreed')")
        with servers.fresh_database(server, template) as copy:
            assert say(copy, "SELECT word FROM kept") == ("agreed",)
            say(copy, "DELETE FROM kept")
        assert say(template, "SELECT count(*) FROM kept") == (1,)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            say(copy, "SELECT 1")


def test_an_emptied_database_is_as_its_template_was(server):
    with servers.fresh_database(server) as template:
        say(template, "CREATE TABLE head (id serial PRIMARY KEY, word text)")
        say(template, "CREATE TABLE entry (id serial PRIMARY KEY, head int REFERENCES head)")
        say(template, "INSERT INTO head (word) VALUES ('the first')")
        kept = Emptied(server, template)
        say(kept.url, "INSERT INTO head (word) VALUES ('another'); INSERT INTO entry (head) VALUES (2)")
        say(kept.url, "UPDATE head SET word = 'changed' WHERE id = 1")
        kept.empty()
        assert say(kept.url, "SELECT count(*), min(id), min(word) FROM head") == (1, 1, "the first")
        assert say(kept.url, "INSERT INTO head (word) VALUES ('a test after') RETURNING id") == (2,)
        assert say(kept.url, "SELECT count(*) FROM entry") == (0,)
        say(kept.url, "DROP TABLE entry; ALTER TABLE head DROP COLUMN word")
        kept.empty()
        assert say(kept.url, "SELECT count(*), min(word) FROM head LEFT JOIN entry ON entry.head = head.id") == (
            1,
            "the first",
        )
        kept.close()


def test_a_named_server_is_used_instead_of_our_own(server, monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", server.replace("postgresql+psycopg", "postgresql"))
    with servers.postgres_url() as url:
        assert url == server


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root hands the server to another account")
def test_a_closed_temporary_folder_is_refused_with_the_remedy(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(servers.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(servers.NoServer, match="set TMPDIR"), servers.own_server():
        pass
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert list(tmp_path.iterdir()) == []
