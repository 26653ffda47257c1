"""The only place that asks the computer for the time; everything else is given `now` or `today`."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
_holidays: set[date] = set()


def now() -> datetime:
    """The moment it is, aware and in UTC, as the database stores it."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in London: at half past midnight in July that is not yet the day it is in UTC."""
    return now().astimezone(LONDON).date()


def london_day(moment: datetime) -> date:
    """The London day on which a stored moment fell."""
    return moment.astimezone(LONDON).date()


def bank_holidays() -> set[date]:
    """England and Wales bank holidays from the list that travels with the product (nothing is fetched)."""
    if not _holidays:
        bundled = BankHolidays(use_cached_holidays=True)
        found = bundled.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
        _holidays.update(holiday["date"] for holiday in found)
    return _holidays


def is_working_day(day: date) -> bool:
    """Not Saturday, Sunday or a bank holiday in England (SI 2007/462 regulation 1(2))."""
    return day.weekday() < 5 and day not in bank_holidays()


def add_working_days(day: date, days: int) -> date:
    """The date that lies `days` working days after `day`; `days` is not negative."""
    reached = day
    left = days
    while left > 0:
        reached += timedelta(days=1)
        if is_working_day(reached):
            left -= 1
    return reached
