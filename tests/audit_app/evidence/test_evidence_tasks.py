"""The worker scans files and reminds owners; a scanner that cannot look has not said clean; packs leave files alone."""

import os
import shlex
import sys
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from audit_app import checking, evidence_store, jobs
from audit_app.evidence import queries
from audit_app.evidence.attention import notice_words, service
from audit_app.evidence.states import Held, Renewal, Scan
from audit_app.evidence.tables import Evidence, EvidenceUse, EvidenceVersion
from audit_app.notices.tables import Notice
from audit_app.packs.endings import service as endings
from audit_app.people.access import system_scope
from tests import builders, builders_evidence, builders_packs
from tests.builders import AUTHORITY_ID, MOMENT

DAY = date(2026, 12, 1)


def file_of(council, data, **changed):
    """A piece of evidence with a file, added with a scanner set."""
    config = {**council.app.config, "EVIDENCE_SCANNER": "set"}
    with council.session() as session:
        row = builders_evidence.add(
            session, by=council.people["auditor"], held=Held.here, address="", file=builders_evidence.a_file(data),
            config=config, **changed,
        )  # fmt: skip
        session.commit()
        return row.number


def scan_with(council, program):
    """Run the task with a scanner that is this program of one line."""
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}"
    context = jobs.PeriodicContext(
        council.engine, {**council.app.config, "EVIDENCE_SCANNER": command}, system_scope("a test")
    )
    service.scan_waiting(context)


def line_of(council, number):
    with council.session() as session:
        row = queries.get_evidence(session, AUTHORITY_ID, number)
        return queries.line_of(row, queries.get_version(session, AUTHORITY_ID, number, row.current_version))


def test_an_unscanned_file_stays_out_of_packs_until_a_scanner_has_looked_up_10(council):
    clean, harmful = file_of(council, b"harmless minutes"), file_of(council, b"EICAR is in here")
    assert line_of(council, clean).kept_out == "Not scanned yet."
    scan_with(council, "import sys; sys.exit(7)")  # it is down
    assert [line_of(council, number).scan for number in (clean, harmful)] == [Scan.waiting, Scan.waiting]
    scan_with(council, "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)")
    assert line_of(council, clean).kept_out == ""
    assert line_of(council, harmful).kept_out == "The scanner found something harmful."
    page = council.page("qa_manager")
    page.get(f"/greenhaven/evidence/EVD-{harmful:04d}/versions/1/file", status=409)
    page.get(f"/greenhaven/evidence/EVD-{harmful:04d}")
    assert "Download" not in page.text
    with council.session() as session:
        sent = sa.select(Notice.person_id, Notice.reference).where(Notice.code == notice_words.HARMFUL)
        notices = [tuple(row) for row in session.exec(sent).all()]
    assert notices == [(council.people["auditor"], f"EVD-{harmful:04d}")]


def test_what_is_held_elsewhere_takes_no_turn_of_the_scanner(council, monkeypatch):
    with council.session() as session:
        builders_evidence.add(session, by=1, now=MOMENT - timedelta(days=1))  # a link, and the oldest of all
        session.commit()
    number = file_of(council, b"the only one that can be scanned")
    monkeypatch.setattr(service, "AT_ONCE", 1)
    scan_with(council, "")
    assert line_of(council, number).scan is Scan.clean


def notices_of(session, number):
    about = f"EVD-{number:04d}"
    rows = session.exec(sa.select(Notice.code, Notice.person_id).where(Notice.reference == about).order_by(Notice.id))
    return [tuple(row) for row in rows.all()]


def test_owners_are_told_once_when_it_is_to_be_renewed_and_once_when_it_is_stale(council):
    owner = council.people["team_manager"]
    with council.session() as session:
        row = builders_evidence.add(session, by=1, renewal=Renewal.monthly, owner_post_id=council.post)
        assert row.renew_by == date(2026, 11, 30)
        days = {"grace_days": 21}
        for today in (date(2026, 11, 30), DAY, DAY, date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 23)):
            service.tell_owners(session, AUTHORITY_ID, now=MOMENT + timedelta(days=60), today=today, **days)
        assert notices_of(session, row.number) == [(notice_words.TO_RENEW, owner), (notice_words.STALE, owner)]
        session.rollback()


def test_withdrawn_evidence_reminds_nobody(council):
    with council.session() as session:
        row = builders_evidence.add(session, by=1, renewal=Renewal.monthly)
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = MOMENT, 1, "Wrong."
        session.add(row)
        session.flush()
        service.tell_owners(session, AUTHORITY_ID, now=MOMENT, today=date(2027, 6, 1), grace_days=21)
        assert notices_of(session, row.number) == []
        session.rollback()


# --- the store -------------------------------------------------------------------------------------------------------


def test_destroying_a_pack_leaves_the_same_file_where_evidence_names_it(council):
    number = file_of(council, b"%PDF of a pack that was put in as evidence")
    sha256 = line_of(council, number).sha256
    with council.session() as session:
        pack = builders_packs.make_row(level=3)
        pack.pdf_sha256, pack.destroyed_at = sha256, MOMENT
        pack.workbook_sha256 = evidence_store.put(council.app.config, b"of the pack alone").sha256
        alone = pack.workbook_sha256
        session.add(pack)
        session.commit()
    context = jobs.PeriodicContext(council.engine, council.app.config, system_scope("a test"))
    endings.remove_files(context, builders.AUTHORITY_ID)
    assert evidence_store.exists(council.app.config, sha256)
    assert not evidence_store.exists(council.app.config, alone)


def test_what_a_cut_off_upload_left_is_cleared_by_the_worker_once_hours_old(council):
    folder = council.app.config["DATA_FOLDER"] / "evidence"
    old, young = folder / ".incoming-old", folder / ".incoming-young"
    for left in (old, young):
        left.write_bytes(b"half of")
    os.utime(old, (1_000_000, 1_000_000))
    context = jobs.PeriodicContext(council.engine, council.app.config, system_scope("a test"))
    jobs.kinds.periodics[service.CLEAR_TASK].function(context)
    assert not old.exists() and young.exists()
    young.unlink()


def broken(council, words):
    """What one invariant finds broken now."""
    invariant = next(each for each in checking.INVARIANTS if each.words == words)
    return checking.look_at(council.engine, council.app.config, invariant).broken


BREAKS = {
    "Evidence stands on its newest version": (Evidence, {"current_version": 2}),
    "Evidence is renewed when its version says": (Evidence, {"renew_by": date(2030, 1, 1)}),
    "What evidence proves is there": (EvidenceUse, {"reference": "FND-9999"}),
    "Evidence held here has its file": (EvidenceVersion, {"given_name": ""}),
}


@pytest.mark.parametrize("words", BREAKS)
def test_check_finds_what_was_changed_past_the_product(council, words):
    table, values = BREAKS[words]
    number = file_of(council, words.encode(), proves=[f"FND-{council.finding:04d}"])
    assert broken(council, words) == ()
    column = table.__table__.c.number if table is Evidence else table.__table__.c.evidence_number
    before = [table.__table__.c[name] for name in values]
    with council.engine.begin() as connection:
        kept = connection.execute(sa.select(*before).where(column == number)).one()
        connection.execute(sa.update(table.__table__).where(column == number).values(**values))
    assert [line for line in broken(council, words) if f"EVD-{number:04d}" in line]
    with council.engine.begin() as connection:
        as_it_was = dict(zip(values, kept, strict=True))
        connection.execute(sa.update(table.__table__).where(column == number).values(**as_it_was))


def test_check_misses_a_file_that_evidence_names_and_knows_it_from_a_stray_one(council):
    number = file_of(council, b"a file that somebody removes")
    place = evidence_store.store.path_of(council.app.config, line_of(council, number).sha256)
    named, stray = "Evidence files are there and unchanged", "Nothing else lies in the evidence store"
    assert not [line for line in broken(council, stray) if place.name in line]
    data = place.read_bytes()
    place.unlink()
    assert [line for line in broken(council, named) if f"EVD-{number:04d}, version 1, is missing" in line]
    place.write_bytes(data)
