"""Long exports as rows: when one may be taken out, stopped, made again or removed, and what the hourly task ends."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import clock, evidence_store, jobs
from audit_app.errors import NotFound, OutOfTurn
from audit_app.history import HistoryEntry
from audit_app.jobs.periodic import PeriodicContext
from audit_app.notices.tables import Notice
from audit_app.people.access import system_scope
from audit_app.people.exports import service_asking, service_making
from audit_app.people.exports.kinds import register_of
from audit_app.people.exports.tables import LongExport
from tests import builders

A, MOMENT = builders.AUTHORITY_ID, builders.MOMENT
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BY = {"by": 7, "now": MOMENT}


def make_row(session, number=1, **changed):
    """A register that was made and is there."""
    made = {"made_at": MOMENT, "sha256": f"{number:064}", "expires_at": MOMENT + 7 * DAY, "rows": 3}
    row = LongExport(
        **{
            "authority_id": A, "number": number, "kind": "findings", "narrowed_to": '{"words": "G-123456"}',
            "asked_by": 7, "asked_at": MOMENT, **made, **changed,
        }
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def noted(session):
    rows = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    return [(row.event.partition(".")[2], row.reference) for row in rows if row.event.startswith("people.export")]


UNMADE = {"made_at": None, "expires_at": None, "sha256": ""}


@pytest.mark.parametrize(
    "changed",
    [
        UNMADE,
        UNMADE | {"sha256": "f" * 64},  # named by a making that was cut off
        {"sha256": ""},
        {"expires_at": MOMENT},
        {"removed_at": MOMENT},
    ],
)
def test_what_is_not_there_is_neither_taken_out_nor_removed(session, changed):
    row = make_row(session, **changed)
    for step in (service_asking.note_taken, service_asking.remove):
        with pytest.raises(OutOfTurn):
            step(session, row, **BY)
    assert noted(session) == []


def test_the_first_taking_counts_and_one_removed_is_gone(session):
    row = make_row(session, expires_at=MOMENT + MINUTE)
    service_asking.note_taken(session, row, **BY)
    service_asking.note_taken(session, row, by=7, now=MOMENT + MINUTE / 2)
    assert row.taken_at == MOMENT
    with pytest.raises(OutOfTurn, match="made, or is being made"):
        service_asking.make_again(session, row, **BY)
    with pytest.raises(OutOfTurn, match="not being made"):
        service_asking.stop(session, row, **BY)
    service_asking.remove(session, row, **BY)
    assert row.removed_at == MOMENT
    with pytest.raises(OutOfTurn, match="no workbook"):
        service_asking.remove(session, row, **BY)
    assert noted(session) == [("export_taken", "EXP-0001")] * 2 + [("export_removed", "EXP-0001")]


def test_one_being_made_is_stopped_and_then_made_again(session, app, monkeypatch):
    monkeypatch.setattr(app.extensions["jobs"], "ring", lambda *_references: None)  # no worker takes it
    given = {"words": "G-1", "kind": "strength"}
    row = service_asking.ask(session, A, register_of("findings"), given, 12, 7, MOMENT)
    assert (row.number, row.rows, row.asked_by, row.made_at) == (1, 12, 7, None)
    first = row.job_id
    with pytest.raises(OutOfTurn):
        service_asking.make_again(session, row, **BY)
    service_asking.stop(session, row, **BY)
    session.flush()
    assert jobs.find(session, A, first).state is jobs.JobState.cancelled
    service_asking.make_again(session, row, **BY)
    assert row.job_id != first
    service_asking.end_all(session, A, MOMENT + DAY)
    session.refresh(row)
    assert (row.removed_at, row.narrowed_to) == (MOMENT + DAY, "")
    assert noted(session) == [("export_cancelled", "EXP-0001")]


def test_the_hourly_task_ends_what_is_over_and_forgets_what_was_searched_for(app, engine, session):
    now, days = clock.now(), timedelta(days=app.config["EXPORT_DAYS"])
    kept = {number: evidence_store.put(app.config, f"workbook {number}".encode()).sha256 for number in range(1, 7)}
    rows = {
        "in time": make_row(session, 1, sha256=kept[1], expires_at=now + DAY),
        # Asked for yesterday, when files were kept for less long than they are now.
        "over": make_row(session, 2, sha256=kept[2], asked_at=now - DAY, expires_at=now - MINUTE),
        "removed": make_row(session, 3, sha256=kept[3], expires_at=now + DAY, removed_at=now - DAY),
        "cut off": make_row(session, 4, **UNMADE | {"sha256": kept[4], "asked_at": now - days + DAY}),
        "cut off long ago": make_row(session, 5, **UNMADE | {"sha256": kept[5], "asked_at": now - days}),
        "never made": make_row(session, 6, **UNMADE | {"asked_at": now - days}),
    }
    session.commit()
    for _time in range(2):  # again, it changes nothing
        service_making.end_exports(PeriodicContext(engine, app.config, system_scope("a test")))
    session.expire_all()
    there = {name for name, row in rows.items() if row.sha256}
    searched = {name for name, row in rows.items() if row.narrowed_to}
    ended = {name for name, row in rows.items() if row.removed_at is not None}
    assert (there, searched) == ({"in time"}, {"in time", "cut off"})
    assert ended == {"over", "removed", "cut off long ago", "never made"}
    assert noted(session) == [("export_ended", f"EXP-000{number}") for number in (2, 5, 6)]
    session.rollback()
    assert [number for number, sha256 in kept.items() if evidence_store.exists(app.config, sha256)] == [1, 6]


def test_work_under_another_kind_of_name_makes_nothing_and_tells_nobody(app, engine, session):
    make_row(session, **UNMADE)
    session.commit()
    context = SimpleNamespace(engine=engine, config=app.config, scope=system_scope("a test", A), authority_id=A)
    with pytest.raises(jobs.JobFailed, match="no longer asked for"):
        service_making.make_export(context, "FND-0001")
    assert session.exec(select(Notice)).all() == []
    session.rollback()
    with pytest.raises(NotFound):  # whoever asked, who is nobody here
        service_making.make_export(context, "EXP-0002")
