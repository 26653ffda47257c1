"""The dates of `rules` as conditions in SQL, for counting and narrowing where rows are many.

Each has the name of the rule it repeats; a test holds the two against each other on rows of every sort.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
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


def due_day() -> ColumnElement[date]:
    """The day a plan action is due: the day entered, else what its words were read as when they were written.

    Returns:
        An expression over the table of actions.

    Source:
        `rules.due_day`, told in SQL.
    """
    return func.coalesce(col(Action.due_on), col(Action.due_read_on))


def start_day() -> ColumnElement[date]:
    """The day a plan action is to start.

    Returns:
        An expression over the table of actions.

    Source:
        `rules.start_day`, told in SQL.
    """
    return func.coalesce(col(Action.start_on), col(Action.start_read_on))


def _by_day_or_words(condition: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """A condition on the day entered, or where there is none on what the words mean; both can use an index."""
    in_words = and_(col(Action.due_on).is_(None), condition(Action.due_read_on))
    return or_(condition(Action.due_on), in_words)


def overdue(today: date) -> ColumnElement[bool]:
    """Plan actions that are still open after their due date, the ongoing ones among them.

    Returns:
        A condition on the table of actions.

    Source:
        `rules.overdue`, told in SQL.
    """
    return and_(col(Action.status) == ActionStatus.open, _by_day_or_words(lambda day: date_passed(day, today)))


def due_between(first: date, last: date) -> ColumnElement[bool]:
    """Open plan actions due on one of some days, the first and the last included.

    Returns:
        A condition on the table of actions.

    Source:
        `rules.due_between`, told in SQL.
    """
    return and_(col(Action.status) == ActionStatus.open, _by_day_or_words(lambda day: date_within(day, first, last)))
