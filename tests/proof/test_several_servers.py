"""Two web servers, a worker, PostgreSQL with a copy, an object store and nginx: attacked while people save.

Everything is brought up once; writers save through nginx from the first attack to the last. After each attack, and at
the end, whatever was acknowledged is looked for in the rows themselves. The controls: a save that was never made is
reported as lost; and a copy that the first server does not wait for loses saves when it takes over.
"""

import random
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tests.object_stores import installed
from tests.proof.several import front, losses
from tests.proof.several.database_pair import Pair
from tests.proof.several.installation import AUDITORS, Installation
from tests.proof.several.visitors import Auditor, Manager, fields_of

SEED, KILLS = 20_261_130, 6
AWAY = "Sorry, the records cannot be reached just now"
EVIDENCE = {
    "title": "Dip sample of ten plans", "shows": "Nine of ten plans say who does what.", "effect": "impact",
    "level": "2", "renewal": "never", "speaks_to-day": "31", "speaks_to-month": "10", "speaks_to-year": "2026",
}  # fmt: skip
PACK = {
    "title": "For the board", "marking": "OFFICIAL", "circulation": "The board", "owner_post": "Head of Quality",
    "author_post": "Quality officer",
}  # fmt: skip
FILE = b"What ten plans said, line by line."
IDLE_AUDITOR, IDLE_MANAGER = AUDITORS - 1, AUDITORS + 2


class Everything:
    """The installation, and the writers that save while it is attacked."""

    def __init__(self, here):
        self.here, self.stop = here, threading.Event()
        self.auditors = [Auditor(here.visitor(number), number + 1, self.stop) for number in range(AUDITORS - 1)]
        self.managers = [Manager(here.visitor(AUDITORS + number), number + 1, self.stop) for number in range(2)]
        self.writers = [*self.auditors, *self.managers]
        for writer in self.writers:
            writer.start()

    def acknowledged(self):
        return sum(len(writer.acknowledged) for writer in self.writers)

    def more_are_saved(self, count, seconds=120):
        """Wait until so many more were; gives how long the first of them took."""
        began, before, first = time.monotonic(), self.acknowledged(), None
        while self.acknowledged() < before + count:
            assert time.monotonic() - began < seconds, f"nobody can save: {self.here.last_words()}"
            if first is None and self.acknowledged() > before:
                first = time.monotonic() - began
            time.sleep(0.02)
        return first if first is not None else time.monotonic() - began

    def lost_now(self, server):
        """Acknowledged until now, and not in the rows of a server."""
        acknowledged = {words for manager in self.managers for words in manager.acknowledged}
        last = {auditor.number: losses.numbered((auditor.acknowledged or [""])[-1]) for auditor in self.auditors}
        findings, answers = losses.rows_of(server)
        behind = {number for number, save in last.items() if losses.numbered(answers.get(number)) < save}
        return sorted(acknowledged - set(findings)), behind


@pytest.fixture(scope="module")
def everything():
    installed()
    if front.program() is None:
        pytest.skip("nginx is not installed, so nothing stands in front of two web servers: apt-get install nginx")
    with Installation(waits=True) as here:
        for server in (0, 1):
            warm(here, server)
        made = Everything(here)
        made.more_are_saved(5)
        yield made
        made.stop.set()


def warm(here, server):
    """Have each page of the writers asked for once: a process that has just started reads its files first."""
    here.visitor(IDLE_AUDITOR, server=server).form_of(f"/greenhaven/audits/AUD-{IDLE_AUDITOR + 1:04d}/domains/record")
    here.visitor(IDLE_MANAGER, server=server).form_of("/greenhaven/findings/raise")


def test_a_third_server_that_would_keep_files_in_a_folder_of_its_own_is_refused_at_its_start(everything):
    here = everything.here
    said = here.command("serve", "--port", "9", name="third", status=1, EVIDENCE_STORE_URL="")
    assert "Files are kept elsewhere by the other servers" in said
    said = here.command("worker", name="third", status=1, FACTOR_KEY="another key of authenticator apps")
    assert "The key of authenticator apps is another one" in said
    assert "has what the others of its database have" in here.command("alike", name="third")


def pids(here):
    return [kept.process.pid for kept in here.web]


def test_a_draft_a_session_and_a_form_of_one_web_server_are_good_at_the_other(everything):
    one, other = (everything.here.visitor(IDLE_AUDITOR, server=number) for number in (0, 1))
    path = f"/greenhaven/audits/AUD-{IDLE_AUDITOR + 1:04d}/domains/record"
    fields, _status = one.form_of(path)
    words = "Typed at one server and not saved."
    status, _page, _where = one.send("/greenhaven/drafts", {**fields, "rationale": words, "path": path})
    assert status == 204
    assert words.encode() in other.ask("GET", path)[1]
    # The form that one server gave out is sent to the other.
    status, _page, _where = other.send(path, {**fields, "grade": "good", "rationale": words})
    assert status == 303


def test_a_web_server_killed_in_the_midst_of_saving_loses_nothing_that_was_acknowledged(everything):
    dice, here = random.Random(SEED), everything.here
    for kill in range(KILLS):
        everything.more_are_saved(dice.randint(3, 8))
        time.sleep(dice.uniform(0, 0.3))
        here.web[kill % 2].kill()
        # The other takes over at once: people go on while the first one starts again.
        waited = everything.more_are_saved(3, seconds=20)
        print(f"web-{kill % 2} killed; the next save was acknowledged after {waited:.2f} s")
        here.wait_until_ready(here.ports[kill % 2])
        warm(here, kill % 2)
    assert [kept.starts for kept in here.web] == [1 + KILLS // 2] * 2
    assert everything.lost_now(here.pair.first) == ([], set())


def test_a_pack_whose_worker_was_killed_is_built_by_the_next_and_read_at_both_web_servers(everything):
    here = everything.here
    one, other = (here.visitor(IDLE_MANAGER, server=number) for number in (0, 1))
    for _attempt in range(5):
        fields, _status = one.form_of("/greenhaven/packs/new")
        status, _page, where = one.send("/greenhaven/packs/new", {**fields, **PACK})
        assert status == 303
        if killed_at_work(here):
            break
    else:
        raise AssertionError("the worker was never caught at work")
    until = time.monotonic() + 90
    while (state := state_of_newest_pack(here.pair.first)) != "ready":
        assert time.monotonic() < until, f"the pack is {state}: {here.last_words()}"
        time.sleep(0.2)
    assert here.worker.starts == 2
    first, second = (visitor.ask("GET", f"{where}/files/pdf") for visitor in (one, other))
    assert (first[0], second[0]) == (200, 200)
    assert first[1] == second[1] and first[1].startswith(b"%PDF")


def killed_at_work(here):
    """Kill the worker once a job is in hand; False when it was done too soon."""
    until = time.monotonic() + 20
    with psycopg.connect(here.pair.first.address(), autocommit=True) as watching:
        while time.monotonic() < until:
            state = watching.execute("SELECT state FROM job ORDER BY id DESC LIMIT 1").fetchone()[0]
            if state == "running":
                here.worker.kill()
                return True
            if state == "done":
                return False
    raise AssertionError(f"the worker takes up no job: {here.last_words()}")


def state_of_newest_pack(server):
    with psycopg.connect(server.address()) as connection:
        return connection.execute("SELECT state FROM evidence_pack ORDER BY number DESC LIMIT 1").fetchone()[0]


def test_while_the_object_store_is_cut_off_saving_goes_on_and_a_file_is_refused_in_words_then_taken(everything):
    here, path = everything.here, "/greenhaven/evidence/add/file"
    visitor = here.visitor(IDLE_MANAGER, server=0)
    fields, _status = visitor.form_of(path)
    here.line_to_store.cut()
    try:
        status, page, _where = visitor.send_file(path, {**fields, **EVIDENCE}, "sample.txt", FILE)
        assert status == 422, page
        assert b"could not be kept, and nothing was saved" in page and b"Nine of ten plans" in page
        everything.more_are_saved(10, seconds=30)
        assert here.why_not_ready(here.ports[0]) == ""
    finally:
        here.line_to_store.mend()
    status, page, where = visitor.send_file(path, {**fields, **EVIDENCE}, "sample.txt", FILE)
    assert status == 303, page
    status, page, _headers = here.visitor(IDLE_MANAGER, server=1).ask("GET", f"{where}/versions/1/file")
    assert (status, page) == (200, FILE)


def test_while_the_database_is_cut_off_typed_text_stands_on_the_page_and_both_servers_go_on_by_themselves(
    everything,
):
    here, before = everything.here, pids(everything.here)
    visitor = here.visitor(IDLE_MANAGER, server=0)
    fields, _status = visitor.form_of("/greenhaven/findings/raise")
    words = "Typed just before the line was cut."
    said = {**fields, **everything.managers[0].said(words)}
    for line in here.lines:
        line.cut()
    try:
        status, page, _where = visitor.send("/greenhaven/findings/raise", said)
        assert status == 503 and AWAY.encode() in page and words.encode() in page
        again = fields_of(page)
        assert here.why_not_ready(here.ports[0]) == "database"
    finally:
        for line in here.lines:
            line.mend()
    waited = everything.more_are_saved(10, seconds=60)
    print(f"the line to the database mended; the next save was acknowledged after {waited:.2f} s")
    assert pids(here) == before, "a web server was started again"
    status, _page, _where = visitor.send("/greenhaven/findings/raise", again)
    assert status == 303
    assert losses.rows_of(here.pair.first)[0].count(words) == 1
    assert everything.lost_now(here.pair.first) == ([], set())


def test_when_the_first_database_dies_the_copy_takes_over_and_nothing_acknowledged_is_lost(everything):
    here, before = everything.here, pids(everything.here)
    everything.more_are_saved(10)
    here.pair.first.kill()
    time.sleep(1)
    here.pair.copy.say("ALTER SYSTEM SET synchronous_standby_names = ''")
    here.pair.promote_copy()
    waited = everything.more_are_saved(10, seconds=60)
    print(f"promoted; the next save was acknowledged after {waited:.2f} s")
    assert pids(here) == before, "a web server was started again"
    until = time.monotonic() + 60
    while not worker_seen_since(here.pair.copy, seconds=60):
        assert time.monotonic() < until, f"the worker did not come back: {here.last_words()}"
        time.sleep(0.5)
    assert everything.lost_now(here.pair.copy) == ([], set())


def worker_seen_since(server, seconds):
    with psycopg.connect(server.address()) as connection:
        statement = "SELECT count(*) FROM periodic_run WHERE name = 'worker' AND finished_at IS NULL AND started_at > "
        return connection.execute(statement + f"now() at time zone 'utc' - interval '{seconds} s'").fetchone()[0]


def test_at_the_end_every_acknowledged_save_is_there_once_and_the_log_is_whole(everything):
    here = everything.here
    everything.stop.set()
    for writer in everything.writers:
        writer.join(60)
        print(writer.name_in_words, len(writer.sent), "sent,", len(writer.acknowledged), "acknowledged")
    findings, answers = losses.rows_of(here.pair.copy)
    mine = [words for words in findings if losses.numbered(words)]
    assert losses.lost_findings(everything.managers, mine) == ([], [], [])
    assert losses.lost_answers(everything.auditors, answers) == []
    assert all(len(writer.acknowledged) > 10 for writer in everything.writers), "somebody hardly saved"
    odd = {answer for writer in everything.writers for answer in writer.answers if answer in (500, 507)}
    assert odd == set()
    print(here.command("log", "verify"))
    print(here.command("check"))
    # The controls: a save that was never made, an answer one behind, and a finding that stands there twice.
    manager, auditor = everything.managers[0], everything.auditors[0]
    manager.acknowledged.append("Manager 1 saw this, save 999999.")
    assert losses.lost_findings(everything.managers, mine)[0] == [manager.acknowledged.pop()]
    assert losses.lost_findings(everything.managers, [*mine, mine[0]])[1] == [mine[0]]
    older = {**answers, auditor.number: f"save {losses.numbered(auditor.acknowledged[-1]) - 1}."}
    assert losses.lost_answers(everything.auditors, older)[0][0] == auditor.name_in_words


@pytest.mark.parametrize("waits", [True, False])
def test_only_a_server_that_waits_for_its_copy_loses_nothing_that_it_acknowledged(waits):
    """The control of the failover: the copy is cut off, the first server takes a save, dies, and the copy takes over.

    One that waits acknowledges nothing meanwhile; one that does not has acknowledged what is gone.
    """
    with tempfile.TemporaryDirectory(prefix="several-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        pair = Pair(folder, waits=waits)
        try:
            pair.start()
            pair.first.say("CREATE TABLE save (words text)")
            pair.first.say("INSERT INTO save VALUES ('before')")
            pair.wait_for_copy("sync" if waits else "async")
            pair.between.cut()
            acknowledged = saved_within(pair.first, "INSERT INTO save VALUES ('meanwhile')", seconds=3)
            pair.first.kill()
            pair.promote_copy()
            there = {words for (words,) in pair.copy.say("SELECT words FROM save")}
        finally:
            pair.stop()
    assert acknowledged == (not waits)
    assert "before" in there
    lost = acknowledged and "meanwhile" not in there
    assert lost == (not waits)


def saved_within(server, statement, seconds):
    """Whether a statement was acknowledged in time."""
    done = threading.Event()

    def save():
        try:
            server.say(statement)
        except psycopg.Error:
            return
        done.set()

    threading.Thread(target=save, daemon=True).start()
    return done.wait(seconds)
