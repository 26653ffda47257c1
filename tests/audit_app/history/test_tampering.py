"""Each of the twelve ways to tamper with a log (LG-5), done by hand on a real database, and a control left alone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from audit_app import database, history
from audit_app.history import chain, triggers
from audit_app.history.tables import ENTRY, HEAD

from .conftest import KEY, NOON, sqlite_alone

LAST = 20
Change = Callable[..., None]


@pytest.fixture
def change(engine: sa.Engine, write, anchor) -> Iterator[Change]:
    """A log of twenty entries, anchored, whose triggers somebody with the run of the machine has dropped."""
    write(LAST)
    anchor(NOON)
    with engine.begin() as connection:
        for statement in triggers.drop(connection.dialect.name):
            connection.exec_driver_sql(statement)

    def run(*statements: str) -> None:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    yield run


def rows(engine: sa.Engine) -> list[dict]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.sequence))]


def replace_all(engine: sa.Engine, entries: list[dict]) -> None:
    with engine.begin() as connection:
        connection.execute(ENTRY.delete())
        if entries:
            connection.execute(ENTRY.insert(), entries)


def seal_again(key: bytes, entries: list[dict]) -> None:
    """Makes every hash again, as somebody would who knows the method."""
    previous = ""
    for entry in entries:
        entry["previous_hash"] = previous
        fields = [chain.time_text(entry["at"]) if name == "at" else entry[name] for name in chain.SEALED]
        previous = entry["hash"] = chain.entry_hash(key, fields)


def runs(report: history.Report) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.first, fault.last) for fault in report.faults]


def test_a_log_left_alone_is_sound(change, check):
    report = check()
    assert report.sound, report.lines()
    assert (report.entries, report.anchors, report.head_sequence) == (LAST, 1, LAST)


def test_1_an_edited_field_is_altered_whichever_field_it_is(change, check):
    assignments = [
        "reference = 'AUD-9999'",
        "actor = 8",
        "actor = NULL",
        "authority_id = 2",
        "role = 'leader'",
        "session_hash = ''",
        "address = '10.0.0.1'",
        "event = 'test.read'",
        "outcome = 'refused'",
        "request_id = 'req-2'",
        "before_hash = ''",
        "after_hash = '0'",
        "facts = '{}'",
        "previous_hash = hash",
    ]
    change(
        *(f"UPDATE history_entry SET {words} WHERE sequence = {place}" for place, words in enumerate(assignments, 3))
    )
    assert runs(check()) == [("altered", 3, 16)]


def test_2_an_edited_hash_is_altered(change, check):
    change(f"UPDATE history_entry SET hash = '{'0' * 64}' WHERE sequence = 9")
    assert runs(check()) == [("altered", 9, 9)]


@pytest.mark.parametrize("first", [1, 7, 14])
def test_3_a_removed_row_is_removed_also_at_the_edge_of_a_batch(change, check, first):
    change(f"DELETE FROM history_entry WHERE sequence BETWEEN {first} AND {first + 1}")
    assert runs(check()) == [("removed", first, first + 1)]


def test_3_a_removed_row_is_removed_even_when_the_gap_was_closed(engine, change, check):
    entries = rows(engine)
    del entries[8]
    replace_all(engine, [entry | {"sequence": place} for place, entry in enumerate(entries, 1)])
    report = check()
    assert ("removed", 9, 19) in runs(report)
    assert "altered" not in report.kinds()


def test_4_an_inserted_row_is_added_and_the_rest_pushed_up(engine, change, check):
    entries = rows(engine)
    entries.insert(8, entries[3] | {"reference": "AUD-7777"})
    replace_all(engine, [entry | {"sequence": place} for place, entry in enumerate(entries, 1)])
    assert runs(check()) == [("altered", 9, 9), ("added", 10, LAST), ("added", LAST + 1, LAST + 1)]


def test_4_a_row_inserted_at_the_end_is_added(engine, change, check):
    entries = rows(engine)
    replace_all(engine, [*entries, entries[3] | {"sequence": LAST + 1}])
    assert runs(check()) == [("added", LAST + 1, LAST + 1)]


@pytest.mark.parametrize(("one", "other"), [(4, 5), (4, 15), (19, 20)])
def test_5_swapped_rows_are_altered(engine, change, check, one, other):
    entries = rows(engine)
    entries[one - 1]["sequence"], entries[other - 1]["sequence"] = other, one
    replace_all(engine, entries)
    report = check()
    assert report.kinds() == {"altered"}
    assert {fault.first for fault in report.faults if fault.first} >= {one}


def test_6_a_doubled_row_is_added(engine, change, check):
    entries = rows(engine)
    entries.insert(9, dict(entries[8]))
    replace_all(engine, [entry | {"sequence": place} for place, entry in enumerate(entries, 1)])
    assert runs(check()) == [("added", 10, LAST), ("added", LAST + 1, LAST + 1)]


@pytest.mark.parametrize("batch", [7, 9, 100])
def test_6_a_doubled_number_is_added_also_at_the_edge_of_a_batch(engine, change, check, batch):
    change(
        "CREATE TABLE plain AS SELECT * FROM history_entry",
        "INSERT INTO plain SELECT * FROM history_entry WHERE sequence = 9",
        "DROP TABLE history_entry",
        "ALTER TABLE plain RENAME TO history_entry",
    )
    assert check(batch=batch).kinds() == {"added"}


def test_7_a_cut_tail_is_missing(change, check):
    change("DELETE FROM history_entry WHERE sequence > 15")
    assert runs(check()) == [("tail missing", 16, LAST)]


def test_7_a_cut_tail_is_missing_even_when_the_head_was_set_back(engine, change, check):
    hash_ = rows(engine)[14]["hash"]
    change(
        "DELETE FROM history_entry WHERE sequence > 15",
        f"UPDATE history_head SET sequence = 15, count = 15, hash = '{hash_}'",
    )
    assert runs(check()) == [("altered", 0, 0), ("tail missing", 16, LAST)]


def test_8_an_emptied_log_is_missing(change, check):
    change("DELETE FROM history_entry")
    assert runs(check()) == [("tail missing", 1, LAST)]


def test_8_an_emptied_log_is_missing_even_with_a_head_like_new(change, check):
    change("DELETE FROM history_entry", "DELETE FROM history_head", triggers.FIRST_HEAD)
    assert runs(check()) == [("tail missing", 1, LAST)]


def keep(engine: sa.Engine) -> tuple[list[dict], dict]:
    with engine.connect() as connection:
        return rows(engine), dict(connection.execute(sa.select(HEAD)).one()._mapping)


def put_back(engine: sa.Engine, kept: tuple[list[dict], dict]) -> None:
    replace_all(engine, kept[0])
    with engine.begin() as connection:
        connection.execute(HEAD.update(), kept[1])


def test_9_an_older_copy_is_told_by_the_anchor(engine, change, write, anchor, check):
    kept = keep(engine)
    write(5)
    anchor(NOON)
    put_back(engine, kept)
    assert runs(check()) == [("older copy", LAST + 1, LAST + 5)]


def test_9_an_older_copy_is_told_even_after_it_was_written_on(engine, change, write, anchor, check):
    kept = keep(engine)
    write(5)
    anchor(NOON)
    put_back(engine, kept)
    write(9, NOON + timedelta(days=1))
    anchor(NOON + timedelta(days=1))
    assert runs(check()) == [("older copy", LAST + 5, LAST + 5)]


def test_10_hashes_made_again_without_the_key_are_altered(engine, change, check):
    entries = rows(engine)
    entries[8]["reference"] = "AUD-9999"
    seal_again(b"another key, since the real one is elsewhere", entries)
    replace_all(engine, entries)
    change(f"UPDATE history_head SET hash = '{entries[-1]['hash']}'")
    assert runs(check()) == [("altered", 1, LAST), ("altered", 0, 0)]


def test_11_a_changed_time_is_altered(engine, change, check):
    entries = rows(engine)
    entries[8]["at"] += timedelta(microseconds=1)
    replace_all(engine, entries)
    assert runs(check()) == [("altered", 9, 9)]


def test_12_a_fork_is_altered(engine, change, check):
    entries = rows(engine)
    seal_again(KEY, entries[:18])
    fork = entries[18]
    fork["previous_hash"] = entries[16]["hash"]
    fields = [chain.time_text(fork["at"]) if name == "at" else fork[name] for name in chain.SEALED]
    fork["hash"] = chain.entry_hash(KEY, fields)
    replace_all(engine, entries)
    report = check()
    assert ("altered", 19, 20) in runs(report)
    assert "fork" in " ".join(report.lines()).lower()


def test_a_head_set_back_alone_is_altered(engine, change, write, check):
    kept = keep(engine)
    write(2)
    with engine.begin() as connection:
        connection.execute(HEAD.update(), kept[1])
    assert runs(check()) == [("altered", LAST + 1, LAST + 2)]


def test_a_missing_head_is_altered(change, check):
    change("DELETE FROM history_head")
    assert runs(check()) == [("altered", 0, 0)]


@sqlite_alone
@pytest.mark.parametrize("value", ["'yesterday'", "x'ff00'", "cast(x'ff' as text)", "NULL"])
def test_what_is_no_time_at_all_is_altered_and_does_not_stop_the_check(change, check, value):
    change(
        "CREATE TABLE plain AS SELECT * FROM history_entry",
        "DROP TABLE history_entry",
        "ALTER TABLE plain RENAME TO history_entry",
        f"UPDATE history_entry SET at = {value} WHERE sequence = 9",
    )
    assert runs(check()) == [("altered", 9, 9)]


def test_a_changed_taken_out_or_missing_anchor_is_told(change, anchor, check, tmp_path: Path):
    for hours in (1, 2, 3):
        path = anchor(NOON + timedelta(hours=hours))
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(whole.replace(b" 20 20 ", b" 19 19 ", 1))
    assert check().kinds() == {"anchor"}
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    assert runs(check()) == [("anchor", 2, 2)]
    path.unlink()
    assert check().kinds() == {"anchor"}
    path.write_bytes(whole)
    assert check().sound


def test_a_line_torn_by_a_power_cut_is_noted_and_the_next_anchor_stands_on_its_own_line(change, anchor, check):
    path = anchor(NOON)
    with path.open("ab") as file:
        file.write(b"2026-03-04T13:00:00.000000+00:00 20 2")
    anchor(NOON + timedelta(hours=2))
    report = check()
    assert report.sound, report.lines()
    assert report.anchors == 3
    assert len(report.warnings) == 1


def test_the_report_is_plain_words_and_a_clock_that_went_back_is_only_noted(change, write, check):
    write(1, NOON - timedelta(hours=1))
    report = check()
    assert report.sound
    assert report.lines() == [
        "21 entries and 1 anchor checked.",
        (
            "Note. The clock went back by more than 5 minutes, 1 time in all and first at entry 21. Entries stand in "
            "the order they were written."
        ),
        "The history log is sound: nothing was altered, added or removed.",
    ]
    change("UPDATE history_entry SET actor = 8 WHERE sequence IN (3, 4, 5, 9)")
    told = check().lines()
    assert told[1].startswith("Altered. Entries 3 to 5: the contents do not fit the seal.")
    assert told[2].startswith("Altered. Entry 9: ")


@pytest.mark.parametrize(("seconds_back", "is_jump"), [(1, False), (300, False), (301, True)])
def test_requests_that_overtake_one_another_are_no_clock_that_went_back(change, write, check, seconds_back, is_jump):
    """Entries carry when their request began: 203 of an ordinary day changed places and were called jumps."""
    later = NOON + timedelta(hours=1)
    write(1, later)
    write(1, later - timedelta(seconds=seconds_back))
    report = check()
    assert report.sound
    assert any("clock went back" in line for line in report.lines()) is is_jump


def test_without_the_key_nothing_can_be_called_sound(change, check):
    assert not check(key=b"not the key this log was written with").sound


def test_checking_does_not_hold_up_writers(engine, change, write):
    with database.session_for(engine, None, reading=True) as session:
        history.verify(session, KEY, None)
        assert not session.in_transaction()
