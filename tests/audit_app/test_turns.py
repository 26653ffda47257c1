"""Whoever saves waits in turn, across processes too, and not for pages being made; a turn that never comes is told."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import g, render_template_string

from audit_app import database, turns
from audit_app.drafts import KeptForm
from audit_app.people.access import Role, allow, system_scope
from findings.tables import Finding
from tests import builders
from tests.conftest import ON_POSTGRESQL

ON_SQLITE = pytest.mark.skipif(ON_POSTGRESQL, reason="only SQLite lets one write at a time")
ANOTHER_PROCESS = """
import sys, time
from pathlib import Path
from audit_app import turns
waiting = turns.Turns(Path(sys.argv[1]))
for line in sys.stdin:
    if line.strip() == "take":
        print(waiting.take(30), flush=True)
    else:
        waiting.leave()
        print("left", flush=True)
"""
RAISED = {
    "kind": "area_for_improvement",
    "origin": "complaints_and_compliments",
    "judgement_areas": "ilacs-2026/HP",
    "dated_on-day": "1",
    "dated_on-month": "5",
    "dated_on-year": "2026",
    "document": "Annual report",
    "text": "Plans do not say what must change, and by when.",
}


@contextmanager
def another_process(path):
    """Another process that queues for the same database; call `say("take")` or `say("leave")`."""
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(path)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def say(words):
        child.stdin.write(f"{words}\n")
        return child.stdout.readline().strip()

    try:
        yield SimpleNamespace(say=say, process=child)
    finally:
        child.kill()
        child.communicate()


def test_a_writer_waits_for_one_of_another_process_and_a_killed_one_lets_go(tmp_path):
    path = tmp_path / "queue.db"
    mine = turns.Turns(path)
    with another_process(path) as other:
        assert other.say("take") == "True"
        assert not mine.take(0.2), "the other writes"
        assert other.say("leave") == "left"
        assert mine.take(5)
        mine.leave()
        assert other.say("take") == "True"
        other.process.kill()
        assert mine.take(5), "a dead process holds nothing"
        mine.leave()
    mine.close()


def test_who_has_just_written_goes_behind_who_waits(tmp_path):
    """Two processes here are two queues on one file: each has locks of its own."""
    first, second = turns.Turns(tmp_path / "queue.db"), turns.Turns(tmp_path / "queue.db")
    order, waits = [], threading.Event()

    def wait_and_write():
        waits.set()
        assert second.take(20)
        order.append("second")
        second.leave()

    assert first.take(5)
    other = threading.Thread(target=wait_and_write)
    other.start()
    waits.wait()
    while first._next.take(0):  # until the second stands at the head of the queue
        first._next.leave()
    for _ in range(3):
        first.leave()
        assert first.take(20)
        order.append("first")
    first.leave()
    other.join()
    assert order == ["second", "first", "first", "first"]
    first.close()
    second.close()


def test_where_no_file_can_be_made_writers_of_one_process_still_take_turns(tmp_path):
    waiting = turns.Turns(tmp_path / "no such folder" / "queue.db")
    assert waiting.take(1)
    assert not waiting.take(0.05)
    waiting.leave()
    assert waiting.take(1)


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("database is locked")), True),
        (sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error")), False),
        (sa.exc.TimeoutError("QueuePool limit reached"), True),
        (sa.exc.OperationalError("UPDATE", {}, type("Deadlock", (Exception,), {"sqlstate": "40P01"})()), True),
        (sa.exc.IntegrityError("INSERT", {}, type("Twice", (Exception,), {"sqlstate": "23505"})()), False),
    ],
)
def test_which_errors_say_no_more_than_that_others_are_saving(error, busy):
    assert database.is_busy(error) is busy
    wrapped = RuntimeError("while saving")
    wrapped.__cause__ = error
    assert database.is_busy(wrapped) is busy


@pytest.fixture
def writer(app, engine, signed_in_as):
    """A QA manager of an application that waits a moment for its turn instead of a quarter of a minute."""
    app.extensions["engine"] = engine.execution_options(patience=0.2)
    return signed_in_as(Role.qa_manager)


@ON_SQLITE
def test_a_turn_that_never_comes_is_told_with_what_was_typed_and_nothing_is_half_saved(writer, engine):
    writer.get("/greenhaven/findings/raise")
    with another_writer(engine):
        seen = writer.submit(RAISED, status=503)
        assert seen.h1 == "Sorry, the service is busy"
        assert "Nothing was saved" in seen.text and "Send it again" in seen.text
        assert int(writer.response.headers["Retry-After"]) > 0
        assert seen.form_data(0)["text"] == RAISED["text"]
    assert column(engine, Finding.text) == []
    writer.submit(form=0)
    assert column(engine, Finding.text) == [RAISED["text"]]


@ON_SQLITE
def test_typed_text_of_a_busy_moment_waits_on_its_page_too(writer, engine):
    """The turn fails, and the next moment, when the text is put by, the database is free."""
    writer.get("/greenhaven/findings/raise")
    held = another_writer(engine)
    held.__enter__()
    threading.Timer(0.6, lambda: held.__exit__(None, None, None)).start()
    writer.submit(RAISED, status=503)
    assert column(engine, KeptForm.reason) == ["failed"]
    assert writer.get("/greenhaven/findings/raise").form_data(-1)["text"] == RAISED["text"]


@contextmanager
def another_writer(engine):
    """A program that knows nothing of our queue, such as the SQLite shell, holds the database."""
    with sqlite3.connect(engine.url.database, isolation_level=None, check_same_thread=False) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


def column(engine, wanted):
    with engine.connect() as connection:
        return connection.execute(sa.select(wanted)).scalars().all()


@pytest.fixture
def saved_meanwhile(app, engine):
    """A page of the test's own; while it is rendered somebody else saves, and would wait for any reader."""
    saves = []

    def save():
        quick = engine.execution_options(patience=0.5)
        with database.session_for(quick, system_scope("saving while a page is made")) as session:
            builders.make_person(session, roles=[])
        saves.append(True)
        return "saved"

    @allow(Role.qa_manager)
    def read_then_show():
        people = g.session.execute(sa.select(sa.func.count()).select_from(sa.table("person"))).scalar()
        return render_template_string("<title>{{ people }}</title>{{ save() }}", people=people, save=save)

    app.add_url_rule("/<authority:authority>/made-slowly", "made_slowly", read_then_show, methods=["GET"])
    return saves


def test_somebody_can_save_while_a_page_is_made(saved_meanwhile, signed_in_as):
    reader = signed_in_as(Role.qa_manager)
    answer = reader.client.get("/greenhaven/made-slowly", base_url="http://localhost")
    assert answer.status_code == 200
    assert saved_meanwhile == [True]


def test_a_page_that_reads_while_it_is_rendered_is_found_out(app, signed_in_as):
    @allow(Role.qa_manager)
    def read_late():
        count = sa.select(sa.func.count()).select_from(sa.table("person"))
        return render_template_string("{{ read() }}", read=lambda: g.session.execute(count).scalar())

    app.add_url_rule("/<authority:authority>/read-late", "read_late", read_late, methods=["GET"])
    reader = signed_in_as(Role.qa_manager)
    assert reader.client.get("/greenhaven/read-late", base_url="http://localhost").status_code == 500
