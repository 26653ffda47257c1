"""The only place that asks the computer for the time, and where London's days begin and end.

Everything else is given `now` or `today`.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
_holidays: set[date] = set()


def now() -> datetime:
    """The moment it is, aware and in UTC, as the database stores it."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in London: at half past midnight in July that is not yet the day it is in UTC."""
    return london_day(now())


def london(moment: datetime) -> datetime:
    """The same moment on a London clock.

    Raises:
        ValueError: the moment has no time zone, and none is guessed.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone before its London time can be told.")
    return moment.astimezone(LONDON)


def london_day(moment: date | datetime) -> date:
    """The London day on which a moment fell: at 00:30 in summer UTC still says yesterday. A day is itself."""
    return london(moment).date() if isinstance(moment, datetime) else moment


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """When a run of London days begins and when it is over, in UTC: from the one to just before the other."""
    begins = datetime.combine(first, time.min, LONDON).astimezone(UTC)
    over = datetime.combine(last + timedelta(days=1), time.min, LONDON).astimezone(UTC)
    return begins, over


def bank_holidays() -> set[date]:
    """England and Wales bank holidays from the list that travels with the product (nothing is fetched)."""
    if not _holidays:
        bundled = BankHolidays(use_cached_holidays=True)
        listed = bundled.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
        _holidays.update(holiday["date"] for holiday in listed)
    return _holidays


def is_working_day(day: date) -> bool:
    """Not Saturday, Sunday or a bank holiday in England (SI 2007/462 regulation 1(2)).

    Beyond `bank_holidays_known_to()` only weekends are known, so what is told of such a day `is_provisional`.
    """
    return day.weekday() < 5 and day not in bank_holidays()


def bank_holidays_known_to() -> date:
    """The last day of which it is known whether it is a bank holiday: the end of the last year listed as a whole.

    A year is listed as a whole once its Christmas is; of one that is not, nothing after the last day listed is known.
    """
    last = max(bank_holidays())
    return date(last.year, 12, 31) if (last.month, last.day) >= (12, 25) else last


def is_provisional(day: date) -> bool:
    """Whether a date counted in working days may still move, because it lies beyond the bank holidays listed."""
    return day > bank_holidays_known_to()


def add_working_days(day: date, days: int) -> date:
    """The date that lies `days` working days after `day`; `days` is not negative.

    Whoever prints it uses `words.working_day_words`, which says when it is provisional.
    """
    reached = day
    left = days
    while left > 0:
        reached += timedelta(days=1)
        if is_working_day(reached):
            left -= 1
    return reached
