"""Reads of the log and the sentences made of it."""

from datetime import timedelta

import pytest

from audit_app import history

from .conftest import NOON


def at(session, minutes: int, event: str, reference: str = "", **more) -> None:
    history.note(
        session, event, reference, **({"by": 7, "authority_id": 1, "now": NOON + timedelta(minutes=minutes)} | more)
    )


@pytest.fixture
def day(session):
    at(session, 0, "test.signed_in", authority_id=None)
    at(session, 1, "test.submitted", "AUD-0001", facts={"answers": 12})
    at(session, 2, "test.read", "AUD-0001", by=8)
    at(session, 3, "test.read", "AUD-0001", by=9)
    at(session, 4, "test.read", "AUD-0001", by=8)
    at(session, 5, "test.read", "AUD-0001", by=5, outcome="refused")
    at(session, 6, "test.due_moved", "ACT-0003", facts={"due_on": "2026-05-01"}, by=8)
    at(session, 7, "test.submitted", "AUD-0001", authority_id=2)
    return session


def numbers(entries) -> list[int]:
    return [entry.sequence for entry in entries]


def test_a_thing_s_entries_are_its_own_council_s_and_newest_first(day):
    assert numbers(history.entries_about(day, 1, "AUD-0001")) == [2]
    assert numbers(history.entries_about(day, 2, "AUD-0001")) == [8]
    assert numbers(history.entries_about(day, 1, "AUD-0001", kinds=("reading",))) == [6, 5, 4, 3]
    assert numbers(history.entries_about(day, None, "")) == [1]


def test_readers_are_listed_once_each_without_the_refused(day):
    readers = history.readers_of(day, 1, "AUD-0001")
    assert [(reader.person_id, reader.times) for reader in readers] == [(8, 2), (9, 1)]
    assert readers[0].first_at == NOON + timedelta(minutes=2)
    assert readers[0].last_at == NOON + timedelta(minutes=4)


def test_a_person_s_entries_can_be_kept_to_some_councils(day):
    assert numbers(history.by_actor(day, 7)) == [8, 2, 1]
    assert numbers(history.by_actor(day, 7, authority_ids=[1])) == [2]


def test_administrators_and_quality_managers_see_different_logs(day):
    assert numbers(history.security_events(day)) == [1]
    assert numbers(history.case_events(day, [1])) == [7, 6, 5, 4, 3, 2]
    assert numbers(history.case_events(day, [])) == []


def test_pages_follow_each_other_without_gap_or_overlap(day):
    first = history.case_events(day, [1], limit=4)
    second = history.case_events(day, [1], limit=4, before=first[-1].sequence)
    assert numbers(first) + numbers(second) == [7, 6, 5, 4, 3, 2]


def test_an_entry_reads_as_an_english_sentence_in_london_time(day):
    summer = NOON + timedelta(days=90)
    at(day, 0, "test.submitted", "AUD-0002", facts={"answers": 3}, now=summer, outcome="not_saved")
    (late,) = history.entries_about(day, 1, "AUD-0002")
    (first,) = history.entries_about(day, 1, "AUD-0001")
    (moved,) = history.entries_about(day, 1, "ACT-0003")
    assert history.tell(first, who="Asha Khan") == (
        "Asha Khan submitted AUD-0001 with 12 answers on 4 March 2026 at 12:01pm."
    )
    assert (
        history.tell(moved, who={8: "Ben Low"}.get, when=None)
        == "Ben Low moved the due date of ACT-0003 to 1 May 2026."
    )
    assert history.tell(late) == (
        "Person 7 submitted AUD-0002 with 3 answers on 2 June 2026 at 1pm. Outcome: not saved."
    )


def test_a_fact_or_sentence_that_is_missing_is_said_to_be(day):
    (bare,) = history.entries_about(day, 2, "AUD-0001")
    assert history.tell(bare, when=None) == "Person 7 submitted AUD-0001 with (not recorded) answers."
    day.expunge(bare)
    bare.event, bare.actor = "retired.event", None
    assert history.tell(bare, when=None) == (
        "The system did something this version has no sentence for (retired.event): AUD-0001."
    )


def test_an_event_is_registered_once_and_in_good_form():
    again = "{who} signed in"
    assert history.declare_event("test.signed_in", again, kind="security") == "test.signed_in"
    for code, sentence, kind in [
        ("test.signed_in", "{who} came in", "security"),
        ("Test", again, "security"),
        ("test.new", again, "gossip"),
        ("test.new", "{who.name} signed in", "security"),
        ("test.new", "{} signed in", "security"),
    ]:
        with pytest.raises(ValueError):
            history.declare_event(code, sentence, kind)
    assert "test.new" not in [event.code for event in history.all_events()]
    assert history.known("test.submitted").facts == {"answers", "edition"}


def test_the_head_is_there_to_be_printed(day):
    head = history.head_of(day)
    assert (head.sequence, head.count) == (8, 8)
    assert head.hash == history.by_actor(day, 7)[0].hash
