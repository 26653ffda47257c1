"""docs/upgrade.md walked as it is written, from the newest kept revision on each engine, and the way back.

The commands are read from the page and typed in its order; `systemctl` and `pip` are left out, for there is no systemd
here and the new version is this one.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg

from audit_app import migrations
from tests import servers
from tests.audit_app.backups.rehearsals import state_of as state_of_file
from tests.audit_app.backups.test_on_postgresql import tools
from tests.audit_app.test_kept_databases import KEPT, LINE, LOG, restore
from tests.conftest import TEST_SETTINGS
from tests.object_stores import free_port
from tests.proof.test_updates_on_postgresql import plain
from tests.proof.test_updates_on_postgresql import state_of as state_of_server

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "upgrade.md"
RUN = "from audit_app.commands import main; main()"


def commands_of_the_page():
    """What is typed on one server, in order."""
    steps = PAGE.read_text("utf-8").partition("## One server")[2].partition("- **")[0]
    return re.findall(r"^    (.+)$", steps, re.MULTILINE)


def typed(environment, *words):
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def settings(folder, **more):
    keys = {"DATA_FOLDER": str(folder), "LOG_KEY": TEST_SETTINGS["LOG_KEY"], "SECRET_KEY": TEST_SETTINGS["SECRET_KEY"]}
    return {**os.environ, "PYTHONPATH": str(ROOT), **{f"AUDIT_{name}": value for name, value in (keys | more).items()}}


def walk(environment, folder):
    """Type what the page says; the copy that was made before."""
    port, asked = free_port(), []
    for line in commands_of_the_page():
        program, *words = line.split()
        if program == "audit-app-admin":
            asked.append(words[0])
            code, said = typed(environment, *words)
            if words[0] == "migrate":
                assert code == 0 and f"to step {migrations.head()}" in said, said
            else:
                # Filled past the services, and without its file of anchors: else nothing may be amiss.
                broken = set(re.findall(r"^BROKEN +(.+)$", said, re.MULTILINE))
                assert broken <= {LINE, LOG}, said
        elif program == "curl":
            asked.append(program)
            serve_and_ask(environment, port)
    assert asked == ["migrate", "check", "curl"]
    assert "is up to date" in typed(environment, "migrate")[1]
    (copy,) = (folder / "backups").glob("before-step-*")
    return copy


def serve_and_ask(environment, port):
    server = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "--port", str(port)], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 90
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=10) as answer:
                    assert answer.read().strip() == b"ready"
                    return
            except OSError:
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(60)


def test_the_page_is_walked_on_sqlite_and_back(tmp_path):
    kept = sorted(KEPT.glob("*-sqlite.db.gz"))[-1]
    database = tmp_path / "data" / "database" / "audit.db"
    (tmp_path / "data").mkdir(mode=0o700)
    database.parent.mkdir(mode=0o700)
    database.write_bytes(gzip.decompress(kept.read_bytes()))
    before = state_of_file(database)
    copy = walk(settings(tmp_path / "data"), tmp_path / "data")
    assert state_of_file(database) != before
    # Going back, as the page says.
    database.rename(database.with_name("later.db"))
    shutil.copyfile(copy, database)
    assert state_of_file(database) == before


def test_the_page_is_walked_on_postgresql_and_back(tmp_path):
    kept = sorted(KEPT.glob("*-postgresql.sql.gz"))[-1]
    own_tools = tools()
    with servers.postgres_url() as server, servers.fresh_database(server) as url:
        restore(url, gzip.decompress(kept.read_bytes()).decode())
        before = state_of_server(url)
        environment = settings(tmp_path / "data", DATABASE_URL=url, PG_TOOLS_FOLDER=str(own_tools))
        copy = walk(environment, tmp_path / "data")
        assert state_of_server(url) != before
        with servers.fresh_database(server) as earlier:
            words = [str(own_tools / "pg_restore"), "--no-owner", "-d", plain(earlier), str(copy)]
            subprocess.run(words, check=True, capture_output=True)
            assert state_of_server(earlier) == before
            with psycopg.connect(plain(earlier)) as connection:
                assert connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] != migrations.head()
