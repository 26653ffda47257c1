"""Two web servers, a worker, a pair of databases, an object store and nginx: brought up, and taken down again.

Each web server and the worker has a data folder of its own, as on machines of their own, and is started again after a
moment when it ends, as systemd does. The lines to the databases and to the object store can be cut.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from audit_app import clock, create_app, database
from audit_app.people.access import Role, system_scope, web_session
from tests import builders, builders_audits
from tests.conftest import TEST_SETTINGS
from tests.object_stores import azurite, free_port
from tests.proof.several.database_pair import NAME, USER, Pair
from tests.proof.several.front import HOST, Front
from tests.proof.several.lines import Line
from tests.proof.several.visitors import Visitor

ROOT = Path(__file__).resolve().parents[3]
RUN = "from audit_app.commands import main; main()"
AGAIN_SECONDS = 0.5
# Of each one writes nothing, and looks at what the others and the servers do.
AUDITORS, MANAGERS = 4, 3


class Kept:
    """A process that is started again when it ends, until it is stopped; `starts` counts."""

    def __init__(self, name, words, environment, log):
        self.name, self.words, self.environment, self.log = name, words, environment, log
        self.starts, self.stopping = 0, threading.Event()
        self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self):
        self.starts += 1
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUN, *self.words], env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def _keep(self):
        while not self.stopping.is_set():
            self.process.wait()
            if not self.stopping.wait(AGAIN_SECONDS):
                self._start()

    def kill(self):
        self.process.kill()

    def stop(self):
        self.stopping.set()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Installation:
    """Everything, in a temporary folder. Use it as a context: `with Installation(waits=True) as here:`."""

    def __init__(self, *, waits):
        self.waits = waits
        self.log_key, self.secret, self.factor = (secrets.token_hex(32) for _ in range(3))
        self.prefix = secrets.token_hex(4)

    def __enter__(self):
        # Not pytest's folder: PostgreSQL as nobody must be able to enter it.
        self.folder = Path(tempfile.mkdtemp(prefix="several-"))
        self.folder.chmod(0o755)
        self._stack = ExitStack()
        self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self._bring_up()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_error):
        self._stack.close()

    def _bring_up(self):
        pair = self.folder / "pg"
        pair.mkdir()
        self.pair = Pair(pair, waits=self.waits)
        self._stack.callback(self.pair.stop)
        self.pair.start()
        (self.folder / "azurite").mkdir()
        self.store = self._stack.enter_context(azurite(self.folder / "azurite"))
        self.line_to_store = Line(self.store.port)
        self.lines = [Line(self.pair.first.port), Line(self.pair.copy.port)]
        for line in (self.line_to_store, *self.lines):
            self._stack.callback(line.cut)
        self.ports = [free_port(), free_port()]
        self.front = Front(self.folder, self.ports)
        self._stack.callback(self.front.stop)
        self.command("migrate")
        self.tokens = self._fill()
        self.web = [self._keep(f"web-{number}", "serve", "--port", str(port)) for number, port in enumerate(self.ports)]
        self.worker = self._keep("worker", "worker")
        self.front.start()
        for port in self.ports:
            self.wait_until_ready(port)

    def url(self):
        """The address of both databases, through lines that can be cut."""
        hosts = ",".join(f"127.0.0.1:{line.port}" for line in self.lines)
        return f"postgresql+psycopg://{USER}:{self.pair.password}@{hosts}/{NAME}"

    def environment(self, name):
        """The settings of one server: alike in all but the data folder, which is its own."""
        (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        settings = {
            **self.store.settings(self.prefix, port=self.line_to_store.port),
            "EVIDENCE_STORE_SECONDS": 5,
            "EVIDENCE_STORE_RETRIES": 0,
            "DATA_FOLDER": str(self.folder / name),
            "DATABASE_URL": self.url(),
            "SERVER_MODE": "true",
            "SECRET_KEY": self.secret,
            "LOG_KEY": self.log_key,
            "FACTOR_KEY": self.factor,
            "PUBLIC_ADDRESS": f"https://{HOST}",
            "TRUSTED_HOSTS": f'["{HOST}"]',
            "TRUSTED_PROXIES": 1,
            "BACKUP_HOUR": '""',
        }
        bare = {name: value for name, value in os.environ.items() if not name.startswith("AUDIT_")}
        return {**bare, "PYTHONPATH": str(ROOT), **{f"AUDIT_{name}": str(value) for name, value in settings.items()}}

    def _keep(self, name, *words):
        kept = Kept(name, words, self.environment(name), self.folder / f"{name}.log")
        self._stack.callback(kept.stop)
        return kept

    def command(self, *words, name="worker", status=0, **changed):
        """A command of the product, as somebody types it on a server, with settings changed; what it said."""
        settings = {f"AUDIT_{setting}": value for setting, value in changed.items()}
        environment = {**self.environment(name), **settings}
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words], env=environment, cwd=ROOT, capture_output=True, text=True,
            check=False, timeout=180,
        )  # fmt: skip
        assert done.returncode == status, f"{words}: {done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def _fill(self):
        """A council, auditors with an audit each, managers, and their sessions with a second factor."""
        engine = database.make_engine(self.url())
        keys = {"LOG_KEY": self.log_key, "SECRET_KEY": self.secret, "FACTOR_KEY": self.factor}
        folder = str(self.folder / "filling")
        app = create_app({**TEST_SETTINGS, **keys, "DATA_FOLDER": folder, "DATABASE_URL": self.url()}, engine=engine)
        tokens = []
        with database.session_for(engine, system_scope("a council", builders.AUTHORITY_ID)) as session:
            session.info["log_key"] = app.extensions["log_key"]
            session.add(builders.make_authority())
            session.flush()
            team = builders.make_team(session)
            builders.make_person(session, [Role.admin])
            for number in range(AUDITORS + MANAGERS):
                role = Role.auditor if number < AUDITORS else Role.qa_manager
                person = builders.make_person(session, [role]).id
                if role is Role.auditor:
                    builders_audits.make_audit(session, team, person)
                given = {"now": clock.now(), "address": "127.0.0.1", "browser": "a rehearsal", "factor": "app"}
                tokens.append(web_session.start(session, person, **given))
        engine.dispose()
        return tokens

    def visitor(self, number, *, server=None):
        """Somebody of the council, through nginx or at one web server."""
        certificate = self.folder / "front.pem"
        if server is None:
            return Visitor(self.front.port, self.tokens[number], certificate)
        return Visitor(self.ports[server], self.tokens[number], certificate, past_nginx=True)

    def why_not_ready(self, port):
        """What /ready says; empty when it is, `nobody` when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=30) as answer:
                answer.read()
                return ""
        except urllib.error.HTTPError as problem:
            return problem.read().decode().strip()
        except OSError:
            return "nobody"

    def wait_until_ready(self, port, seconds=90):
        """Until people can be answered; gives how many seconds that took."""
        began = time.monotonic()
        while why_not := self.why_not_ready(port):
            assert time.monotonic() - began < seconds, f"not ready ({why_not}): {self.last_words()}"
            time.sleep(0.1)
        return time.monotonic() - began

    def last_words(self):
        """The end of what each process logged."""
        return "\n".join(
            f"{path.name}: {path.read_text('utf-8', 'replace')[-1500:]}" for path in self.folder.glob("*.log")
        )
