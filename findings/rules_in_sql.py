"""The dates of `rules` as conditions in SQL, for counting and narrowing where rows are many.

Each has the name of the rule it repeats; a test holds the two against each other on rows of every sort.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from findings.states import ActionStatus
from findings.tables import Action


def date_passed(due_on: Any, today: date) -> ColumnElement[bool]:
    """Rows whose due date lies behind us.

    Args:
        due_on: The column of any table that holds the date; a row without a date is never among them.
        today: Today's date.

    Returns:
        A condition on that column's table.

    Source:
        `rules.date_passed`, told in SQL.
    """
    return and_(col(due_on).is_not(None), col(due_on) < today)


def date_within(due_on: Any, first: date, last: date) -> ColumnElement[bool]:
    """Rows whose due date is one of some days, the first and the last included.

    Returns:
        A condition on the column's table; a row without a date is never among them.

    Source:
        `rules.date_within`, told in SQL.
    """
    return and_(col(due_on).is_not(None), col(due_on) >= first, col(due_on) <= last)


def overdue(today: date) -> ColumnElement[bool]:
    """Plan actions that are still open after their due date, the ongoing ones among them.

    Returns:
        A condition on the table of actions.

    Source:
        `rules.overdue`, told in SQL.
    """
    return and_(col(Action.status) == ActionStatus.open, date_passed(Action.due_on, today))


def due_between(first: date, last: date) -> ColumnElement[bool]:
    """Open plan actions due on one of some days, the first and the last included.

    Returns:
        A condition on the table of actions.

    Source:
        `rules.due_between`, told in SQL.
    """
    return and_(col(Action.status) == ActionStatus.open, date_within(Action.due_on, first, last))
