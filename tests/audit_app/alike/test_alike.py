"""Several servers on one database: what each must have like the others, and what one notes for the rest."""

from pathlib import Path

import pytest
from sqlmodel import select

from audit_app import alike, backups, clock, evidence_store
from audit_app.alike import marks
from audit_app.alike.tables import ServerNote
from audit_app.backups import journal
from audit_app.backups.journal import Line, What
from tests.conftest import ON_POSTGRESQL

ON_A_SERVER = pytest.mark.skipif(not ON_POSTGRESQL, reason="an SQLite database is of one server")


def settings(folder, **changed):
    return {"DATA_FOLDER": folder, "EVIDENCE_STORE_URL": "", "FACTOR_KEY": "a key of apps" * 3, **changed}


def test_a_folder_is_known_again_wherever_it_is_mounted_and_another_is_not(tmp_path):
    (tmp_path / "one").mkdir()
    first = evidence_store.mark_of(settings(tmp_path / "one"))
    (tmp_path / "one").rename(tmp_path / "mounted elsewhere")
    assert evidence_store.mark_of(settings(tmp_path / "mounted elsewhere")) == first
    (tmp_path / "one").mkdir()
    assert evidence_store.mark_of(settings(tmp_path / "one")) != first
    assert list(evidence_store.list_everything(settings(tmp_path / "one"))) == []  # the mark is no file of evidence


def test_a_key_is_compared_and_never_noted(tmp_path):
    (tmp_path / "evidence").mkdir()
    here, other = (marks.marks_of(settings(tmp_path, FACTOR_KEY=key * 8)) for key in ("one ", "two "))
    assert here[marks.FACTOR_KEY] != other[marks.FACTOR_KEY]
    assert "one" not in here[marks.FACTOR_KEY]
    (sentence,) = marks.unlike(other, here)
    assert "AUDIT_FACTOR_KEY" in sentence
    assert marks.unlike(here, here) == marks.unlike(here, {}) == []


@ON_A_SERVER
def test_a_second_server_with_a_folder_of_its_own_is_refused_until_somebody_says_that_it_is_right(
    session, engine, tmp_path
):
    first, second = (settings(tmp_path / name) for name in ("first", "second"))
    for each in (first, second):
        Path(each["DATA_FOLDER"]).mkdir()
    alike.refuse_unlike(engine, first)
    alike.refuse_unlike(engine, first)
    noted = {row.name: row.text for row in session.exec(select(ServerNote)).all()}
    session.rollback()
    with pytest.raises(alike.Unlike, match="Files are kept elsewhere"):
        alike.refuse_unlike(engine, second)
    assert {row.name: row.text for row in session.exec(select(ServerNote)).all()} == noted
    alike.accept(session, second, clock.now())
    session.commit()
    alike.refuse_unlike(engine, second)
    with pytest.raises(alike.Unlike):
        alike.refuse_unlike(engine, first)


def test_what_the_journal_of_one_server_holds_is_told_on_another_that_has_none(tmp_path, now):
    worker, web = tmp_path / "worker", tmp_path / "web"
    journal.add(worker, Line(What.made, now, "audit-a.tar.age", size=5))
    noted = journal.newest_text(worker, 20_000)
    assert backups.last_made_at(web) is None
    assert backups.last_made_at(web, noted) == backups.last_made_at(worker) == now
    # Whole lines only, the newest: a note has room for so many letters.
    journal.add(worker, Line(What.tried, now, "audit-a.tar.age"))
    (line,) = journal.read_text(journal.newest_text(worker, len(noted) + 50))
    assert line.what is What.tried
