"""A due date in words is a date like any other: it moves only with a reason, and both days stay on record."""

from datetime import date

import pytest
from sqlmodel import select

from findings import register, rules
from findings.errors import Invalid
from findings.tables import DueDateChange
from tests.findings.conftest import COUNCIL, TODAY


def add(session, day, **more):
    return register.add_action(session, COUNCIL, what="Train every team.", **more, **day)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_text": "March 2027"},
        {"due_text": ""},
        {"due_text": "TBC"},
        {"due_on": date(2027, 3, 31)},
        {"due_on": date(2027, 3, 31), "due_text": "March 2027"},
    ],
)
def test_a_correction_does_not_quietly_move_a_date_in_words(session, day, changes):
    row = add(session, day, due_text="March 2017")
    with pytest.raises(Invalid, match="Change the due date"):
        register.correct_action(session, COUNCIL, row.number, revision=1, **changes, **day)
    assert rules.overdue(row, TODAY)


@pytest.mark.parametrize(
    "changes", [{"due_text": "31/3/2017"}, {"due_on": date(2017, 3, 31)}, {"due_text": "end of March 2017"}]
)
def test_the_same_day_may_be_said_anew(session, day, changes):
    row = add(session, day, due_text="March 2017")
    register.correct_action(session, COUNCIL, row.number, revision=1, **changes, **day)
    assert rules.due_day(row) == date(2017, 3, 31)


def test_words_that_are_no_date_may_become_one(session, day):
    row = add(session, day, due_text="TBC")
    register.correct_action(session, COUNCIL, row.number, revision=1, due_text="March 2027", **day)
    assert row.due_read_on == date(2027, 3, 31)


def test_a_date_in_words_is_moved_with_a_reason_and_both_days_are_kept(session, day):
    row = add(session, day, due_text="March 2017")
    register.change_due_date(session, COUNCIL, row.number, new_on=None, due_text="Q2 2026/27", why="Rewritten.", **day)
    (move,) = session.exec(select(DueDateChange)).all()
    assert (move.old_on, move.new_on) == (date(2017, 3, 31), date(2026, 9, 30))
    assert not rules.overdue(row, TODAY)
    with pytest.raises(Invalid, match="already has"):
        register.change_due_date(session, COUNCIL, row.number, new_on=None, due_text="Q2 2026/27", why="x", **day)
