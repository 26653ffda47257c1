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
