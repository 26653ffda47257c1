"""A full disk: what somebody typed stays on the page, ready to be sent again, and is saved once there is room."""

import errno
import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa

from audit_app import clock, installation
from audit_app.audits.tables import CaseAudit, Concern, DomainAnswer
from audit_app.drafts import KeptForm
from audit_app.people.access import Role
from audit_app.people.tables import WebSession
from findings.tables import Finding
from tests import builders, builders_audits
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite can be told how large its file may get")
LONG = ("The plan says what will change, by when, and who sees to it. " * 150).strip()


@pytest.fixture
def fill_disk(engine):
    """Call to fill the disk: SQLite itself then refuses each page it would have to add; with False there is room."""
    state = {"full": False}

    @sa.event.listens_for(engine, "connect")
    def limit(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if state["full"] else 1_000_000
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    def turn(full=True):
        state["full"] = full
        engine.dispose()

    return turn


@pytest.fixture
def auditor(session, signed_in_as):
    """An auditor who is a QA manager too, with an audit in hand."""
    team = builders.make_team(session)
    person_id = builders.make_person(session, [Role.auditor, Role.qa_manager]).id
    builders_audits.make_audit(session, team, person_id)
    session.commit()
    return signed_in_as(person_id=person_id)


def stored(engine, column):
    """What a column holds, row by row."""
    with engine.connect() as connection:
        return connection.execute(sa.select(column)).scalars().all()


RAISED = {"kind": "area_for_improvement", "origin": "complaints_and_compliments", "judgement_areas": "ilacs-2026/HP"}
DATED = {"dated_on-day": "1", "dated_on-month": "5", "dated_on-year": "2026", "document": "Annual report"}
# Where a form is, what is typed into it beside the long text, the field of that text, and the column it is kept in.
FORMS = {
    "a domain": ("audits/AUD-0001/domains/record", {"grade": "good"}, "rationale", DomainAnswer.rationale),
    "the last page": ("audits/AUD-0001/last-page", {}, "strengths", CaseAudit.strengths),
    "a concern": ("audits/AUD-0001/concerns/new", {"spoken_to": "The manager"}, "concern_words", Concern.concern_words),
    "a finding": ("findings/raise", {**RAISED, **DATED}, "text", Finding.text),
}


@pytest.mark.parametrize("form", FORMS)
def test_typed_text_comes_back_on_the_page_and_is_saved_when_there_is_room(auditor, engine, fill_disk, form):
    address, more, field, column = FORMS[form]
    auditor.get(f"/greenhaven/{address}")
    fill_disk()
    seen = auditor.submit({**more, field: LONG}, status=507)
    assert seen.h1 == "The disk is full, so nothing could be saved"
    assert "tell them that its disk is full" in seen.text
    assert seen.form_data(0)[field] == LONG
    assert LONG not in stored(engine, column)
    assert auditor.submit(form=0, status=507).form_data(0)[field] == LONG
    fill_disk(False)
    auditor.submit(form=0)
    assert stored(engine, column).count(LONG) == 1
    assert stored(engine, KeptForm.path) == []


def test_who_only_reads_is_not_shut_out_by_a_full_disk(auditor, engine, fill_disk):
    """The session row is due to be written, and cannot be."""
    with engine.begin() as connection:
        connection.execute(sa.update(WebSession).values(seen_at=clock.now() - timedelta(minutes=2)))
    fill_disk()
    auditor.get("/greenhaven/plans")
    assert auditor.get("/greenhaven/findings/raise").form_data(-1)["text"] == ""


def test_a_password_or_a_file_is_never_put_on_the_page(app, fill_disk, auditor, engine):
    auditor.get("/greenhaven/findings/raise")
    fill_disk()
    seen = auditor.submit({**RAISED, **DATED, "text": LONG, "password": "never shown"}, status=507)
    assert "never shown" not in seen.html
    assert "Send it again" not in seen.text


def test_each_way_a_full_disk_is_told_is_known_and_others_are_not():
    full = sa.exc.OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    for error in (full, OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "Quota")):
        assert installation.is_disk_full(error)
    for error in (ValueError("database or disk is full"), sqlite3.OperationalError("no such table"), OSError(2, "x")):
        assert not installation.is_disk_full(error)
    wrapped = RuntimeError("while keeping")
    wrapped.__cause__ = full
    assert installation.is_disk_full(wrapped)
