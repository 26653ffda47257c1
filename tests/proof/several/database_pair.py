"""A PostgreSQL server and a streaming copy of it, as two processes of this machine that can be killed and promoted."""

import contextlib
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests import servers
from tests.object_stores import free_port
from tests.proof.several.lines import Line

# The files of both survive a killed process without waiting for the disk; only a power cut would need that.
ALIKE = ("fsync=off", "full_page_writes=off", "max_connections=60")
PATIENCE_SECONDS = 60
USER, NAME, COPY = "readiness", "readiness", "copy"


class Server:
    """One of the two."""

    def __init__(self, pair, name):
        self.pair, self.name, self.port = pair, name, free_port()
        self.data = pair.folder / name
        self.process = None

    def start(self):
        settings = (*ALIKE, "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.data}")
        options = [part for setting in settings for part in ("-c", setting)]
        with (self.pair.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.pair.programs / "postgres"), "-D", str(self.data), *options],
                cwd=self.pair.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                **servers.identity(self.pair.account),
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < until, self.last_words()
            time.sleep(0.05)

    def answers(self):
        try:
            self.say("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def last_words(self):
        return (self.pair.folder / f"{self.name}.log").read_text("utf-8", "replace")[-2000:]

    def say(self, statement):
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else None

    def address(self, database=NAME):
        return f"postgresql://postgres:{self.pair.password}@127.0.0.1:{self.port}/{database}?connect_timeout=5"

    def signal(self, number):
        """To the server and all that it started: each of those leads a group of processes of its own."""
        for process in (self.process.pid, *started_by(self.process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def kill(self):
        """As if its machine had lost its power."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


def started_by(parent):
    """The processes that one started."""
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_name = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(after_name[1]) == parent:
                children.append(int(stat.parent.name))
    return children


class Pair:
    """Both, with a database for the product on them.

    Args:
        waits: Whether a save waits until the copy has it too (synchronous_standby_names): then losing the first server
            loses no save that was acknowledged, and losing the copy stops saving.
    """

    def __init__(self, folder, *, waits):
        self.folder, self.waits = folder, waits
        self.password = secrets.token_hex(8)
        self.account = servers.account_for(folder)
        self.programs = servers.programs_for(folder, self.account)
        self.first, self.copy = Server(self, "first"), Server(self, COPY)
        self.between = Line(self.first.port)

    def start(self):
        words = self.folder / "password"
        words.write_text(self.password)
        words.chmod(0o644)
        cluster = [word for word in servers.new_cluster(self.first.data) if not word.startswith("--auth")]
        self.run("initdb", *cluster, "--auth=scram-sha-256", f"--pwfile={words}")
        self.first.start()
        self.first.say(f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{self.password}'")
        self.first.say(f"CREATE DATABASE {NAME} OWNER {USER}")
        origin = (
            f"host=127.0.0.1 port={self.between.port} user=postgres password={self.password} application_name={COPY}"
        )
        self.run("pg_basebackup", "-d", origin, "-D", str(self.copy.data), "-R", "-X", "stream", "-c", "fast")
        self.copy.start()
        if self.waits:
            self.first.say(f"ALTER SYSTEM SET synchronous_standby_names = '{COPY}'")
            self.first.say("SELECT pg_reload_conf()")
        self.wait_for_copy("sync" if self.waits else "async")

    def wait_for_copy(self, state):
        until = time.monotonic() + PATIENCE_SECONDS
        while self.first.say("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'") != [(state,)]:
            assert time.monotonic() < until, self.copy.last_words()
            time.sleep(0.05)

    def promote_copy(self):
        self.copy.say("SELECT pg_promote(true, 30)")

    def run(self, program, *arguments):
        servers.run(self.programs / program, self.account, self.folder, *arguments)

    def stop(self):
        self.between.cut()
        for server in (self.copy, self.first):
            server.stop()
