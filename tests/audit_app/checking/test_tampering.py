"""Twelve kinds of tampering, done straight in the database and the folder: each is found, at its place by name."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import checking, database, migrations
from audit_app.audits import contents
from audit_app.audits.concerns import service as concern_service
from audit_app.audits.tables import AuditVersion
from audit_app.checking import log_tasks
from audit_app.evidence_store import store
from audit_app.people.access import Role
from findings.states import ActionStatus
from findings.tables import Action
from tests import builders, builders_audits, builders_packs
from tests.conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="copies of one file are tampered with: the SQLite run has it")

SEALED, FROZEN = "What is signed or frozen is as the log sealed it", "Submitted audits say what was frozen"
EVIDENCE, STRAY = "Evidence files are there and unchanged", "Nothing else lies in the evidence store"
LINE, LOG = "Actions were verified outside their line", "The history log is sound"


@pytest.fixture
def year(session, app, built_once):
    """A council with audits, a concern, a whole thread and a built pack, stamped and anchored, as a file."""
    row = built_once("the year to tamper with", lambda: made_year(session, app))
    session.close()
    return Path(app.extensions["engine"].url.database), app.config, row


def made_year(session, app):
    made = builders_packs.make_year(session, random=4, chosen=1)
    builders.make_person(session, [Role.admin])
    outside = builders.make_person(session, [Role.qa_manager])
    session.exec(sa.update(Action).where(Action.status == ActionStatus.verified).values(verified_by=outside.id))
    audit = builders_audits.make_audit(session, made.people.team_id, made.people.auditor)
    said = "The back door was open and nobody was in."
    by = {"by": made.people.auditor, "now": builders_packs.NOW}
    concern_service.raise_concern(session, builders.AUTHORITY_ID, audit.number, concern_words=said, **by)
    session.commit()
    row = builders_packs.ask(session, made.people)
    session.commit()
    session.close()
    engine = app.extensions["engine"]
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{migrations.head()}')")
    log_tasks.anchor(engine, app.config)
    return row


def broken_in(path, config):
    """What does not hold of a database file, by invariant."""
    engine = database.make_engine(f"sqlite:///{path}")
    try:
        return {outcome.words: outcome.broken for outcome in checking.check(engine, config) if not outcome.holds}
    finally:
        engine.dispose()


@pytest.fixture
def tampered(year, tmp_path):
    """Call with statements: what one invariant says of a copy in which they were run behind the product's back."""
    source, config, _row = year

    def run(words, *statements):
        path = tmp_path / "copy.db"
        shutil.copyfile(source, path)
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                arguments = statement if isinstance(statement, tuple) else (statement,)
                assert connection.execute(*arguments).rowcount, statement
            connection.commit()
        engine = database.make_engine(f"sqlite:///{path}")
        invariant = next(each for each in checking.INVARIANTS if each.words == words)
        broken = checking.look_at(engine, config, invariant).broken
        engine.dispose()
        return broken

    return run


def copied(table, key, number, where):
    """A statement that puts in another row like one that is there."""
    names = [column.name for column in SQLModel.metadata.tables[table].columns]
    values = ["'2020-01-01'" if name == "from_on" else name for name in names]
    values[names.index(key)] = str(number)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {where} LIMIT 1"


FIRST = "authority_id = 1 AND audit_number = 1"
# Kind of tampering: what is run, the invariant that must break, and the place it must name.
IN_ROWS = {
    "a grade": [
        (f"UPDATE domain_answer SET grade = 'inadequate' WHERE {FIRST} AND domain_id = 'plan'", FROZEN, "AUD-0001"),
        ("UPDATE case_audit SET overall_grade = 'inadequate' WHERE number = 2", FROZEN, "AUD-0002"),
        ("UPDATE domain_answer SET grade = 'inadequate' WHERE audit_number = 5", FROZEN, "AUD-0005"),
    ],
    "an answer": [
        (f"UPDATE answer SET code = 'no' WHERE {FIRST} AND code = 'yes'", FROZEN, "AUD-0001"),
        (f"UPDATE answer SET text = text || ' It did not.' WHERE {FIRST}", FROZEN, "what was written"),
        ("DELETE FROM answer WHERE audit_number = 3 AND code <> ''", FROZEN, "AUD-0003"),
        ("INSERT INTO answer VALUES (1, 4, 'no/such', 'yes', 'Put in.', '', '', '', '', '', '')", FROZEN, "no/such"),
    ],
    "a rationale": [
        (f"UPDATE domain_answer SET rationale = 'All was well.' WHERE {FIRST}", FROZEN, "rationale"),
        ("UPDATE case_audit SET overall_rationale = 'All was well.' WHERE number = 4", FROZEN, "AUD-0004"),
        ("UPDATE case_audit SET worries = 'None.' WHERE number = 1", FROZEN, "AUD-0001"),
        ("DELETE FROM domain_answer WHERE audit_number = 2", FROZEN, "AUD-0002"),
    ],
    "an action": [
        ("UPDATE action SET what = 'Nothing.' WHERE number = 1", SEALED, "ACT-0001"),
        ("UPDATE action SET due_on = '2031-01-01' WHERE number = 1", SEALED, "ACT-0001"),
        ("UPDATE progress SET note = 'All done.'", SEALED, "report of progress"),
        ("UPDATE audit_action SET what = 'Nothing.' WHERE number = 1", SEALED, "AAC-0001"),
    ],
    "a finding": [
        ("UPDATE finding SET text = 'All was well.' WHERE number = 1", SEALED, "FND-0001"),
        ("UPDATE source SET words = 'All was well.' WHERE finding_number = 1", SEALED, "FND-0001"),
        ("UPDATE area_for_improvement SET heading = 'All was well.' WHERE number = 1", SEALED, "AFI-0001"),
        ("UPDATE impact_judgement SET different_for_children = 'Everything.'", SEALED, "judgement of impact"),
        ("UPDATE judgement SET grade_code = 'outstanding'", SEALED, "judgement of an inspection"),
    ],
    "a concern": [
        ("UPDATE concern SET concern_words = 'Nothing.'", SEALED, "concern about a child"),
        ("UPDATE concern SET closed_at = '2026-11-02 10:00:00.000000', closed_by = 1", SEALED, "AUD-"),
    ],
    "a verification": [
        ("UPDATE action SET lead_person_id = verified_by WHERE status = 'verified'", LINE, "leads it"),
        ("UPDATE action SET verified_by = completed_by WHERE status = 'verified'", LINE, "ACT-0001"),
        ("UPDATE action SET verified_by = NULL WHERE status = 'verified'", LINE, "nobody"),
    ],
    "a date": [
        ("UPDATE case_audit SET agreed_at = '2026-04-01 09:00:00.000000' WHERE number = 1", SEALED, "AUD-0001"),
        ("UPDATE case_audit SET due_on = '2026-04-01' WHERE number = 2", SEALED, "AUD-0002"),
        ("UPDATE impact_judgement SET judged_on = '2026-04-01'", SEALED, "AFI-0001"),
        ("UPDATE audit_version SET submitted_at = '2026-04-01 09:00:00.000000'", SEALED, "AUD-0001, version 1"),
    ],
    "a row": [
        ("DELETE FROM progress", SEALED, "gone"),
        ("DELETE FROM concern_told", SEALED, "told of a concern"),
        (copied("finding", "number", 99, "number = 1"), SEALED, "FND-0099"),
        ("DELETE FROM finding_in_area", SEALED, "link between a finding and an area"),
        (copied("membership", "id", 7, "role = 'auditor'"), SEALED, "role of a person"),
    ],
    "the seals themselves": [
        ("DELETE FROM seal WHERE kind = 'finding'", SEALED, "The seals of entry"),
        ("UPDATE seal SET hash = substr(hash, 2) || '0' WHERE kind = 'action'", SEALED, "The seals of entry"),
        ("UPDATE case_audit SET stage = 'splendid' WHERE number = 1", SEALED, "AUD-0001"),
    ],
}  # fmt: skip


def test_a_year_nobody_tampered_with_has_no_fault(year):
    assert broken_in(year[0], year[1]) == {}


def test_each_tampering_with_rows_is_found_at_its_place(tampered):
    missed = []
    for kind, cases in IN_ROWS.items():
        for statement, invariant, place in cases:
            told = " ".join(tampered(invariant, "PRAGMA ignore_check_constraints = ON", statement))
            if place not in told:
                missed.append((kind, statement, told))
    assert missed == []


def test_contents_hashed_again_in_every_place_are_found(tampered, year):
    with closing(sqlite3.connect(year[0])) as connection:
        frozen = connection.execute("SELECT contents FROM audit_version WHERE audit_number = 1").fetchone()[0]
        fingerprint, pack = connection.execute("SELECT fingerprint, contents FROM evidence_pack").fetchone()
    changed = frozen.replace('"grade":"good"', '"grade":"inadequate"')
    assert changed != frozen
    both = ("UPDATE audit_version SET contents = ?, contents_sha256 = ? WHERE audit_number = 1",)
    found = tampered(
        SEALED,
        (*both, (changed, contents.sha256_of(changed))),
        "UPDATE domain_answer SET grade = 'inadequate' WHERE audit_number = 1 AND grade = 'good'",
        "UPDATE case_audit SET overall_grade = 'inadequate' WHERE number = 1",
    )
    assert any("AUD-0001, version 1: the submitted version" in line for line in found)
    again = pack.replace("Greenhaven", "Greyhaven")
    statement = ("UPDATE evidence_pack SET contents = ?, fingerprint = ?", (again, contents.sha256_of(again)))
    assert contents.sha256_of(again) != fingerprint
    assert "PCK-0001" in tampered("Packs are as they were frozen", statement)[0]
    assert any("PCK-0001" in line for line in tampered(SEALED, statement))


def test_an_older_seal_put_back_with_its_row_is_found(tampered, year):
    with closing(sqlite3.connect(year[0])) as connection:
        last = connection.execute("SELECT max(sequence) FROM seal WHERE kind = 'action' AND key = '[1]'").fetchone()[0]
    found = tampered(SEALED, f"DELETE FROM seal WHERE kind = 'action' AND key = '[1]' AND sequence = {last}")
    assert any(f"The seals of entry {last} " in line for line in found)


def test_evidence_that_was_changed_swapped_taken_away_or_put_in_is_found(year):
    path, config, row = year
    places = [store.path_of(config, sha) for sha in (row.pdf_sha256, row.workbook_sha256, row.archive_sha256)]
    kept = [place.read_bytes() for place in places]

    places[0].write_bytes(kept[0][:100] + bytes([kept[0][100] ^ 1]) + kept[0][101:])
    assert "The PDF of PCK-0001 is no longer" in broken_in(path, config)[EVIDENCE][0]
    places[0].write_bytes(kept[1])
    places[1].write_bytes(kept[0])
    assert len(broken_in(path, config)[EVIDENCE]) == 2
    places[0].write_bytes(kept[0])
    places[1].unlink()
    assert "The workbook of PCK-0001 is missing" in broken_in(path, config)[EVIDENCE][0]
    places[1].write_bytes(kept[1])
    assert EVIDENCE not in broken_in(path, config)
    strays = [places[0].parent / "notes.txt", places[0].parent / ("ab" * 32), places[0].parents[1] / places[0].name]
    for stray in strays:
        stray.write_bytes(b"x")
        os.utime(stray, (time.time() - 3600,) * 2)
    assert {line.split(" is named")[0] for line in broken_in(path, config)[STRAY]} == {str(stray) for stray in strays}


def test_what_the_product_changes_itself_is_no_fault(session, year, app):
    path, config, _row = year
    with database.session_for(app.extensions["engine"], session.info["scope"]) as writing:
        writing.info["log_key"] = app.extensions["log_key"]
        writing.exec(sa.update(AuditVersion).values(reason="Put right by the product itself"))
        writing.delete(writing.get(AuditVersion, (1, 5, 1)))
    found = broken_in(path, config)
    assert SEALED not in found and LOG not in found


def test_rows_of_an_earlier_version_are_never_said_to_hold_unseen(year, app):
    path, config, _row = year
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DELETE FROM seal; DROP TRIGGER history_entry_no_update;"
            " UPDATE history_entry SET facts = json_remove(facts, '$.seals')"
        )
    engine = app.extensions["engine"]
    before = {outcome.words: outcome for outcome in checking.check(engine, config)}[SEALED]
    assert before.in_part and before.holds
    assert any("Not sealed" in look.words and "× finding" in look.words for look in before.compared)

    assert log_tasks.begin_sealing(engine, config) >= 50
    assert log_tasks.begin_sealing(engine, config) == 0
    after = {outcome.words: outcome for outcome in checking.check(engine, config)}[SEALED]
    assert after.in_part and after.holds
    assert any("made before sealing began on" in look.words for look in after.compared)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE finding SET text = 'All was well.' WHERE number = 1")
        connection.commit()
    assert any("FND-0001" in line for line in broken_in(path, config)[SEALED])
