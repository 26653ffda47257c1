"""The rules as tables of cases, worked out by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from findings import rules
from findings.rules import Step
from findings.states import ActionStatus, Delivery, Impact, Timescale

TODAY = date(2026, 3, 2)


def action(status="open", delivery="on_track", due_on=None):
    return SimpleNamespace(status=ActionStatus(status), delivery=Delivery(delivery), due_on=due_on, due_text="")


def judged(rating, on=date(2026, 2, 1), row_id=1):
    return SimpleNamespace(rating=Impact(rating), judged_on=on, id=row_id)


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("open", {"report", "complete", "withdraw"}),
        ("completed", {"verify", "reopen"}),
        ("verified", {"reopen"}),
        ("withdrawn", {"reopen"}),
    ],
)
def test_only_the_listed_steps_may_follow(status, steps):
    for step in Step:
        assert (rules.after(ActionStatus(status), step) is not None) == (step.value in steps)


@pytest.mark.parametrize(
    ("status", "due_on", "late", "days"),
    [
        ("open", date(2026, 3, 1), True, 1),
        ("open", date(2026, 3, 2), False, 0),
        ("open", None, False, 0),
        ("completed", date(2025, 1, 1), False, 0),
        ("open", date(2025, 3, 2), True, 365),
    ],
)
def test_an_open_action_is_overdue_the_day_after_its_date(status, due_on, late, days):
    assert rules.overdue(action(status, due_on=due_on), TODAY) is late
    assert rules.days_overdue(action(status, due_on=due_on), TODAY) == days


@pytest.mark.parametrize(
    ("due_on", "passed", "within"),
    [
        (None, False, False),
        (date(2026, 3, 1), True, False),
        (date(2026, 3, 2), False, True),
        (date(2026, 3, 9), False, True),
        (date(2026, 3, 10), False, False),
    ],
)
def test_a_date_is_past_the_day_after_and_within_from_the_first_day_to_the_last(due_on, passed, within):
    assert rules.date_passed(due_on, TODAY) is passed
    assert rules.date_within(due_on, TODAY, date(2026, 3, 9)) is within
    assert rules.due_between(action("open", due_on=due_on), TODAY, date(2026, 3, 9)) is within
    assert not rules.due_between(action("completed", due_on=due_on), TODAY, date(2026, 3, 9))


@pytest.mark.parametrize(
    ("published", "timescale", "due"),
    [
        (date(2012, 10, 30), "immediately", date(2012, 10, 30)),
        (date(2012, 10, 30), "three_months", date(2013, 1, 30)),
        (date(2012, 10, 30), "six_months", date(2013, 4, 30)),
        (date(2025, 11, 30), "three_months", date(2026, 2, 28)),
        (date(2023, 11, 30), "three_months", date(2024, 2, 29)),
        (date(2024, 2, 29), "twelve_months", date(2025, 2, 28)),
        (date(2025, 12, 31), "one_month", date(2026, 1, 31)),
    ],
)
def test_a_timescale_runs_from_the_day_of_publication(published, timescale, due):
    assert rules.due_from(published, Timescale(timescale)) == due


FEBRUARY, LATER = date(2026, 2, 28), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("start_on", "words", "starts", "later"),
    [
        (LATER, "from February 2026", LATER, True),  # the day entered counts before the words
        (TODAY, "", TODAY, False),
        (date(2026, 3, 1), "from May 2026", date(2026, 3, 1), False),
        (None, "from May 2026", date(2026, 5, 1), True),
        (None, "from February 2026", date(2026, 2, 1), False),
        (None, "May 2026", None, False),
        (None, "", None, False),
    ],
)
def test_a_start_is_the_day_entered_or_what_the_words_name_and_lies_ahead_until_it_comes(
    start_on, words, starts, later
):
    begun = SimpleNamespace(start_on=start_on, due_text=words)
    assert rules.start_day(begun) == starts
    assert rules.starts_later(begun, TODAY) is later


@pytest.mark.parametrize(
    ("due_on", "timescale", "words", "published", "answered"),
    [
        (FEBRUARY, "six_months", "by May 2026", LATER, FEBRUARY),
        (None, "one_month", "by May 2026", LATER, date(2026, 4, 3)),
        (None, "one_month", "by May 2026", None, date(2026, 5, 31)),
        (None, None, "by May 2026", LATER, date(2026, 5, 31)),
        (None, "one_month", "", None, None),
        (None, None, "soon", LATER, None),
    ],
)
def test_an_answer_is_due_on_the_day_entered_else_by_the_timescale_else_by_the_words(
    due_on, timescale, words, published, answered
):
    asked = SimpleNamespace(due_on=due_on, timescale=timescale and Timescale(timescale), timescale_text=words)
    assert rules.answer_day(asked, published) == answered


@pytest.mark.parametrize(
    ("more", "status", "late"),
    [
        ({}, "open", True),
        ({"due_on": TODAY}, "open", False),
        ({"due_on": None, "due_text": "February 2026"}, "open", True),
        ({"due_on": None, "due_text": "March 2026"}, "open", False),
        ({"completed_on": TODAY}, "open", False),
        ({"removed_at": TODAY}, "open", False),
        *(({}, status, False) for status in ("completed", "verified", "withdrawn")),
    ],
)
def test_a_milestone_is_late_while_it_is_wanted_and_its_action_open(more, status, late):
    reached = {"due_on": FEBRUARY, "due_text": "", "completed_on": None, "removed_at": None} | more
    assert rules.milestone_overdue(SimpleNamespace(**reached), action(status), TODAY) is late


def test_how_late_is_said_of_what_is_late_alone():
    late, soon = action(due_on=FEBRUARY), action(due_on=LATER)
    assert [rules.late_words(each, TODAY) for each in (late, soon, action())] == ["2 days", "", ""]
    assert rules.late_words(action("verified", due_on=FEBRUARY), TODAY) == ""


def test_only_somebody_outside_the_line_may_verify():
    assert rules.may_verify(9, line={1, 2})
    assert not rules.may_verify(2, line={1, 2})


def test_of_two_judgements_on_one_day_the_later_written_counts():
    first, second = judged("clear_difference", row_id=1), judged("not_sustained", row_id=2)
    older = judged("no_difference", on=date(2026, 1, 1), row_id=3)
    assert rules.latest([second, first, older]) is second
    assert rules.latest([]) is None


@pytest.mark.parametrize(
    ("rating", "closes"),
    [
        ("not_yet_known", False),
        ("no_difference", False),
        ("some_difference", True),
        ("clear_difference", True),
        ("not_sustained", False),
    ],
)
def test_an_area_closes_only_on_a_difference(rating, closes):
    assert rules.may_close(judged(rating)) is closes
    assert not rules.may_close(None)
