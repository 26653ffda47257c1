"""Rows are sealed as they are written, in the same transaction, whoever writes them and however."""

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, func, select

from audit_app import database, history, tables
from audit_app.history.row_text import row_text
from audit_app.history.sealing import UnsealedWrite
from audit_app.history.tables import HistoryEntry, Seal
from findings.tables import Finding, Measure
from tests import builders
from tests.builders_improvement import raise_finding

FINDING = Finding.__table__


def seals_of(session, kind="finding"):
    rows = session.exec(select(Seal).where(Seal.kind == kind).order_by(Seal.sequence)).all()
    return [(row.key, bool(row.hash)) for row in rows]


def test_every_table_is_sealed_or_named_with_what_keeps_it_honest():
    tables.load()
    named = {table.__tablename__ for table, _words, _without in tables.SEALED}
    left_out = {table.__tablename__ for table in tables.NOT_SEALED}
    assert named & left_out == set()
    assert named | left_out == set(SQLModel.metadata.tables)


def test_a_row_is_sealed_with_the_entry_that_tells_of_it_and_again_when_it_changes(session):
    made = raise_finding(session)
    told = {"by": 1, "authority_id": 1, "facts": {"kind": "strength"}, "now": builders.MOMENT}
    history.note(session, "improvement.finding_raised", "FND-0001", **told)
    session.commit()
    entry = session.exec(select(HistoryEntry).where(HistoryEntry.event == "improvement.finding_raised")).one()
    sealed = session.exec(select(Seal).where(Seal.kind == "finding")).one()
    assert (sealed.sequence, sealed.key, "seals" in entry.facts) == (entry.sequence, f"[{made.number}]", True)
    assert "seals" not in history.facts_of(entry)
    made.text = "Put into other words by the product."
    session.add(made)
    session.commit()
    assert seals_of(session) == [("[1]", True), ("[1]", True)]
    assert session.exec(select(HistoryEntry.event).order_by(sa.desc(HistoryEntry.sequence))).first() == "seals.made"


def test_statements_for_many_rows_are_noticed_and_one_that_inserts_is_refused(session):
    raise_finding(session)
    session.commit()
    session.exec(sa.update(Finding).where(Finding.number == 1).values(team_name="North"))
    session.commit()
    assert len(seals_of(session)) == 2
    session.exec(sa.delete(Measure))
    with pytest.raises(UnsealedWrite, match="one by one"):
        session.execute(sa.insert(Finding), [{"authority_id": 1, "number": 9}])


def test_what_was_not_done_is_not_sealed_and_what_was_removed_has_a_last_seal_without_a_hash(session):
    raise_finding(session)
    session.rollback()
    assert session.exec(select(func.count()).select_from(Seal)).one() == 0
    row = raise_finding(session)
    session.commit()
    for part in ("source", "finding_judgement_area"):
        session.connection().execute(SQLModel.metadata.tables[part].delete())
    session.delete(row)
    session.commit()
    assert seals_of(session)[-1] == ("[1]", False)


def test_a_row_of_a_transaction_within_another_is_sealed_as_it_ends_up(session, app):
    made = raise_finding(session)
    try:
        with session.begin_nested():
            made.text = "Never kept."
            session.add(made)
            session.flush()
            raise KeyError
    except KeyError:
        session.refresh(made)
    session.commit()
    with database.session_for(app.extensions["engine"], None, reading=True) as reading:
        report = history.verify_seals(reading.connection(), app.extensions["log_key"])
    assert report.faults == []
    assert report.compared["finding"] == 1


def test_an_empty_column_added_later_leaves_the_seal_as_it_is_and_a_figure_reads_alike():
    values = {column.name: None for column in FINDING.columns} | {"authority_id": 1, "number": 7, "text": "x"}
    assert row_text(FINDING, values) == row_text(FINDING, {**values, "agencies": "", "verbatim": False})
    assert row_text(FINDING, values) != row_text(FINDING, {**values, "agencies": "police"})
    assert row_text(FINDING, {**values, "number": 7.0}) == row_text(FINDING, values)
