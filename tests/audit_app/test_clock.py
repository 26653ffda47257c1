"""London's days: where one begins and ends, and that they are told in one module."""

from datetime import UTC, date, datetime

import pytest

from audit_app import clock
from tests.house import source


def test_the_london_day_of_a_summer_night_is_not_that_of_utc():
    assert clock.london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert clock.london_day(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)) == date(2026, 1, 1)
    assert clock.london_day(date(2026, 7, 1)) == date(2026, 7, 1)


def test_a_moment_without_a_time_zone_has_no_london_day():
    with pytest.raises(ValueError, match="time zone"):
        clock.london_day(datetime(2026, 7, 1, 23, 30))  # noqa: DTZ001 (what is refused)


def utc(month, day, hour=0):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "begins", "over"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), utc(1, 5), utc(1, 6)),
        (date(2026, 7, 1), date(2026, 7, 3), utc(6, 30, 23), utc(7, 3, 23)),
        # The day on which the clocks go forward has 23 hours.
        (date(2026, 3, 29), date(2026, 3, 29), utc(3, 29), utc(3, 29, 23)),
    ],
)
def test_a_run_of_london_days_begins_and_is_over(first, last, begins, over):
    assert clock.moments(first, last) == (begins, over)


def test_london_is_named_by_the_clock_alone():
    named = [source.name_of(path) for path in source.modules() if "zoneinfo" in source.imports_of(path)]
    assert named == ["audit_app.clock"]


@pytest.mark.parametrize(
    ("start", "days", "reached"),
    [
        # Friday 25 and Monday 28 December 2026 (for Saturday the 26th) are bank holidays; so is 1 January 2027.
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 4, date(2027, 1, 4)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday and Easter Monday
        (date(2027, 4, 30), 1, date(2027, 5, 4)),  # the first Monday in May
        (date(2028, 8, 25), 1, date(2028, 8, 29)),  # the last Monday in August
        (date(2026, 6, 5), 1, date(2026, 6, 8)),  # a weekend
        (date(2026, 6, 5), 0, date(2026, 6, 5)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Saint Andrew's Day is one in Scotland only
        (date(2028, 12, 22), 1, date(2028, 12, 27)),
    ],
)
def test_working_days_leave_out_weekends_and_the_bank_holidays_of_england(start, days, reached):
    """Typed from the calendar and gov.uk's list of bank holidays."""
    assert clock.add_working_days(start, days) == reached
    assert clock.is_working_day(reached) or not days


@pytest.mark.parametrize(
    ("day", "works"),
    [(date(2026, 12, 25), False), (date(2026, 12, 28), False), (date(2026, 12, 29), True), (date(2027, 1, 1), False)],
)
def test_a_bank_holiday_is_no_working_day(day, works):
    assert clock.is_working_day(day) is works


def test_the_list_of_bank_holidays_ends_with_its_last_whole_year():
    assert clock.bank_holidays_known_to() == date(2028, 12, 31)
    # New Year's Day of 2029 is a Monday and surely a holiday, but it is not listed.
    assert clock.add_working_days(date(2028, 12, 29), 1) == date(2029, 1, 1)
    assert [clock.is_provisional(date(2028, 12, 31)), clock.is_provisional(date(2029, 1, 1))] == [False, True]


def test_of_a_year_not_listed_as_a_whole_nothing_after_its_last_day_is_known(monkeypatch):
    monkeypatch.setattr(clock, "_holidays", {date(2028, 12, 26), date(2029, 5, 7)})
    assert clock.bank_holidays_known_to() == date(2029, 5, 7)
    assert clock.is_provisional(date(2029, 5, 8))
