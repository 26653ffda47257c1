"""Which whole months and which single days make up a period. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Parts:
    """The first days of the whole months within a period, and the runs of days before and after them."""

    months: tuple[date, date] | None
    days: tuple[tuple[date, date], ...]


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after its own."""
    return first_of(first_of(day) + 31 * ONE_DAY)


def parts(start: date, end: date) -> Parts:
    """Take a period apart: every day of it is in exactly one part, and none outside it.

    A period that ends before it begins has no part at all.
    """
    if end < start:
        return Parts(None, ())
    first = start if start.day == 1 else next_month(start)
    after = first_of(end + ONE_DAY)  # the first day that no whole month of the period holds
    if after <= first:
        return Parts(None, ((start, end),))
    around = ((start, first - ONE_DAY), (after, end))
    return Parts((first, first_of(after - ONE_DAY)), tuple(run for run in around if run[0] <= run[1]))
