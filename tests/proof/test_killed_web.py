"""The web process killed in the midst of saving, again and again: whatever was answered as saved is there (DU-3).

Four people save without pause over real connections; the process gets SIGKILL at moments drawn by seed and is started
again. An answer counts as "saved" when its 303 has arrived. The control takes one saved answer away and must be seen.
"""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from audit_app import clock, create_app, database, migrations
from audit_app.audits.tables import DomainAnswer
from audit_app.people.access import Role, system_scope, web_session
from tests import builders, builders_audits
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the file is this machine's own")
PEOPLE, KILLS, SEED = 4, 8, 11
PAGE = "/greenhaven/audits/AUD-{number:04d}/domains/record"
HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|revision|once)" value="([^"]*)"')
RUN = "from audit_app.commands import main; main()"


class Service:
    """The product served by its own command, as a process that can be killed."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "AUDIT_DATA_FOLDER": str(folder),
            "AUDIT_LOG_KEY": TEST_SETTINGS["LOG_KEY"],
            "AUDIT_SECRET_KEY": TEST_SETTINGS["SECRET_KEY"],
        }

    def start(self):
        words = [sys.executable, "-c", RUN, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(words, env=self.environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                if ask(self.port, "GET", "/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def ask(port, method, path, token="", fields=None):
    """One request on a connection of its own; status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Cookie": f"{TEST_SETTINGS.get('SESSION_COOKIE', '__Host-session')}={token}"}
    body = None
    if fields is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
        body = urlencode(fields)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Auditor(threading.Thread):
    """Somebody who saves one domain of their own audit over and over, each time with the next number in its words."""

    def __init__(self, port, token, number, stop):
        super().__init__(daemon=True)
        self.port, self.token, self.path, self.stop = port, token, PAGE.format(number=number), stop
        self.sent = self.saved = 0
        self.odd = []

    def run(self):
        while not self.stop.is_set():
            try:
                self.save_once()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)

    def save_once(self):
        status, page = ask(self.port, "GET", self.path, self.token)
        if status != 200:
            self.odd.append(status)
            return
        hidden = dict(HIDDEN.findall(page))
        self.sent += 1
        words = f"What was seen, number {self.sent}."
        status, _page = ask(self.port, "POST", self.path, self.token, {**hidden, "grade": "good", "rationale": words})
        if status == 303:
            self.saved = self.sent
        else:
            self.odd.append(status)


def more_are_saved(auditors, count):
    """Wait until so many more answers were saved, whoever's; a process that was just started is slow at first."""
    wanted, until = sum(auditor.saved for auditor in auditors) + count, time.monotonic() + 120
    while sum(auditor.saved for auditor in auditors) < wanted:
        assert time.monotonic() < until, "nobody can save any more"
        time.sleep(0.02)


def lost(auditors, kept):
    """Whose last saved words are not there, nor those of the one try after it that may have been in the midst."""
    missing = []
    for number, auditor in enumerate(auditors, start=1):
        found = re.search(r"number (\d+)\.", kept.get(number, ""))
        if auditor.saved and not (found and auditor.saved <= int(found[1]) <= auditor.sent):
            missing.append((number, auditor.saved, kept.get(number)))
    return missing


@pytest.fixture
def council(tmp_path):
    """A data folder with a council, four auditors with an audit each, and their sessions."""
    folder = tmp_path / "data"
    (folder / "database").mkdir(parents=True)
    engine = database.make_engine(f"sqlite:///{folder / 'database' / 'audit.db'}")
    migrations.upgrade(engine, tmp_path)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder), "DATABASE_URL": str(engine.url)}, engine=engine)
    tokens = []
    with database.session_for(engine, system_scope("a council", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        session.add(builders.make_authority())
        session.flush()
        team = builders.make_team(session)
        for _number in range(PEOPLE):
            person = builders.make_person(session, [Role.auditor]).id
            builders_audits.make_audit(session, team, person)
            tokens.append(web_session.start(session, person, now=clock.now(), address="127.0.0.1", browser="a proof"))
    engine.dispose()
    return folder, tokens


def kept_in(folder):
    engine = database.make_engine(f"sqlite:///{folder / 'database' / 'audit.db'}")
    scope = system_scope("looking", builders.AUTHORITY_ID)
    with database.session_for(engine, scope, reading=True) as session:
        rows = session.exec(select(DomainAnswer.audit_number, DomainAnswer.rationale)).all()
    engine.dispose()
    return {number: rationale for number, rationale in rows if rationale}


def test_du_3_nothing_that_was_saved_is_lost_when_the_web_process_is_killed(council):
    folder, tokens = council
    service, stop, dice = Service(folder), threading.Event(), random.Random(SEED)
    service.start()
    auditors = [Auditor(service.port, token, number, stop) for number, token in enumerate(tokens, start=1)]
    for auditor in auditors:
        auditor.start()
    for _kill in range(KILLS):
        more_are_saved(auditors, dice.randint(PEOPLE, 4 * PEOPLE))
        time.sleep(dice.uniform(0, 0.3))
        service.kill()
        service.start()
    more_are_saved(auditors, PEOPLE)
    stop.set()
    for auditor in auditors:
        auditor.join(60)
    service.process.terminate()
    service.process.wait(60)
    kept = kept_in(folder)
    print([(auditor.saved, auditor.sent, auditor.odd) for auditor in auditors])
    assert min(auditor.saved for auditor in auditors) > 1, "somebody hardly saved at all, so nothing was tried"
    assert lost(auditors, kept) == []
    assert not [status for auditor in auditors for status in auditor.odd if status >= 500]
    # The control: the words of one before the last saved, as if the last had been lost.
    first = auditors[0]
    assert lost(auditors, {**kept, 1: f"What was seen, number {first.saved - 1}."})
